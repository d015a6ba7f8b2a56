"""A total that is less than the number of listed results.

## What it does

Compares `total_results` with the number of `items`.

## Why is this bad?

The total counts all results of the search, so it cannot be less than the number of results on one page. Usually the
field contains another number, such as the number of the page or of the clicked results.

## Example

```json search
{
  "session": {"id": "s-1"},
  "user": {"id": "u-1"},
  "search": {
    "query": "shoes",
    "results": {"items": [{"document": {"id": "1"}}, {"document": {"id": "2"}}], "total_results": 1}
  }
}
```

## Use instead

```json search
{
  "session": {"id": "s-1"},
  "user": {"id": "u-1"},
  "search": {
    "query": "shoes",
    "results": {"items": [{"document": {"id": "1"}}, {"document": {"id": "2"}}], "total_results": 2}
  }
}
```
"""

MESSAGE = "the total is less than the number of listed items"
HINT = "use the total number of results of the search"
