"""The characters of a body in YAML, decoded in pieces as the server does: a bad byte is found when its piece is read.

Source: Jackson's ``UTF8Reader`` and SnakeYAML's ``StreamReader``.
"""

from __future__ import annotations

import re

from eventlint.mirror.formats.java_text import UNITS, of_units, units
from eventlint.mirror.formats.transcript import Problem

_BUFFER = 8_000
"""The size of the decoder's buffer, in bytes."""
_PIECE = 1_024
"""How many UTF-16 units are read at once."""
_UNPRINTABLE = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FAILED = "jackson_y_a_m_l_parse_exception"
_CONVERSION = "char_conversion_exception"


def failed(reason: str, cause: str = "y_a_m_l_exception", *below: tuple[str, str]) -> Problem:
    """The problem of an error without a mark."""
    return Problem(reason, _FAILED, ((cause, reason), *below))


class YamlText:
    """The text of a body.

    Attributes:
        text: The text, up to the piece that cannot be read.
        problem: Why the rest cannot be read; None if there is no rest.
        pieces: Where the pieces end, as offsets in the text.
    """

    def __init__(self, data: bytes) -> None:
        self.problem: Problem | None = None
        self.pieces: list[int] = []
        self._data = data
        self._at = 0
        self._units = 0
        parts: list[str] = []
        size = 0
        while self.problem is None and self._at < len(data):
            part = self._piece()
            if self.problem is None:
                bad = _UNPRINTABLE.search(part)
                if bad is not None:
                    self.problem = failed("special characters are not allowed", "reader_exception")
                    break
                parts.append(part)
                size += len(part)
                self.pieces.append(size)
        self.text = "".join(parts)

    def _piece(self) -> str:
        """Decode the next piece."""
        start, data = self._at, self._data
        end = min(start + _PIECE, len(data))
        part = data[start:end]
        if part.isascii():
            self._at = end
            self._units += len(part)
            return part.decode("ascii")
        found: list[int] = []
        at, end = start, min(start + _BUFFER, len(data))
        while at < end and len(found) < _PIECE:
            byte = data[at]
            count = UNITS[byte]
            if count > 3:
                return self._fail(f"Invalid UTF-8 start byte 0x{byte:x}", len(found) + 1, start)
            if at + count >= end:
                if end == len(data):
                    if at > start:
                        break
                    return self._cut(end - at, count + 1)
                break
            following = data[at + 1 : at + 1 + count]
            for middle in following:
                if middle & 0xC0 != 0x80:
                    return self._fail(f"Invalid UTF-8 middle byte 0x{middle:x}", len(found), start)
            found += units(byte, following)
            at += 1 + count
        self._at = at
        self._units += len(found)
        return of_units(found)

    def _fail(self, reason: str, character: int, start: int) -> str:
        self._set(f"{reason} (at char #{self._units + character}, byte #{start - 1})")
        return ""

    def _cut(self, got: int, needed: int) -> str:
        self._set(
            f"Unexpected EOF in the middle of a multi-byte char: got {got}, needed {needed}, "
            f"at char #{self._units}, byte #{len(self._data)})"
        )
        return ""

    def _set(self, reason: str) -> None:
        self.problem = failed(f"java.io.CharConversionException: {reason}", "y_a_m_l_exception", (_CONVERSION, reason))
