"""A method other than POST.

## What it does

Checks the method of the request.

## Why it matters

The server answers with 405. Events are posted.

## Example

```http
PUT _application/analytics/site/event/search

{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```

## Use instead

```http
POST _application/analytics/site/event/search

{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```
"""

EXAMINES = "request"
KINDS = ("wrong-method",)

MESSAGE = "the method {} is not allowed"
