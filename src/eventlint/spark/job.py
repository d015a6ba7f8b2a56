"""The job for ``spark-submit``: reads events, checks them, and writes findings and counts."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pyspark.sql import SparkSession, functions

from eventlint.checker import Checker
from eventlint.errors import EventlintError, UsageError
from eventlint.escaping import printable
from eventlint.spark.checking import COLUMN, check
from eventlint.spark.columns import column_of
from eventlint.spark.json_rows import check_rows, members
from eventlint.spark.lines import check_lines
from eventlint.spark.output_folders import existing, require_separate
from eventlint.spark.reports import findings, summary
from eventlint.spark.sources import FILE, LINE, labels_of, read, require_members
from eventlint.spec import event_types
from eventlint.tiers import FAILING, TIERS

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

_DONE, _FOUND, _USAGE, _NOTHING, _FAILED = 0, 1, 2, 3, 4

_TAKEN = {"file", COLUMN, FILE, LINE}
"""Names of columns that the job makes."""

_ERROR = re.compile(r"\[[A-Z][A-Z0-9_.]+\] .*")
"""An error of Spark with its name."""

_PYTHON_ERROR = re.compile(r"[\w.]+(?:Error|Exception): ")
_CAUSE = "Caused by: "


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the job.

    Args:
        arguments: The command line without the name of the program; None is that of the process.

    Returns:
        The exit code: 0 if the job ended (also with findings, unless ``--fail-on`` selects their tier), 1 if it ended
        with findings of the tiers in ``--fail-on``, 2 for wrong arguments, 3 if there are no events, 4 if it could not
        read or write.
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
    except Exception as error:
        if not type(error).__module__.startswith(("pyspark.", "py4j.")):
            raise
        print(f"eventlint: error: {_reason(str(error))}", file=sys.stderr)
        return _FAILED


def _reason(text: str) -> str:
    """The error of Spark in a line, and its cause, without traces of Java."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    lines = ["a task failed", *lines[1:]] if text.startswith("An error occurred while calling") else lines or ["failed"]
    named = (match[0] for match in map(_ERROR.search, lines) if match is not None)
    python = [line for line in lines if _PYTHON_ERROR.match(line)]
    causes = [line.removeprefix(_CAUSE).split(": ", 1)[-1] for line in lines if line.startswith(_CAUSE)]
    reason, cause = next(named, lines[0]), (python or causes or [""])[-1]
    return printable(reason if not cause or cause in reason else f"{reason} ({cause})")


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
    folders = _folders(options)
    require_separate(options.input, folders)
    session = _session()
    found = None if options.overwrite else existing(session, folders)
    if found is not None:
        print(f"eventlint: error: {found} exists; add --overwrite to replace it", file=sys.stderr)
        return _FAILED
    events = read(session, options.input, options.input_format)
    checked, labels = _checked(events, options)
    writes_events = bool(options.write_clean or options.write_rejected)
    # Every output reads what is kept, because checking twice costs more.
    checked = checked.persist() if writes_events else checked
    results = checked.select(functions.col(FILE).alias("file"), *_labelled(checked, labels), COLUMN)
    kept = checked if writes_events else results.persist()
    try:
        reports = {"findings": findings(results), "summary": _counts(results, options)}
        # Nothing is written, or deleted to be replaced, before all events are checked.
        if not kept.count():
            print("eventlint: error: nothing was checked: there are no events in the input", file=sys.stderr)
            return _NOTHING
        _write(checked, reports, options)
        _print(session.read.json(f"{options.output_dir}/summary"))
        fails = bool(options.fail_on) and not results.where(_has_tier(options.fail_on)).isEmpty()
        return _FOUND if fails else _DONE
    finally:
        kept.unpersist()


def _write(checked: DataFrame, reports: dict[str, DataFrame], options: argparse.Namespace) -> None:
    mode = "overwrite" if options.overwrite else "errorifexists"
    for name, report in reports.items():
        report.write.mode(mode).json(f"{options.output_dir}/{name}")
    is_rejected = _has_tier(options.rejected_tiers)
    if options.select is None and options.ignore is None:  # what is not accepted without a finding was not checked
        is_rejected |= ~functions.col(f"{COLUMN}.accepted") & (functions.size(f"{COLUMN}.findings") == 0)
    for folder, chosen in ((options.write_clean, ~is_rejected), (options.write_rejected, is_rejected)):
        if folder:
            events = checked.where(chosen)
            if options.input_format == "parquet":
                events.drop(COLUMN, FILE).write.mode(mode).parquet(folder)
            else:
                events.select(LINE).write.mode(mode).text(folder)


def _labelled(checked: DataFrame, labels: Sequence[str]) -> list[Column]:
    return [column_of(checked, "column", name)[0].alias(name) for name in labels]


def _counts(results: DataFrame, options: argparse.Namespace) -> DataFrame:
    return summary(results, options.event_type or "type", options.collection).coalesce(1)


def _session() -> SparkSession:
    """The session of the caller, or a new one; the name that ``spark-submit`` gives it is kept."""
    active = SparkSession.getActiveSession()
    if active is not None:
        return active
    builder = SparkSession.builder
    return (builder if "PYSPARK_GATEWAY_PORT" in os.environ else builder.appName("eventlint")).getOrCreate()


def _folders(options: argparse.Namespace) -> list[str]:
    """The folders that the job writes."""
    reports = [f"{options.output_dir}/{name}" for name in ("findings", "summary")]
    return reports + [folder for folder in (options.write_clean, options.write_rejected) if folder]


def _checked(events: DataFrame, options: argparse.Namespace) -> tuple[DataFrame, list[str]]:
    """The events with their results, and the columns that findings are written with, and events counted by."""
    event_type, rules = options.event_type, {"select": options.select, "ignore": options.ignore}
    if options.input_format == "text":
        checker = Checker(options.release, contract=options.contract, **rules)
        return check_lines(events, LINE, FILE, event_type, checker), []
    payload, event_type = options.payload or "payload", event_type or "type"
    labels = [] if event_type in event_types() else [event_type]
    labels += [options.collection] if options.collection else []
    taken = [name for name in labels if name.lower() in _TAKEN]
    if taken:
        raise UsageError(f"rename {taken[0]!r} first: the findings have a column of this name")
    if options.input_format == "json":
        parts = members(payload, event_type, options.collection)
        require_members(events, parts)
        checker = Checker(options.release, contract=options.contract, **rules)
        return check_rows(events, LINE, parts, checker).select("*", *labels_of(labels, parts)), labels
    checked = check(events, payload, event_type, options.collection, options.release, options.contract, **rules)
    return checked, labels


def _require_columns(options: argparse.Namespace) -> None:
    """Raise an error for options that name columns, which text does not have."""
    if options.input_format != "text":
        return
    if options.payload or options.collection:
        raise UsageError(f"text has no column {options.payload or options.collection!r}; use --input-format json")
    if options.event_type is not None and options.event_type not in event_types():
        raise UsageError(f"unknown event type {options.event_type!r}; choose from: {', '.join(event_types())}")


def _has_tier(tiers: Sequence[str]) -> Column:
    found = functions.col(f"{COLUMN}.findings.tier")
    return functions.arrays_overlap(found, functions.array(*map(functions.lit, tiers)))


def _print(counts: DataFrame) -> None:
    rows = [row.asDict() for row in counts.collect()]
    print(f"{'group':<12} {'name':<32} {'events':>14} {'refused':>12} {'lost':>12} {'not ok':>12}")
    for row in rows:
        name = printable(row.get("name") or "")
        numbers = f"{row['events']:>14} {row['refused']:>12} {row['lost']:>12} {row['not_ok']:>12}"
        print(f"{row['group']:<12} {name:<32} {numbers}")
