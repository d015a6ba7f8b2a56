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

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from eventlint.rules.diagnostic import Diagnostic
from eventlint.rules.pointers import value_at

EXAMINES = "event"


def screen(node: Any) -> tuple[Any, ...]:
    """An item that is nothing but what was clicked settles it."""
    facts = node.lint["click-outside-results"]
    return (("outside", facts["items"], tuple(facts["identity"])),)


def check(event: Mapping[str, Any], facts: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """Look for what was clicked among the items that could be it."""
    items = value_at(event, facts["items"])
    if type(items) is not list or not items:
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
    """Whether two objects can be the same: they have the same first field, and no other one differs."""
    if one[fields[0]] != two[fields[0]]:
        return False
    return all(one[field] == two[field] for field in fields[1:] if field in one and field in two)


MESSAGE = "what was clicked is not among the items that are listed"
HINT = "send the results of the search that was shown, with the same IDs"
