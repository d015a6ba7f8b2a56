"""Prepares the main process, so that worker processes that are forked from it start with what it has learned.

Importing and compiling what faulty events need takes as long as checking some hundred of them. The start of a file
shows whether that will be needed.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from eventlint.job import Job, file_of

if TYPE_CHECKING:
    from eventlint.bulk.options import BulkOptions
    from eventlint.bulk.tasks import RangeTask

_MOST = 64
"""How many faulty events are checked."""


def prepare(job: Job, task: RangeTask, options: BulkOptions) -> None:
    """Check the suspect lines at the start of a range, and discard the result.

    Args:
        job: What to check.
        task: The range; if it cannot be read, a worker process will report that.
        options: How files are divided.
    """
    from eventlint.bulk.block_check import BlockChecker, Tools
    from eventlint.bulk.blocks import Block

    try:
        with open(task.path, "rb", buffering=0) as file:
            file.seek(task.start)
            data = file.read(min(options.block_size, task.stop - task.start))
    except OSError:
        return
    whole = data[: data.rfind(b"\n") + 1]
    if not whole:
        return
    checker = BlockChecker(Tools(job, file_of(job, task.path)), task.lines, options._replace(sample=None))
    for _ in islice(checker.check(Block(task.start, whole)), _MOST):
        pass
