"""A body of a type that the endpoint does not read.

## What it does

Checks whether `Content-Type` names a format that the endpoint reads.

## Why it matters

The server answers with 406 and does not look at the payload. `fetch` and `sendBeacon` send texts as `text/plain` unless
they are told otherwise.

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

MESSAGE = "the body cannot be of the media type {}"
