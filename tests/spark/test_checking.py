"""What Spark's tasks report is what ``eventlint check`` reports."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyspark", reason="needs eventlint[spark]")

from pyspark.sql import functions
from pyspark.sql.types import BinaryType, LongType, StringType, StructField, StructType

from eventlint import Checker, UsageError, spark
from eventlint.cli import main
from eventlint.escaping import printable
from eventlint.spark.checking import RESULT
from tests.spark.rows import Row, rows

SCHEMA = StructType(
    [StructField("payload", BinaryType()), StructField("type", StringType()), StructField("collection", StringType())]
)
MEMBERS = ("rule", "tier", "effect", "message", "pointer", "line", "column")
COUNT = int(os.environ.get("EVENTLINT_SPARK_ROWS", "2000"))


def frame(session: Any, made: list[Row]) -> Any:
    """A DataFrame with a number for each row."""
    schema = StructType([StructField("n", LongType()), *SCHEMA.fields])
    return session.createDataFrame([(number, *row) for number, row in enumerate(made)], schema)


def results(checked: Any) -> list[Any]:
    """The results in the order of the rows."""
    return [row["eventlint"] for row in checked.select("n", "eventlint").orderBy("n").collect()]


def by_command(folder: Path, made: list[Row], event_type: str, *options: str) -> list[list[tuple[Any, ...]]]:
    """The findings of ``eventlint check`` for each row, without the lines, which are those of the file."""
    (folder / "events.ndjson").write_bytes(b"".join((payload or b"") + b"\n" for payload, _, _ in made))
    report = folder / "report.json"
    command = ["check", "--isolated", "--event-type", event_type, "--output", f"json:{report}", "--quiet", *options]
    main([*command, str(folder / "events.ndjson")])
    found: list[list[tuple[Any, ...]]] = [[] for _ in made]
    for finding in json.loads(report.read_bytes())["findings"]:
        finding["pointer"] = printable(finding["pointer"])
        for name in ("message", "pointer"):  # Arrow has no lone surrogates
            finding[name] = finding[name].encode("utf-8", "backslashreplace").decode()
        found[finding["record"] - 1].append(tuple(finding[name] for name in MEMBERS if name != "line"))
    return found


def test_the_findings_are_those_of_the_command(session: Any, tmp_path: Path) -> None:
    """The same lines have the same findings; a blank line is no event for the command."""
    made = [row for row in rows(COUNT) if row[0] and row[0].strip()[:1] not in (b"", b"[")]  # a line may be an array
    checked = spark.check(frame(session, made), event_type="search")
    found = [
        [tuple(finding[name] for name in MEMBERS if name != "line") for finding in result["findings"]]
        for result in results(checked)
    ]
    assert found == by_command(tmp_path, made, "search")


@pytest.mark.parametrize("as_string", [False, True], ids=["binary", "string"])
def test_the_verdicts_are_those_of_the_checker(session: Any, as_string: bool) -> None:
    """Types and collections come from columns; nulls and invalid UTF-8 are findings, not failed tasks."""
    made = rows(COUNT // 4)
    df = frame(session, made)
    if as_string:
        df = df.withColumn("payload", functions.expr("cast(payload as string)"))
    checker = Checker("8.12", ignore=["lint"])
    expected = [
        checker.check(payload or b"", event_type or "", collection=collection)
        for payload, event_type, collection in made
    ]
    found = results(spark.check(df, collection="collection", release="8.12", ignore=["lint"]))
    assert [(one["ok"], one["accepted"]) for one in found] == [(one.ok, one.accepted) for one in expected]
    assert [[finding["rule"] for finding in one["findings"]] for one in found] == [
        [finding.rule for finding in one.findings] for one in expected
    ]


def test_batches_that_are_checked_together_have_the_results_of_their_rows(session: Any) -> None:
    """Also without the column of types, and if Spark takes only the first rows."""
    made: list[Row] = [(payload, "search", None) for payload, _, _ in rows(200)]
    expected = [[one.rule for one in Checker().check(payload or b"", "search").findings] for payload, _, _ in made]
    session.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "7")
    try:
        df = frame(session, made).coalesce(1)
        for checked in (spark.check(df), spark.check(df, event_type="search")):
            assert [[one["rule"] for one in result["findings"]] for result in results(checked)] == expected
            first = [row["eventlint"]["findings"] for row in checked.limit(10).collect()]
            assert [[one["rule"] for one in findings] for findings in first] == expected[:10]
    finally:
        session.conf.unset("spark.sql.execution.arrow.maxRecordsPerBatch")


def test_two_results_in_one_frame(session: Any) -> None:
    """The first one is there under another name."""
    event = b'{"session":{"id":"s-1"},"user":{"id":"u-1"},"search":{"query":"undefined"}}'
    df = spark.check(frame(session, [(event, "search", None)])).withColumnRenamed("eventlint", "all")
    (row,) = spark.check(df, ignore=["lint"]).select("all.findings.rule", "eventlint.findings.rule").collect()
    assert list(row) == [["placeholder-value"], []]


def test_a_struct_is_checked_as_its_json(session: Any) -> None:
    """A payload that Spark has parsed is written as JSON again, without its null fields."""
    df = session.createDataFrame([(("s-1", None),)], "p struct<id: string, extra: string>")
    df = df.select(functions.lit(0).alias("n"), functions.struct(functions.col("p").alias("session")).alias("p"))
    (result,) = results(spark.check(df, "p", "search"))
    assert [finding["message"] for finding in result["findings"]] == ["missing field 'user'", "missing field 'search'"]


def test_a_contract_is_sent_to_the_tasks(session: Any, short_queries: Path) -> None:
    """Its files are read once, where the job is started."""
    event = b'{"session":{"id":"s-1"},"user":{"id":"u-1"},"search":{"query":"shoes"}}'
    checked = spark.check(frame(session, [(event, "search", None)]), contract=short_queries)
    short_queries.unlink()
    (result,) = results(checked)
    assert not result["ok"]
    assert result["accepted"]
    assert [finding["tier"] for finding in result["findings"]] == ["contract"]


def test_other_columns_stay_as_they_are(session: Any) -> None:
    """Names with dots and spaces, names that are there twice, and an older result in other case, do no harm."""
    df = session.createDataFrame([(b"{}", 1, 2)], "payload binary, `a.b` int, Eventlint int")
    twice = df.select("*", *(functions.lit(value).alias("a b") for value in "xy"))
    checked = spark.check(twice, event_type="search")
    assert sorted(checked.columns) == ["a b", "a b", "a.b", "eventlint", "payload"]
    (row,) = checked.collect()
    kept = [(name, value) for name, value in zip(checked.columns, row, strict=True) if name.startswith("a")]
    assert sorted(kept, key=str) == [("a b", "x"), ("a b", "y"), ("a.b", 1)]
    assert row["eventlint"]["ok"] is False


def test_no_result_is_null(session: Any) -> None:
    """Tasks send null for clean events, in whose place there is a constant of the same type."""
    checked = spark.check(frame(session, rows(50)), collection="collection")
    assert checked.schema["eventlint"].dataType == RESULT
    assert checked.where("eventlint is null or eventlint.findings is null or eventlint.ok is null").count() == 0
    assert checked.where("eventlint.ok and size(eventlint.findings) = 0").count() > 0


def test_batches_of_parquet_files_become_rows_at_once(session: Any, tmp_path: Path) -> None:
    """Spark would otherwise copy all values twice more. Payloads are not read if nothing needs the results."""
    frame(session, rows(4)).write.parquet(f"{tmp_path}/events")
    checked = spark.check(session.read.parquet(f"{tmp_path}/events"), event_type="search")
    plan = checked._jdf.queryExecution().executedPlan().toString()
    assert plan.index("ArrowEvalPython" if "ArrowEvalPython" in plan else "MapInArrow") < plan.index("ColumnarToRow")
    if "ArrowEvalPython" in plan:
        numbers = checked.select("n")._jdf.queryExecution().executedPlan().toString()
        assert "payload" not in numbers


def test_no_column_is_lost(session: Any) -> None:
    """Names that the check needs for itself may be taken."""
    df = (
        frame(session, rows(4))
        .withColumn("Eventlint_Extra", functions.lit(1))
        .withColumn("pythonUDF0", functions.lit(2))
    )
    checked = spark.check(df, collection="collection")
    assert checked.columns == [*df.columns, "eventlint"]
    assert {(row["Eventlint_Extra"], row["pythonUDF0"]) for row in checked.collect()} == {(1, 2)}


def test_rows_of_findings_need_one_check(session: Any) -> None:
    """Spark does not run the check a second time to filter events."""
    found = spark.findings(spark.check(frame(session, rows(4))))
    plan = found._jdf.queryExecution().executedPlan().toString()
    assert len(re.findall(r"ArrowEvalPython|MapInArrow", plan)) == 1


def test_a_task_that_is_killed_is_repeated(session: Any, tmp_path: Path) -> None:
    """A worker that is killed in its first attempt changes nothing in the output."""
    made = rows(200)
    marker = str(tmp_path / "killed")

    @functions.udf("long")  # type: ignore[untyped-decorator,unused-ignore]
    def kill_once(n: int) -> int:
        if n == 150 and not os.path.exists(marker):
            open(marker, "w").close()
            os.kill(os.getpid(), 9)
        return n

    df = frame(session, made)
    expected = results(spark.check(df, collection="collection"))
    assert results(spark.check(df.withColumn("n", kill_once("n")), collection="collection")) == expected
    assert os.path.exists(marker)


def test_a_stream_has_each_row_once(session: Any, tmp_path: Path) -> None:
    """Files that arrive in two batches are checked once each."""
    source, output = tmp_path / "in", tmp_path / "out"
    source.mkdir()

    def run() -> list[tuple[str, bool]]:
        lines = session.readStream.text(str(source))
        stream = spark.check(lines, "value", "search").select("value", "eventlint.ok").writeStream.format("parquet")
        stream = stream.option("checkpointLocation", str(tmp_path / "checkpoint")).trigger(availableNow=True)
        stream.start(str(output)).awaitTermination()
        return sorted((row["value"], row["ok"]) for row in session.read.parquet(str(output)).collect())

    event = '{"session":{"id":"s-1"},"user":{"id":"u-1"},"search":{"query":"shoes"}}'
    (source / "1.txt").write_text(event + "\n{\n")
    assert run() == [("{", False), (event, True)]
    (source / "2.txt").write_text("[]\n")
    assert run() == [("[]", False), ("{", False), (event, True)]


def test_the_checker_is_pickled_once_for_each_task(session: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of rows does not matter."""
    count = 0
    reduce_ = Checker.__reduce__

    def counted(self: Checker) -> Any:
        nonlocal count
        count += 1
        return reduce_(self)

    monkeypatch.setattr(Checker, "__reduce__", counted)
    spark.check(frame(session, rows(500)), collection="collection").select("eventlint.ok").collect()
    assert count <= 2


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda df: spark.check(df, "body"), "payload: there is no column 'body'"),
        (lambda df: spark.check(df, "n"), "payload must be a string, binary or struct column, not bigint"),
        (lambda df: spark.check(df, event_type="serch"), "event_type: there is no column 'serch'"),
        (lambda df: spark.check(df, event_type="n"), "event_type must be a string column, not bigint"),
        (lambda df: spark.check(df, collection="site"), "use pyspark.sql.functions.lit('site')"),
        (lambda df: spark.check(df, release="7.0"), "7.0"),
        (lambda df: spark.check(df, 3), "payload must be the name of a column or a Column, not int"),
        (spark.findings, "the DataFrame has no column 'eventlint'"),
        (spark.summary, "the DataFrame has no column 'eventlint'"),
    ],
    ids=[
        "payload",
        "payload-type",
        "event-type",
        "event-type-type",
        "collection",
        "release",
        "int",
        "findings",
        "summary",
    ],
)
def test_wrong_arguments_are_reported_at_once(session: Any, call: Callable[[Any], Any], message: str) -> None:
    """No task has to fail to show a wrong argument."""
    with pytest.raises(UsageError) as caught:
        call(frame(session, rows(4)))
    assert message in str(caught.value)
