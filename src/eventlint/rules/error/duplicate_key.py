r"""An object with the same name twice.

## What it does

Finds names that stand twice in one object. Escapes make no difference: `"id"` and `"\u0069d"` are the same.

## Why it matters

Most readers keep the last of the two in silence. The server answers with 400.

## Example

```json search
{"session": {"id": "s-1", "id": "s-2"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```

## Use instead

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```
"""

from eventlint.mirror.faults import Fault
from eventlint.rules.diagnostic import Diagnostic, shown

EXAMINES = "fault"
KINDS = ("duplicate",)


def describe(fault: Fault, data: bytes | None) -> Diagnostic:
    """Which name stands twice."""
    return Diagnostic(f"{shown(fault.args[0])} stands here for the second time", "keep one of the two")
