"""What several values of one event say of each other; it must not know messages, nor how an event was read.

Each function takes the object that its rule looks at, as Python values whose kinds are those of the contract, and what
the schema tells the rule. It gives the pointers, from that object, to what is wrong.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Parts = tuple[str | int, ...]
Look = Callable[[Mapping[str, Any], Mapping[str, Any]], Iterator[Parts]]


def at(event: object, pointer: str) -> Any:
    """The value that a JSON Pointer leads to; None where there is none."""
    for part in pointer.split("/")[1:]:
        if type(event) is not dict:
            return None
        event = event.get(part)
    return event


def _parts(pointer: str) -> Parts:
    return tuple(pointer.split("/")[1:])


def same_ids(event: Mapping[str, Any], told: Mapping[str, Any]) -> Iterator[Parts]:
    """The first of some IDs that should differ, when they are the same."""
    ids = [at(event, pointer) for pointer in told["ids"]]
    if ids[0] is not None and all(one == ids[0] for one in ids):
        yield _parts(told["ids"][0])


def too_few(results: Mapping[str, Any], told: Mapping[str, Any]) -> Iterator[Parts]:
    """The total, when it is less than the number of items that are listed."""
    total, items = at(results, told["total"]), at(results, told["items"])
    if type(total) is int and type(items) is list and total < len(items):
        yield _parts(told["total"])


def repeated(results: Mapping[str, Any], told: Mapping[str, Any]) -> Iterator[Parts]:
    """Each item that stands in the list before."""
    items = at(results, told["items"])
    if type(items) is not list or len(items) < 2:
        return
    first, (field, *_) = next(iter(told["identity"].items()))
    if len({item[first].get(field) for item in items if first in item}) == len(items):
        return  # they differ in their first field, as they mostly do
    names = [(name, field) for name, fields in told["identity"].items() for field in fields]
    seen: set[tuple[Any, ...]] = set()
    for index, item in enumerate(items):
        key = tuple([item.get(name, _NONE).get(field) for name, field in names])
        if key in seen and item:
            yield (*_parts(told["items"]), index)
        seen.add(key)


def outside(event: Mapping[str, Any], told: Mapping[str, Any]) -> Iterator[Parts]:
    """What was clicked, when items are listed that could be it, and none of them is."""
    items = at(event, told["items"])
    if type(items) is not list or not items:
        return
    first: Parts | None = None
    for name, fields in told["identity"].items():
        clicked = event.get(name)
        if clicked is None:
            continue
        for item in items:
            if name in item:
                if _agree(clicked, item[name], fields):
                    return
                first = first or (name,)
    if first is not None:
        yield first


def _agree(one: Mapping[str, Any], two: Mapping[str, Any], fields: Sequence[str]) -> bool:
    """Whether two objects can be the same: they have the same first field, and no other one differs."""
    if one[fields[0]] != two[fields[0]]:
        return False
    return all(one[field] == two[field] for field in fields[1:] if field in one and field in two)


_NONE: Mapping[str, Any] = {}

BY_RULE: dict[str, Look] = {
    "user-is-session": same_ids,
    "fewer-results-than-items": too_few,
    "duplicate-item": repeated,
    "click-outside-results": outside,
}
"""The function of each rule that looks at a whole event."""
