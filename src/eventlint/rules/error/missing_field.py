"""An object without a required field.

## What it does

Checks that all required fields are present. A click requires a `document`, a `page`, or both.

## Why is this bad?

The server rejects the event with status 400.

## Example

```json search
{"session": {"id": "s-1"}, "search": {"query": "shoes"}}
```

## Use instead

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```
"""

from eventlint.mirror.faults import Fault
from eventlint.rules.diagnostic import Diagnostic, shown

EXAMINES = "fault"
KINDS = ("missing",)


def describe(fault: Fault, data: bytes | None) -> Diagnostic:
    """Describe the missing field."""
    _, names = fault.args
    listed = " or ".join(map(shown, names))
    if len(names) == 1:
        return Diagnostic(f"missing field {listed}", f"add {listed}")
    return Diagnostic(f"missing one of the fields {listed}", f"add {listed}")
