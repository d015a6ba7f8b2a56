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

from collections.abc import Iterator, Mapping
from typing import Any

from eventlint.rules.diagnostic import Diagnostic
from eventlint.rules.pointers import objects_at, parts_of

EXAMINES = "event"


def screen(node: Any) -> tuple[Any, ...]:
    """Clean if all items differ in the first field of their identity."""
    facts = node.lint["duplicate-item"]
    key, (field, *_) = next(iter(facts["identity"].items()))
    return (("repeated", facts["items"], key, field, _identity(facts)),)


def _identity(facts: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple((key, tuple(fields)) for key, fields in facts["identity"].items())


def check(results: Mapping[str, Any], facts: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """Report each item with the identity of an earlier item."""
    items = objects_at(results, facts["items"])
    if items is None or len(items) < 2:
        return
    names = [(key, field) for key, fields in facts["identity"].items() for field in fields]
    above = parts_of(facts["items"])
    seen: set[tuple[Any, ...]] = set()
    for index, item in enumerate(items):
        if not item:
            continue
        before = len(seen)
        seen.add(tuple([item[key].get(field) if key in item else None for key, field in names]))
        if len(seen) == before:
            yield Diagnostic(MESSAGE, HINT, pointer=(*above, index))


MESSAGE = "duplicate result"
HINT = "list each result once"
MUTATIONS = ("repeated-item",)
