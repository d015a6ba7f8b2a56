"""Memory for the chunks of streams and archives. Forked processes share it, so that nobody has to send the chunks."""

from __future__ import annotations

import mmap
import threading
from collections.abc import Callable
from typing import NamedTuple


class Stored(NamedTuple):
    """Data that stays as it is until its slot is freed.

    Attributes:
        slot: The offset of the data in the memory; -1 if it is too large for a slot.
    """

    data: bytes | memoryview
    slot: int = -1


class ChunkMemory:
    """Slots of the same size. Pages of the memory exist once they are used.

    Attributes:
        size: The size of a slot in bytes.
        count: The number of slots.
    """

    def __init__(self, size: int, count: int) -> None:
        """Take the size of a slot in bytes, and the number of slots."""
        self.size, self.count = size, count
        self._memory = memoryview(mmap.mmap(-1, size * count))
        self._slots = [number * size for number in range(count)]
        self._changed = threading.Condition()

    def store(self, data: bytes | memoryview, is_canceled: Callable[[], bool] = lambda: False) -> Stored | None:
        """Copy data into a free slot. Wait for one if there is none; None if that is canceled."""
        if len(data) > self.size:
            return Stored(bytes(data))
        with self._changed:
            self._changed.wait_for(lambda: self._slots or is_canceled())
            if is_canceled():
                return None
            slot = self._slots.pop()
        stored = self.view(slot, len(data))
        stored[:] = data
        return Stored(stored.toreadonly(), slot)

    def view(self, slot: int, size: int) -> memoryview:
        """The data in a slot."""
        return self._memory[slot : slot + size]

    def free(self, slot: int) -> None:
        """Give back a slot, whose data nobody reads any more."""
        if slot >= 0:
            with self._changed:
                self._slots.append(slot)
                self._changed.notify_all()

    def wake(self) -> None:
        """Let those that wait see whether they are canceled."""
        with self._changed:
            self._changed.notify_all()
