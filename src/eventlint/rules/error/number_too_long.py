"""A number with too many digits.

## What it does

Checks for numbers with more than 1,000 digits. In some releases it also checks for strings longer than 1,000 characters
where an integer is expected.

## Why is this bad?

The server rejects the event with status 400, or 500 in some releases.

## Example

A total that consists of 1,001 nines.

## Use instead

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```
"""

from eventlint.mirror.faults import Fault
from eventlint.rules.diagnostic import Diagnostic

EXAMINES = "fault"
KINDS = ("number-length", "numeric-string-length")


def describe(fault: Fault, data: bytes | None) -> Diagnostic:
    """Describe the number and the limit."""
    unit = "digits" if fault.kind == "number-length" else "characters"
    what = "the number" if fault.kind == "number-length" else "the numeric string"
    return Diagnostic(f"{what} has {fault.args[0]} {unit}; the limit is 1000")
