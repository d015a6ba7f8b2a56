"""A request without a payload.

## What it does

Finds requests with an empty body, and empty payloads.

## Why it matters

The server answers with 400 and `request body or source parameter is required`.

## Example

```http
POST _application/analytics/site/event/search
```

## Use instead

```http
POST _application/analytics/site/event/search

{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```
"""

EXAMINES = "request"
KINDS = ("missing-body",)

MESSAGE = "there is no payload"
