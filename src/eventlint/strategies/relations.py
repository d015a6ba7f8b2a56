"""Relations between several values of one event: what makes them hold or not, after the values are drawn.

The names are mutations that rules of the tier lint declare; the facts are the values of ``x-lint`` for the rule.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from eventlint.rules.pointers import value_at
from eventlint.strategies.drawing import Draw, pick, upto

_Object = dict[str, Any]
_Facts = Mapping[str, Any]
Relate = Callable[[Draw, _Object, _Facts], None]


def _holder(value: _Object, pointer: str) -> tuple[_Object | None, str]:
    """The object that has the last key of a pointer, and that key."""
    above, _, key = pointer.rpartition("/")
    found = value_at(value, above)
    return (found if isinstance(found, dict) and key in found else None), key


def _differ(draw: Draw, event: _Object, facts: _Facts) -> None:
    ids = [value_at(event, pointer) for pointer in facts["ids"]]
    holder, key = _holder(event, facts["ids"][0])
    if holder is not None and all(one == ids[0] for one in ids):
        holder[key] = "b" if ids[0] != "b" else "a"


def _equal(draw: Draw, event: _Object, facts: _Facts) -> None:
    holder, key = _holder(event, facts["ids"][0])
    same = value_at(event, facts["ids"][-1])
    if holder is not None and same is not None:
        holder[key] = same


def _raise_total(draw: Draw, results: _Object, facts: _Facts) -> None:
    holder, key = _holder(results, facts["total"])
    items = value_at(results, facts["items"])
    if holder is not None and isinstance(items, list):
        holder[key] = max(holder[key], len(items))


def _remove_repeated(draw: Draw, results: _Object, facts: _Facts) -> None:
    items = value_at(results, facts["items"]) or []
    seen: set[tuple[Any, ...]] = set()
    kept: list[_Object] = []
    for item in items:
        identity = tuple(item.get(key, {}).get(field) for key, fields in facts["identity"].items() for field in fields)
        if not item or identity not in seen:
            kept.append(item)
        seen.add(identity)
    items[:] = kept


def _repeat(draw: Draw, results: _Object, facts: _Facts) -> None:
    items = value_at(results, facts["items"])
    if items:
        items.append(items[draw(upto(len(items) - 1))])


def _click_listed(draw: Draw, event: _Object, facts: _Facts) -> None:
    for key, fields in facts["identity"].items():
        clicked = event.get(key)
        listed = [item[key] for item in value_at(event, facts["items"]) or () if key in item]
        if clicked is None or not listed:
            continue
        one = pick(draw, listed)
        clicked.update({field: one[field] for field in fields if field in one and field in clicked})
        return


def _leave(draw: Draw, event: _Object, facts: _Facts) -> None:
    """Drawn values mostly violate the relation already."""


RELATIONS: dict[str, tuple[Relate, Relate]] = {
    "equal-ids": (_differ, _equal),
    "low-total": (_raise_total, _leave),
    "repeated-item": (_remove_repeated, _repeat),
    "unlisted-click": (_click_listed, _leave),
}
"""For each mutation: what prevents it, and what makes it."""
