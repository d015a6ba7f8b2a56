"""A request without the name of a collection.

## What it does

Finds requests whose path has an empty name of the collection.

## Why it matters

The server answers with 400 and `collection name is missing`. Mostly a variable was empty when the path was made.

## Example

```http
POST _application/analytics//event/search

{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```

## Use instead

```http
POST _application/analytics/site/event/search

{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```
"""

EXAMINES = "request"
KINDS = ("missing-collection",)

MESSAGE = "the name of the collection is empty"
