"""Checks the events of files, one after another or in several processes; it must not know words of a command line."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

from eventlint.errors import InputError
from eventlint.file_check import Job, check_record, file_of, fix_file
from eventlint.inputs.files import format_of, records
from eventlint.output import Rendered, Summary

OFTEN = 1000
"""After how many events without findings the counts are handed on."""

Failed = Callable[[str, str], None]


def check_file(
    job: Job, path: str, stdin: Callable[[], BinaryIO], show: Callable[[str], object]
) -> Iterator[tuple[list[Rendered], Summary]]:
    """The findings of each event of a file, and the counts; before that it is mended, when it should be.

    Args:
        job: What to do.
        path: The file.
        stdin: Opens standard input.
        show: Takes what fixes would change.

    Raises:
        InputError: The file cannot be read, or written.
    """
    file = file_of(job, path)
    form = job.form
    if form is None and path == "-" and job.stdin_name:
        form = format_of(job.stdin_name)
    counts = Summary(files=1)
    counts.seen.update(file.suppressions)
    if job.fixes is not None and file.is_editable:
        counts.fixed = fix_file(job, file, form, show)
    for number, record in enumerate(records(path, form, job.envelope, stdin), 1):
        shown = check_record(job, file, record, counts)
        if shown or number % OFTEN == 0:
            yield shown, counts
            counts = Summary()
    yield [], counts


def _check_whole(job: Job, path: str) -> tuple[list[list[Rendered]], Summary, list[str], str | None]:
    """As :func:`check_file`, all at once, for another process to hand back; an error comes as a text."""
    summary = Summary()
    found: list[list[Rendered]] = []
    differences: list[str] = []
    try:
        for shown, counts in check_file(job, path, _no_stdin, differences.append):
            summary.add(counts)
            if shown:
                found.append(shown)
    except InputError as error:
        return found, summary, differences, str(error)
    return found, summary, differences, None


def _no_stdin() -> BinaryIO:
    raise InputError("standard input cannot be read by several processes")


def check_files(
    job: Job,
    paths: Iterator[str],
    jobs: int,
    stdin: Callable[[], BinaryIO],
    failed: Failed,
    show: Callable[[str], object],
) -> Iterator[tuple[list[Rendered], Summary]]:
    """The findings of each event of all files, in the files' order.

    Args:
        job: What to do.
        paths: The files.
        jobs: How many processes do it.
        stdin: Opens standard input.
        failed: Called with the name of each file that cannot be read, and why.
        show: Takes what fixes would change.
    """
    if jobs == 1:
        for path in paths:
            try:
                yield from check_file(job, path, stdin, show)
            except InputError as error:
                failed(path, str(error))
        return
    from concurrent.futures import ProcessPoolExecutor
    from functools import partial

    everything = list(paths)
    with ProcessPoolExecutor(jobs) as pool:
        for path, (found, summary, differences, problem) in zip(
            everything, pool.map(partial(_check_whole, job), everything, chunksize=16), strict=True
        ):
            for difference in differences:
                show(difference)
            yield [], summary
            for shown in found:
                yield shown, Summary()
            if problem is not None:
                failed(path, problem)
