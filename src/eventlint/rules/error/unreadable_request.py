"""A request in a text file that cannot be read.

## What it does

Checks for lines in request files that name the endpoint for events but are not request lines of the dev console or of
an HTTP file, and for requests whose body is in another file that cannot be read.

## Why is this bad?

The event of such a request is not checked. If it were skipped, you could take the file for clean.

## Example

```http
POST: /_application/analytics/site/event/search

{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```

## Use instead

```http
POST /_application/analytics/site/event/search

{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```

Write `#` in front of a line that is not meant as a request. A body from a file (`< event.json`) must be a regular file
in the same repository, or below the working folder if there is no repository.
"""

from eventlint.model import Finding, Position
from eventlint.rules.diagnostic import shown

EXAMINES = "request"
KINDS = ("unreadable-request",)

MESSAGE = "cannot read the request {}"
HINT = "write 'POST /_application/analytics/…/event/…', or '#' in front of a comment"
FILE_HINT = "write a path to a file in the same repository, relative to this file"


def line(content: str, position: Position) -> Finding:
    """The finding for a line that is not a request line.

    Args:
        content: The line.
        position: Its position in the file.
    """
    return Finding(
        rule="unreadable-request", tier="error", message=MESSAGE.format(shown(content)), hint=HINT, position=position
    )


def body_file(path: str, problem: str, position: Position) -> Finding:
    """The finding for a body in a file that cannot be read.

    Args:
        path: The path of that file.
        problem: Why it cannot be read.
        position: Where it is named.
    """
    message = f"the body's file {shown(path)} {problem}"
    return Finding(rule="unreadable-request", tier="error", message=message, hint=FILE_HINT, position=position)
