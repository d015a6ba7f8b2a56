"""An event that never got an answer when it was recorded.

## What it does

Checks the status in a HAR file. Recorders write 0 or -1 for a request that failed, was blocked, or was not finished.

## Why is this bad?

In most cases, the server never received the event. Common causes are an ad blocker, a preflight request that the server
does not answer as CORS requires, a server that cannot be reached, and a page that was closed while it sent the event.

## Example

```json
{
  "request": {"method": "POST", "url": "https://example.com/_application/analytics/site/event/search"},
  "response": {"status": 0}
}
```

## Use instead

```json
{
  "request": {"method": "POST", "url": "https://example.com/_application/analytics/site/event/search"},
  "response": {"status": 202}
}
```

Send events from the page's own origin through a proxy, so that neither CORS nor an ad blocker applies. Send the last
event of a page with `fetch(url, {keepalive: true, …})`.
"""

from eventlint.model import Finding
from eventlint.rules.diagnostic import shown

EXAMINES = "recording"

MESSAGE = "the request failed or was blocked when it was recorded"
HINT = "make sure that the page can reach the server, and that no extension blocks the request"


def finding(reason: str) -> Finding:
    """The finding for a failed request.

    Args:
        reason: The reason in the recording; empty if it has none.
    """
    message = f"{MESSAGE}: {shown(reason)}" if reason else MESSAGE
    return Finding(rule="failed-request", tier="loss", message=message, hint=HINT, effect="lost")
