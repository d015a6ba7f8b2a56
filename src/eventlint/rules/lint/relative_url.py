"""A URL without a scheme and host.

## What it does

Checks for relative URLs, such as `/products/42`. An empty referrer is allowed: it means that there was none.

## Why is this bad?

The server stores a relative URL without a domain. Reports by domain do not count the event, and the link cannot be
followed.

## Example

```json page_view
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "page": {"url": "/products/42"}}
```

## Use instead

```json page_view
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "page": {"url": "https://www.example.com/products/42"}}
```
"""

from collections.abc import Iterator

from eventlint.ingest.uri_parts import uri_parts
from eventlint.mirror.leaf import Leaf
from eventlint.rules.diagnostic import Diagnostic, shown
from eventlint.rules.placeholders import is_placeholder


def check(leaf: Leaf) -> Iterator[Diagnostic]:
    """Report a URL without a scheme."""
    parts = uri_parts(leaf.value)
    may_be_empty = leaf.node.lint["relative-url"].get("may_be_empty")  # type: ignore[union-attr]
    if parts is None or parts.scheme is not None or (not leaf.value and may_be_empty) or is_placeholder(leaf.value):
        return
    yield Diagnostic(f"the URL {shown(leaf.value)} has no scheme", hint="use an absolute URL: https://…")
