"""An event that was rejected when it was recorded.

## What it does

Compares the answer in a HAR file with the answer that eventlint expects. Reports requests that the server would accept,
but that were answered with a status from 400 to 599. Redirects are not reported.

## Why is this bad?

The event was not stored, although nothing in the request explains it. Often the cause is not the event: the API key
lacks the privilege `post_behavioral_analytics_event` (401 or 403), the collection does not exist (404), or the server
or a proxy in front of it is overloaded (429, 502 or 503). With status 400, the recorded server has another release than
the one that you check for, or the recorder did not keep the body as it was sent.

## Example

```json
{
  "request": {"method": "POST", "url": "https://example.com/_application/analytics/site/event/search"},
  "response": {"status": 404}
}
```

## Use instead

```json
{
  "request": {"method": "POST", "url": "https://example.com/_application/analytics/site/event/search"},
  "response": {"status": 202}
}
```

Name the release of the recorded server with `--release`, and the collections that exist with `--collection`. Fix the
cause, and record again.
"""

from eventlint.model import Answer, Finding

EXAMINES = "recording"

MESSAGE = "the recorded answer is a rejection with status {}"
HINTS = {
    401: "use an API key with the privilege post_behavioral_analytics_event",
    403: "use an API key with the privilege post_behavioral_analytics_event",
    404: "create the collection, or correct the URL",
    429: "send fewer events at a time",
}
RELEASE = "name the release of the recorded server with --release"
SERVER = "look for the cause in the log of the server, or of the proxy in front of it"


def finding(answer: Answer) -> Finding:
    """The finding for a recorded answer to a request that the server would accept."""
    status = answer.status
    hint = HINTS.get(status, RELEASE if status < 500 else SERVER)
    return Finding(rule="recorded-rejection", tier="error", message=MESSAGE.format(status), hint=hint)
