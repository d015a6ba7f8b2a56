"""A parameter of the query string with a value that it cannot have.

## What it does

Checks the values of the parameters that the server knows, such as `debug=true`.

## Why it matters

The server answers with 400 before it looks at the payload. Only `true` and `false` are read; `TRUE` is not.

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

MESSAGE = "the query parameter {} cannot be read"
