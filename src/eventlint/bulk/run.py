"""Tasks become results, in the order of the input, with line numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, BinaryIO

from eventlint.bulk.options import BulkOptions, Line, Result
from eventlint.bulk.planning import Local, Planner, Start, Step, Wait, wait_for
from eventlint.bulk.tasks import ChunkTask, Diff, Done, Failure, FileTask, LineTask, Message, Part, RangeTask, Task
from eventlint.bulk.work import Worker
from eventlint.errors import InputError
from eventlint.job import Job
from eventlint.light_dataclasses import replace
from eventlint.output import Rendered, Summary

if TYPE_CHECKING:
    from eventlint.bulk.journal import Progress
    from eventlint.bulk.pool import Pool


class Run:
    """Checks files.

    Attributes:
        is_cut: Whether the run ended at the limit.
    """

    def __init__(
        self,
        options: BulkOptions,
        stdin: Callable[[], BinaryIO],
        fail: Callable[[str, str], None],
        show_diff: Callable[[str], object],
        progress_of: Callable[[str], Progress | None] = lambda path: None,
    ) -> None:
        """Take how files are checked.

        Args:
            options: How files are divided.
            stdin: Returns standard input.
            fail: Receives each path that cannot be read, and the reason.
            show_diff: Receives the parts of a unified diff.
            progress_of: Returns how far the check of a file is; None if it begins.
        """
        self.is_cut = False
        self._options = options
        self._progress_of = progress_of
        self._planner = Planner(options, stdin, progress_of)
        self._worker = Worker(options)
        self._fail, self._show_diff = fail, show_diff
        self._left = options.limit
        self._size = 0
        self._path: str | None = None
        self._lines = 0
        self._has_envelopes = False
        self._failed: set[str] = set()

    def results(self, files: Iterator[tuple[Job, str]]) -> Iterator[Result]:
        """Check some files, each with its job."""
        steps = self._planner.steps(files)
        try:
            for step in steps:
                if self._is_parallel(step):
                    ahead = [step]
                    if isinstance(step, Start) and not step.needs_thread:
                        ahead += islice(steps, 1)
                    self._prepare(ahead[-1])
                    yield from self._in_processes(chain(ahead, steps))
                    return
                yield from self._here(step)
                if self._left is not None and self._left <= 0:
                    self.is_cut = True
                    return
        finally:
            steps.close()
            self._worker.close()

    # ---- in this process --------------------------------------------------------------------------------------------

    def _here(self, step: Step | Start | Local | Wait) -> Iterator[Result]:
        if isinstance(step, Wait):
            wait_for(step.descriptor)
        elif isinstance(step, Local):
            yield from self._of_stream(step)
        elif isinstance(step, Step):
            yield from self._repeated(step)
            self._free(step.task)

    def _repeated(self, step: Step) -> Iterator[Result]:
        """Carry out a task in this process, with what is known now."""
        if step.job is not None:
            self._worker.jobs[step.job.config] = step.job
        task = step.task
        if isinstance(task, LineTask):
            self._begin(task)
            task = task._replace(lines=task.lines._replace(has_envelopes=self._has_envelopes))
        yield from self._merged(step._replace(task=task), self._worker.work(task, self._left))

    def _free(self, task: Task) -> None:
        """Give back the memory of a chunk."""
        if isinstance(task, ChunkTask):
            self._planner.memory.free(task.slot)

    def _of_stream(self, step: Local) -> Iterator[Result]:
        from eventlint.bulk.whole_file import check_file

        try:
            checked = check_file(
                step.job, step.path, self._show_diff, step.stdin, limit=self._left, sample=self._options.sample
            )
            for findings, counts in checked:
                self._count(counts)
                yield Result(findings, counts)
        except InputError as error:
            self._fail(step.path, str(error))

    # ---- in worker processes ----------------------------------------------------------------------------------------

    def _is_parallel(self, step: Step | Start | Local | Wait) -> bool:
        """Whether worker processes are to be used from here on."""
        processes = self._options.processes
        if processes == 1 or isinstance(step, Wait | Local):
            return False
        self._size += step.size if isinstance(step, Start) else _size(step)
        return (
            self._size >= self._options.parallel_from
            if processes is None
            else isinstance(step, Start) or self._size > 0
        )

    def _prepare(self, step: Step | Start | Local | Wait) -> None:
        """Do what each worker process would have to do again."""
        from eventlint.bulk.preparation import prepare

        if isinstance(step, Step) and step.job is not None and isinstance(step.task, RangeTask):
            prepare(step.job, step.task, self._options)

    def _in_processes(self, steps: Iterator[Step | Start | Local | Wait]) -> Iterator[Result]:
        from eventlint.bulk.pool import Pool

        most = self._options.most_processes
        if most == 1 and self._options.processes is None:
            for step in steps:
                yield from self._here(step)
            return
        with Pool(most, self._options, self._planner.memory) as pool:
            yield from self._pooled(pool, steps)

    def _pooled(self, pool: Pool, steps: Iterator[Step | Start | Local | Wait]) -> Iterator[Result]:
        feeder = _Feeder(pool, steps)
        while True:
            waiting = feeder.feed()
            if not pool.is_empty:
                task = pool.task
                yield from self._first(pool, feeder)
                self._free(task)
                if self._left is not None and self._left <= 0:
                    self.is_cut = True
                    return
            elif feeder.held is not None:
                yield from self._of_stream(feeder.held)
                feeder.held = None
            elif waiting:
                wait_for(waiting[0])
            else:
                return

    def _first(self, pool: Pool, feeder: _Feeder) -> Iterator[Result]:
        """The results of the first task of the pool."""
        task = pool.task
        step = Step(None if isinstance(task, Failure) else feeder.jobs[task.config], task)
        if isinstance(task, LineTask):
            self._begin(task)
            if task.path in self._failed:
                pool.discard()
                return
            if task.lines.has_envelopes != self._has_envelopes:  # it was begun before that was known
                pool.discard()
                yield from self._repeated(step)
                return
        if self._left is None:
            yield from self._merged(step, pool.messages(feeder.feed))
            return
        messages = list(pool.messages(feeder.feed))
        if sum(one.counts.events for one in messages if isinstance(one, Part)) < self._left:
            yield from self._merged(step, iter(messages))
        else:
            yield from self._repeated(step)

    # ---- merging ----------------------------------------------------------------------------------------------------

    def _begin(self, task: LineTask) -> None:
        """Note what is known at the beginning of a file."""
        if task.path == self._path and task.start > 0:
            return
        self._path, self._lines, self._has_envelopes = task.path, 0, False
        progress = self._progress_of(task.path)
        if progress is not None:
            self._lines, self._has_envelopes = progress.lines, progress.has_envelopes

    def _count(self, counts: Summary) -> None:
        if self._left is not None:
            self._left -= counts.events

    def _merged(self, step: Step, messages: Iterator[Message]) -> Iterator[Result]:
        """The results of a task."""
        task, base = step.task, 0
        if isinstance(task, LineTask):
            if task.path in self._failed:
                return
            base = self._lines
        known = None if isinstance(task, Failure) else task
        for message in messages:
            if isinstance(message, Part):
                self._count(message.counts)
                yield Result([], message.counts, known)
                for found in message.found:
                    findings = [_shifted(one, base) for one in found.findings] if base else found.findings
                    line = Line(found.offset, found.length, found.line + base, found.unchecked)
                    yield Result(findings, Summary(), known, line if isinstance(task, LineTask) else None)
            elif isinstance(message, Diff):
                self._show_diff(message.text)
            elif isinstance(message, Failure):
                self._fail(*message)
                if isinstance(task, LineTask):
                    self._failed.add(task.path)
            elif isinstance(task, LineTask) and task.path in self._failed:
                continue
            elif isinstance(task, LineTask):
                self._lines += message.lines
                self._has_envelopes = message.has_envelopes
                yield Result([], Summary(), task, done=Done(message, self._lines))
            elif isinstance(task, FileTask):
                yield Result([], Summary(), task, done=Done(message, 0))


class _Feeder:
    """Begins the tasks of a pool.

    Attributes:
        jobs: The jobs so far, by their configuration.
        held: The stream that is checked when all tasks before it are done.
    """

    def __init__(self, pool: Pool, steps: Iterator[Step | Start | Local | Wait]) -> None:
        self.jobs: dict[str | None, Job] = {}
        self.held: Local | None = None
        self._pool, self._steps = pool, steps

    def feed(self) -> list[int]:
        """Begin tasks while there is room; returns the file descriptor that has to be waited for, if there is one."""
        while self.held is None and self._pool.has_room:
            step = next(self._steps, None)
            if step is None:
                break
            if isinstance(step, Wait):
                return [step.descriptor]
            if isinstance(step, Local):
                self.held = step
            elif isinstance(step, Step):
                if step.job is not None:
                    self.jobs[step.job.config] = step.job
                self._pool.begin(step.task, step.job)
            elif step.needs_thread:
                self._pool.start_all()
        return []


def _size(step: Step) -> int:
    """The size of a task that :class:`Start` has not counted, in bytes."""
    task = step.task
    if isinstance(task, FileTask):
        return task.size
    return len(task.data) if isinstance(task, ChunkTask) and not task.size else 0


def _shifted(one: Rendered, lines: int) -> Rendered:
    """A finding whose line number counts from the beginning of the file."""
    finding = one.finding
    position = finding.position
    finding = replace(
        finding,
        record=None if finding.record is None else finding.record + lines,
        position=None if position is None else replace(position, line=position.line + lines),
    )
    return one._replace(finding=finding)
