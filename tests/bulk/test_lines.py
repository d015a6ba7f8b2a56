"""Files of clean and rejected lines, the limit, and samples."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.bulk.conftest import BAD, GOOD, Run, envelope

LINT = GOOD.replace('"q"', '""')
SPLIT = ["--write-clean", "clean", "--write-rejected", "rejected", "--reasons", "reasons"]


def read(folder: Path, name: str) -> list[bytes]:
    """The lines of a file, with their ends."""
    return (folder / name).read_bytes().splitlines(keepends=True)


def reasons(folder: Path) -> list[dict[str, Any]]:
    """The reasons."""
    return [json.loads(line) for line in read(folder, "reasons")]


def test_each_line_is_in_one_of_two_files(run: Run, tmp_path: Path) -> None:
    """The bytes are those of the input, and only a missing last newline is added."""
    lines = [GOOD, BAD, "", LINT + "\r", "[" + GOOD + "," + BAD + "]", envelope(GOOD), "{", "é", GOOD]
    (tmp_path / "search.ndjson").write_bytes("\n".join(lines).encode())
    run(*SPLIT, "search.ndjson", range_size=40, block_size=16)
    clean = [lines[0], lines[3], lines[5], lines[8]]
    rejected = [lines[1], lines[4], lines[6], lines[7]]
    assert (tmp_path / "clean").read_bytes() == "".join(f"{line}\n" for line in clean).encode()
    assert (tmp_path / "rejected").read_bytes() == "".join(f"{line}\n" for line in rejected).encode()
    assert [(one["line"], one["rules"], one["pointers"]) for one in reasons(tmp_path)] == [
        (2, ["unknown-field"], ["/search/x"]),
        (5, ["unknown-field"], ["/search/x"]),
        (7, ["truncated-json"], [""]),
        (8, ["invalid-encoding"], [""]),
    ]


@pytest.mark.parametrize("processes", [1, 2])
def test_no_line_is_lost_or_repeated(processes: int, run: Run, tmp_path: Path) -> None:
    """For several files, divided in any way, also compressed ones."""
    import gzip

    source = random.Random(processes)
    everything: list[bytes] = []
    for number in range(3):
        lines = [source.choice([GOOD, BAD, LINT, envelope(GOOD), "{"]).encode() + b"\n" for _ in range(60)]
        everything += lines
        name = f"search.{number}.ndjson"
        if number == 1:
            (tmp_path / f"{name}.gz").write_bytes(gzip.compress(b"".join(lines)))
        else:
            (tmp_path / name).write_bytes(b"".join(lines))
    run(*SPLIT, ".", processes=processes, range_size=source.randrange(1, 500), block_size=77)
    found = read(tmp_path, "clean") + read(tmp_path, "rejected")
    assert sorted(found) == sorted(everything)
    assert len(reasons(tmp_path)) == len(read(tmp_path, "rejected"))


def test_a_line_that_was_not_checked_is_not_clean(run: Run, tmp_path: Path) -> None:
    """Neither one that is skipped, nor one that is too large, whose bytes are all written."""
    big = GOOD.replace('"q"', '"' + "q" * 100_000 + '"')
    (tmp_path / "events.ndjson").write_text(f"{GOOD}\n{envelope(GOOD)}\n{envelope(big)}\n{envelope(GOOD)}\n")
    run(*SPLIT, "--skip-unknown", "--max-event-size", "1K", "events.ndjson", block_size=2_000)
    assert read(tmp_path, "clean") == [f"{envelope(GOOD)}\n".encode()] * 2
    assert read(tmp_path, "rejected") == [f"{GOOD}\n".encode(), f"{envelope(big)}\n".encode()]
    assert [one.get("unchecked") for one in reasons(tmp_path)] == ["no event type", None]


def test_the_tiers_that_fail_decide(run: Run, tmp_path: Path) -> None:
    """A lint finding rejects a line only with ``--fail-on lint``; a known finding does not."""
    (tmp_path / "search.ndjson").write_text(f"{GOOD}\n{LINT}\n")
    run(*SPLIT, "--fail-on", "lint", "search.ndjson")
    assert read(tmp_path, "rejected") == [f"{LINT}\n".encode()]
    run("--write-baseline", "search.ndjson")
    run(*SPLIT, "--fail-on", "lint", "--baseline", "eventlint-baseline.json", "search.ndjson")
    assert read(tmp_path, "rejected") == []


def test_only_ndjson_can_be_written(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another file is an error; one event in one line is a line."""
    (tmp_path / "search.json").write_text(GOOD)
    (tmp_path / "search.2.json").write_text(GOOD.replace(",", ",\n"))
    (tmp_path / "search.3.ndjson").write_bytes(f"{GOOD}\n{GOOD}\n".encode("utf-16"))
    assert run(*SPLIT, "search.json", "search.2.json", "search.3.ndjson").code == 4
    assert capsys.readouterr().err.count("it is not NDJSON in UTF-8") == 2
    assert read(tmp_path, "clean") == [f"{GOOD}\n".encode()]


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("limit", [1, 3, 20, 21, 1000])
def test_the_limit_counts_events(
    limit: int, processes: int, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Elements of arrays are events, and the lines that were read are written."""
    lines = [GOOD, BAD, f"[{GOOD},{BAD},{GOOD}]", "", GOOD] * 8
    (tmp_path / "search.ndjson").write_text("".join(f"{line}\n" for line in lines))
    (tmp_path / "z.search.json").write_text(GOOD.replace(",", ",\n"))
    found = run("--limit", str(limit), ".", processes=processes, small=10, range_size=333, block_size=100)
    assert f" in {min(limit, 49)} event" in found.out
    assert ("stopped after" in capsys.readouterr().err) == (limit < 49)


@pytest.mark.parametrize("processes", [1, 2])
def test_a_sample_does_not_depend_on_the_division(processes: int, run: Run, tmp_path: Path) -> None:
    """The share is about that which was asked for; skipped events are counted, and only chosen lines are written."""
    (tmp_path / "search.ndjson").write_text(f"{GOOD}\n{BAD}\n" * 1000)
    words = ["--sample", "0.1", "--statistics", "search.ndjson"]
    one = run(*SPLIT, *words)
    written = read(tmp_path, "clean") + read(tmp_path, "rejected")
    assert 140 < len(written) < 260
    assert f"{2000 - len(written)} events skipped (not in the sample: {2000 - len(written)})" in one.out
    assert run(*SPLIT, *words, processes=processes, range_size=999, block_size=50) == one
    assert read(tmp_path, "clean") + read(tmp_path, "rejected") == written
    assert run("--seed", "1", *words) != one


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--seed", "1"], "--seed requires --sample"),
        (["--sample", "0"], "--sample: '0' is not a number greater than 0 and at most 1"),
        (["--sample", "nan"], "--sample: 'nan' is not a number greater than 0 and at most 1"),
        (["--limit", "0"], "--limit: '0' is not a positive integer"),
        (["--write-clean", "a", "--fix"], "--write-clean cannot be used with --fix, --diff or --write-baseline"),
        (["--write-clean", "a", "--reasons", "./a"], "write to the same file"),
        (["--resume", "a", "-"], "--resume cannot be used with standard input, which cannot be read again"),
        (["--resume", "a", "--limit", "3"], "--resume cannot be used with --limit, --output or a baseline"),
        (["--resume", "a", "--format", "json"], "--resume requires --statistics, or --format text, concise or jsonl"),
    ],
)
def test_wrong_combinations(words: list[str], message: str, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """The usage error names the options."""
    assert run(*words).code == 2
    assert message in capsys.readouterr().err


def test_standard_input_is_divided(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It gives the output of a file, with any number of processes."""
    data = f"{GOOD}\n{BAD}\n" * 300 + GOOD
    (tmp_path / "search.ndjson").write_text(data)
    expected = run("--format", "json", "search.ndjson")
    for processes in (1, 2):
        with (tmp_path / "search.ndjson").open() as stream:
            monkeypatch.setattr(sys, "stdin", stream)
            words = ["--format", "json", "-", "--stdin-filename", "search.ndjson"]
            found = run(*words, processes=processes, small=0, block_size=1000)
        assert json.loads(found.out)["summary"] == json.loads(expected.out)["summary"]
        lines = [[one["line"] for one in json.loads(text.out)["findings"]] for text in (found, expected)]
        assert lines[0] == lines[1]
