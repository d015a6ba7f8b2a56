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

from collections.abc import Iterator, Mapping
from typing import Any

from eventlint.rules.diagnostic import Diagnostic
from eventlint.rules.pointers import parts_of, value_at

EXAMINES = "event"


def screen(node: Any) -> tuple[Any, ...]:
    """The schema says where the total and the items are."""
    facts = node.lint["fewer-results-than-items"]
    return (("fewer", facts["total"], facts["items"]),)


def check(results: Mapping[str, Any], facts: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """Compare the total with the number of items."""
    total, items = value_at(results, facts["total"]), value_at(results, facts["items"])
    if type(total) is int and type(items) is list and total < len(items):
        yield Diagnostic(MESSAGE, HINT, pointer=parts_of(facts["total"]))


MESSAGE = "the total is less than the number of items that are listed"
HINT = "send the number of all results of the search"
