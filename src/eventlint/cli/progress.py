"""A progress bar for long runs on a terminal."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from time import monotonic
from typing import Any

from eventlint.bulk.options import Result
from eventlint.output import Summary

DELAY_SECONDS = 1.0


def with_progress(results: Iterator[Result], paths: Sequence[str] = ()) -> Iterator[Result]:
    """Pass on the results, and show a progress bar after a delay.

    Args:
        results: The results.
        paths: What is read. If these are files, the bar shows the percentage and the time that is left.
    """
    start = monotonic()
    summary = Summary()
    position = _Position()
    bar: Any = None
    try:
        for result in results:
            findings = result.findings
            summary.add(result.counts)
            position.add(result)
            if bar is None and monotonic() - start > DELAY_SECONDS:
                bar = _bar(total_size(paths))
            if bar is not None:
                if findings:
                    bar.stop()
                bar.update(bar.task_ids[0], files=summary.files, events=summary.events, completed=position.read)
                yield result
                if findings:
                    bar.start()
            else:
                yield result
    finally:
        if bar is not None:
            bar.stop()


def total_size(paths: Sequence[str]) -> int | None:
    """The size of some files in bytes; None if one of the paths is not a regular file."""
    if not all(map(os.path.isfile, paths)):
        return None
    return sum(map(os.path.getsize, paths)) or None


class _Position:
    """How far a run is.

    Attributes:
        read: The bytes of the files that were read, before decompression.
    """

    def __init__(self) -> None:
        self.read = 0
        self._path = ""
        self._in_file = 0

    def add(self, result: Result) -> None:
        """Note a result."""
        task = result.task
        path: str = getattr(task, "path", "")
        if not path:
            self.read += result.counts.size
        elif result.done is not None:
            if path != self._path:
                self._path, self._in_file = path, 0
            now: int = getattr(task, "position", 0) or getattr(task, "stop", 0)
            self.read += max(now - self._in_file, 0)
            self._in_file = max(now, self._in_file)


def _bar(total: int | None) -> Any:
    from rich import progress
    from rich.console import Console

    columns: list[progress.ProgressColumn] = [
        progress.SpinnerColumn(),
        progress.TextColumn("{task.fields[events]} events in {task.fields[files]} files"),
    ]
    if total is not None:
        columns += [progress.BarColumn(20), progress.TaskProgressColumn()]
    columns += [progress.FileSizeColumn(), progress.TransferSpeedColumn(), progress.TimeElapsedColumn()]
    if total is not None:
        columns += [progress.TextColumn("left:"), progress.TimeRemainingColumn()]
    bar = progress.Progress(*columns, console=Console(stderr=True), transient=True)
    bar.add_task("", total=total, files=0, events=0)
    bar.start()
    return bar
