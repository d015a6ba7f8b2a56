"""A path that has no handler.

## What it does

Checks that the path is that of the endpoint: `/_application/analytics/<collection>/event/<event type>`.

## Why is this bad?

The server rejects the request with status 400 and `no handler found`.

## Example

```http
POST _application/analytics/site/event/search/extra

{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```

## Use instead

```http
POST _application/analytics/site/event/search

{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```
"""

EXAMINES = "request"
KINDS = ("unknown-path",)

MESSAGE = "unknown path {}"
MUTATIONS = ("other-path",)
