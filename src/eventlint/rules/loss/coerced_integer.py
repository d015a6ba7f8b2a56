"""A number that is stored otherwise than it was sent.

## What it does

Finds strings and fractions where the contract has an integer.

## Why it matters

The server reads `"7"` as 7 and cuts `10.7` to 10. The strings may be odd: `"0x1p3"` is 8, and `"NaN"` is 0. What is
stored is then not what was sent, and another reader of the same event may refuse it.

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

The fix is safe: it writes the number that the server stores.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from eventlint.mirror.leaf import Leaf
from eventlint.model import Edit
from eventlint.rules.diagnostic import Diagnostic, safe, shown
from eventlint.spec import Integer

EXAMINES = "value"
FIXABLE = "safe"
SCREEN = (("not_integer",),)


def applies(node: Any) -> bool:
    """Whether the server reads an integer."""
    return bool(isinstance(node, Integer))


def check(leaf: Leaf) -> Iterator[Diagnostic]:
    """What is wrong with a number."""
    raw = leaf.raw.decode("utf-8", "replace")
    if not raw.startswith('"') and Decimal(raw) == leaf.value:
        return
    edit = Edit(leaf.offset, leaf.offset + len(leaf.raw), b"%d" % leaf.value)
    yield Diagnostic(
        f"{shown(raw)} is stored as {leaf.value}",
        hint=f"write {leaf.value}",
        effect="changed",
        fix=safe(f"write {leaf.value}", edit),
    )
