"""A payload in another encoding than UTF-8.

## What it does

Finds payloads in UTF-16 or UTF-32.

## Why it matters

JSON that is exchanged must be UTF-8 (RFC 8259, section 8.1). The server guesses the encoding from the first four bytes,
so it takes these; proxies, logs and other readers do not.

## Example

```text
7B 00 22 00 73 00 …
```

## Use instead

UTF-8.
"""

from collections.abc import Iterator

from eventlint.rules.diagnostic import Diagnostic
from eventlint.rules.payload import Payload

EXAMINES = "payload"
SCREEN = (("not_strict",),)


def check(payload: Payload) -> Iterator[Diagnostic]:
    """The encoding of a payload."""
    if payload.text.unit > 1:
        name = payload.text.encoding.upper()
        yield Diagnostic(f"the payload is in {name}", hint="send it as UTF-8")
