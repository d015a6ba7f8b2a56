r"""A request to the endpoint, in a file, that cannot be understood.

## What it does

Checks for requests that name the endpoint for events, but are not clear:

- lines in request files that are not request lines of the dev console or of an HTTP file
- requests whose body is in another file that cannot be read
- entries of a HAR file whose JSON or whose structure is broken, and the place from which a HAR file cannot be read any
  further

## Why is this bad?

The event of such a request is not checked. Without this finding, the file would look clean.

## Example

```http
POST: /_application/analytics/site/event/search

{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```

In a HAR file:

```json
{"request": {"url": "https://example.com/_application/analytics/site/event/search", "postData": ["shoes"]}}
```

## Use instead

```http
POST /_application/analytics/site/event/search

{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```

Write `#` in front of a line that is not meant as a request. A body from a file (`< event.json`) must be a regular file
in the same repository, or below the working folder if there is no repository.

In a HAR file:

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

LINE = "cannot read the request {}"
LINE_HINT = "write 'POST /_application/analytics/…/event/…', or '#' in front of a comment"
FILE_HINT = "write a path to a file in the same repository, relative to this file"


def finding(position: Position | None = None, *, is_rest: bool = False) -> Finding:
    """The finding for an entry of a HAR file, or for the rest of the file."""
    message = REST if is_rest else MESSAGE
    return Finding(rule="unreadable-request", tier="error", message=message, hint=HINT, position=position)


def line(content: str, position: Position) -> Finding:
    """The finding for a line of a request file that is not a request line.

    Args:
        content: The line.
        position: Its position in the file.
    """
    from eventlint.rules.diagnostic import shown

    message = LINE.format(shown(content))
    return Finding(rule="unreadable-request", tier="error", message=message, hint=LINE_HINT, position=position)


def body_file(path: str, problem: str, position: Position) -> Finding:
    """The finding for a body in a file that cannot be read.

    Args:
        path: The path of that file.
        problem: Why it cannot be read.
        position: Where it is named.
    """
    from eventlint.rules.diagnostic import shown

    message = f"the body's file {shown(path)} {problem}"
    return Finding(rule="unreadable-request", tier="error", message=message, hint=FILE_HINT, position=position)
