"""A text too long to be searched for.

## What it does

Finds texts of more than 1,024 characters, counted in UTF-16 units. Of a URL it also counts each part: the path, the
query, the fragment and the others.

## Why it matters

Texts are keywords with `ignore_above: 1024`. A longer one is stored, but no search finds it and no aggregation counts
it. Reports then differ from what was sent, and nobody is told. The texts below the items of the results are stored
unsearchable anyway, so they may be of any length.

## Example

A query of 1,025 letters; it is too long to be shown here.

## Use instead

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "the first 1,024 characters"}}
```
"""

from collections.abc import Iterator
from typing import Any

from eventlint.ingest.uri_parts import uri_parts
from eventlint.mirror.leaf import Leaf
from eventlint.rules.diagnostic import Diagnostic
from eventlint.spec import catalog

MAX_UNITS = catalog().limits.keyword_utf16_units

EXAMINES = "value"
SCREEN = (("max_utf16", MAX_UNITS),)


def applies(node: Any) -> bool:
    """Whether the value, or a part of it, is a keyword."""
    return bool(node.ingest.mapping in ("keyword", "uri_parts"))


def _units(text: str) -> int:
    """How long Java says that a text is."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def check(leaf: Leaf) -> Iterator[Diagnostic]:
    """What is wrong with a keyword, or with the parts of a URL."""
    parts = {"": leaf.value}
    if leaf.node.ingest.is_taken_apart:  # type: ignore[union-attr]
        taken = uri_parts(leaf.value)
        if taken is None:
            return
        parts = {name: value for name, value in taken._asdict().items() if isinstance(value, str) and name != "by"}
    long = {name: _units(value) for name, value in parts.items() if len(value) > MAX_UNITS // 2}
    over = {name: units for name, units in long.items() if units > MAX_UNITS}
    if over:
        names = ", ".join(f"'{name}'" for name in over if name)
        of = f" (of the URL: {names})" if names else ""
        yield Diagnostic(
            f"{max(over.values())} characters{of}; what is longer than {MAX_UNITS} cannot be searched for",
            hint="shorten it before it is sent",
            effect="unsearchable",
        )
