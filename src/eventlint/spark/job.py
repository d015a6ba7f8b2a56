"""The job for ``spark-submit``: reads events, checks them, and writes findings and counts."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pyspark.errors import AnalysisException
from pyspark.sql import SparkSession, functions

from eventlint.checker import Checker
from eventlint.errors import EventlintError, UsageError
from eventlint.spark.checking import COLUMN, check
from eventlint.spark.lines import check_lines
from eventlint.spark.reports import findings, summary
from eventlint.spec import event_types
from eventlint.tiers import FAILING, TIERS

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

_FILE = "file"
"""The column with the path of the file that an event is in."""

_DONE, _FOUND, _USAGE, _FAILED = 0, 1, 2, 4


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the job.

    Args:
        arguments: The command line without the name of the program; None is that of the process.

    Returns:
        The exit code: 0 if the job ended (also with findings, unless ``--fail-on`` selects their tier), 1 if it ended
        with findings of the tiers in ``--fail-on``, 2 for wrong arguments, 4 if it could not read or write.
    """
    try:
        options = _parser().parse_args(arguments)
        _require_java()
        return _run(options)
    except UsageError as error:
        print(f"eventlint: error: {error}", file=sys.stderr)
        return _USAGE
    except EventlintError as error:
        print(f"eventlint: error: {error}", file=sys.stderr)
        return _FAILED
    except AnalysisException as error:  # there is no such path, or it exists already
        print(f"eventlint: error: {str(error).splitlines()[0]}", file=sys.stderr)
        return _FAILED


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        raise UsageError(message)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m eventlint.spark", description="Check the events in files with Spark.", allow_abbrev=False
    )
    add = parser.add_argument
    add("--input", action="append", required=True, metavar="PATH", help="files or folders, also with globs; repeatable")
    add("--input-format", choices=("text", "json", "parquet"), default="text", help="default: text (NDJSON)")
    add("--output-dir", required=True, metavar="DIR", help="folder for the findings and the counts")
    add("--overwrite", action="store_true", help="replace what is in the output folders")
    add("--write-clean", metavar="DIR", help="folder for the events without findings of the tiers in --rejected-tiers")
    add("--write-rejected", metavar="DIR", help="folder for all other events")
    add(
        "--rejected-tiers",
        type=_names,
        default=tuple(FAILING),
        metavar="TIERS",
        help=f"tiers that reject an event (default: {','.join(tier for tier in TIERS if tier in FAILING)})",
    )
    add("--payload", metavar="COLUMN", help="column with the payloads (default: payload)")
    add(
        "--event-type",
        metavar="TYPE",
        help="an event type, or the column with it (default: type; for text, as in the envelope or the file's name)",
    )
    add("--collection", metavar="COLUMN", help="column with the collection of each event")
    add("--release", default="latest", help="release of the server (default: latest)")
    add("--contract", metavar="PATH", help="custom contract: a file or folder that the driver can read")
    add("--select", type=_names, metavar="RULES", help="rules or tiers to report, separated by commas")
    add("--ignore", type=_names, metavar="RULES", help="rules or tiers to leave out, separated by commas")
    add("--fail-on", type=_names, default=(), metavar="TIERS", help="tiers whose findings make the exit code 1")
    return parser


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _require_java() -> None:
    """Raise an error that says what is missing; PySpark's own says that a gateway exited."""
    if os.environ.get("SPARK_REMOTE") or os.environ.get("JAVA_HOME") or shutil.which("java"):
        return
    raise UsageError("Spark needs Java: install Java 17 or newer, and set JAVA_HOME")


def _run(options: argparse.Namespace) -> int:
    for tier in (*options.rejected_tiers, *options.fail_on):
        if tier not in TIERS:
            raise UsageError(f"unknown tier {tier!r}; choose from: {', '.join(TIERS)}")
    _require_columns(options)
    session = SparkSession.builder.appName("eventlint").getOrCreate()
    events = _read(session, options)
    checked = _checked(events, options)
    writes_events = bool(options.write_clean or options.write_rejected)
    counted = checked if writes_events else checked.select(*_kept(events, options), COLUMN)
    counted = counted.persist()  # every output reads it, and checking twice costs more than keeping it
    try:
        return _write(counted, events, options)
    finally:
        counted.unpersist()


def _checked(events: DataFrame, options: argparse.Namespace) -> DataFrame:
    event_type, rules = options.event_type, {"select": options.select, "ignore": options.ignore}
    if options.input_format == "text":
        checker = Checker(options.release, contract=options.contract, **rules)
        return check_lines(events, "value", _FILE, event_type, checker)
    columns = (options.payload or "payload", event_type or "type", options.collection)
    return check(events, *columns, options.release, options.contract, **rules)


def _require_columns(options: argparse.Namespace) -> None:
    """Raise an error for options that name columns, which text does not have."""
    if options.input_format != "text":
        return
    if options.payload or options.collection:
        raise UsageError(f"text has no column {options.payload or options.collection!r}; use --input-format json")
    if options.event_type is not None and options.event_type not in event_types():
        raise UsageError(f"unknown event type {options.event_type!r}; choose from: {', '.join(event_types())}")


def _read(session: SparkSession, options: argparse.Namespace) -> DataFrame:
    reader = session.read
    if options.input_format == "json":
        events = reader.json(options.input)
    elif options.input_format == "parquet":
        events = reader.parquet(*options.input)
    else:  # a carriage return alone ends no line of NDJSON, and blank lines are no events
        events = reader.option("lineSep", "\n").text(options.input).where(r"value rlike '[^ \t\r]'")
    return events.withColumn(_FILE, functions.col("_metadata.file_path"))


def _kept(events: DataFrame, options: argparse.Namespace) -> list[str]:
    """The columns that findings are written with, and that the counts need."""
    names = dict.fromkeys((_FILE, options.event_type or "type", options.collection))
    return [name for name in names if name in events.columns]


def _write(checked: DataFrame, events: DataFrame, options: argparse.Namespace) -> int:
    mode = "overwrite" if options.overwrite else "errorifexists"
    rows = findings(checked.select(*_kept(events, options), COLUMN))
    rows.write.mode(mode).json(f"{options.output_dir}/findings")
    counts = summary(checked, options.event_type or "type", options.collection)
    counts.coalesce(1).write.mode(mode).json(f"{options.output_dir}/summary")
    is_rejected = _has_tier(options.rejected_tiers)
    for folder, chosen in ((options.write_clean, ~is_rejected), (options.write_rejected, is_rejected)):
        if folder:
            kept = checked.where(chosen).drop(COLUMN, _FILE)
            writer = kept.write.mode(mode)
            writer.text(folder) if options.input_format == "text" else writer.parquet(folder)
    written = checked.sparkSession.read.json(f"{options.output_dir}/summary")
    _print(written)
    fails = bool(options.fail_on) and not checked.where(_has_tier(options.fail_on)).isEmpty()
    return _FOUND if fails else _DONE


def _has_tier(tiers: Sequence[str]) -> Column:
    found = functions.col(f"{COLUMN}.findings.tier")
    return functions.arrays_overlap(found, functions.array(*map(functions.lit, tiers)))


def _print(counts: DataFrame) -> None:
    rows = [row.asDict() for row in counts.collect()]
    print(f"{'group':<12} {'name':<32} {'events':>14} {'refused':>12} {'lost':>12} {'not ok':>12}")
    for row in rows:
        name = "" if row.get("name") is None else row["name"]
        numbers = f"{row['events']:>14} {row['refused']:>12} {row['lost']:>12} {row['not_ok']:>12}"
        print(f"{row['group']:<12} {name:<32} {numbers}")
