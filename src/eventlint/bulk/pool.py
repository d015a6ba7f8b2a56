"""Worker processes. Their messages come in the order of the tasks, and their number in memory is bounded.

A worker has one task at a time. A worker that is ahead can send messages until the limit of unread bytes is reached,
and then waits in its pipe.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any

from eventlint.bulk.tasks import ChunkTask, End, Failure, Message, Task
from eventlint.bulk.wire import Raised, decode
from eventlint.bulk.worker import LAST, Request, run_worker
from eventlint.errors import InputError
from eventlint.output.replacing import uninterrupted

if TYPE_CHECKING:
    from eventlint.bulk.chunk_memory import ChunkMemory
    from eventlint.bulk.options import BulkOptions
    from eventlint.job import Job

_UNREAD = 4 << 20
"""How many bytes of messages are kept for tasks whose turn has not come."""

_AHEAD = 3
"""How many tasks for each worker are begun before the first of them is done."""

Waiting = Connection | int
"""What becomes ready when there is another task."""


class Entry:
    """A task that a worker has begun.

    Attributes:
        messages: The messages that were received and not yet taken.
        is_done: Whether all messages were received.
    """

    __slots__ = ("is_done", "messages", "task")

    def __init__(self, task: Task) -> None:
        self.task = task
        self.messages: deque[bytes] = deque()
        self.is_done = isinstance(task, Failure)


class _Process:
    """A worker process, and the main process's end of the connection to it."""

    def __init__(self, process: Any, connection: Connection) -> None:
        self.process, self.connection = process, connection
        self.configs: set[str | None] = set()
        self.entry: Entry | None = None


class Pool:
    """Worker processes; use it as a context manager. When the run ends early, the processes are ended."""

    def __init__(self, most: int, options: BulkOptions, memory: ChunkMemory) -> None:
        """Take the largest number of processes; each is started when there is a task for it."""
        self._most = most
        self._options = options
        self._memory = memory
        # A forked process takes no time to start. Python forks by default on Linux up to version 3.13.
        self._context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
        self._entries: deque[Entry] = deque()
        self._workers: list[_Process] = []
        self._is_forked = self._context.get_start_method() == "fork"
        self._unread = self._chunks = 0

    def start_all(self) -> None:
        """Start all processes. Forked processes should be started before a thread is."""
        while len(self._workers) < self._most:
            self._start()

    def _start(self) -> _Process:
        ours, theirs = multiprocessing.Pipe()
        others = [one.connection for one in self._workers] + [ours] if self._is_forked else []
        memory = self._memory if self._is_forked else None
        process = self._context.Process(target=run_worker, args=(theirs, others, self._options, memory), daemon=True)
        with uninterrupted():  # a process that is not in the list would not be ended
            process.start()
            self._workers.append(_Process(process, ours))
        theirs.close()
        return self._workers[-1]

    @property
    def has_room(self) -> bool:
        """Whether another task can begin."""
        is_idle = len(self._workers) < self._most or any(worker.entry is None for worker in self._workers)
        # A chunk is read before its task begins, which must not wait for the memory of those that have begun.
        has_memory = self._chunks < self._memory.count - 1
        return is_idle and has_memory and self._unread < _UNREAD and len(self._entries) < _AHEAD * self._most

    @property
    def is_empty(self) -> bool:
        """Whether no task is left."""
        return not self._entries

    def begin(self, task: Task, job: Job | None) -> None:
        """Begin a task; the pool must have room."""
        entry = Entry(task)
        self._entries.append(entry)
        self._chunks += isinstance(task, ChunkTask)
        self._send(entry, job)

    def discard(self) -> Task:
        """Wait until the first task is done, and return it; its messages are discarded."""
        entry = self._entries[0]
        while True:
            self._unread -= sum(map(len, entry.messages))
            entry.messages.clear()
            if entry.is_done:
                break
            self.receive()
        return self._take_first()

    def _take_first(self) -> Task:
        task = self._entries.popleft().task
        self._chunks -= isinstance(task, ChunkTask)
        return task

    def _send(self, entry: Entry, job: Job | None) -> None:
        if entry.is_done:
            return
        worker = next((worker for worker in self._workers if worker.entry is None), None) or self._start()
        task: Any = entry.task
        data = task.data if isinstance(task, ChunkTask) else None
        is_shared = data is not None and task.slot >= 0 and self._is_forked
        is_new = job is not None and job.config not in worker.configs
        if job is not None:
            worker.configs.add(job.config)
        request = Request(
            task if data is None else task._replace(data=b""),
            job if is_new else None,
            size=-1 if data is None else len(data),
            is_shared=is_shared,
        )
        worker.entry = entry
        try:
            worker.connection.send(request)
            if data is not None and not is_shared:
                worker.connection.send_bytes(data)
        except (BrokenPipeError, ConnectionError) as error:
            raise _lost() from error

    @property
    def task(self) -> Task:
        """The task whose turn it is."""
        return self._entries[0].task

    def messages(self, feed: Callable[[], Sequence[int]], lines: int = 0) -> Iterator[Message]:
        """All messages of the first task.

        Args:
            feed: Called before each wait, to begin other tasks; it returns the file descriptors that it waits for.
            lines: The number of lines that come before the task in its file.
        """
        entry = self._entries[0]
        if isinstance(entry.task, Failure):
            self._take_first()
            yield entry.task
            yield End()
            return
        while True:
            while not entry.messages:
                waiting = feed()
                if not entry.messages:
                    self.receive(*waiting)
            raw = entry.messages.popleft()
            self._unread -= len(raw)
            for message in decode(memoryview(raw)[1:], lines):
                if isinstance(message, Raised):
                    raise message.error
                if isinstance(message, End):
                    self._take_first()
                    yield message
                    return
                yield message

    def receive(self, *also: Waiting) -> None:
        """Wait until a worker has sent a message, or something else becomes ready."""
        first = self._entries[0] if self._entries else None
        may_read = self._unread < _UNREAD
        waiting = {
            worker.connection: worker
            for worker in self._workers
            if worker.entry is not None and (may_read or worker.entry is first)
        }
        for ready in wait([*waiting, *also]):
            worker = waiting.get(ready)  # type: ignore[call-overload]
            if worker is not None:
                self._receive_from(worker)

    def _receive_from(self, worker: _Process) -> None:
        try:
            raw = worker.connection.recv_bytes()
        except (EOFError, OSError) as error:
            raise _lost() from error
        assert worker.entry is not None  # noqa: S101 - it has a task
        worker.entry.messages.append(raw)
        self._unread += len(raw)
        if raw.startswith(LAST):
            worker.entry.is_done = True
            worker.entry = None

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def _end(self) -> None:
        """End all processes: idle ones by themselves, others by a signal, after which they leave nothing behind."""
        for worker in self._workers:
            if worker.entry is not None:
                with suppress(OSError, ValueError):
                    worker.process.terminate()
            worker.connection.close()
        for worker in self._workers:
            worker.process.join()


def _lost() -> InputError:
    return InputError("a worker process was ended from outside, or ran out of memory; use fewer --jobs")
