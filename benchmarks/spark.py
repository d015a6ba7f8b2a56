"""Measure Spark on this machine, and compare what it finds with ``eventlint check`` on the same lines.

Run ``python -m benchmarks.spark [ROWS] [--faults three] [--compare]`` (1,000,000 rows by default; ``--compare`` only
compares). It needs Java. The rows have events of all types, of which 0.5 % are faulty: by default with many kinds of
mistakes (see ``benchmarks.mixture``), else all with the same three. Times are wall time with two threads, in
interleaved rounds: all but the first two together, as in a job of minutes, and the minima. The peer is ``mapInArrow``
with a function that does nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.events import as_type, clean, encoded, faulty
from benchmarks.mixture import mixture

ROUNDS = {"native": 25, "pure": 3}
"""The number of rounds with each engine."""

_FIRST = 2
"""Java compiles what Spark runs in the first rounds, which a job of minutes does not notice."""

TYPES = ("page_view", "search", "search_click")
MEMBERS = ("rule", "tier", "effect", "message", "pointer", "column")
_DISTINCT = 50_000
_ODD = 0.0002
_FAULTY = {"mixture": 0.0057, "three": 0.005}
"""The fraction of the events with a mistake; of the mixture, some are in members that a page_view does not have."""


def rows(count: int, faults: str) -> Iterator[tuple[str, bytes | None]]:
    """Events with their types, of which some are faulty, and a few are null, empty, or invalid UTF-8.

    Args:
        count: How many.
        faults: What is wrong with the faulty ones, ``mixture`` or ``three``.
    """
    source = random.Random(1)
    events, wrong = clean(_DISTINCT), mixture(_DISTINCT) if faults == "mixture" else encoded(faulty(_DISTINCT))
    good = {name: encoded([as_type(event, name) for event in events]) for name in TYPES}
    for number in range(count):
        name, dice = source.choice(TYPES), source.random()
        event = good[name][number % _DISTINCT]
        if dice < _ODD:
            yield name, source.choice([None, b"", b"\xff", event[:100], event[:-9] + b"\xff" + event[-9:], b'{"a":1}'])
        elif dice < _ODD + _FAULTY[faults]:
            yield name, _as_type(source.choice(wrong), name)
        else:
            yield name, event


def _as_type(line: bytes, name: str) -> bytes:
    """A faulty event as one of another type, unless it is not JSON."""
    try:
        return encoded([as_type(json.loads(line), name)])[0]
    except ValueError:
        return line


def write(folder: Path, count: int, faults: str) -> None:
    """Write the events as Parquet, and as lines of a file for each type; no line is null or empty."""
    schema = pa.schema([("n", pa.int64()), ("type", pa.string()), ("payload", pa.binary())])
    source, number = rows(count, faults), 0
    (folder / "events").mkdir()
    with ExitStack() as opened:
        table = opened.enter_context(pq.ParquetWriter(folder / "events/1.parquet", schema))
        lines = {name: opened.enter_context((folder / f"{name}.ndjson").open("wb")) for name in TYPES}
        numbers = {name: opened.enter_context((folder / f"{name}.numbers").open("w")) for name in TYPES}
        while number < count:
            types, payloads = zip(*islice(source, 100_000), strict=True)
            table.write_table(pa.table([range(number, number + len(types)), types, payloads], schema=schema))
            for name, payload in zip(types, payloads, strict=True):
                if payload:
                    lines[name].write(payload + b"\n")
                    numbers[name].write(f"{number}\n")
                number += 1


def found_by_command(folder: Path) -> list[tuple[Any, ...]]:
    """The findings of the command, by the number of the row."""
    numbers = {name: (folder / f"{name}.numbers").read_text().split() for name in TYPES}
    words = ["check", "--isolated", "--format", "jsonl", *(str(folder / f"{name}.ndjson") for name in TYPES)]
    done = subprocess.run([sys.executable, "-m", "eventlint", *words], stdout=subprocess.PIPE, check=False)
    every = [one for one in map(json.loads, done.stdout.splitlines()) if one.get("record") is not None]
    rows_ = (numbers[Path(one["path"]).stem][one["record"] - 1] for one in every)
    return sorted((int(row), *(_text(one[name]) for name in MEMBERS)) for row, one in zip(rows_, every, strict=True))


def found_by_spark(checked: Any) -> list[tuple[Any, ...]]:
    """The findings of Spark, by the number of the row."""
    rows = checked.where("size(eventlint.findings) > 0").select("n", "eventlint.findings").collect()
    return sorted((row["n"], *(_text(one[name]) for name in MEMBERS)) for row in rows for one in row["findings"])


def _text(value: object) -> str:
    return "" if value is None else str(value).encode("utf-8", "backslashreplace").decode()


def compare(checked: Any, folder: Path) -> None:
    """Compare all findings, and the payloads that the command does not see."""
    ours, theirs = found_by_spark(checked), found_by_command(folder)
    empty = {row["n"] for row in checked.where("payload is null or payload = X''").select("n").collect()}
    assert {one[1] for one in ours if one[0] in empty} == {"missing-body"}
    assert len([one for one in ours if one[0] in empty]) == len(empty)
    rest = [one for one in ours if one[0] not in empty]
    different = set(rest) ^ set(theirs)
    assert rest == theirs, sorted(different)[:5]
    print(f"{len(rest)} findings in {len({one[0] for one in rest})} rows are those of the command")
    print(f"{len(empty)} null or empty payloads are findings")


def main() -> None:
    """Compare, then measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("rows", nargs="?", type=int, default=1_000_000, help="number of rows (default: 1,000,000)")
    parser.add_argument("--faults", choices=("mixture", "three"), default="mixture", help="default: mixture")
    parser.add_argument("--compare", action="store_true", help="only compare with the command")
    options = parser.parse_args()
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    with tempfile.TemporaryDirectory() as name:
        write(Path(name), options.rows, options.faults)
        compare(_checked(_session(native=True), name), Path(name))
        if options.compare:
            return
        (nothing, native), (_, pure) = (_times(name, engine) for engine in ("native", "pure"))
        print(
            f"{options.rows} rows, local[2]: nothing {min(nothing):.2f} s, native {min(native):.2f} s, "
            f"pure {min(pure):.2f} s"
        )
        together = sum(native[_FIRST:]) / sum(nothing[_FIRST:])
        minima = min(native) / min(nothing)
        print(f"native / nothing {together:.2f} (bar 1.30), by minima {minima:.2f}")
        print(f"native / pure {min(native) / min(pure):.2f} (bar 0.40)")


def _session(*, native: bool) -> Any:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]")
    for setting in ("enabled", "showConsoleProgress"):
        builder = builder.config(f"spark.ui.{setting}", "false")
    if not native:
        builder = builder.config("spark.executorEnv.EVENTLINT_NATIVE", "0")
    session = builder.config("spark.driver.host", "localhost").getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    return session


def _checked(session: Any, folder: str) -> Any:
    from eventlint import spark

    return spark.check(session.read.parquet(f"{folder}/events"))


def _times(folder: str, engine: str) -> list[list[float]]:
    """The times of a function that does nothing, and of the check."""
    session = _session(native=engine == "native")
    source = session.read.parquet(f"{folder}/events")

    def same(batches: Any) -> Any:
        yield from batches

    def run(df: Any) -> Callable[[], None]:
        return lambda: df.write.format("noop").mode("overwrite").save()

    works = [run(source.mapInArrow(same, source.schema)), run(_checked(session, folder))]
    times: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS[engine]):
        for taken, work in zip(times, works, strict=True):
            start = perf_counter()
            work()
            taken.append(perf_counter() - start)
    session.stop()
    return times


if __name__ == "__main__":
    main()
