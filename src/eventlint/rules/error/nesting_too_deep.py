"""Brackets that are nested too deep.

## What it does

Finds brackets that are nested more than 1,000 deep.

## Why it matters

The server answers with 400, and with 500 in some releases. No event needs more than six levels.

## Example

1,001 opening brackets.

## Use instead

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```
"""

from eventlint.mirror.faults import Fault
from eventlint.rules.diagnostic import Diagnostic

EXAMINES = "fault"
KINDS = ("depth",)


def describe(fault: Fault, data: bytes | None) -> Diagnostic:
    """How deep brackets may be nested."""
    return Diagnostic(f"brackets are nested more than {fault.args[0] - 1} deep")
