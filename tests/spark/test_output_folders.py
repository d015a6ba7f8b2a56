"""Outputs that would be read or replaced are found before anything is written."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("pyspark", reason="needs eventlint[spark]")

from eventlint import UsageError
from eventlint.spark.output_folders import require_separate


@pytest.mark.parametrize(
    ("source", "output"),
    [
        ("s3a://events/2026", "s3a://events/2026"),
        ("s3a://events/2026/", "s3a://events//2026"),
        ("s3a://events/2026", "s3a://events/2026/out"),
        ("s3a://events/2026/*.ndjson", "s3a://events/2026"),
        ("s3a://events/2026/*", "s3a://events/2026/out"),
        ("s3a://events/{2025,2026}/*", "s3a://events/2026/out"),
        ("s3a://events/2026", "/2026"),  # the default store may be this one
        ("in", "file:{here}/in/out"),
        ("in/../in", "in"),
        ("link", "in"),
    ],
)
def test_an_output_that_overlaps_an_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, output: str
) -> None:
    """The same folder in other words, one in the other, and what a glob matches."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "in")
    with pytest.raises(UsageError, match="overlaps the input"):
        require_separate([source], [output.replace("{here}", str(tmp_path))])


@pytest.mark.parametrize(
    ("source", "output"),
    [
        ("s3a://events/2026", "s3a://reports/2026"),
        ("s3a://events/2026", "s3a://events/2026-findings"),
        ("s3a://events/2026/*.ndjson", "s3a://events/2026/out"),
        ("s3a://events/{2025,2026}/*", "s3a://events/2027/out"),
        ("s3a://events/2026", "file:/events/2026"),
    ],
)
def test_an_output_beside_an_input(source: str, output: str) -> None:
    """Neighbors, files that a glob does not match, and other stores."""
    require_separate([source], [output])


def test_two_outputs_in_one_folder() -> None:
    """The second one would replace the first one."""
    with pytest.raises(UsageError, match="outputs must be separate folders: out/findings and out"):
        require_separate([], ["out/findings", "out/summary", "out"])
