"""The places of an event where something can stand, and ways to them; it must not know what is wrong with a value."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any, NamedTuple

from eventlint import spec as contract
from eventlint.mirror.faults import Part
from eventlint.spec.nodes import Node, Object, Objects
from eventlint.strategies.drawing import Draw, upto
from eventlint.strategies.valid import ITEM, Steps

Parts = tuple[Part, ...]


class Place(NamedTuple):
    """A place in all events of one type.

    Attributes:
        steps: The names that lead to it; :data:`~eventlint.strategies.valid.ITEM` is a step into a list.
        node: What the contract says about the value there.
    """

    steps: Steps
    node: Node


@functools.cache
def places(event_type: str) -> tuple[Place, ...]:
    """All places of an event, the event itself first."""
    return tuple(_below(contract.event(event_type), ()))


def _below(node: Node, steps: Steps) -> Iterator[Place]:
    yield Place(steps, node)
    if isinstance(node, Object):
        for name, below in node.fields.items():
            yield from _below(below, (*steps, name))
    elif isinstance(node, Objects):
        yield from _below(node.item, (*steps, ITEM))


def reach(draw: Draw, event: Any, steps: Steps) -> Parts:
    """The way through one event to a place; where it leads through a list, to one of its elements."""
    parts: list[Part] = []
    for step in steps:
        part: Part = draw(upto(len(event) - 1)) if step == ITEM else step
        parts.append(part)
        event = event[part]
    return tuple(parts)


def get(event: Any, parts: Parts) -> Any:
    """What stands somewhere in an event."""
    for part in parts:
        event = event[part]
    return event


def put(event: Any, parts: Parts, value: Any) -> Any:
    """The event, with another value somewhere; it is changed in place, unless the place is the event itself."""
    if not parts:
        return value
    get(event, parts[:-1])[parts[-1]] = value
    return event
