"""An event type that the server does not know.

## What it does

Checks the last segment of the path against the known event types. Event types are case-sensitive: `Search` is not
`search`.

## Why is this bad?

The server rejects the request with status 400 and does not read the payload. Trackers call the page view `pageview`;
the endpoint calls it `page_view`.

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

The fix is safe because the name differs from a known event type only in case and punctuation: `pageview`, `Page-View`.
It edits the request line of a dev-console file.
"""

from eventlint.mirror.suggestions import suggestions
from eventlint.rules.diagnostic import shown
from eventlint.spec import event_types

EXAMINES = "request"
KINDS = ("unknown-event-type",)
FIXABLE = "safe"

MESSAGE = "unknown event type {}"


def meant(name: str) -> str | None:
    """The event type that differs from a name only in case and punctuation."""
    plain = "".join(filter(str.isalnum, name)).lower()
    return next((known for known in event_types() if known.replace("_", "") == plain), None)


def hint(name: str) -> str:
    """Suggest similar event types, or list all of them."""
    same = meant(name)
    near = [same] if same else suggestions(name, event_types())
    if near:
        return f"did you mean {' or '.join(map(shown, near))}?"
    return f"allowed event types: {', '.join(event_types())}"


MUTATIONS = ("other-event-type",)
