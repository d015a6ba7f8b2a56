"""An event type that the server does not know.

## What it does

Checks the last part of the path against the known event types. Upper case counts: `Search` is not `search`.

## Why it matters

The server answers with 400 and does not look at the payload. Trackers call the page view `pageview`; the endpoint calls
it `page_view`.

## Example

```http
POST _application/analytics/site/event/pageview

{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "page": {"url": "https://www.example.com/"}}
```

## Use instead

```http
POST _application/analytics/site/event/page_view

{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "page": {"url": "https://www.example.com/"}}
```

## Fix safety

The fix is safe where the name differs from a known one only in upper case and in signs: `pageview`, `Page-View`. It
edits the request line of a dev-console file.
"""

from eventlint.mirror.suggestions import suggestions
from eventlint.rules.diagnostic import shown
from eventlint.spec import event_types

EXAMINES = "request"
KINDS = ("unknown-event-type",)
FIXABLE = "safe"

MESSAGE = "there is no event type {}"


def meant(name: str) -> str | None:
    """The event type that differs from a name only in signs and upper case."""
    plain = "".join(filter(str.isalnum, name)).lower()
    return next((known for known in event_types() if known.replace("_", "") == plain), None)


def hint(name: str) -> str:
    """What could be meant, or what there is."""
    same = meant(name)
    near = [same] if same else suggestions(name, event_types())
    if near:
        return f"did you mean {' or '.join(map(shown, near))}?"
    return f"the types are {' or '.join(map(shown, event_types()))}"
