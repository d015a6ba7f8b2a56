"""A query parameter that the endpoint does not accept.

## What it does

Checks the names of the query parameters. The endpoint accepts `debug` and the parameters that all endpoints accept,
such as `pretty`.

## Why is this bad?

The server rejects the request with status 400 before it reads the payload.

## Example

```http
POST _application/analytics/site/event/search?debgu=true

{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```

## Use instead

```http
POST _application/analytics/site/event/search?debug=true

{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```
"""

EXAMINES = "request"
KINDS = ("unknown-parameter",)

MESSAGE = "unknown query parameter {}"
MUTATIONS = ("other-parameter",)
