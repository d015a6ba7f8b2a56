r"""A byte order mark at the start of the payload.

## What it does

Checks for the bytes `EF BB BF` at the start of a payload.

## Why is this bad?

The server skips these bytes. Other JSON parsers reject them, as RFC 8259 allows, so the same file works with one
program and fails with another. Some editors on Windows add a byte order mark.

## Example

```text
\ufeff{"session": {"id": "s-1"}, …}
```

## Use instead

UTF-8 without a byte order mark.

## Fix safety

The fix is safe: the server reads the same event without the byte order mark.
"""

from collections.abc import Iterator

from eventlint.model import Edit
from eventlint.rules.diagnostic import Diagnostic, safe
from eventlint.rules.payload import Payload

EXAMINES = "payload"
FIXABLE = "safe"
SCREEN = (("not_strict",),)


def check(payload: Payload) -> Iterator[Diagnostic]:
    """Report the byte order mark of a UTF-8 payload."""
    text = payload.text
    if text.mark and text.unit == 1:
        fix = safe("remove the byte order mark", Edit(0, text.mark, b""))
        yield Diagnostic("the payload starts with a byte order mark", hint="use UTF-8 without it", fix=fix)
