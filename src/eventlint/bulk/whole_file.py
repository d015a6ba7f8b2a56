"""Checks a whole file in any format, after fixing it if that is wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

from eventlint.bulk.sampling import SKIPPED, Sample
from eventlint.errors import InputError
from eventlint.file_check import check_record, screen_of
from eventlint.inputs.files import records
from eventlint.job import Job, file_of
from eventlint.output import Rendered, Summary

COUNTS_EVERY = 1000
"""The number of events without findings after which the counts are passed on."""


def no_stdin() -> BinaryIO:
    """For where standard input is never read."""
    raise InputError("standard input cannot be read here")


def check_file(
    job: Job,
    path: str,
    show_diff: Callable[[str], object],
    stdin: Callable[[], BinaryIO] = no_stdin,
    limit: int | None = None,
    sample: Sample | None = None,
) -> Iterator[tuple[list[Rendered], Summary]]:
    """Check a file, and return the findings of an event, and the counts since the last result.

    Args:
        job: What to check.
        path: The file; ``-`` is standard input.
        show_diff: Receives the parts of a unified diff.
        stdin: Returns standard input.
        limit: The number of events after which nothing is read; None for no limit.
        sample: The events to check, by their number in the file; None for all.

    Raises:
        InputError: It cannot be read or fixed.
    """
    file = file_of(job, path)
    counts = Summary(files=1)
    counts.seen.update((job.config, number) for number in file.suppressions)
    blocked: str | None = None
    if job.fixes is not None and file.is_editable:
        from eventlint.file_fixes import fix_file, why_not_fixable

        blocked = why_not_fixable(job, file)
        counts.fixed = fix_file(job, file, job.form, show_diff) if blocked is None else 0
    found = records(
        *(path, job.form, job.envelope, stdin),
        name=job.stdin_name,
        screen=screen_of(job, file),
        prefixes=job.prefixes,
        most=job.max_event_size,
    )
    events = 0
    key = 0 if sample is None else sample.key(file.name)
    for number, record in enumerate(found, 1):
        if blocked is not None:
            record = record._replace(not_fixable=record.not_fixable or blocked)
        if sample is not None and not sample.has(key, number):
            counts.skip(SKIPPED)
            continue
        before = counts.events
        findings = check_record(job, file, record, counts)
        events += counts.events - before
        is_full = limit is not None and events >= limit
        if findings or number % COUNTS_EVERY == 0:
            yield findings, counts
            counts = Summary()
        if is_full:
            break
    yield [], counts
