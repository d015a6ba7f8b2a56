"""A URL that the server cannot take apart, so the event is dropped.

## What it does

Finds URLs that neither `java.net.URI` nor `java.net.URL` reads. It looks at the URL and the referrer of a page, and at
the URLs of the pages in the results.

## Why it matters

The server answers with 202 before it looks at URLs. Afterwards the ingest pipeline takes each of them apart. When it
cannot, the event is dropped, and nobody is told.

## Example

```json page_view
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "page": {"url": "/search?q=red shoes"}}
```

A space, `|`, `{` or a lone `%` is fatal in a relative URL. In the path or the query of an absolute `http` URL
it is not.

## Use instead

```json page_view
{
  "session": {"id": "s-1"},
  "user": {"id": "u-1"},
  "page": {"url": "https://www.example.com/search?q=red%20shoes"}
}
```

Send `window.location.href` as it is; the browser has encoded it.
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
    if uri_parts(leaf.value) is None:
        yield Diagnostic(
            f"the URL {shown(leaf.value)} cannot be taken apart, so the event is dropped",
            hint="send an absolute URL, percent-encoded as a browser writes it",
            effect="lost",
        )
