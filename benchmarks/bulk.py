"""Measure the check of large NDJSON files relative to a script of ten lines and to decompression alone.

Run ``python -m benchmarks.bulk [MEGABYTES]``. The script reads lines with orjson and validates them with jsonschema-rs.
It finds no duplicate keys, and neither losses nor lint. CPU time is that of all processes; each figure is the minimum
of interleaved rounds.
"""

from __future__ import annotations

import json
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from benchmarks.events import clean, faulty
from benchmarks.rows import Row, show
from eventlint.spec.bundles import bundle

ROUNDS = 5
SCRIPT = """
import json, sys
import jsonschema_rs, orjson
validator = jsonschema_rs.validator_for(json.load(open(sys.argv[1])))
is_envelope, bad = sys.argv[3] == "envelope", 0
with open(sys.argv[2], "rb") as file:
    for line in file:
        event = orjson.loads(line)
        bad += not validator.is_valid(event["payload"] if is_envelope else event)
print(bad)
"""


class Cost(NamedTuple):
    """What a command takes: seconds of CPU time and of wall time, and the peak memory of a process in MiB."""

    cpu: float
    wall: float
    memory: float


def cost(words: list[str], *, pipe_to: list[str] | None = None) -> Cost:
    """Run a command, whose output is discarded."""
    code = """
import json, resource, subprocess, sys
words, after = json.loads(sys.argv[1])
if after is None:
    subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
else:
    first = subprocess.Popen(words, stdout=subprocess.PIPE)
    subprocess.run(after, stdin=first.stdout, stdout=subprocess.DEVNULL)
    first.wait()
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
    begin = perf_counter()
    done = subprocess.run(
        [sys.executable, "-S", "-c", code, json.dumps([words, pipe_to])], capture_output=True, text=True, check=True
    )
    wall = perf_counter() - begin
    cpu, memory = map(float, done.stdout.split())
    return Cost(cpu, wall, memory / (1024 if sys.platform != "darwin" else 1024 * 1024))


def write(path: Path, size: int, *, is_envelope: bool, share: float) -> None:
    """Write a file of some megabytes, in which a share of the events is faulty."""
    good, bad, source = clean(2_000), faulty(2_000), random.Random(1)

    def lines() -> Iterator[bytes]:
        for number in range(2_000):
            event = bad[number] if source.random() < share else good[number]
            if is_envelope:
                event = {"event_type": "search_click", "collection": f"shop-{number % 7}", "payload": event}
            yield json.dumps(event, separators=(",", ":")).encode() + b"\n"

    block = b"".join(lines())
    with path.open("wb") as file:
        for _ in range(max(1, (size << 20) // len(block))):
            file.write(block)


def least(*commands: Callable[[], Cost], rounds: int = ROUNDS) -> list[Cost]:
    """The smallest cost of each command, in interleaved rounds."""
    table = [[command() for command in commands] for _ in range(rounds)]
    return [Cost(*map(min, zip(*column, strict=True))) for column in zip(*table, strict=True)]


CHECK = [sys.executable, "-m", "eventlint", "check", "--isolated", "--statistics"]


def files(size: int) -> Iterator[Row]:
    """Check files of some megabytes; the script reads the same files."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "schema").write_text(json.dumps(bundle("search_click")))
        memory = 0.0
        for is_envelope in (False, True):
            for share, bar in ((0.0, 0.65), (0.005, 1.0)):
                path = folder / f"search_click-{is_envelope}-{share}.ndjson"
                write(path, size, is_envelope=is_envelope, share=share)
                kind = "envelope" if is_envelope else "event"
                script = [sys.executable, "-c", SCRIPT, str(folder / "schema"), str(path), kind]
                ours, theirs = least(partial(cost, [*CHECK, str(path)]), partial(cost, script))
                speed = path.stat().st_size / 1e6 / ours.wall
                detail = f"{ours.cpu:.2f} s, {theirs.cpu:.2f} s, {speed:.0f} MB/s of wall time"
                what = f"check of {size} MB / script: {kind}s, {share:.1%} faulty"
                yield Row(what, ours.cpu / theirs.cpu, bar, detail=detail)
                memory = max(memory, ours.memory)
        zstd = shutil.which("zstd")
        if zstd is not None:
            row, more = archive(folder / "search_click-False-0.0.ndjson", zstd)
            yield row
            memory = max(memory, more)
        yield Row("peak memory of a process in MiB", memory, 30)


def archive(path: Path, zstd: str) -> tuple[Row, float]:
    """An archive relative to decompression and counting of lines, and the peak memory in MiB."""
    packed = path.with_name(path.name + ".zst")
    subprocess.run([zstd, "-q", str(path), "-o", str(packed)], check=True)
    ours, theirs = least(
        partial(cost, [*CHECK, str(packed)]), partial(cost, [zstd, "-dc", str(packed)], pipe_to=["wc", "-l"])
    )
    detail = f"{ours.wall:.2f} s, {theirs.wall:.2f} s"
    return Row("check of .zst / zstd -dc | wc -l, wall time", ours.wall / theirs.wall, 2, detail=detail), ours.memory


if __name__ == "__main__":
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    print(f"python -m benchmarks.bulk {megabytes}: Python {platform.python_version()}, {os.cpu_count()} cores")
    show(files(megabytes))
