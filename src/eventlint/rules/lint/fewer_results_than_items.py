"""The total is less than the number of results that are listed.

## What it does

Compares `total_results` with the number of `items`.

## Why it matters

The total counts all results of the search, so it is never less than those on one page. Most likely it is the number of
something else: of the page, or of the results that were clicked.

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

MESSAGE = "the total is less than the number of items that are listed"
HINT = "send the number of all results of the search"
MUTATIONS = ("low-total",)
