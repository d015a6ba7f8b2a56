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

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from eventlint.rules.diagnostic import Diagnostic
from eventlint.rules.pointers import objects_at

EXAMINES = "event"


def screen(node: Any) -> tuple[Any, ...]:
    """Clean if an item has only the identity of the clicked document or page."""
    facts = node.lint["click-outside-results"]
    identity = tuple((key, tuple(fields)) for key, fields in facts["identity"].items())
    return (("outside", facts["items"], tuple(facts["identity"]), identity),)


def check(event: Mapping[str, Any], facts: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """Search the items for the clicked document or page."""
    items = objects_at(event, facts["items"])
    if not items:
        return
    first: str | None = None
    for key, fields in facts["identity"].items():
        clicked = event.get(key)
        if clicked is None:
            continue
        for item in items:
            if key in item:
                if _agree(clicked, item[key], fields):
                    return
                first = first or key
    if first is not None:
        yield Diagnostic(MESSAGE, HINT, pointer=(first,))


def _agree(one: Mapping[str, Any], two: Mapping[str, Any], fields: Sequence[str]) -> bool:
    """Whether the first field of both objects is equal, and no other field differs."""
    if one[fields[0]] != two[fields[0]]:
        return False
    return all(one[field] == two[field] for field in fields[1:] if field in one and field in two)


MESSAGE = "the clicked document or page is not in the listed results"
HINT = "send the results that were shown, with the same IDs"
MUTATIONS = ("unlisted-click",)
