"""Files in, events with their position out."""

from __future__ import annotations

import gzip
import io
import json
import random
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint.errors import InputError
from eventlint.inputs.discovery import discover
from eventlint.inputs.envelope import Envelope
from eventlint.inputs.file_names import format_of
from eventlint.inputs.files import records
from eventlint.inputs.har import read_har
from eventlint.inputs.json_files import read_json, read_ndjson
from eventlint.inputs.json_spans import elements, find, find_all, plain_spans
from eventlint.inputs.request_files import read_requests
from eventlint.inputs.type_from_path import type_of
from eventlint.model import Position

VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(), below, max_size=3),
    max_leaves=10,
)


def no_stdin() -> Any:
    """Standard input is not read here."""
    raise AssertionError


@given(st.lists(VALUES), st.sampled_from([None, 1]))
def test_array_elements_are_found(values: list[Any], indent: int | None) -> None:
    """Each span contains one element."""
    raw = json.dumps(values, indent=indent).encode()
    assert [json.loads(raw[begin:end]) for begin, end in elements(raw)] == values


@given(st.dictionaries(st.text(), VALUES), st.text(), VALUES)
def test_a_nested_key_is_found(members: dict[str, Any], key: str, value: Any) -> None:
    """The span of a key contains its value."""
    raw = json.dumps({"outer": {**members, key: value}}).encode()
    span = find(raw, ("outer", key))
    assert span is not None
    assert json.loads(raw[span[0] : span[1]]) == value


@given(st.binary(max_size=80))
def test_any_bytes_are_read_without_errors(raw: bytes) -> None:
    """No content raises anything but InputError, in any format."""
    list(read_json(raw, Envelope()))
    list(read_ndjson(io.BytesIO(raw), Envelope()))
    list(read_requests(raw))
    try:
        list(read_har(raw))
    except InputError:
        pass


def test_array_elements_stay_as_they_are() -> None:
    """Duplicate keys and syntax errors are kept, and each element has its position."""
    found = list(read_json(b'[ {"a": 1, "a": 2}, // x\n  {bad} ]', Envelope()))
    assert [(record.body[:18], record.number) for record in found] == [(b'{"a": 1, "a": 2}', 1), (b"{bad} ]", 2)]
    assert (found[1].place.line, found[1].place.column) == (2, 3)


def test_ndjson_numbers_are_line_numbers() -> None:
    """The number of a record is its line; blank lines are not events."""
    found = list(read_ndjson(io.BytesIO(b'{}\n\n \r\n{"a":1}\r\n'), Envelope()))
    assert [(record.number, record.body, record.place.offset) for record in found] == [
        (1, b"{}", 0),
        (4, b'{"a":1}', 7),
    ]


def test_an_envelope_with_other_keys() -> None:
    """The keys of an envelope are configurable."""
    envelope = Envelope(payload=("data", "body"), event_type=("kind",), collection=("to",))
    (record,) = read_json(b'{"kind": "search",\n "to": "site", "data": {"body": {"x": 1}}}', envelope)
    assert (record.body, record.event_type, record.collection) == (b'{"x": 1}', "search", "site")
    assert (record.place.line, record.place.column) == (2, 33)


def test_an_event_is_not_an_envelope() -> None:
    """An object without all keys of an envelope is the event itself."""
    (record,) = read_json(b'{"payload": 1}', Envelope())
    assert record.body == b'{"payload": 1}'


CONSOLE = b"""# first
POST _application/analytics/site/event/search?debug
Content-Type: application/vnd.elasticsearch+json; compatible-with=8

// the body
{
  "a": 1
}

GET _search
{"query": {}}

POST http://localhost:9200/_application/analytics/a%20b/event/page_view HTTP/1.1
{}
### the end
"""


def test_dev_console_requests() -> None:
    """Requests to the endpoint are read with their headers and bodies; others are skipped."""
    first, second = read_requests(CONSOLE)
    assert first.request is not None
    assert first.request.uri == "/_application/analytics/site/event/search?debug"
    assert dict(first.request.headers) == {"Content-Type": "application/vnd.elasticsearch+json; compatible-with=8"}
    assert (first.body, first.place.line, first.head and first.head.line) == (b'{\n  "a": 1\n}', 6, 2)
    assert second.request is not None
    assert (second.request.uri, second.body) == ("/_application/analytics/a%20b/event/page_view", b"{}")


def test_har_requests() -> None:
    """Only the requests to the endpoint are read from a HAR file."""
    path = "https://example.com/_application/analytics/site/event/search"
    entry = {
        "request": {"method": "POST", "url": path, "headers": [{"name": "A", "value": "b"}], "postData": {"text": "{}"}}
    }
    other = {"request": {"method": "GET", "url": "https://example.com/"}}
    preflight = {"request": {"method": "OPTIONS", "url": path}}
    (record,) = read_har(json.dumps({"log": {"entries": [other, preflight, entry, {}]}}).encode())
    assert record.request is not None
    assert (record.request.uri, dict(record.request.headers), record.body) == (path[19:], {"A": "b"}, b"{}")


def test_a_file_that_is_not_har() -> None:
    """JSON without the entries of a HAR file is an error."""
    with pytest.raises(InputError, match="HAR"):
        list(read_har(b"{}"))


@pytest.mark.parametrize(
    ("path", "event_type"),
    [
        ("search_click/7.json", "search_click"),
        ("page_view.valid.json", "page_view"),
        ("a/search_click-12.ndjson.gz", "search_click"),
        ("search.json", "search"),
        ("search_terms.json", None),
        ("searches/1.json", "search"),
        ("page_view/search.json", "search"),
        ("page_view/more/1.json", "page_view"),
        ("x.json", None),
    ],
)
def test_the_path_indicates_the_event_type(path: str, event_type: str | None) -> None:
    """The start of the file name decides, else the innermost folder that is named after a type."""
    assert type_of(path) == event_type


def test_compressed_files(tmp_path: Path) -> None:
    """Compressed files are decompressed and read in their format."""
    (tmp_path / "a.ndjson.gz").write_bytes(gzip.compress(b"{}\n{}\n"))
    if sys.version_info < (3, 14):
        from backports import zstd

        (tmp_path / "a.json.zst").write_bytes(zstd.compress(b"[{}]"))
        assert len(list(records(str(tmp_path / "a.json.zst"), None, Envelope(), no_stdin))) == 1
    assert len(list(records(str(tmp_path / "a.ndjson.gz"), None, Envelope(), no_stdin))) == 2


@pytest.mark.parametrize("name", ["a.json.gz", "a.json.zst", "missing.json"])
@pytest.mark.parametrize("content", [b"no archive", gzip.compress(b"", mtime=0)[:10] + b"damaged"])
def test_files_that_cannot_be_read(tmp_path: Path, name: str, content: bytes) -> None:
    """A damaged or missing file is an InputError."""
    if not name.startswith("missing"):
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError):
        list(records(str(tmp_path / name), None, Envelope(), no_stdin))


def test_a_truncated_archive(tmp_path: Path) -> None:
    """The undamaged part is read before the error is raised."""
    compressed = gzip.compress(b"{}\n" * 100_000)
    (tmp_path / "a.ndjson.gz").write_bytes(compressed[: len(compressed) // 2])
    found = records(str(tmp_path / "a.ndjson.gz"), None, Envelope(), no_stdin)
    assert next(found).body == b"{}"
    with pytest.raises(InputError):
        list(found)


def test_discovery_respects_gitignore(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Discovery leaves out ignored files, also by nested ignore files, and excluded paths."""
    monkeypatch.chdir(tmp_path)
    names = [
        "a.json",
        "b.txt",
        "skip/c.json",
        "in/d.ndjson",
        "in/e.json",
        "in/keep.json",
        "node_modules/f.json",
        "x/g.har",
    ]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text("{}")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("skip/\n")
    (tmp_path / "in/.gitignore").write_text("*.json\n!keep.json\n")
    missing: list[tuple[str, str]] = []

    def fail(path: str, reason: str) -> None:
        missing.append((path, reason))

    found = list(discover([".", "a.json", "none.json"], lambda path: path.startswith("x"), fail))
    assert found == ["a.json", "in/d.ndjson", "in/keep.json"]
    assert missing == [("none.json", "no such file or folder")]
    assert list(discover(["**/*.json"], lambda path: False, fail))[:1] == ["a.json"]


def test_the_suffix_indicates_the_format() -> None:
    """The suffix of a compression is ignored."""
    assert [format_of(name) for name in ("a.JSON", "a.jsonl.zst", "a.http", "a.txt")] == [
        "json",
        "ndjson",
        "console",
        None,
    ]


def test_an_envelope_with_two_payloads_is_reported() -> None:
    """It is not certain which of them counts."""
    line = '{"event_type": "search", "payload": {"a": 1}, "payload": {"b": 2}}'
    (record,) = read_ndjson(io.BytesIO(line.encode()), Envelope())
    assert record.problem is not None
    assert (record.problem.rule, record.problem.position) == (
        "duplicate-key",
        Position(line=1, column=58, offset=57),
    )


@pytest.mark.parametrize(
    ("line", "bodies"),
    [
        ('{"a":1}{"b":2} {"c":3}', ['{"a":1}{"b":2} {"c":3}', '{"b":2}', '{"c":3}']),
        ('{"a":1},{"b":2}', ['{"a":1},{"b":2}', '{"b":2}']),
        ('{"a":1}{"b"', ['{"a":1}{"b"', '{"b"']),
        ('{"a":1}{', ['{"a":1}{']),
        ('{"a":1} text {"b":2}', ['{"a":1} text {"b":2}']),
        ('{"a":1}', ['{"a":1}']),
    ],
)
def test_each_event_of_a_line_is_read(line: str, bodies: list[str]) -> None:
    """The first one has the whole line, so that what follows it is reported."""
    found = list(read_ndjson(io.BytesIO(line.encode()), Envelope()))
    assert [record.body.decode() for record in found] == bodies
    assert [line.encode()[record.place.offset :][: len(record.body)] for record in found] == [
        record.body for record in found
    ]
    assert {record.number for record in found} == {1}


ENVELOPES = [
    b'{"event_type":"search","collection":"shop","payload":{"a":[{"b":1},{"c":"x"}]}}',
    b'{"time":[1.5e3,-2,true,null],"detail":{"event_type":"search","payload":{}, "more":{}},"payload":3}',
    b' {"detail" : {"payload" : "a" , "payload":"b"}, "event_type":"search"}',
]
PIECES = [
    b'"',
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b" ",
    b"\t",
    b"\r",
    b"\\",
    b"/**/",
    b"NaN",
    b"01",
    b"\xc3\xa9",
    b"\0",
]
WANTED = [("payload",), ("event_type",), ("collection",), ("detail", "payload"), ("detail", "event_type")]


def test_plain_spans_are_those_of_the_reader() -> None:
    """Damaged envelopes: where a quick look gives spans, reading the envelope gives the same, and no error."""
    source, quick = random.Random(4), 0
    for _ in range(3_000):
        data = source.choice(ENVELOPES)
        for _ in range(source.randint(0, 2)):
            at, length = source.randrange(len(data)), source.choice([0, 0, 1, 12])
            piece = source.choice([*PIECES, data[at : at + 20]])
            data = data[:at] + piece + data[at + length :]
        wanted = source.sample(WANTED, 3)
        found = plain_spans(data, wanted)
        if found is not None:
            quick += 1
            assert find_all(data, wanted) == (found, None), data
    assert quick > 1_000


@pytest.mark.parametrize(
    ("line", "bodies"),
    [
        (b'{"a":1}{"b":2}', [b'{"a":1}{"b":2}', b'{"b":2}']),
        (b'{"a":1} , {"b":2}', [b'{"a":1} , {"b":2}', b'{"b":2}']),
        (b'{"a":1}/**/{"b":2}', [b'{"a":1}/**/{"b":2}', b'{"b":2}']),
        (b'{"a":[{},{"c":1}]}', [b'{"a":[{},{"c":1}]}']),
        (b'1 {"b":2}', [b'1 {"b":2}', b'{"b":2}']),
        (b'"}"{"b":2}', [b'"}"{"b":2}', b'{"b":2}']),
        (b'{"a":"}"}', [b'{"a":"}"}']),
    ],
)
def test_objects_that_follow_the_first_value_of_a_line(line: bytes, bodies: list[bytes]) -> None:
    """Each one is an event."""
    assert [record.body for record in read_ndjson(io.BytesIO(line), Envelope())] == bodies
