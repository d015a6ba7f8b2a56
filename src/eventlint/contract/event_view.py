"""An accepted event as contracts see it, and where its parts are in the payload.

It is the payload after three steps of the server: values that it converts to an integer are integers, a single object
where an array belongs is an array of one, and scalars that it drops are gone. So an event that the server accepts
always matches the built-in schemas, and a contract that builds on them reports only violations of its additions.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from eventlint.jsontext.locate import Parts, locate
from eventlint.mirror.faults import Part
from eventlint.mirror.walk import Walk
from eventlint.spec.nodes import Entries, Object, Objects

_QUOTE, _OBJECT = b'"{'


class EventView(NamedTuple):
    """An event as contracts see it.

    Attributes:
        event: The event.
        indexes: For each array that differs from the payload: the index in the payload of each element; None for a
            single object.
    """

    event: dict[str, Any]
    indexes: dict[Parts, tuple[int, ...] | None]

    def sent(self, path: Iterable[Part]) -> Parts:
        """The path in the payload to the value that a path in the event leads to."""
        found: Parts = ()
        known: Parts = ()
        for part in path:
            sent: Part | None = part
            if isinstance(part, int) and known in self.indexes:
                indexes = self.indexes[known]
                sent = None if indexes is None else indexes[part]
            known = (*known, part)
            found = found if sent is None else (*found, sent)
        return found


def event_view(walk: Walk, node: Object, data: bytes, start: int) -> EventView:
    """An accepted event as contracts see it."""
    indexes: dict[Parts, tuple[int, ...] | None] = {}
    single_values: list[Parts] = []
    single_objects: list[Parts] = []
    _collect(node, walk.event, (), single_values, single_objects)
    dropped: dict[Parts, set[Part]] = {}
    for pointer, _ in walk.dropped:
        dropped.setdefault(pointer[:-1], set()).add(pointer[-1])
    offsets = locate(data, start, [*single_values, *single_objects]) if single_values or single_objects else {}
    strings = {path for path in single_values if data[offsets[path]] == _QUOTE}
    for path in single_objects:
        if data[offsets[path]] == _OBJECT:
            indexes[path] = None
    event = _copied(node, walk.event, (), strings)
    for path, gone in dropped.items():
        kept: Any = event
        for part in path:
            kept = kept[part]
        indexes[path] = tuple(index for index in range(len(kept) + len(gone)) if index not in gone)
    return EventView(event, indexes)


def _collect(node: Object, value: dict[str, Any], path: Parts, entries: list[Parts], arrays: list[Parts]) -> None:
    """Note what may differ in the payload: filters with one value, and arrays with one object."""
    for name, below in value.items():
        field, path_below = node.fields[name], (*path, name)
        if isinstance(field, Object):
            _collect(field, below, path_below, entries, arrays)
        elif isinstance(field, Entries):
            entries += [(*path_below, key) for key, values in below.items() if len(values) == 1]
        elif isinstance(field, Objects) and len(below) == 1:
            arrays.append(path_below)


def _copied(node: Object, value: dict[str, Any], path: Parts, strings: set[Parts]) -> dict[str, Any]:
    """A copy of the stored event, in which a filter that was sent as one string is a string."""
    found: dict[str, Any] = {}
    for name, below in value.items():
        field, path_below = node.fields[name], (*path, name)
        if isinstance(field, Object):
            found[name] = _copied(field, below, path_below, strings)
        elif isinstance(field, Entries):
            found[name] = {key: one[0] if (*path_below, key) in strings else list(one) for key, one in below.items()}
        else:
            found[name] = below
    return found
