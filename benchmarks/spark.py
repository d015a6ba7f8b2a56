"""Measure Spark on this machine, and compare what it finds with ``eventlint check`` on the same lines.

Run ``python -m benchmarks.spark [ROWS] [--compare]`` (1,000,000 rows by default; ``--compare`` measures nothing). It
needs Java. Times are wall time, the minimum of interleaved rounds with two threads. The peer is ``mapInArrow`` with a
function that does nothing.
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
from pathlib import Path
from time import perf_counter
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.events import clean, encoded, faulty

ROUNDS = 3
MEMBERS = ("rule", "tier", "effect", "message", "pointer", "column")
_DISTINCT = 50_000
_FAULTY, _ODD = 0.005, 0.0002


def payloads(rows: int) -> Iterator[bytes | None]:
    """Events, of which some are faulty, and a few are null, empty, or invalid UTF-8."""
    good, bad, source = encoded(clean(_DISTINCT)), encoded(faulty(_DISTINCT)), random.Random(1)
    for number in range(rows):
        event = good[number % _DISTINCT]
        dice = source.random()
        if dice < _ODD:
            yield source.choice([None, b"", b"\xff", event[:100], event[:-9] + b"\xff" + event[-9:], b'{"a":1}'])
        elif dice < _ODD + _FAULTY:
            yield source.choice([bad[number % _DISTINCT], event.replace(b'"query":"', b'"query":"{{x}}')])
        else:
            yield event


def write(folder: Path, rows: int) -> None:
    """Write the events as Parquet and as lines; a line is blank where Spark has null or an empty payload."""
    schema = pa.schema([("n", pa.int64()), ("payload", pa.binary())])
    source, number = payloads(rows), 0
    (folder / "events").mkdir()
    with pq.ParquetWriter(folder / "events/1.parquet", schema) as table, (folder / "events.ndjson").open("wb") as lines:
        while number < rows:
            batch = [next(source) for _ in range(min(100_000, rows - number))]
            table.write_table(pa.table([range(number, number + len(batch)), batch], schema=schema))
            lines.writelines((payload or b"") + b"\n" for payload in batch)
            number += len(batch)


def found_by_command(folder: Path) -> list[tuple[Any, ...]]:
    """The findings of the command, by the number of the row."""
    words = ["check", "--isolated", "--event-type", "search_click", "--format", "jsonl", str(folder / "events.ndjson")]
    done = subprocess.run([sys.executable, "-m", "eventlint", *words], stdout=subprocess.PIPE, check=False)
    every = map(json.loads, done.stdout.splitlines())
    return sorted(
        (one["record"] - 1, *(_text(one[name]) for name in MEMBERS)) for one in every if one.get("record") is not None
    )


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
    print(f"{len(rest)} findings are those of the command; {len(empty)} null or empty payloads are findings")


def main() -> None:
    """Compare, then measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("rows", nargs="?", type=int, default=1_000_000, help="number of rows (default: 1,000,000)")
    parser.add_argument("--compare", action="store_true", help="compare with the command, and measure nothing")
    options = parser.parse_args()
    rows = options.rows
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    with tempfile.TemporaryDirectory() as name:
        write(Path(name), rows)
        compare(_checked(_session(native=True), name), Path(name))
        if options.compare:
            return
        native, pure = _times(name, is_native=True), _times(name, is_native=False)
        print(f"{rows} rows, local[2]: nothing {native[0]:.2f} s, native {native[1]:.2f} s, pure {pure[1]:.2f} s")
        print(f"native / nothing {native[1] / native[0]:.2f} (bar 1.30)")
        print(f"native / pure {native[1] / pure[1]:.2f} (bar 0.40)")


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

    return spark.check(session.read.parquet(f"{folder}/events"), event_type="search_click")


def _times(folder: str, *, is_native: bool) -> list[float]:
    """The least time of a function that does nothing, and of the check."""
    session = _session(native=is_native)
    source = session.read.parquet(f"{folder}/events")

    def same(batches: Any) -> Any:
        yield from batches

    def run(df: Any) -> Callable[[], None]:
        return lambda: df.write.format("noop").mode("overwrite").save()

    works = [run(source.mapInArrow(same, source.schema)), run(_checked(session, folder))]
    best = [float("inf")] * len(works)
    for _ in range(ROUNDS):
        for number, work in enumerate(works):
            start = perf_counter()
            work()
            best[number] = min(best[number], perf_counter() - start)
    session.stop()
    return best


if __name__ == "__main__":
    main()
