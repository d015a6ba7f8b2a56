"""Opens a file: decompressed, up to where it ended at opening, and with its first bytes still to be read."""

from __future__ import annotations

import errno
import io
import os
import stat
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from eventlint.named_tuples import NamedTuple

_CHUNK = 1 << 16
PATIENCE = 5.0
"""The seconds to wait for a writer of a named pipe."""

_STEP = 0.02


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
        OSError: The file cannot be opened, it is a pipe that nobody writes to, or a device that may never end.
    """
    if path == "-":
        return Opened(_buffered(_until_end(stdin())), OSError)
    raw: Any = open(path, "rb", buffering=0, opener=_open_at_once)  # noqa: SIM115 - the caller closes it
    status = os.fstat(raw.fileno())
    if stat.S_ISFIFO(status.st_mode):
        raw = io.BufferedReader(_Source(raw, _first_of_pipe(raw)), _CHUNK)
    elif not stat.S_ISREG(status.st_mode):
        _refuse_endless(raw, status)
        _set_blocking(raw)
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
    if stat.S_ISREG(status.st_mode) and status.st_size <= _CHUNK:
        with io.BufferedReader(raw) as whole:
            return Opened(io.BytesIO(whole.read(status.st_size)), OSError)
    return Opened(_buffered(_until_end(raw)), OSError)


def opened_content(content: bytes) -> Opened:
    """The content of a regular file as an open file."""
    stream = io.BytesIO(content)
    return Opened(stream if len(content) <= _CHUNK else io.BufferedReader(_Source(stream), _CHUNK), OSError)


def _open_at_once(path: str, flags: int) -> int:
    """Open a file without waiting for a writer, if it is a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _refuse_endless(raw: io.FileIO, status: os.stat_result) -> None:
    """Refuse a device that may never end, as ``/dev/zero``; a terminal ends when its user says so."""
    is_device = stat.S_ISCHR(status.st_mode) or stat.S_ISBLK(status.st_mode)
    if is_device and not raw.isatty() and not os.path.samestat(status, os.stat(os.devnull)):
        raw.close()
        raise OSError(errno.ENODEV, "is a device")


def _set_blocking(raw: io.FileIO) -> None:
    if hasattr(os, "O_NONBLOCK"):
        os.set_blocking(raw.fileno(), True)


def _first_of_pipe(raw: io.FileIO) -> bytes:
    """Wait a short time for a writer of a pipe; returns what it has written so far."""
    import select
    import time

    end = time.monotonic() + PATIENCE
    ended = select.poll()
    ended.register(raw, select.POLLHUP)
    while True:
        try:
            found = os.read(raw.fileno(), _CHUNK)
        except BlockingIOError:  # there is a writer that has not written anything yet
            found = None
        if found != b"" or ended.poll(0):  # at the end, the writer has gone
            _set_blocking(raw)
            return found or b""
        if time.monotonic() > end:
            raw.close()
            raise OSError("nobody writes to this pipe")
        time.sleep(_STEP)


def _decompressed(stream: Any, raw: Any, damaged: type[Exception]) -> Opened:
    return Opened(io.BufferedReader(_Source(stream, below=raw), _CHUNK), damaged)


def peek(
    stream: io.BufferedReader | io.BytesIO, is_enough: Callable[[bytes], bool], most: int = sys.maxsize
) -> tuple[bytes, bool, io.BufferedReader | io.BytesIO]:
    """Read the first bytes of a stream: some lines, and at least 64 KiB if they are there.

    Args:
        stream: The stream.
        is_enough: Whether some bytes are already enough. It is asked about what comes in small pieces, so that lines
            from a pipe are not held back.
        most: The number of bytes after which it does not wait for the end of a line.

    Returns:
        The bytes, whether they are all there is, and a stream that begins with them.
    """
    if isinstance(stream, io.BytesIO):
        return stream.getvalue(), True, stream
    head = bytearray()
    has_line = False
    while len(head) < _CHUNK or not (has_line or len(head) > most):
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
