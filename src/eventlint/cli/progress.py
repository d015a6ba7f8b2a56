"""A progress bar for long runs on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic
from typing import Any

from eventlint.bulk.options import Result
from eventlint.output import Summary

DELAY_SECONDS = 1.0


def with_progress(results: Iterator[Result]) -> Iterator[Result]:
    """Pass on the results, and show a progress bar after a delay."""
    start = monotonic()
    summary = Summary()
    bar: Any = None
    try:
        for result in results:
            findings = result.findings
            summary.add(result.counts)
            if bar is None and monotonic() - start > DELAY_SECONDS:
                bar = _bar()
            if bar is not None:
                if findings:
                    bar.stop()
                bar.update(bar.task_ids[0], files=summary.files, events=summary.events, completed=summary.size)
                yield result
                if findings:
                    bar.start()
            else:
                yield result
    finally:
        if bar is not None:
            bar.stop()


def _bar() -> Any:
    from rich import progress
    from rich.console import Console

    bar = progress.Progress(
        progress.SpinnerColumn(),
        progress.TextColumn("{task.fields[events]} events in {task.fields[files]} files"),
        progress.FileSizeColumn(),
        progress.TransferSpeedColumn(),
        progress.TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    bar.add_task("", total=None, files=0, events=0)
    bar.start()
    return bar
