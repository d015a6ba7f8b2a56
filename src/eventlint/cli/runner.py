"""Checks files: a few small ones in this process, and everything else in tasks."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

from eventlint.bulk.options import BulkOptions, Result
from eventlint.bulk.whole_file import check_file
from eventlint.errors import InputError
from eventlint.inputs.file_names import COMPRESSED
from eventlint.job import Job

if TYPE_CHECKING:
    from eventlint.bulk.journal import Progress

_SMALL_ARCHIVE = 64 << 10

Results = Iterator[Result]


def check_files(
    files: Iterator[tuple[Job, str]],
    options: BulkOptions,
    stdin: Callable[[], BinaryIO],
    fail: Callable[[str, str], None],
    show_diff: Callable[[str], object],
    progress_of: Callable[[str], Progress | None] | None = None,
) -> Results:
    """Check all files, each with its job, with results in their order.

    Args:
        files: The files.
        options: How files are divided.
        stdin: Returns standard input.
        fail: Receives each path that fails, and the reason.
        show_diff: Receives the parts of a unified diff.
        progress_of: Returns how far the check of a file is; None without a run that is continued.
    """
    size = 0
    for job, path in files:
        small = _small_size(path, options, stdin)
        if small is None or size + small >= options.parallel_from:
            from eventlint.bulk.run import Run

            run = Run(options, stdin, fail, show_diff, progress_of or (lambda path: None))
            yield from run.results(chain([(job, path)], files))
            if run.is_cut:
                print(f"eventlint: note: stopped after {options.limit} events; the rest was not read", file=sys.stderr)
            return
        size += small
        try:
            for findings, counts in check_file(job, path, show_diff, stdin):
                yield Result(findings, counts)
        except InputError as error:
            fail(path, str(error))


def _small_size(path: str, options: BulkOptions, stdin: Callable[[], BinaryIO]) -> int | None:
    """The size of a small file that is checked in this process without more ado; None for others.

    Such a run must start quickly, so that it imports nothing else.
    """
    if options.is_by_line or options.limit is not None or options.processes not in (1, None):
        return None
    try:
        status = os.fstat(stdin().fileno()) if path == "-" else os.stat(path)
    except (OSError, ValueError, AttributeError):
        return 0 if path != "-" else None
    if not stat.S_ISREG(status.st_mode):
        return None if path == "-" or not path.endswith(COMPRESSED) else 0
    most = min(_SMALL_ARCHIVE, options.small) if path.endswith(COMPRESSED) else options.small
    return status.st_size if status.st_size <= most else None
