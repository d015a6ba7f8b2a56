r"""A byte order mark before the payload.

## What it does

Finds the bytes `EF BB BF` at the beginning of a payload.

## Why it matters

The server skips them. Other readers of JSON refuse them, as RFC 8259 allows, and so the same fixture works here and
fails there. Editors on Windows write them.

## Example

```text
\ufeff{"session": {"id": "s-1"}, …}
```

## Use instead

UTF-8 without a mark.

## Fix safety

The fix is safe: the server reads the same without the mark.
"""

from collections.abc import Iterator

from eventlint.model import Edit
from eventlint.rules.diagnostic import Diagnostic, safe
from eventlint.rules.payload import Payload

EXAMINES = "payload"
FIXABLE = "safe"
SCREEN = (("not_strict",),)


def check(payload: Payload) -> Iterator[Diagnostic]:
    """The mark of a payload in UTF-8."""
    text = payload.text
    if text.mark and text.unit == 1:
        fix = safe("remove the byte order mark", Edit(0, text.mark, b""))
        yield Diagnostic("the payload begins with a byte order mark", hint="save it as UTF-8 without a mark", fix=fix)
