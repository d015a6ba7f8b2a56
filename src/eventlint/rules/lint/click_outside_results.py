"""A click on something that is not in the listed results.

## What it does

Compares the clicked document or page with the `items` of the search. Two documents are the same if their IDs match and,
if both have an index, their indices match. Two pages are the same if their URLs match. If no items are listed, the rule
reports nothing.

## Why is this bad?

A click is always on one of the results. If the clicked document is not listed, the list is from another search or uses
different IDs, and the position of the click cannot be determined.

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

MESSAGE = "the clicked document or page is not in the listed results"
HINT = "send the results that were shown, with the same IDs"
