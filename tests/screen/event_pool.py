"""Whole events on which a plan is tried: one value that the server rejects at each place, and values that disagree."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from eventlint.jsontext.java_text import BLANKS
from eventlint.spec import Entries, Integer, Node, Object, Objects, catalog, event

LIMITS = catalog().limits
DOCUMENT = event("search_click").fields["document"]


def full(node: Node) -> Any:
    """A clean value with all fields."""
    if isinstance(node, Object):
        return {key: full(below) for key, below in node.fields.items()}
    if isinstance(node, Objects):
        return [full(node.item)]
    if isinstance(node, Integer):
        return 10
    if isinstance(node, Entries):
        return {"brand": ["acme"]}
    if "unusual-sort-direction" in node.lint:
        return "asc"
    return "https://www.example.com/" if "relative-url" in node.lint else "shoes"


def clean(event_type: str) -> Any:
    """A clean event of a type, with all fields."""
    found = full(event(event_type))
    found["session"]["id"] = "s-1"
    if "search" in found:  # an item that is nothing but what was clicked, and one with all fields
        found["search"]["results"]["items"].insert(0, {"document": {**full(DOCUMENT), "id": "clicked"}})
    if "document" in found:
        found["document"]["id"] = "clicked"
    return found


def _places(value: Any, node: Node) -> Iterator[tuple[Any, Any, Node]]:
    """Each container, key and node of a leaf."""
    if isinstance(node, Object):
        for key, below in node.fields.items():
            if key not in value:
                continue
            if isinstance(below, Object | Objects):
                yield from _places(value[key], below)
            else:
                yield value, key, below
    elif isinstance(node, Objects):
        for item in value:
            yield from _places(item, node.item)


def _wrong(node: Node) -> Iterator[Any]:
    if isinstance(node, Integer):
        yield from (node.minimum - 1, node.maximum + 1, -1, 2**31, -(2**31) - 1)
    elif isinstance(node, Entries):
        yield from ({"a\ud83d": "x"}, {"a": "\ud83d"}, {"a": ["x", "\ud83d"]}, {"a": 1}, {"a": {"b": "c"}})
        for character in ("a", "é"):
            most = LIMITS.key_bytes // len(character.encode())
            yield from ({character * most: "x"}, {character * most + "a": "x"})
    else:
        yield from ("", "\ud83d", 1, None, *BLANKS, BLANKS, "\t\u3000")


def events(event_type: str) -> Iterator[Any]:
    """Events with one wrong value each, and events whose values disagree."""
    base = clean(event_type)
    for number, (_, _, node) in enumerate(list(_places(base, event(event_type)))):
        for wrong in _wrong(node):
            other = copy.deepcopy(base)
            container, key, _ = list(_places(other, event(event_type)))[number]
            container[key] = wrong
            yield other
    yield from ({**base, "user": base["session"]}, {**base, "user": {"id": "s-2"}})
    if "search" in base:
        items = base["search"]["results"]["items"]
        for total, listed in ((1, items), (10, items * 2), (10, [{"document": {"id": "other"}}])):
            other = copy.deepcopy(base)
            other["search"]["results"] = {"items": listed, "total_results": total}
            yield other
