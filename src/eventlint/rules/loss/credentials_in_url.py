"""A URL with a user name or a password in it: the event is dropped, or the password is stored.

## What it does

Finds URLs with user information, as in `https://user:password@example.com/`.

## Why it matters

The ingest pipeline takes the URL apart and finds a user. The index has no field for it and takes no new ones, so the
event is dropped, and nobody is told. The URLs of results are different: they are not indexed, so they are stored, with
the password. Either way a password has gone over the wire.

## Example

```json page_view
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "page": {"url": "https://user:secret@www.example.com/"}}
```

## Use instead

```json page_view
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "page": {"url": "https://www.example.com/"}}
```
"""

from collections.abc import Iterator
from typing import Any

from eventlint.ingest.uri_parts import uri_parts
from eventlint.mirror.leaf import Leaf
from eventlint.rules.diagnostic import Diagnostic, shown

EXAMINES = "value"
SCREEN = (("url",),)


def applies(node: Any) -> bool:
    """Whether the pipeline splits the value into the parts of a URL."""
    return bool(node.ingest.is_taken_apart)


def check(leaf: Leaf) -> Iterator[Diagnostic]:
    """What is wrong with a URL."""
    parts = uri_parts(leaf.value)
    if parts is None or parts.user_info is None:
        return
    is_dropped = leaf.node.ingest.mapping == "uri_parts"  # type: ignore[union-attr]
    yield Diagnostic(
        f"the URL {shown(leaf.value)} holds a user; " + ("the event is dropped" if is_dropped else "it is stored, too"),
        hint="leave out what stands before the @",
        effect="lost" if is_dropped else "changed",
    )
