"""Spark Connect, in a process of its own because a process has one kind of session."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pyspark", reason="needs eventlint[spark]")

SCRIPT = """
from pyspark.sql import SparkSession
from eventlint import spark

session = SparkSession.builder.remote("local[2]").getOrCreate()
good = '{"session":{"id":"s-1"},"user":{"id":"u-1"},"search":{"query":"shoes"}}'
events = session.createDataFrame([(good, "search"), (None, "search"), ("{", None)], "payload string, type string")
checked = spark.check(events.selectExpr("cast(payload as binary) payload", "type"))
print([row.ok for row in checked.select("eventlint.ok").collect()])
print(sorted(row.rule for row in spark.findings(checked).collect()))
print([row.events for row in spark.summary(checked).where("group = 'total'").collect()])
session.stop()
"""


def test_results_over_connect(tmp_path: Path) -> None:
    """The client sends the same plan."""
    pytest.importorskip("grpc", reason="needs pyspark[connect]")
    import pyspark

    if not list((Path(pyspark.__file__).parent / "jars").glob("spark-connect_*.jar")):
        pytest.skip("this release of PySpark does not bring the server of Spark Connect")
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        pytest.skip("needs Java")
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable}
    command = [sys.executable, "-c", SCRIPT]
    finished = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr[-2000:]
    assert finished.stdout.splitlines() == ["[True, False, False]", "['missing-body', 'unknown-event-type']", "[3]"]
