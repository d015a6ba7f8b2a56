"""How a run over files works, as one value that can be sent to a worker, and what comes of it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from eventlint.bulk.sampling import Sample

if TYPE_CHECKING:
    from eventlint.bulk.tasks import ChunkTask, Done, FileTask, RangeTask
    from eventlint.output import Rendered, Summary

RANGE = 4 << 20
BLOCK = 512 << 10


class BulkOptions(NamedTuple):
    """How files are divided, and which of their lines are checked.

    Attributes:
        processes: The number of worker processes; None for all cores if the input is large.
        sample: The lines to check; None for all.
        limit: The number of events after which the run ends; None for no limit.
        splits: Whether lines are written to files, so that every file must be NDJSON.
        hashes: Whether ranges are hashed.
        range_size: The size of a range of a file, in bytes.
        block_size: The bytes that are read at once.
        small: The size in bytes up to which a file is one task.
        parallel_from: The size in bytes from which an input is large.
        alone: How many seconds of CPU time the main process checks before it starts others. What it learns meanwhile,
            each of them would have to learn again.
    """

    processes: int | None = 1
    sample: Sample | None = None
    limit: int | None = None
    splits: bool = False
    hashes: bool = False
    range_size: int = RANGE
    block_size: int = BLOCK
    small: int = 1 << 20
    parallel_from: int = 8 << 20
    alone: float = 0.5

    @property
    def most_processes(self) -> int:
        """The number of worker processes that a large input may have: never more than there are cores."""
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        return min(self.processes or cores, cores)

    @property
    def is_by_line(self) -> bool:
        """Whether all NDJSON files are read in ranges, also small ones."""
        return self.splits or self.hashes or self.sample is not None


class LineFiles(NamedTuple):
    """The files that lines are written to, and the state of the run; None where they are not wanted.

    Attributes:
        clean: Lines whose events do not make the run fail.
        rejected: All other lines with events.
        reasons: Why lines are rejected: a JSON object for each.
        state: The state of a run that can be continued.
    """

    clean: str | None = None
    rejected: str | None = None
    reasons: str | None = None
    state: str | None = None

    def of_lines(self) -> dict[str, str | None]:
        """The files without the state, by their names."""
        return {"clean": self.clean, "rejected": self.rejected, "reasons": self.reasons}

    def paths(self) -> list[str]:
        """The files that are written."""
        return [path for path in self if path is not None]


class Line(NamedTuple):
    """A line that is not clean: its offset in the content, its length without the newline, and its number from 1.

    Attributes:
        unchecked: Why the event in it was not checked; None if it was.
    """

    offset: int
    length: int
    number: int
    unchecked: str | None


class Result(NamedTuple):
    """A part of the result of a run.

    Attributes:
        findings: The findings of one event.
        counts: What was counted since the last result.
        task: What the result is a part of; None for a file that is not divided.
        line: The line that the event is in, if it was read from a line.
        done: The end of the task, with its last result.
    """

    findings: list[Rendered]
    counts: Summary
    task: RangeTask | ChunkTask | FileTask | None = None
    line: Line | None = None
    done: Done | None = None
