"""A session ID that is too long, so the server drops the event.

## What it does

Checks for session IDs longer than 32,766 bytes in UTF-8.

## Why is this bad?

The session ID is the routing value, which selects the shard for the event. It is a single term of the index, and a term
has at most 32,766 bytes. The server responds with status 202 and then drops the event.

## Example

An ID of 32,767 letters, which is too long to show here.

## Use instead

```json page_view
{
  "session": {"id": "095de0b4-2c85-4d8a-b1a9-1f6a8f1d3c11"},
  "user": {"id": "u-1"},
  "page": {"url": "https://www.example.com/"}
}
```
"""

from collections.abc import Iterator
from typing import Any

from eventlint.jsontext.measures import byte_length
from eventlint.mirror.leaf import Leaf
from eventlint.rules.diagnostic import Diagnostic
from eventlint.spec import catalog

MAX_BYTES = catalog().limits.term_bytes
"""The maximum length of an index term, which the routing value becomes."""

LOG_PATTERNS = (r"immense term in field=[\\\"']*(?:session\.id|_routing)\b",)
EXAMINES = "value"
SCREEN = (("max_bytes", MAX_BYTES),)


def applies(node: Any) -> bool:
    """Whether the value is the routing value."""
    return bool(node.ingest.routing)


def check(leaf: Leaf) -> Iterator[Diagnostic]:
    """Report a routing value that is too long."""
    size = byte_length(leaf.value)
    if size > MAX_BYTES:
        yield Diagnostic(
            f"the ID has {size} bytes (limit {MAX_BYTES}); the event is dropped", hint="use a shorter ID", effect="lost"
        )


MUTATIONS = ("long-string",)
