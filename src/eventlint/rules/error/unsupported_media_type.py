"""A body with a media type that the endpoint does not support.

## What it does

Checks that `Content-Type` names a format that the endpoint supports.

## Why is this bad?

The server rejects the request with status 406 and does not read the payload. By default, `fetch` and `sendBeacon` send
strings as `text/plain`.

## Example

```http
POST _application/analytics/site/event/search
Content-Type: text/plain

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
KINDS = ("unsupported-media-type",)

LOG_PATTERNS = (r"\b406\b\W*$", r"(?i:not[ _]?acceptable|unsupported[ _]?media[ _]?type)")
MESSAGE = "unsupported media type {}"
MUTATIONS = ("other-media-type",)
