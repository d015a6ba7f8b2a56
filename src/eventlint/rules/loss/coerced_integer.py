"""A value that the server converts to a different integer.

## What it does

Checks for strings and fractions in integer fields.

## Why is this bad?

The server reads `"7"` as 7 and truncates `10.7` to 10. It also converts unusual strings: `"0x1p3"` becomes 8, and
`"NaN"` becomes 0. The stored value then differs from the value that was sent, and another consumer of the same event
may reject it.

## Example

```json search
{
  "session": {"id": "s-1"},
  "user": {"id": "u-1"},
  "search": {"query": "shoes", "results": {"total_results": "7"}}
}
```

## Use instead

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes", "results": {"total_results": 7}}}
```

## Fix safety

The fix is safe: it replaces the value with the integer that the server stores.
"""

from collections.abc import Iterator
from typing import Any

from eventlint.mirror.leaf import Leaf
from eventlint.model import Edit
from eventlint.rules.diagnostic import Diagnostic, safe, shown
from eventlint.spec import Integer

EXAMINES = "value"
FIXABLE = "safe"
FIX_IS_CERTAIN = True  # the server reads the same integer
SCREEN = (("not_integer",),)


def applies(node: Any) -> bool:
    """Whether the server reads an integer."""
    return bool(isinstance(node, Integer))


def check(leaf: Leaf) -> Iterator[Diagnostic]:
    """Report a value that is not stored as sent."""
    raw = leaf.raw.decode("utf-8", "replace")
    if not raw.startswith('"') and _is_equal(raw, leaf.value):
        return
    edit = Edit(leaf.offset, leaf.offset + len(leaf.raw), b"%d" % leaf.value)
    yield Diagnostic(
        f"{shown(raw)} is stored as {leaf.value}",
        hint=f"use {leaf.value}",
        effect="changed",
        fix=safe(f"replace with {leaf.value}", edit),
    )


def _is_equal(raw: str, value: int) -> bool:
    from decimal import Decimal  # few numbers need it

    return Decimal(raw) == value


MUTATIONS = ("number-form",)
