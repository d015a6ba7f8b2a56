"""A comment in the payload.

## What it does

Finds comments, `// …` and `/* … */`, before the event, in it, and right after it.

## Why it matters

JSON has no comments. The server's reader passes over them and does not store them; most other readers refuse the
payload.

## Example

```json page_view
{"session": {"id": "s-1"}, /* the visit */ "user": {"id": "u-1"}, "page": {"url": "https://www.example.com/"}}
```

## Use instead

```json page_view
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "page": {"url": "https://www.example.com/"}}
```

## Fix safety

The fix is safe: the event is stored the same without the comment.
"""

from collections.abc import Iterator

from eventlint.model import Edit
from eventlint.rules.diagnostic import Diagnostic, safe
from eventlint.rules.payload import Payload

EXAMINES = "payload"
FIXABLE = "safe"
SCREEN = (("not_strict",),)


def check(payload: Payload) -> Iterator[Diagnostic]:
    """All comments."""
    data, floor = payload.data, 0
    for start, end in payload.comments:
        fix = safe("remove the comment", _removed(data, floor, start, end))
        yield Diagnostic("a comment, which JSON does not have", offset=start, hint="remove it", fix=fix)
        floor = end


def _removed(data: bytes, floor: int, start: int, end: int) -> Edit:
    """The comment goes, with the blanks before it where it ends its line; the whole line, where it stands alone."""
    before = len(data[floor:start].rstrip(b" \t")) + floor
    following = data[end : end + 2]
    is_last = following[:1] in (b"\n", b"\r", b"")
    is_alone = before == 0 or data[before - 1 : before] in (b"\n", b"\r")
    if is_last and is_alone and following:
        return Edit(before, end + (2 if following == b"\r\n" else 1), b"")
    return Edit(before if is_last else start, end, b"")
