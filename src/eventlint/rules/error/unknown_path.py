"""A path under which nothing answers.

## What it does

Checks whether the path is that of the endpoint: `/_application/analytics/<collection>/event/<event type>`.

## Why it matters

The server answers with 400 and `no handler found`.

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

MESSAGE = "nothing answers at {}"
