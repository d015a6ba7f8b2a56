"""The places of an event that can hold a value, and paths to them."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any, NamedTuple

from eventlint.mirror.faults import Part
from eventlint.spec.nodes import Entries, Node, Object, Objects
from eventlint.strategies.drawing import Draw, upto

Path = tuple[Part, ...]
"""The keys and indexes that lead to a value of one event."""

Steps = tuple[str, ...]
"""The keys that lead to a place of any event; :data:`ITEM` leads from a list to its elements."""

ITEM = ""


class Place(NamedTuple):
    """A place in all events of one type."""

    steps: Steps
    node: Node


@functools.cache
def places(node: Object) -> tuple[Place, ...]:
    """All places of an event, the event itself first."""
    return tuple(_below(node, ()))


def _below(node: Node, steps: Steps) -> Iterator[Place]:
    yield Place(steps, node)
    if isinstance(node, Object):
        for key, below in node.fields.items():
            yield from _below(below, (*steps, key))
    elif isinstance(node, Objects):
        yield from _below(node.item, (*steps, ITEM))


def node_at(node: Node, path: Path) -> Node | None:
    """The specification of a value; for the values of a filter, that of all filters; None for an unknown field."""
    for part in path:
        if isinstance(node, Objects):
            node = node.item
        elif isinstance(node, Object):
            if part not in node.fields:
                return None
            node = node.fields[str(part)]
        elif not isinstance(node, Entries):
            return None
    return node


def reach(draw: Draw, event: Any, steps: Steps) -> Path:
    """The path through one event to a place, by way of a drawn element of each list."""
    path: list[Part] = []
    for step in steps:
        part: Part = draw(upto(len(event) - 1)) if step == ITEM else step
        path.append(part)
        event = event[part]
    return tuple(path)


def get(event: Any, path: Path) -> Any:
    """The value at a path."""
    for part in path:
        event = event[part]
    return event


def put(event: Any, path: Path, value: Any) -> Any:
    """The event with another value at a path, changed in place unless the path is empty."""
    if not path:
        return value
    get(event, path[:-1])[path[-1]] = value
    return event
