"""Converts byte offsets of a text in UTF-8 to the positions of an editor, and back.

A position is a line and a character, both from 0. The client and the server agree on what a character is: a byte, a
UTF-16 unit, or a code point. A line ends with a line feed, a carriage return, or both
(https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#position).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Literal, NamedTuple

PositionEncoding = Literal["utf-8", "utf-16", "utf-32"]

_CONTINUATIONS = bytes(range(0x80, 0xC0))
_UP_TO_THREE = bytes(range(0xF0))
"""All bytes that do not begin a character of four bytes, which has two UTF-16 units."""

_STEP = 4096
"""The number of bytes from one known line number to the next, so that the index is small whatever the text is."""

_SEARCHED = 64
"""The number of bytes whose line endings are looked at one by one."""

LINE_END = re.compile(rb"\r\n|\n|\r")


class TextPosition(NamedTuple):
    """A position in an editor.

    Attributes:
        line: The line, from 0.
        character: The character in the line, from 0, in units of the position encoding.
    """

    line: int
    character: int


class TextRange(NamedTuple):
    """A range in an editor; the end is exclusive."""

    start: TextPosition
    end: TextPosition


class _Last(NamedTuple):
    """The position that was found last: many findings can be in one long line."""

    line: int
    character: int
    offset: int


class Positions:
    """The lines of one text in UTF-8, which must be valid.

    Creating it takes linear time and little memory, also for a text with millions of lines. Positions that are asked
    for in their order take linear time, also in one long line.
    """

    __slots__ = ("_before", "_last", "data", "encoding")

    def __init__(self, data: bytes, encoding: PositionEncoding = "utf-16") -> None:
        self.data = data
        self.encoding = encoding
        before = [0]
        for start in range(0, len(data), _STEP):
            before.append(before[-1] + self._ends(start, min(start + _STEP, len(data))))
        self._before = before
        self._last = _Last(-1, 0, 0)

    @property
    def line_count(self) -> int:
        """The number of lines; the last one has no line ending."""
        return self._before[-1] + 1

    def line_of(self, offset: int) -> int:
        """The line, from 0, of a byte."""
        step = offset // _STEP
        return self._before[min(step, len(self._before) - 1)] + self._ends(step * _STEP, offset)

    def line_start(self, line: int) -> int:
        """The offset of the first byte of a line, from 0; the length of the text if there is no such line."""
        if line <= 0:
            return 0
        if line >= self.line_count:
            return len(self.data)
        step = bisect_right(self._before, line - 1) - 1
        left = line - self._before[step]
        at, size = step * _STEP, _STEP  # of a pair that is cut here, the line feed ends the line, which is in this step
        while size > _SEARCHED:
            size //= 2
            ends = self._ends(at, at + size)
            if ends < left:
                left, at = left - ends, at + size
        for match in LINE_END.finditer(self.data, at):
            left -= 1
            if not left:
                return match.end()
        raise AssertionError("the index is wrong")

    def position(self, offset: int) -> TextPosition:
        """The position of a byte; a byte inside of a character has the position of the character."""
        offset = self._aligned(min(max(offset, 0), len(self.data)))
        line = self.line_of(offset)
        last = self._last  # read once: another thread may write it
        if last.line == line and last.offset <= offset:
            character = last.character + self.units(self.data[last.offset : offset])
        else:
            character = self.units(self.data[self.line_start(line) : offset])
        self._last = _Last(line, character, offset)
        return TextPosition(line, character)

    def range(self, start: int, end: int) -> TextRange:
        """The range of some bytes."""
        return TextRange(self.position(start), self.position(end))

    def offset(self, position: TextPosition) -> int:
        """The offset of a position.

        A position after the end of its line means the end; one inside of a character means its first byte.
        """
        if position.line >= self.line_count:
            return len(self.data)
        if position.line < 0 or position.character < 0:
            return self.line_start(position.line)
        start = self.line_start(position.line)
        match = LINE_END.search(self.data, start)
        line = self.data[start : len(self.data) if match is None else match.start()]
        return start + self._bytes(line, position.character)

    def _ends(self, start: int, stop: int) -> int:
        """How many lines end in some bytes; a carriage return before a line feed ends none."""
        data = self.data
        found = data.count(b"\n", start, stop)
        returns = data.count(b"\r", start, stop)
        return found + returns - data.count(b"\r\n", start, stop + 1) if returns else found

    def _aligned(self, offset: int) -> int:
        """The first byte of the character at a byte; a carriage return and a line feed together are one."""
        if 0 < offset < len(self.data) and self.data[offset - 1 : offset + 1] == b"\r\n":
            return offset - 1
        while 0 < offset < len(self.data) and self.data[offset] & 0xC0 == 0x80:
            offset -= 1
        return offset

    def units(self, text: bytes) -> int:
        """The number of units in a piece of a line."""
        if self.encoding == "utf-8" or text.isascii():
            return len(text)
        points = len(text.translate(None, _CONTINUATIONS))
        return points if self.encoding == "utf-32" else points + len(text.translate(None, _UP_TO_THREE))

    def _bytes(self, line: bytes, units: int) -> int:
        """The number of bytes that a number of units at the start of a line have."""
        if self.encoding == "utf-8" or line.isascii():
            end = min(units, len(line))
            while 0 < end < len(line) and line[end] & 0xC0 == 0x80:
                end -= 1
            return end
        text = line.decode("utf-8", "surrogatepass")
        if self.encoding == "utf-32":
            return len(text[:units].encode("utf-8", "surrogatepass"))
        head = text.encode("utf-16-le", "surrogatepass")[: 2 * units]
        return len(head.decode("utf-16-le", "ignore").encode())


def utf8(text: str) -> bytes:
    """A text of an editor as UTF-8; half of a character becomes U+FFFD, as when the editor saves it."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()
