"""Counts and rows of findings, made of a small table by hand."""

from __future__ import annotations

import re
from typing import Any

import pytest

pytest.importorskip("pyspark", reason="needs eventlint[spark]")

from pyspark.sql import functions

from eventlint import UsageError, spark

GOOD = '{"session":{"id":"s-1"},"user":{"id":"u-1"},"search":{"query":"shoes"}}'
LOST = (
    '{"session":{"id":"s-1"},"user":{"id":"u-1"},'
    '"page":{"url":"/search?q=red shoes"},"document":{"id":"1","index":"products"}}'
)


@pytest.fixture(scope="module")
def checked(session: Any) -> Any:
    """Four events: two clean ones, a refused one and a lost one."""
    rows = [(GOOD, "search", "a"), (GOOD, "search", "b"), ('{"x":1}', "search", "a"), (LOST, "page_view", "a")]
    return spark.check(session.createDataFrame(rows, "payload string, type string, collection string"))


def test_a_row_for_each_finding(checked: Any) -> None:
    """The columns of the event stay, and those of the finding follow."""
    found = spark.findings(checked.drop("payload"))
    assert found.columns == ["type", "collection", "rule", "tier", "effect", "message", "pointer", "line", "column"]
    rows = [(row["type"], row["rule"]) for row in found.collect()]
    assert sorted(rows) == [
        ("page_view", "unparsable-url"),
        ("search", "missing-field"),
        ("search", "missing-field"),
        ("search", "missing-field"),
        ("search", "unknown-field"),
    ]


def test_counts_by_group(checked: Any) -> None:
    """An event with two findings of a rule counts once for the rule."""
    counts = {
        (row["group"], row["name"]): (row["events"], row["refused"], row["lost"], row["not_ok"], row["with_findings"])
        for row in spark.summary(checked).collect()
    }
    assert counts == {
        ("total", None): (4, 1, 1, 1, 2),
        ("event_type", "search"): (3, 1, 0, 1, 1),
        ("event_type", "page_view"): (1, 0, 1, 0, 1),
        ("collection", "a"): (3, 1, 1, 1, 2),
        ("collection", "b"): (1, 0, 0, 0, 0),
        ("rule", "missing-field"): (1, 1, 0, 1, 1),
        ("rule", "unknown-field"): (1, 1, 0, 1, 1),
        ("rule", "unparsable-url"): (1, 0, 1, 0, 1),
    }


def test_columns_with_the_names_of_findings(checked: Any) -> None:
    """No column is replaced silently."""
    with pytest.raises(UsageError, match="rename the columns line, rule first"):
        spark.findings(checked.withColumnRenamed("type", "rule").withColumnRenamed("collection", "line"))


def test_counts_with_a_constant_type(session: Any) -> None:
    """A column that is a constant is counted by, the check runs once, and a wrong name is an error."""
    events = session.createDataFrame([(GOOD,), ("{",)], "payload string")
    checked = spark.check(events.selectExpr("payload", "'search' type"))
    counts = spark.summary(checked, "TYPE", collection=functions.lit("a"))
    assert len(re.findall(r"ArrowEvalPython|MapInArrow", counts._jdf.queryExecution().executedPlan().toString())) == 1
    found = {(row["group"], row["name"]): (row["events"], row["refused"]) for row in counts.collect()}
    assert found == {
        ("total", None): (2, 1),
        ("event_type", "search"): (2, 1),
        ("collection", "a"): (2, 1),
        ("rule", "truncated-json"): (1, 1),
    }
    with pytest.raises(UsageError, match="event_type: there is no column 'kind'"):
        spark.summary(checked, "kind")
