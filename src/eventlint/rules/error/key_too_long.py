"""A key that is too long.

## What it does

Checks for keys longer than 50,000 bytes. Only a few releases have this limit.

## Why is this bad?

These releases reject the event with status 400, or 500 if the key is at the top level of the event.

## Example

A filter whose key has 50,001 letters.

## Use instead

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```
"""

from eventlint.mirror.faults import Fault
from eventlint.rules.diagnostic import Diagnostic

EXAMINES = "fault"
KINDS = ("name-length",)
TRAIT = "key-length-limited"


def describe(fault: Fault, data: bytes | None) -> Diagnostic:
    """Describe the key and the limit."""
    return Diagnostic(f"the key has {fault.args[0]} bytes; the limit is 50000")
