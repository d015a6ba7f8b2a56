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
from typing import Any

from eventlint.ingest.uri_parts import uri_parts
from eventlint.mirror.leaf import Leaf
from eventlint.rules.diagnostic import Diagnostic, shown
from eventlint.rules.placeholders import is_placeholder

EXAMINES = "value"


def screen(node: Any) -> tuple[Any, ...]:
    """An ordinary URL has a scheme; the empty string has none."""
    return (("url",),) if _may_be_empty(node) else (("url",), ("in_set", ("",)))


def _may_be_empty(node: Any) -> bool:
    return bool(node.lint["relative-url"].get("may_be_empty"))


def check(leaf: Leaf) -> Iterator[Diagnostic]:
    """Report a URL without a scheme."""
    parts = uri_parts(leaf.value)
    if (
        parts is None
        or parts.scheme is not None
        or (not leaf.value and _may_be_empty(leaf.node))
        or is_placeholder(leaf.value)
    ):
        return
    yield Diagnostic(f"the URL {shown(leaf.value)} has no scheme", hint="use an absolute URL: https://…")


SAMPLES = ("/a", "a", "../a", "?q=a", "#a", "//example.com/a")
