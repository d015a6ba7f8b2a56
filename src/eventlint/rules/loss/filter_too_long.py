r"""A filter so long, or with such a name, that the event is dropped.

## What it does

Finds filters whose name and text have together more than 32,765 bytes in UTF-8 (one byte stands between them), and
filters with the character NUL in their name.

## Why it matters

Each text of each filter becomes one term of the index, together with the filter's name. A term has at most 32,766
bytes, and NUL separates the name from the text. The server answers with 202 and then drops the whole event.

## Example

```json search
{
  "session": {"id": "s-1"},
  "user": {"id": "u-1"},
  "search": {"query": "shoes", "filters": {"brand\u0000": ["acme"]}}
}
```

## Use instead

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes", "filters": {"brand": ["acme"]}}}
```

Instead of a long text, send a short name for it.
"""

from collections.abc import Iterator
from typing import Any

from eventlint.mirror.leaf import Leaf
from eventlint.rules.diagnostic import Diagnostic, shown
from eventlint.spec import Entries, catalog

MAX_BYTES = catalog().limits.term_bytes
"""The key, a byte between, and the string are one term of the index."""

EXAMINES = "value"
SCREEN = (("key", "contains_any", ("\0",)), ("max_bytes_with_key", MAX_BYTES - 1))


def applies(node: Any) -> bool:
    """Whether the value belongs to an object with any keys."""
    return bool(isinstance(node, Entries))


def check(leaf: Leaf) -> Iterator[Diagnostic]:
    """What is wrong with a text of a filter, or with the filter's name."""
    name = leaf.entry or ""
    is_listed = isinstance(leaf.pointer[-1], int)
    if "\0" in name and (not is_listed or leaf.pointer[-1] == 0):
        yield Diagnostic(
            f"the filter {shown(name)} has a NUL in its name, so the event is dropped",
            offset=leaf.offset,
            pointer=leaf.pointer[:-1] if is_listed else leaf.pointer,
            hint="leave out the \\u0000",
            effect="lost",
        )
    size = sum(len(text.encode("utf-8", "surrogatepass")) for text in (name, leaf.value)) + 1
    if size > MAX_BYTES:
        yield Diagnostic(
            f"the filter {shown(name)} has {size} bytes with its name; over {MAX_BYTES} the event is dropped",
            hint="send a shorter text",
            effect="lost",
        )
