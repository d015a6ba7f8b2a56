"""A request without a payload.

## What it does

Checks for requests with an empty body, and for empty payloads.

## Why is this bad?

The server rejects the request with status 400 and `request body or source parameter is required`.

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

MESSAGE = "the payload is empty"
MUTATIONS = ("no-body",)
