"""A progress bar on a terminal, for runs that take long; it must not know what is counted."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic
from typing import Any

from eventlint.output import Rendered, Summary

PATIENCE = 1.0
"""After how many seconds the bar appears."""


def with_progress(found: Iterator[tuple[list[Rendered], Summary]]) -> Iterator[tuple[list[Rendered], Summary]]:
    """Hand on what is found, and show how far the run is, once it has lasted for a while."""
    start = monotonic()
    summary = Summary()
    bar: Any = None
    try:
        for shown, counts in found:
            summary.add(counts)
            if bar is None and monotonic() - start > PATIENCE:
                bar = _bar()
            if bar is not None:
                if shown:
                    bar.stop()
                bar.update(bar.task_ids[0], files=summary.files, events=summary.events, completed=summary.size)
                yield shown, counts
                if shown:
                    bar.start()
            else:
                yield shown, counts
    finally:
        if bar is not None:
            bar.stop()


def _bar() -> Any:
    from rich.console import Console
    from rich.progress import (
        FileSizeColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
        TransferSpeedColumn,
    )

    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.fields[events]} events of {task.fields[files]} files"),
        FileSizeColumn(),
        TransferSpeedColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    bar.add_task("", total=None, files=0, events=0)
    bar.start()
    return bar
