"""Messages of workers as bytes. Findings are sent as tuples, which takes a third of the time of pickling them."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Any

from eventlint.bulk.block_check import Found
from eventlint.bulk.tasks import Message, Part
from eventlint.model import Finding, Position
from eventlint.named_tuples import NamedTuple
from eventlint.output import Rendered


class Raised(NamedTuple):
    """An error that nothing has handled."""

    error: BaseException


Reply = Message | Raised

_NAMES = tuple(name for name in Finding.__slots__ if name not in ("position", "record"))
_values_of = attrgetter(*_NAMES)


class _Packed(NamedTuple):
    """A part whose findings are tuples."""

    found: list[tuple[Any, ...]]
    counts: Any


def encode(replies: Sequence[Reply]) -> bytes:
    """Some replies as bytes."""
    packed = [_packed(reply) if isinstance(reply, Part) else reply for reply in replies]
    return pickle.dumps(packed, pickle.HIGHEST_PROTOCOL)


def decode(data: bytes | memoryview, lines: int) -> Iterator[Reply]:
    """The replies in what :func:`encode` returned, for lines that come after a number of others in their file."""
    for reply in pickle.loads(data):  # noqa: S301 - from a process of ours
        if isinstance(reply, _Packed):
            found = [_found(lines, *values) for values in reply.found]
            yield Part(found, reply.counts)
        else:
            yield reply


def _packed(part: Part) -> _Packed:
    found = [(*one[1:], [_of_rendered(rendered) for rendered in one.findings]) for one in part.found]
    return _Packed(found, part.counts)


def _of_rendered(one: Rendered) -> tuple[Any, ...]:
    """A finding as a tuple: its place, its other values, and what is shown with it."""
    position, record = one.finding.position, one.finding.record
    where = None if position is None else (position.line, position.column, position.offset)
    return (record, where, _values_of(one.finding), one[1:])


def _found(
    lines: int, offset: int, length: int, line: int, unchecked: str | None, findings: list[tuple[Any, ...]]
) -> Found:
    return Found([_rendered(lines, *values) for values in findings], offset, length, line + lines, unchecked)


def _rendered(
    lines: int, record: int | None, where: tuple[int, int, int] | None, values: tuple[Any, ...], shown: tuple[Any, ...]
) -> Rendered:
    position = None if where is None else Position(line=where[0] + lines, column=where[1], offset=where[2])
    number = None if record is None else record + lines
    return Rendered(Finding(position=position, record=number, **dict(zip(_NAMES, values, strict=True))), *shown)
