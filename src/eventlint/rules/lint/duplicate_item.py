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

from collections.abc import Iterator, Mapping
from typing import Any

from eventlint.rules.diagnostic import Diagnostic
from eventlint.rules.pointers import parts_of, value_at

EXAMINES = "event"


def screen(node: Any) -> tuple[Any, ...]:
    """Items that differ in the first field of their identity are different."""
    facts = node.lint["duplicate-item"]
    key, (field, *_) = next(iter(facts["identity"].items()))
    return (("repeated", facts["items"], key, field),)


def check(results: Mapping[str, Any], facts: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """Find each item whose identity an earlier one has."""
    items = value_at(results, facts["items"])
    if type(items) is not list:
        return
    names = [(key, field) for key, fields in facts["identity"].items() for field in fields]
    seen: set[tuple[Any, ...]] = set()
    for index, item in enumerate(items):
        identity = tuple([item.get(key, {}).get(field) for key, field in names])
        if identity in seen and item:
            yield Diagnostic(MESSAGE, HINT, pointer=(*parts_of(facts["items"]), index))
        seen.add(identity)


MESSAGE = "the same result is listed before"
HINT = "list each result once"
