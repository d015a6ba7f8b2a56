"""A sort direction other than `asc` or `desc`.

## What it does

Checks for sort directions other than lowercase `asc` and `desc`.

## Why is this bad?

The server accepts any string. Reports then count `desc`, `DESC`, and `descending` separately.

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
    """Report an unusual direction."""
    usual = leaf.node.lint["unusual-sort-direction"]["usual"]  # type: ignore[union-attr]
    if leaf.value not in usual:
        near = [one for one in usual if leaf.value.strip().lower().startswith(one)]
        yield Diagnostic(
            f"unusual sort direction {shown(leaf.value)}",
            hint=f"use {' or '.join(map(shown, near[-1:] or usual))}",
        )


SAMPLES = ("DESC", "descending", "", "up", "Asc")
