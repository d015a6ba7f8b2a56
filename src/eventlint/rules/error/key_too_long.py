"""A name with too many bytes.

## What it does

Finds names of more than 50,000 bytes. Only a few releases limit them.

## Why it matters

Those releases answer with 400, and with 500 where no field is around the name.

## Example

A filter whose name has 50,001 letters.

## Use instead

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```
"""

from eventlint.mirror.faults import Fault
from eventlint.rules.diagnostic import Diagnostic

EXAMINES = "fault"
KINDS = ("name-length",)
TRAIT = "name-length-limited"


def describe(fault: Fault, data: bytes | None) -> Diagnostic:
    """How long a name may be."""
    return Diagnostic(f"a name of {fault.args[0]} bytes; at most 50000 are read")
