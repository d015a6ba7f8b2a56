"""A `Content-Type` or `Accept` header that is malformed or asks for an incompatible version.

## What it does

Checks the headers `Content-Type` and `Accept`: their syntax, the media types, and the server version that they ask to
be compatible with.

## Why is this bad?

The server checks these headers first and rejects the request with status 400. A client of another major release asks
for a version that the server does not support.

## Example

```http
POST _application/analytics/site/event/search
Content-Type: application/vnd.elasticsearch+json; compatible-with=5

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
KINDS = ("invalid-media-type",)

LOG_PATTERNS = (r"(?i:media_?type_?header_?exception)",)
MESSAGE = "the server does not accept the media type {}"
MUTATIONS = ("unreadable-media-type",)
