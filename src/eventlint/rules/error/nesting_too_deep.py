"""Objects and arrays that are nested too deeply.

## What it does

Checks for objects and arrays nested more than 1,000 levels deep.

## Why is this bad?

The server rejects the event with status 400, or 500 in some releases. No event needs more than six levels.

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
    """Describe the nesting limit."""
    return Diagnostic(f"nested more than {fault.args[0] - 1} levels deep")
