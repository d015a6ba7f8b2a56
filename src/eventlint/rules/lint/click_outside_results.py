"""What was clicked is not among the results that are listed.

## What it does

Compares the clicked document, or page, with the `items` of the search. Documents are the same when their IDs are, and
their indices where both have one; pages when their URLs are. Where no items are listed, nothing is compared.

## Why it matters

A click is on one of the results. Otherwise the list is from another search, or the IDs are of different kinds, and the
position of the click cannot be told.

## Example

```json search_click
{
  "session": {"id": "s-1"},
  "user": {"id": "u-1"},
  "search": {"query": "shoes", "results": {"items": [{"document": {"id": "1"}}]}},
  "document": {"id": "2"}
}
```

## Use instead

```json search_click
{
  "session": {"id": "s-1"},
  "user": {"id": "u-1"},
  "search": {"query": "shoes", "results": {"items": [{"document": {"id": "1"}}, {"document": {"id": "2"}}]}},
  "document": {"id": "2"}
}
```
"""

MESSAGE = "what was clicked is not among the items that are listed"
HINT = "send the results of the search that was shown, with the same IDs"
MUTATIONS = ("unlisted-click",)
