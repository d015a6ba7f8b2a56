r"""A filter that is too long to index, or that has a NUL character in its key.

## What it does

Checks for filters whose key and string together are longer than 32,765 bytes in UTF-8 (the server adds a separator of
one byte), and for filters with a NUL character in their key.

## Why is this bad?

Each string of each filter, together with the filter's key, becomes one term of the index. A term has at most 32,766
bytes, and NUL separates the key from the string. The server responds with status 202 and then drops the whole event.

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

Instead of a long string, send a short identifier.
"""

from collections.abc import Iterator
from typing import Any

from eventlint.jsontext.measures import byte_length, key_byte_length
from eventlint.mirror.leaf import Leaf
from eventlint.rules.diagnostic import Diagnostic, shown
from eventlint.spec import Entries, catalog

MAX_BYTES = catalog().limits.term_bytes
"""The maximum length of an index term: the key, a separator of one byte, and the string."""

LOG_PATTERNS = (
    r"immense term in field=[\\\"']*search\.filters\b",
    r"(?i:flattened) field \[search\.filters[\w.]*\] contains one immense field",
    r"immense field whose keyed encoding",
    r"(?i:flattened)\]? fields? .*(?:null byte|reserved character)",
)
EXAMINES = "value"
SCREEN = (("key", "contains_any", ("\0",)), ("max_bytes_with_key", MAX_BYTES - 1))


def applies(node: Any) -> bool:
    """Whether the value belongs to an object with arbitrary keys."""
    return bool(isinstance(node, Entries))


def check(leaf: Leaf) -> Iterator[Diagnostic]:
    """Report a filter that is too long, or a NUL in its key."""
    name = leaf.entry or ""
    is_listed = isinstance(leaf.pointer[-1], int)
    if (not is_listed or leaf.pointer[-1] == 0) and "\0" in name:
        yield Diagnostic(
            f"the key of filter {shown(name)} contains NUL; the event is dropped",
            offset=leaf.offset,
            pointer=leaf.pointer[:-1] if is_listed else leaf.pointer,
            hint="remove \\u0000",
            effect="lost",
        )
    size = key_byte_length(name) + byte_length(leaf.value) + 1
    if size > MAX_BYTES:
        yield Diagnostic(
            f"filter {shown(name)} needs {size} bytes (limit {MAX_BYTES}); the event is dropped",
            hint="use a shorter string",
            effect="lost",
        )


MUTATIONS = ("long-string",)
SAMPLE_KEYS = ("a\0", "\0a", "brand\0name", "\0")
