"""A name that is empty or contains only whitespace.

## What it does

Checks for blank names of a sort order.

## Why is this bad?

The server rejects the event with status 400.

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
    """Describe the blank name."""
    return Diagnostic(f"{shown(fault.args[0])} is blank", "use a non-blank name, or omit the object that contains it")
