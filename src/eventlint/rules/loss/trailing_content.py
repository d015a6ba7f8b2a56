"""Content after the event, which the server ignores.

## What it does

Checks for anything after the event's closing brace other than whitespace and comments.

## Why is this bad?

The server stops reading at the closing brace. A second event after it is lost, yet the server responds with status 202.
This happens if you send NDJSON to the endpoint, which accepts one event per request.

## Example

```json page_view
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "page": {"url": "https://www.example.com/"}}
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "page": {"url": "https://www.example.com/2"}}
```

## Use instead

```json page_view
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "page": {"url": "https://www.example.com/"}}
```

Send each event in a separate request. In a file, each line is checked as a separate event.

## Fix safety

The fix removes everything after the event. It is unsafe because the removed content may be another event. In files, it
is not applied if the content is another object or text in a later line, nor to requests.
"""

from collections.abc import Iterator

from eventlint.model import Edit
from eventlint.rules.diagnostic import Diagnostic, unsafe
from eventlint.rules.payload import Payload

EXAMINES = "payload"
FIXABLE = "unsafe"
SCREEN = (("not_strict",),)


def check(payload: Payload) -> Iterator[Diagnostic]:
    """Report content after the event."""
    start, end = payload.trailing, payload.walk.end
    if start is None or end is None:
        return
    data = payload.data
    is_ndjson = data[start : start + 1] == b"{" and b"\n" in data[end:start]
    kept = data[len(data.rstrip()) :]
    yield Diagnostic(
        "the server ignores everything after the event" + ("; this looks like NDJSON" if is_ndjson else ""),
        offset=start,
        hint="send each event in a separate request" if is_ndjson else "remove it",
        effect="changed",
        fix=unsafe("remove everything after the event", Edit(end, len(data) - len(kept), b"")),
    )


MUTATIONS = ("trailing-bytes",)
