"""Lines of NDJSON in Spark are read as ``eventlint check`` reads them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyspark", reason="needs eventlint[spark]")

from pyspark.sql import functions
from pyspark.sql.types import BinaryType, LongType, StringType, StructField, StructType

from eventlint import Checker
from eventlint.cli import main
from eventlint.escaping import printable
from eventlint.spark.lines import check_lines, joined
from tests.spark.rows import rows

MEMBERS = ("rule", "tier", "effect", "message", "pointer", "column")


def envelopes(count: int) -> list[bytes]:
    """Lines with envelopes of all kinds of events, in which a few other lines are."""
    made = []
    for payload, event_type, collection in rows(count, faulty=0.3):
        body = payload or b"null"
        if body.strip()[:1] in (b"{", b"["):
            head = json.dumps({"collection": collection, "event_type": event_type})[:-1].encode()
            made.append(head + b', "payload": ' + body + b"}")
    good, arrayed = made[-1], b"[%b,%b,{}]" % (made[-1], made[-1])
    odd = [good[:-3], arrayed, good + b" " + good, b'{"a": 1}', b"\xff", good + b"\r"]
    return [*made[: count // 2], *odd, *made[count // 2 :]]


def by_command(path: Path, *options: str) -> dict[int, list[tuple[Any, ...]]]:
    """The findings of ``eventlint check`` by the index of the line."""
    report = path.with_name("report.json")
    main(["check", "--isolated", "--output", f"json:{report}", "--quiet", *options, str(path)])
    found: dict[int, list[tuple[Any, ...]]] = {}
    for one in json.loads(report.read_bytes())["findings"]:
        members = [printable(one[name]) if name == "pointer" else one[name] for name in MEMBERS]
        encodable = [m.encode("utf-8", "backslashreplace").decode() if isinstance(m, str) else m for m in members]
        found.setdefault(one["record"] - 1, []).append(tuple(encodable))
    return found


def by_spark(session: Any, made: list[bytes], path: Path, event_type: str | None, checker: Checker) -> list[Any]:
    """The results in the order of the lines."""
    schema = StructType([StructField("n", LongType()), StructField("value", BinaryType())])
    df = session.createDataFrame(list(enumerate(made)), schema).withColumn("file", functions.lit(path.as_uri()))
    checked = check_lines(df, "value", "file", event_type, checker)
    return [row["eventlint"] for row in checked.select("n", "eventlint").orderBy("n").collect()]


@pytest.mark.parametrize(
    ("name", "event_type"), [("events.ndjson", None), ("a b/search.ndjson", None), ("events.ndjson", "search")]
)
def test_the_findings_are_those_of_the_command(
    session: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, event_type: str | None
) -> None:
    """Types come from the option, the envelope, or the name of the file."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    made = envelopes(300)
    path.write_bytes(b"".join(line + b"\n" for line in made))
    expected = by_command(path, *(["--event-type", event_type] if event_type else []))
    found = by_spark(session, made, path, event_type, Checker())
    assert {
        n: [tuple(one[m] for m in MEMBERS) for one in row["findings"]] for n, row in enumerate(found) if row["findings"]
    } == expected
    assert [row["accepted"] for row in found] == [
        all(one[1] != "error" for one in expected.get(n, ())) for n in range(len(made))
    ]


def test_what_is_not_selected_still_decides(session: Any, tmp_path: Path) -> None:
    """A line without findings that are shown may be refused."""
    (row,) = by_spark(session, [b"{}"], tmp_path / "search.ndjson", None, Checker(ignore=["error"]))
    assert (row["ok"], row["accepted"], row["findings"]) == (False, False, [])


@pytest.mark.parametrize("made", [[], [b"a"], [b"", b"\xff", None, b"c\r"]], ids=["none", "one", "several"])
def test_lines_are_joined_as_in_a_file(made: list[bytes | None]) -> None:
    """Each has its end, also in a part of a column."""
    import pyarrow as pa

    column = pa.array([b"before", *made, b"after"], pa.binary()).slice(1, len(made))
    assert bytes(joined(column)) == b"".join((line or b"") + b"\n" for line in made)


def test_lines_of_several_files_in_a_batch(session: Any, tmp_path: Path) -> None:
    """The name of each file determines the type of its lines."""
    schema = StructType(
        [StructField("n", LongType()), StructField("value", BinaryType()), StructField("file", StringType())]
    )
    names = ["search", "page_view", "search"]
    made = [(n, b"{}", f"file:/a%20b/{name}.ndjson") for n, name in enumerate(names)]
    checked = check_lines(session.createDataFrame(made, schema).coalesce(1), "value", "file", None, Checker())
    found = [row["eventlint"]["findings"][-1]["message"] for row in checked.orderBy("n").collect()]
    assert found == ["missing field 'search'", "missing field 'page'", "missing field 'search'"]
