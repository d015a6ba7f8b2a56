"""A string that is too long to be searchable.

## What it does

Checks for strings longer than 1,024 characters, counted in UTF-16 code units. For a URL, it also checks the length of
each part: the path, the query, the fragment, and so on.

## Why is this bad?

Strings are mapped as keywords with `ignore_above: 1024`. The server stores a longer string, but searches do not find it
and aggregations do not count it. Reports then silently differ from the events that were sent. Strings in the items of
the results are never searchable, so they may have any length.

## Example

A query of 1,025 letters, which is too long to show here.

## Use instead

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "the first 1,024 characters"}}
```
"""

from collections.abc import Iterator
from typing import Any

from eventlint.ingest.uri_parts import uri_parts
from eventlint.jsontext.measures import utf16_length
from eventlint.mirror.leaf import Leaf
from eventlint.rules.diagnostic import Diagnostic
from eventlint.spec import catalog

MAX_UNITS = catalog().limits.keyword_utf16_units

EXAMINES = "value"
SCREEN = (("max_utf16", MAX_UNITS),)


def applies(node: Any) -> bool:
    """Whether the value or its parts are keywords."""
    return bool(node.ingest.mapping in ("keyword", "uri_parts"))


def check(leaf: Leaf) -> Iterator[Diagnostic]:
    """Report a string, or parts of a URL, that are too long."""
    parts = {"": leaf.value}
    if leaf.node.ingest.is_taken_apart:  # type: ignore[union-attr]
        taken = uri_parts(leaf.value)
        if taken is None:
            return
        parts = {name: value for name, value in taken._asdict().items() if isinstance(value, str) and name != "by"}
    long = {name: utf16_length(value) for name, value in parts.items() if len(value) > MAX_UNITS // 2}
    over = {name: units for name, units in long.items() if units > MAX_UNITS}
    if over:
        names = ", ".join(f"'{name}'" for name in over if name)
        of = f" (URL parts: {names})" if names else ""
        yield Diagnostic(
            f"{max(over.values())} characters{of}; strings over {MAX_UNITS} are not searchable",
            hint="shorten the string before sending it",
            effect="unsearchable",
        )


MUTATIONS = ("long-string",)
