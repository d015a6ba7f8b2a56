"""A URL that the server cannot parse, so it drops the event.

## What it does

Checks for URLs that neither `java.net.URI` nor `java.net.URL` can parse: the URL and the referrer of a page, and the
URLs of the pages in the results.

## Why is this bad?

The server responds with status 202 before it parses URLs. Later, the ingest pipeline splits each URL into its parts. If
that fails, the event is silently dropped.

## Example

```json page_view
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "page": {"url": "/search?q=red shoes"}}
```

A space, `|`, `{` or a lone `%` is fatal in a relative URL. In the path or the query of an absolute `http` URL it is
not.

## Use instead

```json page_view
{
  "session": {"id": "s-1"},
  "user": {"id": "u-1"},
  "page": {"url": "https://www.example.com/search?q=red%20shoes"}
}
```

Send `window.location.href` unchanged; the browser has already encoded it.
"""

from collections.abc import Iterator
from typing import Any

from eventlint.ingest.uri_parts import uri_parts
from eventlint.mirror.leaf import Leaf
from eventlint.rules.diagnostic import Diagnostic, shown

LOG_PATTERNS = (r"unable to parse URI \[",)
EXAMINES = "value"
SCREEN = (("url",),)


def applies(node: Any) -> bool:
    """Whether the pipeline splits the value into the parts of a URL."""
    return bool(node.ingest.is_taken_apart)


def check(leaf: Leaf) -> Iterator[Diagnostic]:
    """Report a URL that cannot be parsed."""
    if uri_parts(leaf.value) is None:
        yield Diagnostic(
            f"cannot parse the URL {shown(leaf.value)}; the event is dropped",
            hint="use an absolute URL, percent-encoded like in a browser",
            effect="lost",
        )


SAMPLES = (
    *(" ", "a b", "/a b", "/a|b", "/{a}", "%", "/%zz", "/a?q=%", "http://a b/", "http://a|b/", "https://{a}/"),
    *("ftp//a b", "a\x00b", "[a", '"a"', "a\\b", ":a", "/é ü", "/日本 語", "/😀 a", "mailto:a b", "?q=red shoes"),
)
