"""Where the parts of a JSON text begin and end; it must not know events or files.

The server's own reader finds them, so comments and odd values are passed over as the server would.
"""

from __future__ import annotations

from collections.abc import Iterator

from eventlint.jsontext.cursor import ARRAY, Cursor, skip_value
from eventlint.jsontext.reader import Reader
from eventlint.jsontext.syntax_error import JsonSyntaxError


def elements(data: bytes, start: int = 0) -> Iterator[tuple[int, int]]:
    """The first byte of each element of an array, and the byte after it.

    Where an element cannot be read, it is taken to reach to the end of the text, and is the last.

    Args:
        data: The text.
        start: Where the array begins; white space and comments may stand before it.
    """
    reader = Reader(data, start)
    behind = start
    try:
        token = reader.first()
        if token != ARRAY:
            return
        behind = reader.pos
        cursor = Cursor(reader, token)
        for token, offset in cursor:
            if cursor.path:
                behind = offset
                skip_value(reader, token)
                behind = reader.pos
                yield offset, behind
    except JsonSyntaxError:
        rest = data[behind:].lstrip(b", \t\r\n")
        if reader.opened:
            yield len(data) - len(rest), len(data)


def find(data: bytes, parts: tuple[str, ...], start: int = 0) -> tuple[int, int] | None:
    """The first byte of a value and the byte after it; None where it is not there, or cannot be read.

    Args:
        data: The text.
        parts: The names on the way to the value, from the outermost object.
        start: Where the text begins.
    """
    reader = Reader(data, start)
    try:
        cursor = Cursor(reader, reader.first())
        for token, offset in cursor:
            if tuple(cursor.path) == parts:
                skip_value(reader, token)
                return offset, reader.pos
            if parts[: len(cursor.path)] != tuple(cursor.path):
                skip_value(reader, token)
    except JsonSyntaxError:
        pass
    return None


def text_at(data: bytes, span: tuple[int, int] | None) -> str | None:
    """The string that a span holds; None when it holds something else."""
    if span is None or data[span[0] : span[0] + 1] != b'"':
        return None
    reader = Reader(data, span[0])
    reader.start = span[0]
    try:
        return reader.read_string()
    except JsonSyntaxError:
        return None
