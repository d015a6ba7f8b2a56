"""A result that is listed twice.

## What it does

Finds results with the same document and the same page as one before.

## Why it matters

A list of results shows each document once. Most likely pages of results were joined, or one was put in again when it
was clicked; positions and counts are then wrong.

## Example

```json search
{
  "session": {"id": "s-1"},
  "user": {"id": "u-1"},
  "search": {"query": "shoes", "results": {"items": [{"document": {"id": "1"}}, {"document": {"id": "1"}}]}}
}
```

## Use instead

```json search
{
  "session": {"id": "s-1"},
  "user": {"id": "u-1"},
  "search": {"query": "shoes", "results": {"items": [{"document": {"id": "1"}}, {"document": {"id": "2"}}]}}
}
```
"""

MESSAGE = "the same result is listed before"
HINT = "list each result once"
MUTATIONS = ("repeated-item",)
