"""An object without a field that it must have.

## What it does

Checks that all needed fields are there. A click needs a `document`, a `page`, or both.

## Why it matters

The server answers with 400.

## Example

```json search
{"session": {"id": "s-1"}, "search": {"query": "shoes"}}
```

## Use instead

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```
"""

from eventlint.mirror.faults import Fault
from eventlint.rules.diagnostic import Diagnostic, shown

EXAMINES = "fault"
KINDS = ("missing",)


def describe(fault: Fault, data: bytes | None) -> Diagnostic:
    """Which field is missing."""
    _, names = fault.args
    listed = " or ".join(map(shown, names))
    if len(names) == 1:
        return Diagnostic(f"the field {listed} is missing", f"add {listed}")
    return Diagnostic(f"one of the fields {listed} is missing", f"add {listed}")
