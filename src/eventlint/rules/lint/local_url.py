"""A URL of a local machine.

## What it does

Checks for URLs whose host is `localhost`, a loopback address, or a name that ends in `.localhost` or `.local`.

## Why is this bad?

The event comes from a development environment. In a production collection, it distorts reports.

## Example

```json page_view
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "page": {"url": "http://localhost:3000/products/42"}}
```

## Use instead

```json page_view
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "page": {"url": "https://www.example.com/products/42"}}
```

In development, disable the tracker or use a separate collection.
"""

import re
from collections.abc import Iterator

from eventlint.ingest.uri_parts import uri_parts
from eventlint.mirror.leaf import Leaf
from eventlint.rules.diagnostic import Diagnostic, shown

EXAMINES = "value"
SCREEN = (
    ("url",),
    ("contains_any", ("//127.", "//0.0.0.0")),
    ("contains_any_ignoring_case", ("local",)),
)

_LOCAL = r"(?i)(?:.*\.)?local(?:host)?\.?|127(?:\.\d+){3}|0\.0\.0\.0|\[::1\]|\[0*(?::0*){6}:0*1\]"


def check(leaf: Leaf) -> Iterator[Diagnostic]:
    """Report a host that only the sender can reach."""
    parts = uri_parts(leaf.value)
    if parts is not None and parts.domain and len(parts.domain) < 300 and re.fullmatch(_LOCAL, parts.domain):
        yield Diagnostic(
            f"the host {shown(parts.domain)} is a local machine", hint="do not send local events to production"
        )


SAMPLES = ("http://localhost/", "http://127.0.0.1:8080/a", "http://[::1]/", "http://a.local/")
