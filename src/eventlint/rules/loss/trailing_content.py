"""Something after the event, which the server never reads.

## What it does

Finds whatever follows the event's closing brace and is neither white space nor a comment.

## Why it matters

The server stops reading at the closing brace. A second event behind it is lost; the answer is 202 all the same. This
happens to those who send NDJSON to the endpoint: it takes one event a request.

## Example

```json page_view
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "page": {"url": "https://www.example.com/"}}
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "page": {"url": "https://www.example.com/2"}}
```

## Use instead

```json page_view
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "page": {"url": "https://www.example.com/"}}
```

Send each event in a request of its own. A file with an event a line is checked line by line when its name ends in
`.ndjson` or `.jsonl`.

## Fix safety

The fix removes what the server does not read. It is unsafe: perhaps it was another event.
"""

from collections.abc import Iterator

from eventlint.model import Edit
from eventlint.rules.diagnostic import Diagnostic, unsafe
from eventlint.rules.payload import Payload

EXAMINES = "payload"
FIXABLE = "unsafe"
SCREEN = (("not_strict",),)


def check(payload: Payload) -> Iterator[Diagnostic]:
    """What follows the event."""
    start, end = payload.trailing, payload.walk.end
    if start is None or end is None:
        return
    data = payload.data
    is_ndjson = data[start : start + 1] == b"{" and b"\n" in data[end:start]
    kept = data[len(data.rstrip()) :]
    yield Diagnostic(
        "what follows the event is never read" + ("; it looks like NDJSON" if is_ndjson else ""),
        offset=start,
        hint="send each event in a request of its own" if is_ndjson else "remove it",
        effect="changed",
        fix=unsafe("remove what follows the event", Edit(end, len(data) - len(kept), b"")),
    )
