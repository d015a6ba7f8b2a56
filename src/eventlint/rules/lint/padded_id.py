"""An ID with leading or trailing whitespace.

## What it does

Checks for IDs that start or end with whitespace.

## Why is this bad?

The server treats `"u-1"` and `"u-1 "` as two different users, and reports count them separately.

## Example

```json page_view
{"session": {"id": "s-1"}, "user": {"id": "u-1 "}, "page": {"url": "https://www.example.com/"}}
```

## Use instead

```json page_view
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "page": {"url": "https://www.example.com/"}}
```

## Fix safety

The fix removes the whitespace. It is unsafe because it changes the ID.
"""

import re
from collections.abc import Iterable, Iterator

from eventlint.mirror.leaf import Leaf
from eventlint.model import Edit
from eventlint.rules.diagnostic import Diagnostic, shown, unsafe

EXAMINES = "value"
FIXABLE = "unsafe"
SCREEN = (("whitespace_ends",),)

_UNIT = rb"\\u[0-9a-fA-F]{4}|\\.|[\xc0-\xff][\x80-\xbf]*|[^\\]"
_ESCAPED = {b"\\t": " ", b"\\n": " ", b"\\r": " ", b"\\f": " "}


def check(leaf: Leaf) -> Iterator[Diagnostic]:
    """Report whitespace around an ID."""
    if leaf.value == leaf.value.strip() or not leaf.value.strip():
        return
    edits = _edits(leaf)
    yield Diagnostic(
        f"the ID {shown(leaf.value)} has leading or trailing whitespace",
        hint="trim the ID",
        fix=unsafe("trim the ID", *edits) if edits else None,
    )


def _edits(leaf: Leaf) -> list[Edit]:
    """Edits that remove the whitespace, escaped or not."""
    try:
        text = leaf.raw[1:-1].decode()
    except UnicodeDecodeError:
        return []
    if text.isascii() and "\\" not in text:
        before, after = len(text) - len(text.lstrip()), len(text) - len(text.rstrip())
    else:
        units = re.findall(_UNIT, leaf.raw[1:-1])
        before, after = (sum(map(len, _blanks(some))) for some in (units, reversed(units)))
    start, end = leaf.offset + 1, leaf.offset + len(leaf.raw) - 1
    return [Edit(*span, b"") for span in ((start, start + before), (end - after, end)) if span[0] < span[1]]


def _blanks(units: Iterable[bytes]) -> Iterator[bytes]:
    for unit in units:
        if unit in _ESCAPED:
            character = " "
        elif unit.startswith(b"\\u"):
            character = chr(int(unit[2:], 16))
        else:
            character = unit.decode()
        if not character.isspace():
            return
        yield unit


SAMPLES = ("a ", " a", "\ta", "a\n", "\u00a0a", " 日本語 ")
