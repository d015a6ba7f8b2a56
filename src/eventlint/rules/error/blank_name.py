"""A name that is empty, or only white space.

## What it does

Finds blank names of a sort order.

## Why it matters

The server answers with 400.

## Example

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes", "sort": {"name": ""}}}
```

## Use instead

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes", "sort": {"name": "price"}}}
```
"""

from eventlint.mirror.faults import Fault
from eventlint.rules.diagnostic import Diagnostic, shown

EXAMINES = "fault"
KINDS = ("blank",)


def owns(fault: Fault) -> bool:
    """Whether the blank field is not an ID."""
    return bool(fault.args[0] != "id")


def describe(fault: Fault, data: bytes | None) -> Diagnostic:
    """Which name is blank."""
    return Diagnostic(f"{shown(fault.args[0])} is blank", "leave out the object around it when there is no name")
