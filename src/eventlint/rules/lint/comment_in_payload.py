"""A comment in the payload.

## What it does

Checks for comments, `// …` and `/* … */`, before, inside, and directly after the event.

## Why is this bad?

JSON does not allow comments. The server skips them and does not store them; most other JSON parsers reject the payload.

## Example

```json page_view
{"session": {"id": "s-1"}, /* the visit */ "user": {"id": "u-1"}, "page": {"url": "https://www.example.com/"}}
```

## Use instead

```json page_view
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "page": {"url": "https://www.example.com/"}}
```

## Fix safety

The fix is safe: the server stores the same event without the comment.
"""

from collections.abc import Iterator

from eventlint.model import Edit
from eventlint.rules.diagnostic import Diagnostic, safe
from eventlint.rules.payload import Payload

EXAMINES = "payload"
FIXABLE = "safe"
SCREEN = (("not_strict",),)


def check(payload: Payload) -> Iterator[Diagnostic]:
    """Report all comments."""
    data, floor = payload.data, 0
    for start, end in payload.comments:
        fix = safe("remove the comment", _removed(data, floor, start, end))
        yield Diagnostic("JSON does not allow comments", offset=start, hint="remove it", fix=fix)
        floor = end


def _removed(data: bytes, floor: int, start: int, end: int) -> Edit:
    """Remove the comment, the spaces before it if it ends its line, and the whole line if nothing else is on it."""
    before = len(data[floor:start].rstrip(b" \t")) + floor
    following = data[end : end + 2]
    is_last = following[:1] in (b"\n", b"\r", b"")
    is_alone = before == 0 or data[before - 1 : before] in (b"\n", b"\r")
    if is_last and is_alone and following:
        return Edit(before, end + (2 if following == b"\r\n" else 1), b"")
    return Edit(before if is_last else start, end, b"")
