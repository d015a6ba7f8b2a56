"""Fixes the events of one file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from eventlint.file_check import screen_of
from eventlint.fix_trials import fixes_of
from eventlint.inputs.files import records
from eventlint.inputs.record import Record
from eventlint.job import File, Job, event_type_of

if TYPE_CHECKING:
    from eventlint.fixes.record_changes import Change


def why_not_fixable(job: Job, file: File) -> str | None:
    """Why no event of a file is to be fixed: a part of the file is not understood; else None."""
    screen = screen_of(job, file)
    return blocked_reason(
        records(file.path, job.form, job.envelope, screen=screen, prefixes=job.prefixes, most=job.max_event_size)
    )


def blocked_reason(found: Iterable[Record]) -> str | None:
    """Why none of the events of a file is to be fixed; None if they can be."""
    record = next((record for record in found if record.blocks_fixes), None)
    return None if record is None else f"line {record.place.line} of the file is not JSON"


def fix_file(job: Job, file: File, form: str | None, show: Callable[[str], object]) -> int:
    """Fix all events of a file, and return the number of findings that were fixed, or would be fixed.

    The file is replaced atomically; a file without fixes is not written. With ``show_difference``, nothing is written,
    and ``show`` receives a unified diff.
    """
    from eventlint.fixes.file_edits import apply_changes, show_changes

    screen = screen_of(job, file)
    found = records(file.path, form, job.envelope, screen=screen, prefixes=job.prefixes, most=job.max_event_size)
    changes = changes_of(job, file, found)
    if job.show_difference:
        return show_changes(file.path, file.name, changes, show)
    return apply_changes(file.path, changes)


def changes_of(job: Job, file: File, found: Iterable[Record]) -> Iterator[Change]:
    """The changes that fix the events of a file, one event after another; ``fixes`` of the job are those to apply."""
    for record in found:
        is_known = record.request is not None or event_type_of(job, file, record) is not None
        is_read = record.problem is None and record.unchecked is None
        if is_read and is_known and not record.is_clean:
            yield from fixes_of(job, file, record, unsafe=job.fixes == "unsafe").changes
