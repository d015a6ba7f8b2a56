"""A negative number where only zero or more is allowed.

## What it does

Checks `current` and `size` of the page of results. Zero is allowed.

## Why is this bad?

The server rejects the event with status 400.

## Example

```json search
{
  "session": {"id": "s-1"},
  "user": {"id": "u-1"},
  "search": {"query": "shoes", "page": {"current": -1, "size": 10}}
}
```

## Use instead

```json search
{
  "session": {"id": "s-1"},
  "user": {"id": "u-1"},
  "search": {"query": "shoes", "page": {"current": 0, "size": 10}}
}
```
"""

from eventlint.mirror.faults import Fault
from eventlint.rules.diagnostic import Diagnostic, shown

EXAMINES = "fault"
KINDS = ("negative",)


def describe(fault: Fault, data: bytes | None) -> Diagnostic:
    """Describe the negative number."""
    return Diagnostic(f"{shown(fault.args[0])} is {fault.args[1]}, but must not be negative", "use zero or more")
