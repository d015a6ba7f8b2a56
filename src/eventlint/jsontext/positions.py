"""Places in a text: offsets in, lines and columns out; it must not know what stands there.

Lines end at a line feed, at a carriage return, or at both together, for the server and for people alike. They count
columns differently: the server in bytes (in UTF-16 units when the text came in a wider encoding), people in characters.
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

    def server(self, offset: int, past: int = 0) -> tuple[int, int]:
        """The server's line and column of a byte, both from 1.

        Args:
            offset: The byte, from 0.
            past: How many columns further.
        """
        start = self._line_start(offset, 0)
        line = 1 + self._ends(0, start)
        data = self._text.data
        if self._text.unit == 1:
            return line, offset - start + 1 + past
        # A byte inside a character stands for the character: what it begins with is left out.
        before = data[start:offset].decode("utf-8", _WHOLE)
        return line, len(before.encode("utf-16-le", "surrogatepass")) // 2 + 1 + past

    def positions(self, offsets: Iterable[int]) -> dict[int, Position]:
        """The place of each byte for people, all in one pass over the text.

        Args:
            offsets: The bytes, from 0, in any order.
        """
        found: dict[int, Position] = {}
        line, start, column, before, original = 1, 0, 1, 0, self._text.mark if self._text.unit > 1 else 0
        data = self._text.data
        for offset in sorted(set(offsets)):
            begins = self._line_start(offset, start)
            original += self._width(before, offset)
            if begins > start:
                line += self._ends(start, begins)
                start = before = begins
                column = 1
            column += _characters(data[before:offset]) - (before < self._text.start <= offset)
            before = offset
            found[offset] = Position(line=line, column=column, offset=original)
        return found

    def _line_start(self, offset: int, floor: int) -> int:
        """Where the line begins that a byte stands in; it is not before ``floor``, which begins a line."""
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
        """How many lines end between two bytes, of which the second begins a line."""
        data = self._text.data
        ends = data.count(b"\n", start, stop)
        if self._with_returns:
            ends += data.count(b"\r", start, stop) - data.count(b"\r\n", start, stop)
        return ends

    def _width(self, start: int, stop: int) -> int:
        """How many bytes a part of the text had in the encoding that it came in."""
        text = self._text
        if text.unit == 1:
            return stop - start
        return len(text.data[start:stop].decode("utf-8", _WHOLE).encode(text.encoding, "surrogatepass"))


def _characters(raw: bytes) -> int:
    """How many characters some bytes hold; a byte that is not UTF-8 counts as one."""
    return len(raw) if raw.isascii() else len(raw.decode("utf-8", "replace"))
