"""An ID that is empty, or only white space.

## What it does

Finds IDs without any character that is not white space, in Java's sense: a no-break space is none.

## Why it matters

The server answers with 400.

## Example

```json search
{"session": {"id": "s-1"}, "user": {"id": " "}, "search": {"query": "shoes"}}
```

## Use instead

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```
"""

from eventlint.mirror.faults import Fault
from eventlint.rules.diagnostic import Diagnostic, shown

EXAMINES = "fault"
KINDS = ("blank",)


def owns(fault: Fault) -> bool:
    """Whether the blank field is an ID."""
    return bool(fault.args[0] == "id")


def describe(fault: Fault, data: bytes | None) -> Diagnostic:
    """Which ID is blank."""
    return Diagnostic(f"{shown(fault.args[0])} is blank", "send an ID that tells one from another")
