"""A result that is listed more than once.

## What it does

Checks for results with the same document and the same page as an earlier result.

## Why is this bad?

A list of results contains each document once. Usually several pages of results were joined, or a result was added again
when it was clicked. Positions and counts are then wrong.

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

MESSAGE = "duplicate result"
HINT = "list each result once"
