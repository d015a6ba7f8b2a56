"""A Content-Type or Accept header that cannot be read, or that asks for what is not.

## What it does

Checks the headers `Content-Type` and `Accept`: their form, the media types, and the version of the server that they ask
to be compatible with.

## Why it matters

The server looks at these headers before all else, and answers with 400. A client of another major release asks for a
version that the server does not speak.

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

MESSAGE = "the server will not take the media type {}"
