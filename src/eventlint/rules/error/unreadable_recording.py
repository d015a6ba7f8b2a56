r"""A recorded request to the endpoint that cannot be understood.

## What it does

Checks for entries of a HAR file that name the endpoint for events, but whose JSON or whose structure is broken, so that
the request is not clear. Also reports the place from which a HAR file cannot be read any further.

## Why is this bad?

The event of such an entry is not checked. Without this finding, the file would look clean.

## Example

```json
{"request": {"url": "https://example.com/_application/analytics/site/event/search", "postData": ["shoes"]}}
```

## Use instead

```json
{
  "request": {
    "method": "POST",
    "url": "https://example.com/_application/analytics/site/event/search",
    "headers": [{"name": "Content-Type", "value": "application/json"}],
    "postData": {
      "mimeType": "application/json",
      "text": "{\"session\": {\"id\": \"s-1\"}, \"user\": {\"id\": \"u-1\"}, \"search\": {\"query\": \"tea\"}}"
    }
  }
}
```

Export the recording again. If a program writes the file, follow version 1.2 of the HAR format.
"""

from eventlint.model import Finding, Position

EXAMINES = "recording"

MESSAGE = "the recorded request cannot be understood"
REST = "the recording cannot be read beyond this point"
HINT = "export the recording again"


def finding(position: Position | None = None, *, is_rest: bool = False) -> Finding:
    """The finding for an entry, or for the rest of the file."""
    message = REST if is_rest else MESSAGE
    return Finding(rule="unreadable-recording", tier="error", message=message, hint=HINT, position=position)
