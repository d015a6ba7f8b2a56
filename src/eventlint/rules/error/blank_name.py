"""A name that is empty, or only white space.

## What it does

Finds blank names of a sort order.

## Why it matters

The server answers with 400.

## Example

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes", "sort": {"name": ""}}}
```

## Use instead

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes", "sort": {"name": "price"}}}
```
"""

from eventlint.mirror.faults import Fault
from eventlint.rules.diagnostic import Told, shown


def told(fault: Fault, data: bytes | None) -> Told:
    """Which name is blank."""
    return Told(f"{shown(fault.args[0])} is blank", "leave out the object around it when there is no name")
