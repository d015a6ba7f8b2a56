"""A search event with an empty query.

## What it does

Checks for queries that are empty or contain only whitespace.

## Why is this bad?

The server accepts these events. They come from pages that list all products if no query is entered, and then dominate
reports of the most frequent queries.

## Example

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": ""}}
```

## Use instead

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```

Do not send a `search` event if no query was entered.
"""

from collections.abc import Iterator

from eventlint.mirror.leaf import Leaf
from eventlint.rules.diagnostic import Diagnostic

EXAMINES = "value"
SCREEN = (("whitespace",),)


def check(leaf: Leaf) -> Iterator[Diagnostic]:
    """Report an empty query."""
    if not leaf.value.strip():
        yield Diagnostic("the query is empty", hint="do not send a search event without a query")


SAMPLES = ("", " ", "\t\n", "\u00a0")
