"""Converts byte offsets of a text to lines and columns.

Lines end at a line feed, a carriage return, or both together. The server counts columns in bytes (in UTF-16 units when
the text came in a wider encoding); positions for people count characters.
"""

from __future__ import annotations

from collections.abc import Iterable

from eventlint.jsontext.decoding import Decoded
from eventlint.model import Position

_WHOLE = "ignore"


class Lines:
    """The lines of one text."""

    __slots__ = ("_text", "_with_returns")

    def __init__(self, text: Decoded) -> None:
        self._text = text
        self._with_returns = b"\r" in text.data

    def byte(self, offset: int) -> int:
        """The byte at an offset."""
        return self._text.data[offset]

    def server(self, offset: int, column_shift: int = 0) -> tuple[int, int]:
        """The server's line and column of a byte, both from 1; ``column_shift`` is added to the column."""
        start = self._line_start(offset, 0)
        line = 1 + self._ends(0, start)
        data = self._text.data
        if self._text.unit == 1:
            return line, offset - start + 1 + column_shift
        # A byte inside a character has the position of the character.
        before = data[start:offset].decode("utf-8", _WHOLE)
        return line, len(before.encode("utf-16-le", "surrogatepass")) // 2 + 1 + column_shift

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
            column += _characters(data[before:offset]) - (before < self._text.start <= offset)
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
        return len(text.data[start:stop].decode("utf-8", _WHOLE).encode(text.encoding, "surrogatepass"))


def _characters(raw: bytes) -> int:
    """The number of characters in some bytes; a byte that is not UTF-8 counts as one."""
    return len(raw) if raw.isascii() else len(raw.decode("utf-8", "replace"))
