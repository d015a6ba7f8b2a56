"""A request without a collection name.

## What it does

Checks for requests whose path contains an empty collection name.

## Why is this bad?

The server rejects the request with status 400 and `collection name is missing`. Usually a variable was empty when the
path was built.

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

MESSAGE = "the collection name is empty"
MUTATIONS = ("no-collection",)
