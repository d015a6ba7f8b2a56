"""A number with too many digits.

## What it does

Finds numbers of more than 1,000 digits, and in some releases strings of more than 1,000 characters where an integer is
expected.

## Why it matters

The server answers with 400, and with 500 in some releases.

## Example

A total of 1,001 nines.

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
    """How long a number may be."""
    unit = "digits" if fault.kind == "number-length" else "characters"
    what = "a number" if fault.kind == "number-length" else "a string"
    return Diagnostic(f"{what} of {fault.args[0]} {unit} for a number; at most 1000 are read")
