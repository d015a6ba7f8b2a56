"""A URL that contains a user name or password.

## What it does

Checks for URLs with user information, as in `https://user:password@example.com/`.

## Why is this bad?

The ingest pipeline splits the URL into its parts. The index has no field for user information and does not allow new
fields, so the event is silently dropped. URLs of search results are not indexed, so they are stored with the password.
In both cases, the password has been sent over the network.

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

LOG_PATTERNS = (
    r"dynamic introduction of \[(?:[\w.]*\.)?(?:user_info|username|password)\]",
    r"(?i:strict_?dynamic_?mapping_?exception)(?!.*dynamic introduction of)",
)
EXAMINES = "value"
SCREEN = (("url",),)


def applies(node: Any) -> bool:
    """Whether the pipeline splits the value into the parts of a URL."""
    return bool(node.ingest.is_taken_apart)


def check(leaf: Leaf) -> Iterator[Diagnostic]:
    """Report credentials in a URL."""
    parts = uri_parts(leaf.value)
    if parts is None or parts.user_info is None:
        return
    is_dropped = leaf.node.ingest.mapping == "uri_parts"  # type: ignore[union-attr]
    yield Diagnostic(
        f"the URL {shown(leaf.value)} contains credentials; "
        + ("the event is dropped" if is_dropped else "they are stored"),
        hint="remove the user name and password",
        effect="lost" if is_dropped else "changed",
    )


SAMPLES = (
    *("https://a@example.com/", "https://a:b@example.com/", "http://user:secret@example.com:8080/a?q=b#c"),
    *("https://:@example.com/", "ftp://a%40b:c@example.com/", "https://%C3%BC@example.com", "https://a.b@example.com/"),
)
