"""A session ID so long that the event is dropped.

## What it does

Finds session IDs of more than 32,766 bytes in UTF-8.

## Why it matters

The session ID decides which shard the event goes to. It is one term of the index, and a term has at most 32,766 bytes.
The server answers with 202 and then drops the event.

## Example

An ID of 32,767 letters; it is too long to be shown here.

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

from eventlint.mirror.leaf import Leaf
from eventlint.rules.diagnostic import Diagnostic
from eventlint.spec import catalog

MAX_BYTES = catalog().limits.term_bytes
"""The routing value is one term of the index."""

EXAMINES = "value"
SCREEN = (("max_bytes", MAX_BYTES),)


def applies(node: Any) -> bool:
    """Whether events are routed by the value."""
    return bool(node.ingest.routing)


def check(leaf: Leaf) -> Iterator[Diagnostic]:
    """What is wrong with the value that events are routed by."""
    size = len(leaf.value.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        yield Diagnostic(
            f"an ID of {size} bytes; over {MAX_BYTES} the event is dropped", hint="use a short ID", effect="lost"
        )
