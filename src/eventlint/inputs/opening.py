"""Opens a file: decompressed, up to where it ended at opening, and with its first bytes still to be read."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Callable
from typing import Any, BinaryIO, NamedTuple

_CHUNK = 1 << 16


class Opened(NamedTuple):
    """An open file.

    Attributes:
        damaged: The exception for damaged content.
    """

    stream: io.BufferedReader | io.BytesIO
    damaged: type[Exception]


def open_input(path: str, stdin: Callable[[], BinaryIO]) -> Opened:
    """Open a file for reading; ``-`` is standard input.

    A regular file ends where it ended at opening, so that a run never reads what is written meanwhile.

    Raises:
        OSError: The file cannot be opened.
    """
    if path == "-":
        return Opened(_buffered(_until_end(stdin())), OSError)
    raw = open(path, "rb", buffering=0)  # noqa: SIM115 - the caller closes it
    if path.endswith(".gz"):
        import gzip
        import zlib

        return _decompressed(gzip.GzipFile(fileobj=_until_end(raw), mode="rb"), raw, zlib.error)
    if path.endswith(".zst"):
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd
        return _decompressed(zstd.open(_until_end(raw), "rb"), raw, zstd.ZstdError)
    status = os.fstat(raw.fileno())
    if stat.S_ISREG(status.st_mode) and status.st_size <= _CHUNK:
        with io.BufferedReader(raw) as whole:
            return Opened(io.BytesIO(whole.read(status.st_size)), OSError)
    return Opened(_buffered(_until_end(raw)), OSError)


def _decompressed(stream: Any, raw: io.FileIO, damaged: type[Exception]) -> Opened:
    return Opened(io.BufferedReader(_Source(stream, below=raw), _CHUNK), damaged)


def peek(
    stream: io.BufferedReader | io.BytesIO, is_enough: Callable[[bytes], bool]
) -> tuple[bytes, bool, io.BufferedReader | io.BytesIO]:
    """Read the first bytes of a stream: some lines, and at least 64 KiB if they are there.

    Args:
        stream: The stream.
        is_enough: Whether some bytes are already enough. It is asked about what comes in small pieces, so that lines
            from a pipe are not held back.

    Returns:
        The bytes, whether they are all there is, and a stream that begins with them.
    """
    if isinstance(stream, io.BytesIO):
        return stream.getvalue(), True, stream
    head = bytearray()
    has_line = False
    while len(head) < _CHUNK or not has_line:
        piece = stream.read1(_CHUNK)
        if not piece:
            return bytes(head), True, io.BytesIO(head)
        head += piece
        if b"\n" in piece:
            has_line = True
            if len(head) < _CHUNK and is_enough(bytes(head)):
                break
    first = bytes(head)
    return first, False, io.BufferedReader(_Source(stream, first), _CHUNK)


class _Source(io.RawIOBase):
    """A stream: some bytes that were read before, then the rest of another stream, up to a number of bytes."""

    def __init__(self, source: Any, before: bytes = b"", most: int = sys.maxsize, below: Any = None) -> None:
        super().__init__()
        self._source = source
        self._read: Callable[[int], bytes] = getattr(source, "read1", source.read)
        self._before = before
        self._left = most
        self._below = below

    def readable(self) -> bool:
        """Whether it can be read: it can."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read into a buffer, and return the number of bytes."""
        size = len(buffer)
        if self._before:
            piece, self._before = self._before[:size], self._before[size:]
        else:
            piece = self._read(min(size, self._left))
            self._left -= len(piece)
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        """Close the other stream, too."""
        self._source.close()
        if self._below is not None:
            self._below.close()
        super().close()


def _buffered(stream: Any) -> io.BufferedReader:
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(_Source(stream), _CHUNK)


def _until_end(stream: BinaryIO | io.FileIO) -> Any:
    """A stream that ends where a regular file ends now; other streams as they are."""
    try:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode):
            return stream
        left = status.st_size - stream.tell()
    except (OSError, ValueError, AttributeError):
        return stream
    return io.BufferedReader(_Source(stream, most=max(left, 0)), _CHUNK)
