"""Damaged archives: what can be read is checked, and the rest is reported."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

import pytest

from tests.bulk.conftest import BAD, GOOD, Run

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PARTS = [f"{GOOD}\n{BAD}\n".encode() * 50 for _ in range(3)]


def compressed(suffix: str) -> list[bytes]:
    """Three members or frames of 100 lines each."""
    if suffix == ".gz":
        return [gzip.compress(part) for part in PARTS]
    options = {int(zstd.CompressionParameter.checksum_flag): 1}
    return [zstd.compress(part, options=options) for part in PARTS]


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
@pytest.mark.parametrize("processes", [1, 2])
def test_reading_continues_after_a_damaged_part(
    suffix: str, processes: int, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The error names the bytes, the exit code is 4, and the parts before and after are checked."""
    first, second, third = compressed(suffix)
    damaged = second[:20] + bytes(byte ^ 0xFF for byte in second[20:40]) + second[40:]
    (tmp_path / f"search.ndjson{suffix}").write_bytes(first + damaged + third)
    found = run("--format", "concise", f"search.ndjson{suffix}", processes=processes, small=0)
    assert found.code == 4
    error = capsys.readouterr().err
    assert f"in the part that begins at byte {len(first)} (" in error
    assert f"reading continued at byte {len(first) + len(second)}\n" in error
    assert found.out.count("unknown-field") >= 100


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_an_archive_that_ends_too_early(
    suffix: str, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is left of the last line is counted as unchecked, not as an event that is cut off."""
    first, second, _ = compressed(suffix)
    (tmp_path / f"search.ndjson{suffix}").write_bytes(first + second[: len(second) - 5])
    found = run("--format", "concise", f"search.ndjson{suffix}", processes=1, small=0)
    assert found.code == 4
    assert "it ends too early); the rest was not read\n" in capsys.readouterr().err
    assert "truncated-json" not in found.out


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_torn_line_is_counted(suffix: str, run: Run, tmp_path: Path) -> None:
    """Neither the start nor the end of a line is taken for an event; a whole line after a damage is checked."""
    whole = f"{GOOD}\n".encode()
    pack = gzip.compress if suffix == ".gz" else zstd.compress
    torn, rest = pack(whole + whole[:30]), pack(whole[30:] + whole)
    (tmp_path / f"search.ndjson{suffix}").write_bytes(torn + b"garbage" + rest)
    found = run(f"search.ndjson{suffix}", processes=1, small=0)
    assert found == (4, "nothing found in 2 events in 1 file; 2 events not checked (damaged in the archive: 2)\n")
    (tmp_path / f"search.ndjson{suffix}").write_bytes(pack(whole) + b"garbage" + pack(whole))
    assert run(f"search.ndjson{suffix}", processes=1, small=0) == (4, "nothing found in 2 events in 1 file\n")


def test_zeros_after_the_last_member_are_padding(run: Run, tmp_path: Path) -> None:
    """As in an archive on a tape."""
    (tmp_path / "search.ndjson.gz").write_bytes(gzip.compress(f"{GOOD}\n".encode()) + bytes(1000))
    assert run("search.ndjson.gz", processes=1, small=0) == (0, "nothing found in 1 event in 1 file\n")
