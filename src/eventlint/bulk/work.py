"""Carries out a task, in this process or in a worker."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from eventlint.bulk.tasks import ChunkTask, Diff, End, Failure, FileTask, Identity, Message, Part, RangeTask, Task
from eventlint.errors import InputError
from eventlint.job import Job, file_of

if TYPE_CHECKING:
    from eventlint.bulk.block_check import Tools
    from eventlint.bulk.blocks import Block
    from eventlint.bulk.options import BulkOptions

FOUND_AT_ONCE = 100
"""The number of lines with findings after which they are passed on."""

_PAST = 16 << 10
"""How many bytes are read at once after the end of a range, to find the end of its last line."""


class Worker:
    """Carries out tasks one after another.

    Attributes:
        jobs: The jobs, by their configuration.
    """

    def __init__(self, options: BulkOptions) -> None:
        self.jobs: dict[str | None, Job] = {}
        self._options = options
        self._tools: Tools | None = None
        self._open: tuple[str, Any] | None = None

    def work(self, task: Task, limit: int | None = None, lines: int = 0) -> Iterator[Message]:
        """Carry out a task, and return what comes of it.

        Args:
            task: The task, whose job is known.
            limit: The number of events after which nothing is checked; None for no limit.
            lines: The number of lines that come before the task in its file.
        """
        if isinstance(task, FileTask):
            yield from self._check_files(task, limit)
        elif isinstance(task, Failure):
            yield task
        else:
            try:
                yield from self._check_lines(task, limit, lines)
                return
            except (OSError, InputError) as error:
                yield Failure(task.path, _reason(error))
        yield End()

    def _check_files(self, task: FileTask, limit: int | None) -> Iterator[Message]:
        from eventlint.bulk.block_check import Found
        from eventlint.bulk.whole_file import check_file

        job, left = self.jobs[task.config], limit
        for path in task.paths:
            diffs: list[str] = []
            try:
                for findings, counts in check_file(job, path, diffs.append, limit=left, sample=self._options.sample):
                    yield from map(Diff, diffs)
                    diffs.clear()
                    left = None if left is None else left - counts.events
                    yield Part([Found(findings, 0, 0, 0)] if findings else [], counts)
            except InputError as error:
                yield from map(Diff, diffs)
                yield Failure(path, str(error))
            if left is not None and left <= 0:
                return

    def _check_lines(self, task: RangeTask | ChunkTask, limit: int | None, lines: int) -> Iterator[Message]:
        """Check the lines of a range or a chunk."""
        from eventlint.bulk.block_check import BlockChecker, Tools

        job = self.jobs[task.config]
        if self._tools is None or self._tools.job is not job or self._tools.file.path != task.path:
            self._tools = Tools(job, file_of(job, task.path))
        checker = BlockChecker(self._tools, task.lines, self._options, limit)
        checker.lines = lines
        if task.start == 0:
            checker.counts.files += 1
            checker.counts.seen.update((job.config, number) for number in self._tools.file.suppressions)
        digest = _digest() if self._options.hashes else None
        offset, until, found = None, task.start, []
        for block in self._blocks(task, job):
            if digest is not None:
                digest.update(block.data)
            offset = block.offset if offset is None else offset
            until = block.offset + (block.length or len(block.data))
            for one in checker.check(block, is_torn=isinstance(task, ChunkTask) and task.is_torn):
                found.append(one)
                if len(found) >= FOUND_AT_ONCE:
                    yield Part(found, checker.take_counts())
                    found = []
            if checker.is_full:
                until = until if checker.until is None else checker.until
                break
        yield Part(found, checker.take_counts())
        yield End(
            lines=checker.lines - lines,
            has_envelopes=checker.has_envelopes,
            digest=digest.hexdigest() if digest else "",
            offset=task.start if offset is None else offset,
            until=until,
        )

    def _blocks(self, task: RangeTask | ChunkTask, job: Job) -> Iterator[Block]:
        from eventlint.bulk.blocks import Block, blocks

        if isinstance(task, ChunkTask):
            yield Block(task.start, task.data, task.length)
            return
        raw = self._opened(task)
        first = max(task.start - 1, 0)
        raw.seek(first)
        left = task.identity.size - first

        def read_into(view: memoryview) -> int:
            nonlocal left
            at = task.identity.size - left
            most = task.stop - at if at < task.stop else _PAST
            count: int = raw.readinto(view[: min(most, left)]) if left else 0
            if left and not count:
                raise OSError("the file became shorter while it was read")
            left -= count
            return count

        found = blocks(
            read_into,
            job.max_event_size,
            offset=first,
            stop=task.stop,
            size=self._options.block_size,
            is_aligned=task.start == 0,
        )
        yield from (block for block in found if block is not None)

    def _opened(self, task: RangeTask) -> Any:
        """The file of a range, which stays open for the next one."""
        if self._open is None or self._open[0] != task.path:
            self.close()
            self._open = task.path, open(task.path, "rb", buffering=0)  # noqa: SIM115 - closed with the next one
        if not task.identity.is_start_of(identity_of(os.fstat(self._open[1].fileno()))):
            raise OSError("the file was replaced while it was read")
        return self._open[1]

    def close(self) -> None:
        """Close the file of the last range."""
        if self._open is not None:
            self._open[1].close()
        self._open = None


def identity_of(status: os.stat_result) -> Identity:
    """What identifies the content of a file."""
    return Identity(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


def is_regular(status: os.stat_result) -> bool:
    """Whether a status is that of a regular file."""
    return stat.S_ISREG(status.st_mode)


def _digest() -> Any:
    from hashlib import sha256

    return sha256()


def _reason(error: Exception) -> str:
    strerror = getattr(error, "strerror", None)
    return strerror.lower() if strerror else str(error)
