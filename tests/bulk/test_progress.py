"""The progress of a long run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from eventlint.bulk.options import BulkOptions, Result
from eventlint.cli import progress
from eventlint.cli.runner import check_files
from eventlint.inputs.envelope import Envelope
from eventlint.job import Job
from eventlint.selection import Selection
from tests.bulk.conftest import GOOD


def job() -> Job:
    """A job for files of searches."""
    return Job(("latest",), None, "search", (), ".", None, Envelope(), False, None, selection=Selection())


def test_a_bar_shows_how_much_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """At the end, it has the size of all files, and it is written to standard error only."""
    path = tmp_path / "search.ndjson"
    path.write_text(f"{GOOD}\n" * 200)
    monkeypatch.setattr(progress, "DELAY_SECONDS", -1.0)
    options = BulkOptions(small=0, range_size=1000)
    failed: list[str] = []
    results: Iterator[Result] = check_files(
        iter([(job(), str(path))]), options, lambda: path.open("rb"), lambda *problem: failed.extend(problem), print
    )
    seen = progress._Position()
    for result in progress.with_progress(results, [str(path)]):
        seen.add(result)
    assert seen.read == path.stat().st_size == progress.total_size([str(path)])
    assert progress.total_size([str(tmp_path)]) is None
    assert failed == []
    assert capsys.readouterr().out == ""
