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

from eventlint.mirror.leaf import Leaf
from eventlint.rules.diagnostic import Diagnostic

MAX_TERM = 32_766
"""How many bytes a term of the index has at most."""


def check(leaf: Leaf) -> Iterator[Diagnostic]:
    """What is wrong with the value that events are routed by."""
    size = len(leaf.value.encode("utf-8", "surrogatepass"))
    if size > MAX_TERM:
        yield Diagnostic(
            f"an ID of {size} bytes; over {MAX_TERM} the event is dropped", hint="use a short ID", effect="lost"
        )


MUTATIONS = ("long-string",)
