"""Reads bytes in blocks of whole lines. The memory is that of one block, or of the longest line that is read."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterator
from typing import NamedTuple

from eventlint.bulk.options import BLOCK

KEPT = 256
"""How many bytes of a line that is too large are kept."""

ReadInto = Callable[[memoryview], int | None]
"""Reads the next bytes, and returns their number: 0 at the end, None if none are there yet."""


class Block(NamedTuple):
    """Whole lines.

    Attributes:
        offset: The offset of the first byte, from 0.
        data: The lines, each with its end, which only the last line of a file may lack.
        length: The size of a single line that is too large, in bytes; ``data`` is then only its start. 0 for others.
    """

    offset: int
    data: bytes | bytearray | memoryview
    length: int = 0


def blocks(
    read_into: ReadInto,
    most: int,
    *,
    offset: int = 0,
    stop: int = sys.maxsize,
    size: int = BLOCK,
    is_aligned: bool = True,
) -> Iterator[Block | None]:
    """Divide bytes into blocks of whole lines.

    Args:
        read_into: Reads the bytes.
        most: The largest line that is read, in bytes without its end.
        offset: The offset of the first byte that is read.
        stop: Lines that begin at this offset or later are left out.
        size: The size of a block in bytes, if lines are not longer.
        is_aligned: Whether a line begins at the first byte. Otherwise, lines begin after the first newline.

    Returns:
        The blocks, and None whenever no bytes are there yet. The data of a block is overwritten by the next one.
    """
    return _Blocks(read_into, most, offset, stop, size, is_aligned).all()


class _Blocks:
    """A buffer that begins with a line."""

    def __init__(self, read_into: ReadInto, most: int, offset: int, stop: int, size: int, is_aligned: bool) -> None:
        self._read_into = read_into
        self._most = most
        self._offset = offset
        self._stop = stop
        self._buffer = bytearray(size)
        self._filled = 0
        self._is_aligned = is_aligned

    def all(self) -> Iterator[Block | None]:
        """Yield all blocks."""
        state: int | None = 1
        while state != 0 and self._offset < self._stop:
            state = self._fill()
            if not self._is_aligned:
                self._align()
                if not self._is_aligned:
                    continue
            if self._offset >= self._stop:
                return
            end = self._end(is_last=state == 0)
            if end:
                with memoryview(self._buffer) as view, view[:end] as data:
                    yield Block(self._offset, data)
                self._drop(end)
            elif self._filled > self._most + 2:
                yield (yield from self._long_line())
            elif self._filled == len(self._buffer):
                self._buffer += bytes(len(self._buffer))
            if state is None:
                yield None

    def _fill(self) -> int | None:
        """Read until the buffer is full; returns what the last read returned."""
        count: int | None = 1
        with memoryview(self._buffer) as view:
            while count and self._filled < len(view):
                with view[self._filled :] as rest:
                    count = self._read_into(rest)
                self._filled += count or 0
        return count

    def _align(self) -> None:
        """Leave out the rest of a line that began earlier."""
        at = self._buffer.find(b"\n", 0, self._filled)
        self._is_aligned = at >= 0
        self._drop(at + 1 if self._is_aligned else self._filled)

    def _drop(self, count: int) -> None:
        self._buffer[: self._filled - count] = self._buffer[count : self._filled]
        self._filled -= count
        self._offset += count

    def _end(self, *, is_last: bool) -> int:
        """The length of the whole lines in the buffer that begin before the end of the range."""
        last = self._stop - 1 - self._offset
        if last < self._filled:
            at = self._buffer.find(b"\n", last, self._filled)
            if at >= 0:
                return at + 1
        return self._filled if is_last else self._buffer.rfind(b"\n", 0, self._filled) + 1

    def _long_line(self) -> Generator[None, None, Block]:
        """Read the rest of a line that is too large."""
        offset, start = self._offset, bytes(self._buffer[: min(KEPT, self._most + 2)])
        at = -1
        while at < 0:
            self._drop(self._filled)
            state = self._fill()
            if state is None and not self._filled:
                yield None
            at = self._buffer.find(b"\n", 0, self._filled)
            if state == 0 and at < 0:
                at = self._filled - 1
                break
        self._drop(at + 1)
        return Block(offset, start, self._offset - offset)
