"""Where the bytes of an event are in the JSON string, or the object, that a file contains in its place."""

from __future__ import annotations

import json
import re
from array import array
from bisect import bisect_right

from eventlint.model import Position

_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_ESCAPE = re.compile(rb"\\u[Dd][89ABab][0-9A-Fa-f]{2}\\u[Dd][C-Fc-f][0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\.", re.DOTALL)
_LINE_END = re.compile(rb"\r\n|\n|\r")


class JsonStringMap:
    """Converts offsets in an event to positions in its file; the string is read when the first one is asked for."""

    __slots__ = ("_begin", "_body", "_data", "_escapes", "_last", "_offsets", "_start")

    def __init__(self, data: bytes, start: Position, body: bytes) -> None:
        """Begin at a value of the file.

        Args:
            data: The file as UTF-8.
            start: The position of the value.
            body: The event that was read from the value, as UTF-8.
        """
        self._data = data
        self._start = self._last = start
        self._body = body
        self._begin: int | None = None
        self._offsets = array("Q")  # the first byte of each escape in the event, and in the file
        self._escapes = array("Q")

    def position(self, offset: int) -> Position:
        """The position in the file of a byte of the event; that of the value if the event is not in it as it was sent.

        Ask for bytes in their order, because each position is found from the one before.
        """
        if self._begin is None:
            self._begin = self._read()
        if self._begin < 0:
            return self._start
        index = bisect_right(self._offsets, offset) - 1
        if index < 0:
            return self._position(self._begin + offset)
        at = self._escapes[index]
        escape = _ESCAPE.match(self._data, at)
        after = self._offsets[index] + _length(escape[0] if escape else b"")
        return self._position(at if offset < after or escape is None else escape.end() + offset - after)

    def _read(self) -> int:
        """Find the escapes; returns where the event begins in the file, or -1 if the value is not the event."""
        begin, body = self._start.offset, self._body
        if self._data[begin : begin + 1] == b"{":
            return begin if self._data.startswith(body, begin) else -1
        string = _STRING.match(self._data, begin)
        try:
            if string is None or json.loads(string[0].decode(), strict=False).encode() != body:
                return -1
        except ValueError:
            return -1
        begin += 1
        offset, before = 0, begin
        for escape in _ESCAPE.finditer(self._data, begin, string.end() - 1):
            offset += escape.start() - before
            self._offsets.append(offset)
            self._escapes.append(escape.start())
            offset, before = offset + _length(escape[0]), escape.end()
        return begin

    def _position(self, at: int) -> Position:
        """The position of a byte of the file."""
        last = self._last if self._last.offset <= at else self._start
        line, start, column = last.line, last.offset, last.column
        for end in _LINE_END.finditer(self._data, start, at):  # only some readers accept them in a string
            line, start, column = line + 1, end.end(), 1
        column += len(self._data[start:at].decode("utf-8", "replace"))
        self._last = Position(line=line, column=column, offset=at)
        return self._last


def _length(escape: bytes) -> int:
    """How many bytes of UTF-8 an escape stands for."""
    if len(escape) != len(rb"\u0000"):
        return 4 if len(escape) > len(rb"\u0000") else 1
    code = int(escape[2:], 16)
    return 1 if code < 0x80 else 2 if code < 0x800 else 3
