"""A payload in an encoding other than UTF-8.

## What it does

Checks for payloads in UTF-16 or UTF-32.

## Why is this bad?

JSON exchanged between systems must be UTF-8 (RFC 8259, section 8.1). The server detects the encoding from the first
four bytes and accepts these payloads, but proxies, logs, and other parsers do not.

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
    """Report an encoding other than UTF-8."""
    if payload.text.unit > 1:
        name = payload.text.encoding.upper()
        yield Diagnostic(f"the payload is encoded as {name}", hint="send it as UTF-8")
