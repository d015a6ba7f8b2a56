"""A string in place of an integer that is no number.

## What it does

Finds strings that the server cannot turn into a number. It takes `"7"`, `" 7 "`, `"1e3"` and the like, which it
converts.

## Why it matters

The server answers with 400.

## Example

```json search
{
  "session": {"id": "s-1"},
  "user": {"id": "u-1"},
  "search": {"query": "shoes", "results": {"total_results": "seven"}}
}
```

## Use instead

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes", "results": {"total_results": 7}}}
```
"""

from eventlint.mirror.faults import Fault
from eventlint.rules.diagnostic import Diagnostic, shown

EXAMINES = "fault"
KINDS = ("number-format",)


def describe(fault: Fault, data: bytes | None) -> Diagnostic:
    """Which string is no number."""
    return Diagnostic(f"{shown(fault.args[0])} is no number", "write a whole number without quotes")
