"""An accepted event as contracts see it, and where its parts stand in what was sent; it must not know schemas.

It is what the sender wrote, with three of the server's own steps done: what it converts to a whole number is one, a
lone object where a list belongs is a list of one, and scalars that it reads away are gone. So an event that the server
takes always fits the built-in schemas, and a contract that builds on them tells no fault that is not its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from eventlint.jsontext.locate import Parts, locate
from eventlint.mirror.faults import Part
from eventlint.mirror.walk import Walk
from eventlint.spec.nodes import Entries, Object, Objects

_QUOTE, _OBJECT = b'"{'


class Seen(NamedTuple):
    """An event as contracts see it.

    Attributes:
        event: The event.
        indexes: For each list that was sent otherwise: the index that each element was sent with; None for a lone
            object.
    """

    event: dict[str, Any]
    indexes: dict[Parts, tuple[int, ...] | None]

    def sent(self, path: Iterable[Part]) -> Parts:
        """The way to a value in what was sent.

        Args:
            path: The way to it in the event.
        """
        way: Parts = ()
        known: Parts = ()
        for part in path:
            sent: Part | None = part
            if isinstance(part, int) and known in self.indexes:
                indexes = self.indexes[known]
                sent = None if indexes is None else indexes[part]
            known = (*known, part)
            way = way if sent is None else (*way, sent)
        return way


def see(walk: Walk, node: Object, data: bytes, start: int) -> Seen:
    """An accepted event as contracts see it.

    Args:
        walk: The walk over it, which met no fault.
        node: What the event should be.
        data: The payload in UTF-8.
        start: Where it begins in the data.
    """
    indexes: dict[Parts, tuple[int, ...] | None] = {}
    doubtful: list[Parts] = []
    lone: list[Parts] = []
    _collect(node, walk.event, (), doubtful, lone)
    dropped: dict[Parts, set[Part]] = {}
    for pointer, _ in walk.dropped:
        dropped.setdefault(pointer[:-1], set()).add(pointer[-1])
    offsets = locate(data, start, [*doubtful, *lone]) if doubtful or lone else {}
    texts = {way for way in doubtful if data[offsets[way]] == _QUOTE}
    for way in lone:
        if data[offsets[way]] == _OBJECT:
            indexes[way] = None
    event = _copied(node, walk.event, (), texts)
    for way, gone in dropped.items():
        kept = _at(event, way)
        indexes[way] = tuple(index for index in range(len(kept) + len(gone)) if index not in gone)
    return Seen(event, indexes)


def _collect(node: Object, value: dict[str, Any], path: Parts, entries: list[Parts], lists: list[Parts]) -> None:
    """Note what may have been sent otherwise: filters with one text, and lists with one object."""
    for name, below in value.items():
        field, way = node.fields[name], (*path, name)
        if isinstance(field, Object):
            _collect(field, below, way, entries, lists)
        elif isinstance(field, Entries):
            entries += [(*way, key) for key, texts in below.items() if len(texts) == 1]
        elif isinstance(field, Objects) and len(below) == 1:
            lists.append(way)


def _copied(node: Object, value: dict[str, Any], path: Parts, texts: set[Parts]) -> dict[str, Any]:
    """A copy of what is stored, in which a filter that was sent as one text is one."""
    found: dict[str, Any] = {}
    for name, below in value.items():
        field, way = node.fields[name], (*path, name)
        if isinstance(field, Object):
            found[name] = _copied(field, below, way, texts)
        elif isinstance(field, Entries):
            found[name] = {key: one[0] if (*way, key) in texts else list(one) for key, one in below.items()}
        else:
            found[name] = below
    return found


def _at(event: Any, way: Parts) -> Any:
    for part in way:
        event = event[part]
    return event
