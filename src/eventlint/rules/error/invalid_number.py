"""A string that is not a number, where an integer is expected.

## What it does

Checks for strings in integer fields that the server cannot convert to a number. It converts `"7"`, `" 7 "`, `"1e3"`,
and similar strings.

## Why is this bad?

The server rejects the event with status 400.

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
    """Describe the string that is not a number."""
    return Diagnostic(f"{shown(fault.args[0])} is not a number", "use an integer without quotes")
