"""Checks files, one after another or in several processes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from eventlint.cli.termination import end_worker_by_signals
from eventlint.errors import InputError
from eventlint.file_check import check_record, fix_file, screen_of, why_not_fixable
from eventlint.inputs.files import records
from eventlint.job import Job, file_of
from eventlint.output import Rendered, Summary

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

COUNTS_EVERY = 1000
"""The number of events without findings after which the counts are passed on."""

Results = Iterator[tuple[list[Rendered], Summary]]
"""The findings of an event, and the counts since the last result."""


def check_files(
    tasks: Iterator[tuple[Job, str]],
    processes: int,
    stdin: Callable[[], BinaryIO],
    fail: Callable[[str, str], None],
    show_diff: Callable[[str], object],
) -> Results:
    """Check all files, each with its job, with results in their order.

    ``fail`` receives each path that fails, and the reason.
    """
    if processes == 1:
        for job, path in tasks:
            try:
                yield from check_file(job, path, stdin, show_diff)
            except InputError as error:
                fail(path, str(error))
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    jobs: dict[str | None, Job] = {}
    numbered = [(jobs.setdefault(job.config, job).config, path) for job, path in tasks]
    workers = max(1, min(processes, _cores(), len(numbered)))
    try:
        with (
            ProcessPoolExecutor(workers, initializer=_start_worker, initargs=(jobs,)) as pool,
            _cancelled_on_error(pool),
        ):
            done = pool.map(_check_whole_file, numbered, chunksize=16)
            for (_, path), (found, summary, diffs, problem) in zip(numbered, done, strict=True):
                for diff in diffs:
                    show_diff(diff)
                yield [], summary
                for findings in found:
                    yield findings, Summary()
                if problem is not None:
                    fail(path, problem)
    except BrokenProcessPool as error:
        raise InputError("a worker process was ended from outside, or ran out of memory; use fewer --jobs") from error


def _cores() -> int:
    """The number of processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def check_file(job: Job, path: str, stdin: Callable[[], BinaryIO], show_diff: Callable[[str], object]) -> Results:
    """Fix a file if the job asks for it, then check its events."""
    file = file_of(job, path)
    counts = Summary(files=1)
    counts.seen.update((job.config, number) for number in file.suppressions)
    blocked: str | None = None
    if job.fixes is not None and file.is_editable:
        blocked = why_not_fixable(job, file)
        counts.fixed = fix_file(job, file, job.form, show_diff) if blocked is None else 0
    screen = screen_of(job, file)
    found = records(
        *(path, job.form, job.envelope, stdin),
        name=job.stdin_name,
        screen=screen,
        prefixes=job.prefixes,
        most=job.max_event_size,
    )
    for number, record in enumerate(found, 1):
        if blocked is not None:
            record = record._replace(not_fixable=record.not_fixable or blocked)
        findings = check_record(job, file, record, counts)
        if findings or number % COUNTS_EVERY == 0:
            yield findings, counts
            counts = Summary()
    yield [], counts


@contextmanager
def _cancelled_on_error(pool: ProcessPoolExecutor) -> Iterator[None]:
    """Leave out what no worker has begun when the run ends early."""
    try:
        yield
    except BaseException:
        pool.shutdown(cancel_futures=True)
        raise


def _start_worker(jobs: dict[str | None, Job]) -> None:
    """Receive the jobs. An interrupt is for the main process, which waits for the files that are being written."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_worker_by_signals()
    _JOBS.update(jobs)


_JOBS: dict[str | None, Job] = {}
"""The jobs of a worker process, by their configuration; the process receives each of them once."""


def _check_whole_file(task: tuple[str | None, str]) -> tuple[list[list[Rendered]], Summary, list[str], str | None]:
    """Check a file in a worker process: findings, counts, diffs, and the error if there is one."""
    job, path = _JOBS[task[0]], task[1]
    summary = Summary()
    found: list[list[Rendered]] = []
    diffs: list[str] = []
    try:
        for findings, counts in check_file(job, path, _no_stdin, diffs.append):
            summary.add(counts)
            if findings:
                found.append(findings)
    except InputError as error:
        return found, summary, diffs, str(error)
    return found, summary, diffs, None


def _no_stdin() -> BinaryIO:
    raise InputError("several processes cannot read standard input")
