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

from collections.abc import Iterator, Mapping
from typing import Any

from eventlint.rules.diagnostic import Diagnostic
from eventlint.rules.pointers import objects_at, parts_of, value_at

EXAMINES = "event"


def screen(node: Any) -> tuple[Any, ...]:
    """The total and the items that the schema names."""
    facts = node.lint["fewer-results-than-items"]
    return (("fewer", facts["total"], facts["items"]),)


def check(results: Mapping[str, Any], facts: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """Report a total that is less than the number of items."""
    total, items = value_at(results, facts["total"]), objects_at(results, facts["items"])
    if type(total) is int and items is not None and total < len(items):
        yield Diagnostic(MESSAGE, HINT, pointer=parts_of(facts["total"]))


MESSAGE = "the total is less than the number of listed items"
HINT = "use the total number of results of the search"
MUTATIONS = ("low-total",)
