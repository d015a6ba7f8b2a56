"""An ID that is empty or contains only whitespace.

## What it does

Checks for IDs that are empty or contain only whitespace as Java defines it. A no-break space does not count as
whitespace.

## Why is this bad?

The server rejects the event with status 400.

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
    """Describe the blank ID."""
    return Diagnostic(f"{shown(fault.args[0])} is blank", "use a unique, non-blank ID")
