"""A parameter of the query string that the endpoint does not know.

## What it does

Checks the names of the parameters. The endpoint knows `debug`, and those that all endpoints know, such as `pretty`.

## Why it matters

The server answers with 400 before it looks at the payload.

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

MESSAGE = "there is no query parameter {}"
