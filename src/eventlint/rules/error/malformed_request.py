"""A request that the server rejects before it looks at the path.

## What it does

Checks for a request line that is too long, a header that may have only one value and has several, an `Expect` header
with another value than `100-continue`, a body that is not in its `Content-Encoding`, and a body that is too large.

## Why is this bad?

The server rejects the request, or closes the connection without an answer. The limits are the defaults of the settings
`http.max_initial_line_length` and `http.max_content_length`.

## Example

```http
POST _application/analytics/site/event/search
Content-Type: application/json
Content-Encoding: gzip

{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```

## Use instead

```http
POST _application/analytics/site/event/search
Content-Type: application/json

{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```
"""

EXAMINES = "request"
KINDS = (
    "repeated-header",
    "request-line-too-long",
    "unsupported-expectation",
    "unreadable-content-encoding",
    "body-too-large",
)

MESSAGES = {
    "repeated-header": "header {} has several values",
    "request-line-too-long": "request line cannot be read: {}",
    "unsupported-expectation": "unsupported value {} of the header Expect",
    "unreadable-content-encoding": "body is not in its content encoding {}",
    "body-too-large": "body is larger than {}",
}
MUTATIONS = ("transport",)
