"""The native scanner for a job, if the library is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eventlint.job import File, Job

if TYPE_CHECKING:
    from eventlint.bulk.scanner import Scanner


def native_scanner(job: Job, file: File, fallback: Scanner) -> Scanner | None:
    """The native scanner; None if there is none, or it cannot judge the events of the job.

    Args:
        job: What to check.
        file: The file that the lines are from.
        fallback: The scanner for buffers that the native one cannot judge.
    """
    return None
