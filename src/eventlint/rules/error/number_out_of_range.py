"""A number outside the 32-bit integer range.

## What it does

Checks for integers below -2147483648 or above 2147483647, given as numbers or as strings.

## Why is this bad?

The server rejects the event with status 400.

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
    """Describe the number."""
    return Diagnostic(
        f"{shown(fault.args[0])} is outside the 32-bit integer range", "use a value from -2147483648 to 2147483647"
    )
