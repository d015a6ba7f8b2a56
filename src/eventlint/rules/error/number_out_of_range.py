"""A number that does not fit into 32 bits.

## What it does

Finds integers under -2147483648 or over 2147483647, as numbers or in strings.

## Why it matters

The server answers with 400.

## Example

```json search
{
  "session": {"id": "s-1"},
  "user": {"id": "u-1"},
  "search": {"query": "shoes", "results": {"total_results": 3000000000}}
}
```

## Use instead

```json search
{
  "session": {"id": "s-1"},
  "user": {"id": "u-1"},
  "search": {"query": "shoes", "results": {"total_results": 2147483647}}
}
```
"""

from eventlint.mirror.faults import Fault
from eventlint.rules.diagnostic import Diagnostic, shown

EXAMINES = "fault"
KINDS = ("number-range", "string-range")


def describe(fault: Fault, data: bytes | None) -> Diagnostic:
    """Which number is too large."""
    return Diagnostic(f"{shown(fault.args[0])} does not fit into 32 bits", "send at most 2147483647")
