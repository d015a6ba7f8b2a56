"""A sort direction other than `asc` and `desc`.

## What it does

Finds directions that are neither `asc` nor `desc`, in lower case.

## Why it matters

The server takes any text. Reports then count `desc`, `DESC` and `descending` apart.

## Example

```json search
{
  "session": {"id": "s-1"},
  "user": {"id": "u-1"},
  "search": {"query": "shoes", "sort": {"name": "price", "direction": "DESC"}}
}
```

## Use instead

```json search
{
  "session": {"id": "s-1"},
  "user": {"id": "u-1"},
  "search": {"query": "shoes", "sort": {"name": "price", "direction": "desc"}}
}
```
"""

from collections.abc import Iterator
from typing import Any

from eventlint.mirror.leaf import Leaf
from eventlint.rules.diagnostic import Diagnostic, shown

EXAMINES = "value"


def screen(node: Any) -> tuple[Any, ...]:
    """The schema lists the usual directions."""
    return (("not_in_set", tuple(node.lint["unusual-sort-direction"]["usual"])),)


def check(leaf: Leaf) -> Iterator[Diagnostic]:
    """A direction that reports do not expect."""
    usual = leaf.node.lint["unusual-sort-direction"]["usual"]  # type: ignore[union-attr]
    if leaf.value not in usual:
        near = [one for one in usual if leaf.value.strip().lower().startswith(one)]
        yield Diagnostic(
            f"the direction {shown(leaf.value)} is none of {', '.join(usual)}",
            hint=f"write {shown(near[-1])}" if near else None,
        )
