"""A number under zero where it must not be.

## What it does

Checks the numbers of the page of results. Zero is allowed.

## Why it matters

The server answers with 400.

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
    """Which number is under zero."""
    return Diagnostic(f"{shown(fault.args[0])} is {fault.args[1]}, which is under zero", "send zero or more")
