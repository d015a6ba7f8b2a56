"""Where values begin and end in a JSON text that can be read; it must not know what they mean."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress

from eventlint.jsontext.reader import Reader
from eventlint.jsontext.syntax_error import JsonSyntaxError

Parts = tuple[str | int, ...]

_OBJECT, _ARRAY, _ARRAY_END = b"{[]"


def end_of(data: bytes, start: int) -> int | None:
    """The byte after a value; None when it cannot be read.

    Args:
        data: The text.
        start: The value's first byte.
    """
    reader = Reader(data, start)
    reader.opened.append(start)  # what follows the value is not judged, as if it stood in something
    try:
        reader.pass_value(reader.first())
    except JsonSyntaxError:
        return None
    return reader.pos


def locate(data: bytes, start: int, wanted: Collection[Parts]) -> dict[Parts, int]:
    """The first byte of each value that some pointers lead to, in one pass over the text.

    A pointer that leads nowhere gets the place of the last value on the way.

    Args:
        data: The text.
        start: Where it begins.
        wanted: The pointers, as names and indexes.
    """
    found: dict[Parts, int] = {(): start}
    needed = {pointer[:length] for pointer in wanted for length in range(len(pointer) + 1)}
    reader = Reader(data, start)
    with suppress(JsonSyntaxError):
        _descend(reader, needed, found)
    places: dict[Parts, int] = {}
    for pointer in wanted:
        length = len(pointer)
        while pointer[:length] not in found:
            length -= 1
        places[pointer] = found[pointer[:length]]
    return places


def _descend(reader: Reader, needed: set[Parts], found: dict[Parts, int]) -> None:
    """Read a value, and note where those that are needed begin; what leads to none is passed over."""
    token = reader.first()
    found[()] = reader.at
    above: list[tuple[Parts, int]] = []
    path: Parts = ()
    index = -1
    while True:
        if token in (_OBJECT, _ARRAY) and path in needed:
            above.append((path, index))
            index, is_first = -1, True
        else:
            reader.pass_value(token)
            is_first = False
        while True:
            if not above:
                return
            base = above[-1][0]
            step = _step(reader, is_first, index)
            if step is not None:
                break
            _, index = above.pop()
            is_first = False
        token, part, index = step
        path = (*base, part)
        if path in needed:
            found[path] = reader.at


def _step(reader: Reader, is_first: bool, index: int) -> tuple[int, str | int, int] | None:
    """The next member or element: its first token, its name or index, and the index; None at the end."""
    if reader.data[reader.opened[-1]] == _OBJECT:
        name = reader.member(is_first)
        if name is None:
            return None
        reader.accept_name()
        return reader.value(), name, index
    token = reader.element(is_first)
    if token == _ARRAY_END:
        return None
    return token, index + 1, index + 1
