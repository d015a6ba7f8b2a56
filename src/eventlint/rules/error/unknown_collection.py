"""A collection that does not exist.

## What it does

Checks the collection name against the collections listed in the configuration or with `--collection`, and against the
server's rules for collection names.

## Why is this bad?

The server rejects the request with status 404. You must create a collection before you can send events to it.

## Example

```http
POST _application/analytics/No%20Such/event/search

{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```

## Use instead

```http
POST _application/analytics/site/event/search

{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```
"""

EXAMINES = "request"
KINDS = ("unknown-collection",)

MESSAGE = "unknown collection {}"
MUTATIONS = ("other-collection",)
