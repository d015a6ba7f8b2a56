"""Converts byte offsets of a text to lines and columns.

Lines end at a line feed, a carriage return, or both together. The server counts columns in bytes (in UTF-16 units when
the text came in a wider encoding); positions for people count characters.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping

from eventlint.jsontext.decoding import Decoded
from eventlint.model import Position, new_position

_CONTINUATIONS = bytes(range(0x80, 0xC0))
_UP_TO_THREE = bytes(range(0xF0))
"""All bytes that do not begin a character of four bytes, which has two UTF-16 units."""


class Lines:
    """The lines of one text.

    Attributes:
        format: The format of the text.
    """

    format = "json"

    __slots__ = ("_text", "_with_returns")

    def __init__(self, text: Decoded) -> None:
        self._text = text
        self._with_returns = b"\r" in text.data

    def byte(self, offset: int) -> int:
        """The byte at an offset."""
        return self._text.data[offset]

    def server(self, offset: int, column_shift: int = 0) -> tuple[int, int]:
        """The server's line and column of a byte, both from 1; ``column_shift`` is added to the column.

        The server counts END as column 0 of line 1.
        """
        if offset < 0:
            return 1, 0
        start = self._line_start(offset, 0)
        line = 1 + self._ends(0, start)
        if self._text.unit == 1:
            return line, offset - start + 1 + column_shift
        data = self._text.data
        while offset < len(data) and data[offset] & 0xC0 == 0x80:  # a byte inside a character has its position
            offset -= 1
        return line, _units(data[start:offset]) + 1 + column_shift

    def source_place(self, offset: int, column_shift: int = 0) -> str:
        """The place of a byte as it stands in the description of the source; END has one too."""
        line, column = self.server(offset, column_shift)
        return f"line: {line}, column: {column}"

    def positions(self, offsets: Iterable[int]) -> dict[int, Position]:
        """The position of each byte, in one pass over the text."""
        found: dict[int, Position] = {}
        line, start, column, before, original = 1, 0, 1, 0, self._text.mark if self._text.unit > 1 else 0
        data = self._text.data
        for offset in sorted(set(offsets)):
            begins = self._line_start(offset, before)  # not from the start of the line, which may be long
            original += self._width(before, offset)
            if begins > before:
                line += self._ends(start, begins)
                start = before = begins
                column = 1
            count = _characters if self._text.unit == 1 else _code_points
            column += count(data[before:offset]) - (before < self._text.start <= offset)
            before = offset
            found[offset] = Position(line=line, column=column, offset=original)
        return found

    def _line_start(self, offset: int, floor: int) -> int:
        """Where the line of a byte begins; ``floor`` is the start of this line or an earlier one."""
        data = self._text.data
        start = data.rfind(b"\n", floor, offset) + 1
        if self._with_returns:
            low = max(start, floor)
            at = data.rfind(b"\r", low, offset)
            if at >= 0 and data[at + 1 : at + 2] == b"\n":
                at = data.rfind(b"\r", low, at)
            start = max(start, at + 1)
        return start or floor

    def _ends(self, start: int, stop: int) -> int:
        """How many lines end between two bytes; the second begins a line."""
        data = self._text.data
        ends = data.count(b"\n", start, stop)
        if self._with_returns:
            ends += data.count(b"\r", start, stop) - data.count(b"\r\n", start, stop)
        return ends

    def _width(self, start: int, stop: int) -> int:
        """How many bytes a part of the text has in the original encoding."""
        text = self._text
        if text.unit == 1:
            return stop - start
        raw = text.data[start:stop]
        if text.unit == 4:
            return 4 * _code_points(raw)
        return 2 * _units(raw) + self._extra(stop) - self._extra(start)

    def _extra(self, offset: int) -> int:
        """How many more bytes the original encoding has for all characters before a byte that were replaced."""
        index = bisect_left(self._text.replaced, offset)
        return self._text.extras[index - 1] if index else 0


def positions_in(data: bytes, offsets: Iterable[int]) -> Mapping[int, Position]:
    """As :meth:`Lines.positions`, for first bytes of characters in a text that was written in UTF-8 without a mark."""
    if b"\n" in data or b"\r" in data:
        return Lines(Decoded(data=data)).positions(offsets)
    if data.isascii():
        return {offset: new_position(1, offset + 1, offset) for offset in offsets}
    return {offset: Position(line=1, column=_characters(data[:offset]) + 1, offset=offset) for offset in offsets}


def _code_points(raw: bytes) -> int:
    """The number of characters in UTF-8 that may encode surrogates."""
    return len(raw.translate(None, _CONTINUATIONS))


def _units(raw: bytes) -> int:
    """The number of UTF-16 units of such a text."""
    return _code_points(raw) + len(raw.translate(None, _UP_TO_THREE))


def _characters(raw: bytes) -> int:
    """The number of characters in some bytes; a byte that is not UTF-8 counts as one."""
    return len(raw) if raw.isascii() else len(raw.decode("utf-8", "replace"))
