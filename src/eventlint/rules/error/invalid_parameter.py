"""A query parameter with an invalid value.

## What it does

Checks the values of the query parameters that the server knows, such as `debug=true`.

## Why is this bad?

The server rejects the request with status 400 before it reads the payload. It accepts only `true` and `false`, not
`TRUE`.

## Example

```http
POST _application/analytics/site/event/search?debug=TRUE

{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```

## Use instead

```http
POST _application/analytics/site/event/search?debug=true

{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```
"""

EXAMINES = "request"
KINDS = ("invalid-parameter",)

MESSAGE = "invalid query parameter {}"
MUTATIONS = ("parameter-value",)
