"""Where values begin and end in a JSON text that can be read."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress

from eventlint.jsontext.cursor import ARRAY, OBJECT, Cursor, Parts, skip_value
from eventlint.jsontext.reader import Reader
from eventlint.jsontext.syntax_error import JsonSyntaxError

__all__ = ["Parts", "end_of", "locate"]


def end_of(data: bytes, start: int, most: int | None = None) -> int | None:
    """The byte after a value; None when it cannot be read, or has many more bytes than ``most``."""
    reader = Reader(data, start)
    reader.opened.append(start)  # as if inside a bracket: what follows the value does not matter
    try:
        token = reader.first()
        if most is not None and token in (OBJECT, ARRAY):
            for _ in Cursor(reader, token, bulk=True, count=False):
                if reader.pos - start > most:
                    return None
        else:
            skip_value(reader, token)
    except JsonSyntaxError:
        return None
    return reader.pos


def locate(data: bytes, start: int, wanted: Collection[Parts]) -> dict[Parts, int]:
    """The first byte of each value that some pointers lead to, in one pass over the text.

    A pointer that leads nowhere gets the offset of the last value on its path.
    """
    found: dict[Parts, int] = {(): start}
    needed = {pointer[:length] for pointer in wanted for length in range(len(pointer) + 1)}
    reader = Reader(data, start)
    with suppress(JsonSyntaxError):
        cursor = Cursor(reader, reader.first())
        for token, offset in cursor:
            path = tuple(cursor.path)
            if path in needed:
                found[path] = offset
                if len(found) == len(needed):
                    break
            elif token in (OBJECT, ARRAY):
                skip_value(reader, token)
    offsets: dict[Parts, int] = {}
    for pointer in wanted:
        length = len(pointer)
        while pointer[:length] not in found:
            length -= 1
        offsets[pointer] = found[pointer[:length]]
    return offsets
