"""A worker process: receives tasks, and sends back what comes of them. It writes no file but those that it fixes."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from multiprocessing.connection import Connection
from types import FrameType
from typing import TYPE_CHECKING, Any, NamedTuple

from eventlint.bulk.tasks import End, Task
from eventlint.bulk.wire import Raised, Reply, encode
from eventlint.bulk.work import Worker

if TYPE_CHECKING:
    from eventlint.bulk.chunk_memory import ChunkMemory
    from eventlint.bulk.options import BulkOptions
    from eventlint.job import Job

_SIGNALS = ("SIGTERM", "SIGHUP")
_ENDED = 4
_AT_ONCE = 2
"""How many replies are sent at once; most tasks have two."""


class Request(NamedTuple):
    """A task, without the data of a chunk.

    Attributes:
        job: Its job, if the worker does not have it yet.
        size: The size of the data in bytes; -1 if it is not a chunk.
        is_shared: Whether the data is in the memory for chunks. Otherwise it follows as bytes.
    """

    task: Task
    job: Job | None = None
    size: int = -1
    is_shared: bool = False


OTHER, LAST = b"\0", b"\1"
"""The first byte of what is sent, before some replies: whether the last one of the task is among them."""


def run_worker(
    connection: Connection, others: Sequence[Connection], options: BulkOptions, memory: ChunkMemory | None
) -> None:
    """Carry out tasks until the other end of the connection is closed.

    Args:
        connection: Where tasks come from.
        others: Connections of the main process, which a forked process has inherited; they are closed, so that each
            worker notices when the main process is gone.
        options: How files are divided.
        memory: The memory for chunks; None if the main process does not share it.
    """
    for other in others:
        other.close()
    _forget_files()
    end_by_signals()
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _numbers())  # they are held back while a process is started
    worker = Worker(options)
    try:
        while True:
            _answer(connection, worker, connection.recv(), memory)
    except (EOFError, OSError):  # the main process has finished, or is gone
        worker.close()


def _answer(connection: Connection, worker: Worker, request: Request, memory: ChunkMemory | None) -> None:
    """Carry out one task."""
    task: Any = request.task
    if request.is_shared and memory is not None:
        task = task._replace(data=memory.view(task.slot, request.size).toreadonly())
    elif request.size >= 0:
        task = task._replace(data=connection.recv_bytes())
    if request.job is not None:
        worker.jobs[request.job.config] = request.job
    messages = worker.work(task)
    replies: list[Reply] = []
    while True:
        try:
            replies.append(next(messages))
        except Exception as error:  # the main process raises it
            replies.append(Raised(error))
        is_last = isinstance(replies[-1], End | Raised)
        if is_last or len(replies) == _AT_ONCE:
            connection.send_bytes((LAST if is_last else OTHER) + encode(replies))
            replies.clear()
        if is_last:
            return


def end_by_signals() -> None:
    """End the process at the first signal, without the temporary files that it has created.

    The signals are handled between two steps of the interpreter. A temporary file is registered before it is created,
    so none is left. Nothing else is cleaned up, because another signal could interrupt it. An interrupt is for the main
    process.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in _SIGNALS:
        if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) is not signal.SIG_IGN:
            signal.signal(getattr(signal, name), _end)


def _numbers() -> set[int]:
    names = ("SIGINT", *_SIGNALS)
    return {getattr(signal, name) for name in names if hasattr(signal, name)}


def _forget_files() -> None:
    """Leave the temporary files of the main process alone, if this process was forked from it."""
    files = sys.modules.get("eventlint.output.files")
    if files is not None:
        files.forget_temporary_files()


def _end(number: int, frame: FrameType | None) -> None:
    for name in _SIGNALS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    files = sys.modules.get("eventlint.output.files")  # nothing was written if it was not imported
    if files is not None:
        files.remove_temporary_files()
    os._exit(_ENDED)
