r"""An object with a duplicate key.

## What it does

Checks for keys that occur more than once in an object. Keys are compared after unescaping: `"id"` and `"\u0069d"` are
the same key.

## Why is this bad?

Most JSON parsers silently keep the last value. The server rejects the event with status 400.

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
    """Describe the duplicate key."""
    return Diagnostic(f"duplicate key {shown(fault.args[0])}", "keep only one of them")
