"""A collection that does not exist.

## What it does

Checks the name of the collection against those that are named in the configuration or by `--collection`, and against
the names that a collection can have at all.

## Why it matters

The server answers with 404. Collections must be created before events can be sent to them.

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

MESSAGE = "there is no collection {}"
