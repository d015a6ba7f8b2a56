"""Decompresses archives piece by piece, and goes on after a damaged part where the format allows.

A gzip file is a sequence of members, and a Zstandard file one of frames. Each of them can be decompressed alone, so
after a damaged one, reading continues at the next one that begins with the format's magic number and can be read:
RFC 1952, section 2.2, and RFC 8878, section 3.1.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO, NamedTuple

_PIECE = 16 << 10
"""How many compressed bytes are decompressed at once; the position of a damage is exact to this size."""
_AT_ONCE = 64 << 10
"""How many bytes a decompressor returns at most; more would be memory that the system provides and clears each time."""

_TRIED = 64 << 10
"""How many bytes a part must decompress to before reading continues there."""


class Damage(NamedTuple):
    """A part of an archive that cannot be read.

    Attributes:
        part: The offset of the damaged member or frame in the archive.
        at: The offset at which it cannot be decompressed; what is wrong may be before it.
        until: The offset from which the archive is read again; None if it is not.
    """

    part: int
    at: int
    until: int | None
    reason: str

    def __str__(self) -> str:
        """What was not read."""
        rest = "the rest was not read" if self.until is None else f"reading continued at byte {self.until}"
        return f"damaged at byte {self.at}, in the part that begins at byte {self.part} ({self.reason}); {rest}"


class _Codec(NamedTuple):
    """A compression.

    Attributes:
        magic: The first bytes of each part.
        decoder: Creates the decompressor of one part.
        error: What it raises.
        padding: What may follow the last part.
    """

    magic: bytes
    decoder: Callable[[], Any]
    error: type[Exception]
    padding: bytes = b""


class Archive:
    """The content of an archive, in segments: a damaged part ends a segment.

    Attributes:
        position: The number of compressed bytes that were read.
        damage: The damage that ended the segment; None if there is none so far.
    """

    def __init__(self, raw: BinaryIO, path: str, most: int = sys.maxsize) -> None:
        """Take an open file, whose name determines the compression, and the number of bytes that are read of it."""
        self.position = 0
        self.damage: Damage | None = None
        self._raw = raw
        self._codec = _gzip() if path.endswith(".gz") else _zstandard()
        self._left = most
        self._window = b""
        self._decoder: Any = None
        self._begin = 0
        self._parts = 0

    def read_into(self, view: memoryview) -> int:
        """Read the next bytes of the segment; returns their number, and 0 at its end."""
        while self.damage is None:
            if self._decoder is None and not self._next_part():
                return 0
            try:
                found = self._decompress(min(len(view), _AT_ONCE))
            except (self._codec.error, EOFError) as error:
                self._fail(_reason(error))
                return 0
            if found:
                view[: len(found)] = found
                return len(found)
        return 0

    def next_segment(self) -> bool:
        """Begin the segment after a damage; returns False if there is none."""
        damage = self.damage
        if damage is None or damage.until is None:
            return False
        self.damage = None
        return True

    def close(self) -> None:
        """Close the file."""
        self._raw.close()

    def _next_part(self) -> bool:
        """Begin the next member or frame; returns False at the end."""
        padding = self._codec.padding if self._parts else b""
        self._window = self._window.lstrip(padding) if padding else self._window
        while not self._window:
            piece = self._read()
            if not piece:
                return False
            self._window = piece.lstrip(padding) if padding else piece
        self._parts += 1
        self._begin = self.position - len(self._window)
        self._decoder = self._codec.decoder()
        return True

    def _decompress(self, size: int) -> bytes:
        """Decompress something; it can be empty."""
        decoder = self._decoder
        if not self._window and getattr(decoder, "needs_input", True):
            self._window = self._read()
            if not self._window:
                raise EOFError
        found: bytes = decoder.decompress(self._window, size)
        if decoder.eof:
            self._window, self._decoder = decoder.unused_data, None
        else:
            self._window = getattr(decoder, "unconsumed_tail", b"")
        return found

    def _read(self) -> bytes:
        piece = self._raw.read(min(_PIECE, self._left))
        self._left -= len(piece)
        self.position += len(piece)
        return piece

    def _fail(self, reason: str) -> None:
        """Find where to continue."""
        at = max(self.position - len(self._window), self._begin)
        found = max(0, self._begin + 1 - (self.position - len(self._window)))
        self._decoder = None
        until = None
        while until is None:
            found = self._window.find(self._codec.magic, found)
            if found < 0:
                kept = self._window[-len(self._codec.magic) + 1 :]
                piece = self._read()
                if not piece:
                    break
                self._window, found = kept + piece, 0
            elif self._can_read(found):
                until = self.position - len(self._window) + found
                self._window = self._window[found:]
            else:
                found += 1
        self.damage = Damage(self._begin, at, until, reason)

    def _can_read(self, found: int) -> bool:
        """Whether a part begins at an index of the window, which grows meanwhile."""
        decoder, data, size = self._codec.decoder(), self._window[found:], 0
        try:
            while size < _TRIED and not decoder.eof:
                if not data and getattr(decoder, "needs_input", True):
                    data = self._read()
                    self._window += data
                    if not data:
                        return size > 0
                size += len(decoder.decompress(data, _TRIED))
                data = getattr(decoder, "unconsumed_tail", b"")
        except self._codec.error:
            return False
        return True


def _reason(error: Exception) -> str:
    if isinstance(error, EOFError):
        return "it ends too early"
    return " ".join(str(error).split()).rpartition(": ")[2].rstrip(".").lower() or type(error).__name__


def _gzip() -> _Codec:
    try:
        from isal import isal_zlib  # pyright: ignore[reportMissingImports]
    except ImportError:
        return _Codec(b"\x1f\x8b\x08", lambda: zlib.decompressobj(31), zlib.error, b"\0")
    return _Codec(b"\x1f\x8b\x08", lambda: isal_zlib.decompressobj(31), isal_zlib.error, b"\0")


def _zstandard() -> _Codec:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return _Codec(b"\x28\xb5\x2f\xfd", zstd.ZstdDecompressor, zstd.ZstdError)
