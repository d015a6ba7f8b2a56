"""Lines of JSON with a payload are read exactly, and never pass if they cannot be read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyspark", reason="needs eventlint[spark]")

from eventlint import Checker, UsageError
from eventlint.spark import json_rows
from eventlint.spark.job import main
from eventlint.spark.json_rows import Members, Row, members, row_of
from tests.spark.rows import rows

GOOD = '{"session":{"id":"s-1"},"user":{"id":"u-1"},"search":{"query":"shoes"}}'
WRONG = GOOD.replace('"shoes"', "7")
TEXT = json.dumps(GOOD)
PARTS = Members(("payload",), ("type",), ("collection",))


@pytest.mark.parametrize(
    ("line", "row"),
    [
        (b'{"payload": {"a" : 1.10}, "type": "search"}', (b'{"a" : 1.10}', "search", None)),
        (b'{"type": "search", "collection": "c", "payload": "{\\"a\\": 1}"}', (b'{"a": 1}', "search", "c")),
        (b'{"payload": "\\ud800"}', (b"\xed\xa0\x80", "", None)),
        (b'{"payload": null, "type": null, "collection": null}', (b"", "", None)),
        (b'{"type": 7, "collection": ["a"]}', (b"", "7", '["a"]')),
        (b"[1]", (b"[1]", "", None)),
        (b"7", (b"7", "", None)),
        (b'\xef\xbb\xbf{"payload": {"\xc3\xa9": 1}}', (b'{"\xc3\xa9": 1}', "", None)),
    ],
)
def test_the_parts_of_a_line(line: bytes, row: tuple[Any, ...]) -> None:
    """A string is its content, another value its bytes, and null is nothing."""
    found = row_of(line, PARTS)
    assert (found.event, found.event_type, found.collection, found.error) == (*row, None)


@pytest.mark.parametrize(
    "line",
    [
        b'{"payload": {}',
        b'{"payload": {}} x',
        b'{"payload": {}}{"payload": {}}',
        b'{"payload": {}, "payload": {}}',
        b'{"payload": {}, "type": "search", "type": "page_view"}',
        b'{"payload": {}, "other": "\xff"}',
        b"{'payload': {}}",
        b'{"payload": {}, "other": NaN}',
        b"\xff",
    ],
)
def test_a_line_that_cannot_be_read(line: bytes) -> None:
    """Spark would read a payload in most of them."""
    found: Row = row_of(line, PARTS)
    assert found.error is not None
    assert found.event == line


def test_names_with_dots() -> None:
    """A dot separates keys, and backticks keep it."""
    assert members("a.payload", "`b.type`", None) == Members(("a", "payload"), ("b.type",), None)
    assert members("payload", "search", "c") == Members(("payload",), "search", ("c",))
    with pytest.raises(UsageError, match="different keys"):
        members("payload", "payload", None)


def objects(count: int) -> list[bytes]:
    """Lines whose payloads are values and strings of all kinds."""
    made = [
        b'{"payload":{},"type":5}',
        b'{"payload":5,"type":"search","collection":7}',
        b'{"payload":"", "type":"search"}',
        b'{"payload":' + TEXT.encode() + b', "type":"\\ud800"}',
        b'{"payload":' + TEXT.encode() + b', "type":"search", "collection":"\\udfff"}',
    ]
    for number, (body, kind, name) in enumerate(rows(count, faulty=0.3)):
        head = json.dumps({"type": kind, "collection": [name, 7, ["a"]][number % 9 if number % 9 < 3 else 0]})[
            :-1
        ].encode()
        payload = body or b"null"
        if number % 3 == 0:
            payload = json.dumps(payload.decode("utf-8", "surrogateescape")).encode()
        made.append(head + b', "payload": ' + payload + b"}" + b"\r" * (number % 2))
    return made


@pytest.mark.parametrize("names", [("type", "collection"), ("type", None), ("search", "collection")])
def test_what_is_called_clean_is_clean(names: tuple[str, str | None]) -> None:
    """The engine and the fast path only leave out lines without findings."""
    import pyarrow as pa

    parts, checker, lines = members("payload", *names), Checker(), objects(600)
    column = json_rows._judge(parts, checker)(pa.array(lines, pa.binary())).column()
    for line, result in zip(lines, column.to_pylist(), strict=True):
        row = row_of(line.rstrip(b"\r"), parts)
        report = checker.check(row.event, row.event_type, collection=row.collection)
        assert result["ok"] == (report.ok and row.error is None), line
        if row.error is None:
            assert [one["rule"] for one in result["findings"]] == [one.rule for one in report.findings], line
        else:
            assert len(result["findings"]) == 1


def written(folder: Path) -> list[bytes]:
    """The lines of all files in a folder that Spark wrote."""
    return sorted(line for path in folder.glob("part-*") for line in path.read_bytes().split(b"\n")[:-1])


def job(folder: Path, made: list[bytes], *options: str) -> list[Any]:
    """The findings of the job for some lines of JSON."""
    (folder / "events.json").write_bytes(b"".join(line + b"\n" for line in made))
    outputs = ["--output-dir", f"{folder}/out", "--write-clean", f"{folder}/clean"]
    command = ["--input", f"{folder}/events.json", "--input-format", "json", *outputs]
    assert main([*command, "--write-rejected", f"{folder}/rejected", *options]) == 0
    return [json.loads(line) for line in written(folder / "out/findings")]


@pytest.mark.usefixtures("session")
def test_lines_that_cannot_be_read_are_findings(tmp_path: Path) -> None:
    """They are counted and rejected, and their positions are those in the line."""
    good = [f'{{"payload":{TEXT},"type":"search"}}'.encode(), f'{{"type":"search","payload":{GOOD}}}\r'.encode()]
    bad = [b'{"payload":', b"\xff", b'{"type":"search"}', good[0] + good[1]]
    found = job(tmp_path, [*good, *bad])
    shown = [(one["rule"], one.get("line"), one.get("column"), one.get("type")) for one in found]
    assert sorted(shown, key=str) == [
        ("invalid-json", 1, 1, None),
        ("invalid-json", 1, len(good[0]) + 1, "search"),
        ("missing-body", None, None, "search"),
        ("truncated-json", 1, 12, None),
    ]
    assert written(tmp_path / "clean") == sorted(good)
    assert written(tmp_path / "rejected") == sorted(bad)
    counts = [json.loads(line) for line in written(tmp_path / "out/summary")]
    found = [(one["group"], one.get("name"), one["events"], one["refused"]) for one in counts if one["group"] != "rule"]
    assert sorted(found, key=str) == [
        ("event_type", "search", 4, 2),
        ("event_type", None, 2, 2),
        ("total", None, 6, 4),
    ]


@pytest.mark.usefixtures("session")
def test_a_collection_whose_key_is_an_event_type(tmp_path: Path) -> None:
    """Only ``--event-type`` can be a constant."""
    lines = [f'{{"payload":{GOOD},"type":"search","search":"site"}}'.encode()]
    assert job(tmp_path, lines, "--collection", "search") == []
    counts = [json.loads(line) for line in written(tmp_path / "out/summary")]
    assert [one["name"] for one in counts if one["group"] == "collection"] == ["site"]


@pytest.mark.usefixtures("session")
def test_what_is_not_selected_is_not_shown(tmp_path: Path) -> None:
    """Also if a line cannot be read, which still is not accepted."""
    assert job(tmp_path, [f'{{"payload":{WRONG}}}'.encode(), b"{"], "--event-type", "search", "--ignore", "error") == []
    (total,) = [line for line in written(tmp_path / "out/summary") if b'"total"' in line]
    assert json.loads(total)["refused"] == 2


@pytest.mark.usefixtures("session")
def test_findings_are_those_of_the_payloads(tmp_path: Path) -> None:
    """Payloads of all kinds, in strings, have the findings that the checker has."""
    made = [(body, kind, name) for body, kind, name in rows(300) if body is None or is_utf8(body)]
    lines = [
        json.dumps({"payload": None if body is None else body.decode(), "type": kind, "collection": name}).encode()
        for body, kind, name in made
    ]
    found = job(tmp_path, lines, "--collection", "collection")
    expected = [
        finding.rule
        for body, kind, name in made
        for finding in Checker().check(body or b"", kind or "", collection=name).findings
    ]
    assert sorted(one["rule"] for one in found) == sorted(expected)


def is_utf8(body: bytes) -> bool:
    """Whether bytes can be in a JSON string."""
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize(
    ("line", "options", "missing"),
    [
        (GOOD, [], "'payload'"),
        (f'{{"payload":{GOOD}}}', [], "'type'"),
        (f'{{"payload":{GOOD},"type":"search"}}', ["--collection", "site"], "'site'"),
    ],
)
@pytest.mark.usefixtures("session")
def test_a_part_that_no_line_has(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, options: list[str], missing: str
) -> None:
    """A wrong name is one error, not one finding for each event."""
    (tmp_path / "events.json").write_text(line)
    command = ["--input", f"{tmp_path}/events.json", "--input-format", "json", "--output-dir", f"{tmp_path}/out"]
    assert main([*command, *options]) == 2
    assert f"no {missing} in the first 1 lines" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
