"""How the server stores the events of one shape, as rules compare their values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

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


_Result = TypeVar("_Result")
_Places = list[tuple[Any, Any, _Stored]]
"""Where the values of a stored event are: the object or array, the key or index, and the value."""


class CannotBeStoredError(Exception):
    """The server rejects an event of the shape with certain values."""


class StoredShape:
    """How the server stores the events of one shape whose values have no faults."""

    def __init__(self, shape: Shape, event_type: str, release: Release) -> None:
        """Read two events of the shape in which all values differ, so that each can be found where it is stored.

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
        self._common = _common(*walks)
        self._unused: list[tuple[dict[str, Any], _Places]] = []

    def ask(self, values: list[str], question: Callable[[dict[str, Any]], _Result]) -> _Result:
        """What a function returns for the stored event with certain values; it must not keep the event."""
        # Filling in the values is much faster than building the event. Two threads never have the same event.
        try:
            event, places = self._unused.pop()
        except IndexError:
            event, places = self._new()
        for container, key, stored in places:
            value = values[stored.number]
            if stored.is_integer:
                container[key] = int(value) if value.isdigit() else integer.of_string(value)
            else:
                container[key] = value
        answer = question(event)
        self._unused.append((event, places))
        return answer

    def _new(self) -> tuple[dict[str, Any], _Places]:
        places: _Places = []
        return _copy(self._common, places), places


def _common(one: Any, other: Any) -> Any:
    """What two stored events have in common, with a :class:`_Stored` where their values differ."""
    if isinstance(one, dict):
        return {key: _common(one[key], other[key]) for key in one}
    if isinstance(one, list):
        return [_common(*pair) for pair in zip(one, other, strict=True)]
    return one if one == other else _Stored(int(one) - _MARKS[0], isinstance(one, int))


def _copy(stored: Any, places: _Places) -> Any:
    """A copy of a stored event, and where its values are."""
    if not isinstance(stored, dict | list):
        return stored
    items = stored.items() if isinstance(stored, dict) else enumerate(stored)
    copy: Any = stored.copy()
    for key, below in items:
        if isinstance(below, _Stored):
            places.append((copy, key, below))
        else:
            copy[key] = _copy(below, places)
    return copy
