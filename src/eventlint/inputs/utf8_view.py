"""A text in UTF-16 or UTF-32 as UTF-8, with the way back to the offsets of the file.

Containers, such as NDJSON and arrays, are read as UTF-8. An event in them is checked as UTF-8, too, because it is the
container that has another encoding. A file with nothing but one event keeps its bytes, because the server reads them.
"""

from __future__ import annotations

import codecs
import io

from eventlint.errors import InputError
from eventlint.jsontext.decoding import Decoded, decode
from eventlint.jsontext.syntax_error import JsonSyntaxError

_CONTINUATION = bytes(range(0x80, 0xC0))
_NOT_FOUR_BYTES = bytes(byte for byte in range(256) if not 0xF0 <= byte <= 0xF7)
_STEP = 4096
_CHUNK = 1 << 16


class Utf8View:
    """A part of a file as UTF-8.

    Attributes:
        text: The part as UTF-8, without a byte order mark.
        encoding: Python's name of the file's encoding.
    """

    __slots__ = ("_before", "_origin", "_start", "encoding", "text")

    def __init__(self, text: bytes, encoding: str, origin: int, start: int = 0) -> None:
        """Begin at an offset of the file.

        Args:
            text: The part as UTF-8.
            encoding: The file's encoding.
            origin: The offset of the part in the file, in bytes.
            start: The offset that :meth:`in_file` takes for the first byte of the part.
        """
        self.text = text
        self.encoding = encoding
        self._origin = origin
        self._start = start
        self._before: list[int] | None = None

    def in_file(self, offset: int) -> int:
        """The offset in the file, in bytes, of an offset in the view."""
        offset -= self._start
        if self._before is None:
            self._before = [self._origin]
            for begin in range(0, len(self.text), _STEP):
                self._before.append(self._before[-1] + width(self.text[begin : begin + _STEP], self.encoding))
        step = min(offset // _STEP, len(self._before) - 1)
        return self._before[step] + width(self.text[step * _STEP : offset], self.encoding)

    def encoded(self, content: bytes) -> bytes:
        """UTF-8 in the encoding of the file."""
        return content.decode("utf-8", "surrogatepass").encode(self.encoding, "surrogatepass")


def width(text: bytes, encoding: str) -> int:
    """How many bytes a piece of UTF-8 has in UTF-16 or UTF-32; a character belongs to its first byte."""
    characters = len(text) if text.isascii() else len(text.translate(None, _CONTINUATION))
    if encoding.startswith("utf-32"):
        return 4 * characters
    return 2 * characters + (0 if text.isascii() else 2 * len(text.translate(None, _NOT_FOUR_BYTES)))


def wide_encoding(head: bytes) -> Decoded | None:
    """The encoding of a text in UTF-16 or UTF-32, by its first bytes; None if it is UTF-8 or cannot be read."""
    try:
        found = decode(head[:4])
    except JsonSyntaxError:
        return None
    return found if found.unit > 1 else None


def utf8_view(data: bytes) -> Utf8View | None:
    """The view of a whole file; None if it is UTF-8.

    Raises:
        InputError: The file is not valid in its encoding.
    """
    found = wide_encoding(data)
    if found is None:
        return None
    stream = Transcoder(io.BytesIO(data), found)
    return Utf8View(stream.readall(), found.encoding, found.mark)


class Transcoder(io.RawIOBase):
    """A stream in UTF-16 or UTF-32 as UTF-8, without the byte order mark."""

    def __init__(self, source: io.BufferedIOBase, found: Decoded) -> None:
        super().__init__()
        self._source = source
        self._decoder = codecs.getincrementaldecoder(found.encoding)("surrogatepass")
        self._encoding = found.encoding
        self._left = b""
        source.read(found.mark)

    def readable(self) -> bool:
        """Whether it can be read: it can."""
        return True

    def readall(self) -> bytes:
        """Read to the end."""
        return self._converted(self._source.read(), final=True)

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # typeshed has a wider type
        """Read into a buffer, and return the number of bytes."""
        while not self._left:
            raw = self._source.read1(_CHUNK)
            self._left = self._converted(raw, final=not raw)
            if not raw:
                break
        piece, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)

    def _converted(self, raw: bytes, *, final: bool) -> bytes:
        try:
            return self._decoder.decode(raw, final).encode("utf-8", "surrogatepass")
        except UnicodeDecodeError as error:
            raise InputError(f"invalid {self._encoding.upper()}: {error.reason}") from error
