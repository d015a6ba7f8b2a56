"""A method other than POST.

## What it does

Checks the method of the request.

## Why is this bad?

The server rejects the request with status 405. It accepts events only with POST.

## Example

```http
PUT _application/analytics/site/event/search

{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```

## Use instead

```http
POST _application/analytics/site/event/search

{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```
"""

EXAMINES = "request"
KINDS = ("wrong-method",)

MESSAGE = "method {} is not allowed"
MUTATIONS = ("other-method",)
