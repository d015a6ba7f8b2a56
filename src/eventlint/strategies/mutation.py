"""A way to break an event at a place, and how one is drawn; it must not know what any way does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from eventlint import spec as contract
from eventlint.spec.nodes import Node
from eventlint.strategies.drawing import Draw, pick
from eventlint.strategies.locations import Parts, Place, places, reach
from eventlint.strategies.valid import Maker, Steps

Break = Callable[[Draw, Any, Parts, Node], tuple[Any, Parts]]
"""Breaks an event at a place: the event, the place, and what the contract says of it, give the event and the pointer.

The event may be changed in place.
"""


class Mutation(NamedTuple):
    """One way to break a rule.

    Attributes:
        where: Whether it can be done at a place.
        how: Does it.
        trait: What an era must have for it to break anything; None holds in all.
    """

    where: Callable[[Place], bool]
    how: Break
    trait: str | None = None


def usable(
    ways: Iterable[Mutation], event_type: str, traits: frozenset[str]
) -> tuple[tuple[Mutation, tuple[Place, ...]], ...]:
    """The ways that lead somewhere in an event type and an era, each with its places."""
    found = (
        (way, tuple(place for place in places(event_type) if way.where(place)))
        for way in ways
        if way.trait is None or way.trait in traits
    )
    return tuple(pair for pair in found if pair[1])


def prepared(draw: Draw, event_type: str, steps: Steps) -> tuple[Any, Parts]:
    """An event without a finding in which there is something at a place; and the way to it."""
    event = Maker(draw).object(contract.event(event_type), steps)
    return event, reach(draw, event, steps)


Chosen = Mapping[str, tuple[tuple[Mutation, tuple[Place, ...]], ...]]


def broken(draw: Draw, event_type: str, chosen: Chosen) -> tuple[str, Any, Parts]:
    """A rule, an event that breaks it, and where.

    Args:
        draw: Draws.
        event_type: The event's type.
        chosen: For each rule, its ways and their places.
    """
    rule = pick(draw, tuple(chosen))
    way, where = pick(draw, chosen[rule])
    place = pick(draw, where)
    event, parts = prepared(draw, event_type, place.steps)
    event, parts = way.how(draw, event, parts, place.node)
    return rule, event, parts
