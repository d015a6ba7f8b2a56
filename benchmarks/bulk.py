"""Measure the check of large NDJSON files relative to a script of ten lines.

Run ``python -m benchmarks.bulk [MEGABYTES]``. The script reads lines with orjson and validates them with jsonschema-rs.
It finds no duplicate keys, and neither losses nor lint. CPU time is that of all processes; each figure is the minimum
of interleaved rounds. No two faulty events are the same: they all have the same three faults, or a mixture of many
kinds of mistakes (see ``benchmarks.mixture``). Findings are counted (``--statistics``), or printed as text.
"""

from __future__ import annotations

import json
import os
import platform
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from benchmarks.events import clean, encoded, faulty
from benchmarks.mixture import mixture
from benchmarks.rows import Row, show
from eventlint.spec.bundles import bundle

CHECK = [sys.executable, "-m", "eventlint", "check", "--isolated"]
COUNT = [*CHECK, "--statistics"]
ROUNDS = 5
SHARE = 0.005
SCRIPT = """
import json, sys
import jsonschema_rs, orjson
validator = jsonschema_rs.validator_for(json.load(open(sys.argv[1])))
is_envelope, bad = sys.argv[3] == "envelope", 0
with open(sys.argv[2], "rb") as file:
    for line in file:
        try:
            event = orjson.loads(line)
            bad += not validator.is_valid(event["payload"] if is_envelope else event)
        except orjson.JSONDecodeError:
            bad += 1
print(bad)
"""


class Cost(NamedTuple):
    """What a command takes: seconds of CPU time and of wall time, and the peak memory of a process in MiB."""

    cpu: float
    wall: float
    memory: float

    def __str__(self) -> str:
        return f"{self.wall:.2f} s (CPU {self.cpu:.2f} s)"


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


def faulty_lines(kind: str, number: int) -> list[bytes]:
    """A number of faulty events of a kind: ``three`` has the same three faults in each."""
    if kind == "mixture":
        return mixture(number)
    events = faulty(number)
    for at, event in enumerate(events):
        event["user"]["id"] = at
    return encoded(events)


def write(path: Path, size: int, faults: str | None, *, is_envelope: bool) -> None:
    """Write a file of some megabytes, in which one event of 200 is faulty if there are faults."""
    good, source = encoded(clean(2_000)), random.Random(1)
    count = (size << 20) // (sum(map(len, good)) // len(good) + (70 if is_envelope else 1))
    bad = faulty_lines(faults, count // 150) if faults is not None else []
    with path.open("wb") as file:
        for number in range(count):
            is_faulty = faults is not None and source.random() < SHARE
            line = bad.pop() if is_faulty else good[number % len(good)]
            if is_envelope:
                line = b'{"event_type":"search_click","collection":"shop-%d","payload":%s}' % (number % 7, line)
            file.write(line + b"\n")


def least(*commands: Callable[[], Cost], rounds: int = ROUNDS) -> list[Cost]:
    """The smallest cost of each command, in interleaved rounds."""
    table = [[command() for command in commands] for _ in range(rounds)]
    return [Cost(*map(min, zip(*column, strict=True))) for column in zip(*table, strict=True)]


def files(size: int) -> Iterator[Row]:
    """Check files of some megabytes; the script reads the same files."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "schema").write_text(json.dumps(bundle("search_click")))
        memory = 0.0
        for is_envelope in (False, True):
            for faults in (None, "three", "mixture"):
                path = folder / f"search_click-{is_envelope}-{faults}.ndjson"
                write(path, size, faults, is_envelope=is_envelope)
                kind = "envelope" if is_envelope else "event"
                script = [sys.executable, "-c", SCRIPT, str(folder / "schema"), str(path), kind]
                commands = ([*COUNT, str(path)], [*CHECK, str(path)], script)
                *ours, theirs = least(*(partial(cost, command) for command in commands))
                for output, mine in zip(("--statistics", "text"), ours, strict=True):
                    speed = path.stat().st_size / 1e6 / mine.wall
                    detail = f"{mine.cpu:.2f} s, {theirs.cpu:.2f} s, {speed:.0f} MB/s of wall time"
                    what = f"check of {size} MB / script: {kind}s, {faults or 'clean'}, {output}"
                    yield Row(what, mine.cpu / theirs.cpu, 0.65 if faults is None else 1.0, detail=detail)
                    memory = max(memory, mine.memory)
        yield Row("peak memory of a process in MiB: files", memory, 30)


if __name__ == "__main__":
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    print(f"python -m benchmarks.bulk {megabytes}: Python {platform.python_version()}, {os.cpu_count()} cores")
    show(files(megabytes))
