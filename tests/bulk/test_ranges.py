"""However a file is divided, the result is that of the whole file."""

from __future__ import annotations

import gzip
import io
import itertools
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eventlint.bulk import archives, streams
from eventlint.bulk import run as bulk_run
from eventlint.bulk.blocks import ReadInto, blocks
from eventlint.bulk.pool import Pool
from tests.bulk.conftest import BAD, GOOD, Run, envelope

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LINES = [
    *[GOOD] * 4,
    BAD,
    *[envelope(GOOD)] * 3,
    envelope(GOOD, ts="2024-05-31T23:30:00-02:00"),
    envelope(BAD),
    *("", "  ", "\r", GOOD + "\r", "{", "{}x", "null", "é", "[]", f"[{GOOD},{BAD}]", "\ufeff" + GOOD),
    GOOD.replace('"q"', '"é"'),
    '{"event_type":"search","payload":{}}',
    '{"event_type":"nope","payload":{}}',
    '{"event_type":"search","collection":"","payload":' + GOOD + "}",
]
OPTIONS: list[list[str]] = [
    [],
    ["--skip-unknown"],
    ["--event-type", "search"],
    ["--collection", "shop,blog"],
    ["--collection", "blog"],
    ["--max-event-size", "100"],
    ["--release", "8.8,latest"],
    ["--statistics", "--time-pointer", "/ts"],
    ["--select", "lint"],
]


def draw(source: random.Random) -> bytes:
    """Some lines of a file, which may lack the last newline."""
    lines = [source.choice(LINES) for _ in range(source.randrange(15))]
    return ("\n".join(lines) + source.choice(["\n", ""])).encode()


@pytest.mark.parametrize("seed", range(8))
def test_every_division_gives_the_same_output(seed: int, run: Run, tmp_path: Path) -> None:
    """Ranges, blocks and processes of any number and size give the output of one process that reads all lines."""
    source = random.Random(seed)
    for number in range(12):
        name = source.choice(["search.ndjson", "events.ndjson", "events.log", "search.jsonl"])
        (tmp_path / name).write_bytes(draw(source))
        words = ["--format", source.choice(["json", "text"]), *source.choice(OPTIONS), name]
        if "--statistics" in words:
            words[1] = "json"
        whole = run(*words, processes=1)
        divided: dict[str, int] = {}
        for size in sorted({1, 64, source.randrange(1, 400)}):
            divided = {"range_size": size, "block_size": source.choice([1, 16, 300]), "small": 0}
            assert run(*words, processes=1, **divided) == whole
        if number == 0:
            assert run(*words, processes=2, **divided) == run(*words, processes=3, **divided) == whole


@pytest.mark.parametrize("processes", [1, 2])
def test_compressed_files_give_the_same_output(processes: int, run: Run, tmp_path: Path) -> None:
    """Also with a line that is cut by the end of a member or a frame, and an empty member."""
    data = draw(random.Random(3)) + b"\n" + (envelope(GOOD) + "\n" + BAD + "\n").encode() * 20
    (tmp_path / "search.ndjson").write_bytes(data)
    words = ["--format", "concise", "--show-answer"]
    plain = run(*words, "search.ndjson", processes=1).out.replace("[*] ", "").splitlines()[:-1]
    half = len(data) // 2
    (tmp_path / "search.ndjson.gz").write_bytes(
        gzip.compress(data[:half]) + gzip.compress(b"") + gzip.compress(data[half:])
    )
    (tmp_path / "search.ndjson.zst").write_bytes(zstd.compress(data[:half]) + zstd.compress(data[half:]))
    for suffix in (".gz", ".zst"):
        found = run(*words, f"search.ndjson{suffix}", processes=processes, small=0, block_size=50)
        assert found.out.replace(suffix, "").splitlines()[:-1] == plain


@pytest.mark.parametrize("processes", [2, 3])
def test_several_files_come_in_their_order(processes: int, run: Run, tmp_path: Path) -> None:
    """Small files, large files and other formats, with the counts of all."""
    for number in range(40):
        (tmp_path / f"{number:02}.search.ndjson").write_text(f"{GOOD}\n{BAD}\n" * (number % 5))
    (tmp_path / "05.http").write_text(f"POST _application/analytics/shop/event/search\n{BAD}\n")
    (tmp_path / "06.search.json").write_text(BAD)
    one = run("--statistics", ".", processes=1)
    assert run("--statistics", ".", processes=processes, small=200, range_size=100) == one
    text = run("--format", "json", ".", processes=1)
    assert run("--format", "json", ".", processes=processes, small=200, range_size=100) == text


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
@pytest.mark.parametrize("alone", [4, 6])
def test_workers_can_start_in_the_middle_of_a_file(
    alone: int, suffix: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The results of the lines before and after have the same order and line numbers."""
    lines = [envelope(GOOD if number % 3 else BAD, id=str(number)).encode() + b"\n" for number in range(400)]
    compress: dict[str, Callable[[bytes], bytes]] = {"": bytes, ".gz": gzip.compress, ".zst": zstd.compress}
    name = f"search.ndjson{suffix}"
    (tmp_path / name).write_bytes(b"".join(compress[suffix](b"".join(lines[at : at + 25])) for at in range(0, 400, 25)))
    monkeypatch.setattr(streams, "_SLOWER", 0)
    monkeypatch.setattr(archives, "_PIECE", 50)
    clock = itertools.count()
    monkeypatch.setattr(bulk_run, "thread_time", lambda: next(clock))
    begun: list[int] = []
    begin = Pool.begin

    def noted(pool: Pool, task: Any, job: Any) -> None:
        begun.append(task.start)
        begin(pool, task, job)

    monkeypatch.setattr(Pool, "begin", noted)
    divided = {"small": 0, "range_size": 3000, "block_size": 3000, "parallel_from": 0}
    whole = run("--format", "json", name, processes=1, small=0)
    assert run("--format", "json", name, processes=None, alone=alone, **divided) == whole
    assert begun[0] > 0
    assert len(begun) > 1


def test_findings_of_any_number_pass_through_the_pipes(run: Run, tmp_path: Path) -> None:
    """A worker that is ahead waits, and nothing is lost."""
    (tmp_path / "search.ndjson").write_text(f"{BAD}\n" * 1500)
    one = run("--format", "concise", "search.ndjson", processes=1)
    many = run("--format", "concise", "search.ndjson", processes=3, small=0, range_size=20_000, block_size=9_000)
    assert many == one
    assert one.out.count("\n") == 1501


def reader(data: bytes) -> ReadInto:
    """A function that reads some bytes."""
    return io.BytesIO(data).readinto


@pytest.mark.parametrize("size", [1, 2, 5, 100])
def test_blocks_have_each_line_of_their_range_once(size: int) -> None:
    """Lines belong to the range in which they begin."""
    source = random.Random(size)
    for _ in range(200):
        data = b"".join(source.choice([b"\n", b"a\n", b"bcd\n", b"\r\n", b"e" * 30 + b"\n"]) for _ in range(9))
        data += source.choice([b"", b"end"])
        step = source.randrange(1, 20)
        found = b""
        for start in range(0, len(data), step):
            first = max(start - 1, 0)
            for block in blocks(
                reader(data[first:]), 1000, offset=first, stop=start + step, size=size, is_aligned=start == 0
            ):
                assert block is not None
                assert block.offset == len(found)
                found += bytes(block.data)
        assert found == data


def test_a_line_that_is_too_large_is_one_block() -> None:
    """Only its start is kept, and its size is known; the lines around it are read."""
    data = b"a\n" + b"x" * 1000 + b"\nb\n"
    found = [(one.offset, bytes(one.data), one.length) for one in blocks(reader(data), 20, size=8) if one is not None]
    assert found == [(0, b"a\n", 0), (2, b"x" * 22, 1001), (1003, b"b\n", 0)]
