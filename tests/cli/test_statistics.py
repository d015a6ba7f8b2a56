"""``check --statistics``: counts of events and findings, as text and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import eventlint
from eventlint.cli import main
from eventlint.inputs.event_time import day_of
from eventlint.output.groups import MAX_ROWS, OTHER, Event, Groups
from tests.cli.test_check import GOOD, Write, write

__all__ = ["write"]

SCHEMA = json.loads((Path(eventlint.__file__).parent / "output/statistics.schema.json").read_text())
BAD = GOOD.replace('"s"', "1").replace('"q"', '"","x":1')
REQUEST = f"POST /_application/analytics/web_shop/event/search\n{BAD}\n"


def line(payload: str, **parts: object) -> str:
    """A line of NDJSON with an event in an envelope."""
    return json.dumps({"event_type": "search", **parts, "payload": json.loads(payload)}) + "\n"


def tables(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """The statistics of a report, which matches its schema."""
    document = json.loads(capsys.readouterr().out)
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(document)
    found: dict[str, Any] = document["statistics"]
    return found


def counts(rows: list[dict[str, Any]], *names: str) -> dict[str | None, tuple[int, ...]]:
    """Some counts of each row, by its name."""
    return {row["name"]: tuple(row[name] for name in names) for row in rows}


def test_each_table_counts_events_and_findings(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """Clean events are counted too, and shares are those of all events and of all findings."""
    write("events.ndjson", line(GOOD, collection="a") * 2 + line(BAD, collection="a") + line(BAD, collection="b"))
    write("search.json", GOOD)
    assert main(["check", "--statistics", "--format", "json", "."]) == 1
    found = tables(capsys)
    assert (found["events"], found["findings"]) == (5, 6)
    assert counts(found["tiers"], "events", "findings") == {"error": (2, 4), "lint": (2, 2)}
    assert counts(found["rules"], "events", "findings_share")["wrong-type"] == (2, 0.3333)
    assert counts(found["event_types"], "events", "affected", "findings") == {"search": (5, 2, 6)}
    assert counts(found["collections"], "events", "affected", "events_share") == {
        "a": (3, 1, 0.6),
        "b": (1, 1, 0.2),
        None: (1, 0, 0.2),
    }
    assert found["days"] == []


def test_several_processes_give_the_same_statistics(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """The counts of worker processes are added."""
    for number in range(4):
        write(f"{number}.ndjson", line(GOOD, collection=f"c{number}") + line(BAD))
    main(["check", "--statistics", "."])
    one = capsys.readouterr().out
    main(["check", "--statistics", "--jobs", "2", "."])
    assert capsys.readouterr().out == one
    assert "collection" in one


def test_days_are_counted_in_utc(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """The timestamp is in the envelope or in the event; events without one are counted as unknown."""
    write(
        "events.ndjson",
        line(GOOD, ts="2024-05-31T23:30:00-02:00")
        + line(GOOD, ts=1717113600)
        + line(BAD, ts="soon")
        + GOOD.replace("{", '{"ts":"2024-05-31",', 1),
    )
    main(["check", "--statistics", "--time-pointer", "/ts", "--event-type", "search", "--format", "json", "."])
    assert counts(tables(capsys)["days"], "events", "affected") == {
        "2024-05-31": (2, 1),
        "2024-06-01": (1, 0),
        None: (1, 1),
    }


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024-02-29T00:00:00Z", "2024-02-29"),
        ("2024-03-01T00:30:00+01:00", "2024-02-29"),
        ("2024-02-29 12:00", "2024-02-29"),
        ("2024-02-29", "2024-02-29"),
        (1709164800, "2024-02-29"),
        (1709164800000, "2024-02-29"),
        ("1709164800123", "2024-02-29"),
        (1709164800.5, "2024-02-29"),
        ("", None),
        ("yesterday", None),
        (True, None),
        (None, None),
        (1e300, None),
        (float("nan"), None),
        ("9999-12-31T23:59:59-12:00", None),
    ],
)
def test_the_day_of_a_timestamp(value: object, day: str | None) -> None:
    """ISO 8601, seconds and milliseconds are understood; other values have no day."""
    assert day_of(value) == day


def test_the_text_has_a_table_for_each_group(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """Tables have a heading, and no finding is shown."""
    write("r.http", REQUEST)
    main(["check", "--statistics", "."])
    out = capsys.readouterr().out
    assert [part.partition(" ")[0] for part in out.split("\n\n")[:-1]] == ["tier", "rule", "event", "collection"]
    assert "web_shop         1  100.0%         1         3  100.0%\n" in out
    assert "r.http" not in out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--statistics", "--format", "sarif"], "--statistics requires --format text or --format json"),
        (["--time-pointer", "/ts"], "--time-pointer requires --statistics"),
        (["--statistics", "--time-pointer", "ts"], "--time-pointer: 'ts' is not a JSON Pointer"),
    ],
)
def test_wrong_combinations(words: list[str], message: str, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """The usage error names the options."""
    write("search.json", GOOD)
    assert main(["check", *words, "."]) == 2
    assert message in capsys.readouterr().err


def test_the_number_of_rows_is_bounded() -> None:
    """Names beyond the limit are counted together, so that nothing is lost."""
    groups = Groups()
    for number in range(MAX_ROWS + 500):
        groups.count_event(Event("search", f"c{number}"))
    rows = groups.tables["collections"]
    assert len(rows) == MAX_ROWS + 1
    assert rows[OTHER].events == 500


def test_findings_have_the_collection(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """The report with findings has the collection of an envelope or a request."""
    write("a.ndjson", line(BAD, collection="a"))
    write("b.http", REQUEST)
    main(["check", "--format", "json", "."])
    found = json.loads(capsys.readouterr().out)["findings"]
    assert {(one["path"], one["collection"], one["prefix"]) for one in found} == {
        ("a.ndjson", "a", None),
        ("b.http", "web_shop", None),
    }
