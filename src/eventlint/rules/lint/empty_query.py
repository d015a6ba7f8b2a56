"""A search for nothing.

## What it does

Finds queries that are empty, or only white space.

## Why it matters

The server takes them. They come from pages that list all products when nothing was typed, and then lead the reports of
what people search for.

## Example

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": ""}}
```

## Use instead

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```

Send no `search` event when nothing was typed.
"""

from collections.abc import Iterator

from eventlint.mirror.leaf import Leaf
from eventlint.rules.diagnostic import Diagnostic

EXAMINES = "value"
SCREEN = (("whitespace",),)


def check(leaf: Leaf) -> Iterator[Diagnostic]:
    """A query that asks for nothing."""
    if not leaf.value.strip():
        yield Diagnostic("the query is empty", hint="send no search event when nothing was typed")
