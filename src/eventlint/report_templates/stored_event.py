"""How the server stores the events of one shape, as rules compare their values."""

from __future__ import annotations

from typing import Any, NamedTuple

from eventlint.jsontext import integer
from eventlint.mirror.reading import Reading
from eventlint.report_templates.shape import Shape, filled
from eventlint.spec import Release

_MARKS = 1_000_000_000, 1_500_000_000
"""The first values with which a shape is filled: each is a string that is stored, and an integer in 32 bits."""


class _Stored(NamedTuple):
    """A plain value that is stored: its number, and whether as an integer."""

    number: int
    is_integer: bool


class CannotBeStoredError(Exception):
    """The server rejects an event of the shape with certain values."""


def stored_shape(shape: Shape, event_type: str, release: Release) -> Any:
    """The stored event of a shape whose values are not known; :func:`stored_event` fills them in.

    Two events of the shape are read in which each value is another one, so that each can be found where it is stored.

    Raises:
        CannotBeStoredError: The server does not accept these events.
    """
    walks = []
    for first in _MARKS:
        values = [str(first + number) for number in range(len(shape.values))]
        reading = Reading(filled(shape, values).encode(), event_type, release, first_only=True)
        if reading.faults or reading.walk is None:
            raise CannotBeStoredError
        walks.append(reading.walk.event)
    return _common(*walks)


def _common(one: Any, other: Any) -> Any:
    """What two stored events have in common, with a :class:`_Stored` where their values differ."""
    if isinstance(one, dict):
        return {key: _common(one[key], other[key]) for key in one}
    if isinstance(one, list):
        return [_common(*pair) for pair in zip(one, other, strict=True)]
    return one if one == other else _Stored(int(one) - _MARKS[0], isinstance(one, int))


def stored_event(stored: Any, values: list[str]) -> Any:
    """The stored event with certain values."""
    if isinstance(stored, _Stored):
        value = values[stored.number]
        if not stored.is_integer:
            return value
        return int(value) if value.isdigit() else integer.of_string(value)
    if isinstance(stored, dict):
        return {key: stored_event(below, values) for key, below in stored.items()}
    if isinstance(stored, list):
        return [stored_event(one, values) for one in stored]
    return stored
