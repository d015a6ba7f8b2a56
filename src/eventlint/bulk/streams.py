"""Reads streams as tasks: standard input and pipes as their lines come, and archives in a thread that decompresses."""

from __future__ import annotations

import io
import queue
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from time import thread_time
from typing import TYPE_CHECKING, Any, NamedTuple

from eventlint.bulk.archives import Archive, Damage
from eventlint.bulk.blocks import Block, ReadInto, blocks

if TYPE_CHECKING:
    from eventlint.bulk.chunk_memory import ChunkMemory

_QUEUED = 2

_SLOWER = 1.5
"""How much more CPU time the check of an archive must take than its decompression before it is the slower one."""

_SWITCH_INTERVAL = 0.0005
"""How many seconds the thread that decompresses waits for the one that checks, before each piece."""


class Chunk(NamedTuple):
    """A block whose data stays until its slot is freed; see ``ChunkTask`` for the other members."""

    block: Block
    slot: int
    position: int
    is_torn: bool = False


class _End(NamedTuple):
    error: BaseException | None


def chunks_of_stream(read_into: ReadInto, most: int, memory: ChunkMemory) -> Iterator[Chunk | None]:
    """The chunks of a stream; None when it has to be waited for."""
    for block in blocks(read_into, most, size=memory.size):
        if block is None:
            yield None
            continue
        with memoryview(block.data) as data:
            stored = memory.store(data)
        assert stored is not None  # noqa: S101 - it is not canceled
        yield Chunk(block._replace(data=stored.data), stored.slot, block.offset + len(block.data))


class Head(io.RawIOBase):
    """A reader that begins with bytes that were read before."""

    def __init__(self, head: bytes, read_into: ReadInto) -> None:
        super().__init__()
        self._head, self._read_into = head, read_into

    def readable(self) -> bool:
        """Whether it can be read: it can."""
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Read into a buffer, and return the number of bytes; see :data:`eventlint.bulk.blocks.ReadInto`."""
        if not self._head:
            return self._read_into(buffer)
        count = min(len(buffer), len(self._head))
        buffer[:count] = self._head[:count]
        self._head = self._head[count:]
        return count


class ArchiveReader:
    """Decompresses an archive in a thread; use it as a context manager."""

    def __init__(self, archive: Archive, head: bytes, most: int, memory: ChunkMemory) -> None:
        """Take the archive, and its content so far."""
        self._archive, self._memory = archive, memory
        self._chunks = chunks_of_archive(archive, head, most, memory, lambda: self._is_closed)
        self._queue: queue.Queue[Chunk | Damage | _End] = queue.Queue(_QUEUED)
        self._kept: deque[Chunk | Damage | _End] = deque()
        self._is_closed = self._is_paused = False
        self._thread: threading.Thread | None = None
        self._began = self._spent = self._interval = 0.0

    @property
    def is_faster(self) -> bool:
        """Whether decompression takes less CPU time than the check, for which the thread that asks is responsible."""
        return self._is_closed or thread_time() - self._began > _SLOWER * self._spent

    def __enter__(self) -> ArchiveReader:
        self._began, self._interval = thread_time(), sys.getswitchinterval()
        self._start()
        return self

    def _start(self) -> None:
        self._is_paused = False
        sys.setswitchinterval(_SWITCH_INTERVAL)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """End the thread meanwhile, if it has started: a process should be forked when there is no other thread."""
        if self._thread is None or self._is_closed:
            yield
            return
        self._is_paused = True  # there is a free slot for the chunk that the thread reads now
        self._kept += self._rest()
        try:
            yield
        finally:
            self._start()

    def _rest(self) -> Iterator[Chunk | Damage | _End]:
        """What is in the queue until the thread has ended."""
        while (self._thread is not None and self._thread.is_alive()) or not self._queue.empty():
            with suppress(queue.Empty):
                yield self._queue.get(timeout=0.01)

    def __exit__(self, *_: object) -> None:
        self._is_closed = True
        self._memory.wake()
        for unread in (*self._kept, *self._rest()):
            self._memory.free(unread.slot if isinstance(unread, Chunk) else -1)
        sys.setswitchinterval(self._interval)
        self._archive.close()

    def __iter__(self) -> Iterator[Chunk | Damage]:
        """The chunks and the damages, in their order."""
        while True:
            found = self._kept.popleft() if self._kept else self._queue.get()
            if isinstance(found, _End):
                if found.error is not None:
                    raise found.error
                return
            yield found

    def _run(self) -> None:
        error: BaseException | None = None
        before = self._spent
        try:
            for chunk in self._chunks:
                self._spent = before + thread_time()
                self._queue.put(chunk)
                if self._is_paused:
                    return
        except BaseException as caught:  # the main thread raises it
            error = caught
        self._queue.put(_End(error))


def chunks_of_archive(
    archive: Archive, head: bytes, most: int, memory: ChunkMemory, is_canceled: Callable[[], bool]
) -> Iterator[Chunk | Damage]:
    """The chunks and the damages of an archive, until that is canceled.

    A line of which a part may be missing is a chunk of its own: the last one before a damage, if it has no newline, and
    the first one after it.
    """
    read_into: Callable[[memoryview], int | None] = Head(head, archive.read_into).readinto
    offset, is_torn = 0, False
    while True:
        for block in blocks(read_into, most, offset=offset, size=memory.size):
            assert block is not None  # noqa: S101 - an archive is never waited for
            with memoryview(block.data) as data:
                offset = block.offset + (block.length or len(data))
                for begin, end, torn in _parts(data, is_first=is_torn, is_last=archive.damage is not None):
                    with data[begin:end] as part:
                        stored = memory.store(part, is_canceled)
                    if stored is None:
                        return
                    kept = Block(block.offset + begin, stored.data, block.length)
                    yield Chunk(kept, stored.slot, archive.position, torn)
            is_torn = False
        if archive.damage is None:
            return
        yield archive.damage
        if not archive.next_segment():
            return
        read_into, is_torn = archive.read_into, True


def _parts(view: memoryview, *, is_first: bool, is_last: bool) -> Iterator[tuple[int, int, bool]]:
    """The parts of a block: begin, end, and whether it is a line of which a part may be missing."""
    if not is_first and not is_last:
        yield 0, len(view), False
        return
    data = bytes(view)
    begin = data.find(b"\n") + 1 if is_first else 0
    end = data.rfind(b"\n") + 1 if is_last else len(data)
    if is_first and (begin == 0 or begin > end):
        yield 0, len(data), True
        return
    parts = ((0, begin, True), (begin, end, False), (end, len(data), True))
    yield from (part for part in parts if part[0] < part[1])
