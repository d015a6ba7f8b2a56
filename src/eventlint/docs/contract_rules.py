"""Puts an organisation's own rules where they belong; it must not know where the rules come from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from eventlint.docs.document_model import Field, OwnRule
from eventlint.docs.field_tree import ANY


def of_event(extra: Iterable[OwnRule], event_type: str, fields: Mapping[str, Collection[str]]) -> tuple[OwnRule, ...]:
    """The rules that are shown with an event type.

    One that holds for every type is shown with those that have its field, or with all when none has.

    Args:
        extra: All rules.
        event_type: The event type.
        fields: The names of the fields of each event type.
    """
    return tuple(own for own in extra if event_type in _types(own, fields))


def _types(own: OwnRule, fields: Mapping[str, Collection[str]]) -> Collection[str]:
    if own.event_type is not None:
        return (own.event_type,)
    first = "".join(own.pointer.split("/")[1:2])
    return [name for name, known in fields.items() if first in known] or list(fields)


def sorted_in(fields: tuple[Field, ...], extra: Iterable[OwnRule]) -> tuple[Field, ...]:
    """The fields, each with the rules that look at it.

    Args:
        fields: All fields of an event.
        extra: The rules; one that leads to no field goes to the nearest one above it, if there is any.
    """
    by_way = {tuple(field.pointer.split("/")[1:]): field for field in fields}
    found: dict[str, list[OwnRule]] = {}
    for own in extra:
        nearest = _nearest(own.pointer, by_way)
        if nearest is not None:
            found.setdefault(nearest.pointer, []).append(own)
    return tuple(replace(field, own=tuple(found.get(field.pointer, ()))) for field in fields)


def _nearest(pointer: str, by_way: dict[tuple[str, ...], Field]) -> Field | None:
    way = tuple(ANY if part.isdecimal() else part for part in pointer.split("/")[1:])
    while way and way not in by_way:
        way = way[:-1]
    return by_way.get(way)
