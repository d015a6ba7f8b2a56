"""A rejected event that was accepted when it was recorded.

## What it does

Compares the answer in a HAR file with the answer that eventlint expects. Reports requests that the server would reject,
but that were answered with a status from 200 to 299.

## Why is this bad?

One of the two is wrong. Either the recorded server has another release than the one that you check for, or a proxy in
front of the server answered before it forwarded the event, so that you never see the rejection.

## Example

```json
{
  "request": {"method": "PUT", "url": "https://example.com/_application/analytics/site/event/search"},
  "response": {"status": 202}
}
```

## Use instead

```json
{
  "request": {"method": "POST", "url": "https://example.com/_application/analytics/site/event/search"},
  "response": {"status": 202}
}
```

Name the release of the recorded server with `--release`. If it is right, look for the program that answered.
"""

from eventlint.model import Answer, Finding

EXAMINES = "recording"

MESSAGE = "the recorded answer has status {}, but the server rejects the request"
HINT = "name the release of the recorded server with --release"


def finding(answer: Answer) -> Finding:
    """The finding for a recorded answer to a request that the server would reject."""
    return Finding(rule="recorded-acceptance", tier="lint", message=MESSAGE.format(answer.status), hint=HINT)
