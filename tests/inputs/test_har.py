"""HAR files: real recordings, and the forms that recorders write."""

from __future__ import annotations

import base64
import gzip
import json
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint.cli import main
from eventlint.errors import InputError
from eventlint.inputs.har import read_har, target_of
from eventlint.inputs.har_body import MAX_DECOMPRESSED
from eventlint.inputs.har_entries import Damage, Entry, read_entries
from eventlint.inputs.record import Record
from eventlint.model import header_pairs

RECORDINGS = Path(__file__).parent / "har"
URL = "https://es.example.com:9243/_application/analytics/site/event/search"
GOOD = '{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}'
BAD = GOOD.replace("u-1", " ")
JSON = [{"name": "Content-Type", "value": "application/json"}]
ABSENT = object()


def entry(response: Any = ABSENT, **request: Any) -> dict[str, Any]:
    """An entry: a request with a good event, and changes; a change to ``ABSENT`` removes the key."""
    whole = {"method": "POST", "url": URL, "headers": JSON, "postData": {"text": GOOD}} | request
    found = {"request": {key: value for key, value in whole.items() if value is not ABSENT}}
    return found if response is ABSENT else {**found, "response": response}


def har(*entries: Any) -> bytes:
    """A HAR file."""
    return json.dumps(
        {"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": entries}}
    ).encode()


def read(**request: Any) -> Record:
    """The only record of a HAR file with one entry."""
    (record,) = read_har(har(entry(**request)))
    return record


class Run:
    """A run of ``eventlint check`` for one file."""

    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str], *options: str) -> None:
        self.code = main(["check", "--isolated", "--format", "json", *options, str(path)])
        report = json.loads(capsys.readouterr().out)
        self.findings = report["findings"]
        self.rules = [finding["rule"] for finding in self.findings]
        self.unchecked = report["summary"]["unchecked"]
        self.reasons = report["summary"]["reasons"]


@pytest.fixture
def check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Checks a HAR file with some entries."""

    def run(*entries: Any, options: tuple[str, ...] = ()) -> Run:
        (tmp_path / "a.har").write_bytes(har(*entries))
        return Run(tmp_path / "a.har", capsys, *options)

    return run


# ---- recordings -----------------------------------------------------------------------------------------------------

RECORDED = {
    "chromium": (
        [
            (2, "blank-id"),
            (3, "missing-body"),
            (4, "recorded-rejection"),
            (7, "failed-request"),
            (8, "unsupported-media-type"),
            (8, "failed-request"),
            (10, "unsupported-media-type"),
        ],
        0,
    ),
    "firefox": (
        [
            (2, "blank-id"),
            (3, "missing-body"),
            (4, "recorded-rejection"),
            (7, "failed-request"),
            (8, "unsupported-media-type"),
            (8, "failed-request"),
            (10, "unsupported-media-type"),
        ],
        2,  # failed requests are recorded without their bodies
    ),
    "mitmproxy": (
        [
            (2, "blank-id"),
            (3, "missing-body"),
            (5, "recorded-rejection"),
            (6, "unsupported-media-type"),
            (6, "invalid-json"),
            (7, "failed-request"),
            (8, "invalid-encoding"),
        ],
        0,
    ),
    "playwright": (
        [
            (2, "blank-id"),
            (3, "missing-body"),
            (4, "recorded-rejection"),
            (7, "failed-request"),
            (8, "unsupported-media-type"),
            (8, "failed-request"),
            (10, "unsupported-media-type"),
        ],
        3,  # bodies that are Blobs, and the one after a redirect, are not recorded
    ),
}
"""The number of the request and the rule of each finding, and the number of unchecked events."""


@pytest.mark.parametrize("recorder", RECORDED)
def test_recordings(recorder: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each recorder represents the same page's requests in its way."""
    run = Run(RECORDINGS / f"{recorder}.har", capsys)
    assert ([(finding["record"], finding["rule"]) for finding in run.findings], run.unchecked) == RECORDED[recorder]


def test_recordings_are_those_in_the_list() -> None:
    """No recording is left out."""
    assert {path.stem for path in RECORDINGS.glob("*.har")} == set(RECORDED)


# ---- headers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"content-type": "application/json"},
        {"CONTENT-TYPE": ["application/json"]},
        [["Content-Type", "application/json"]],
        [{"Name": "content-type", "Value": "application/json"}],
        [{"name": ":method", "value": "POST"}, {"name": "content-type", "value": "application/json"}],
    ],
)
def test_headers_are_read_in_every_form(headers: Any) -> None:
    """A list or an object, with names in any case, and without pseudo-headers."""
    request = read(headers=headers, postData={"mimeType": "text/plain", "text": GOOD}).request
    assert request is not None
    assert [(name.lower(), value) for name, value in header_pairs(request.headers)] == [
        ("content-type", "application/json")
    ]


@pytest.mark.parametrize(
    ("headers", "data", "rules"),
    [
        ([], {"mimeType": "application/json", "text": GOOD}, []),
        ([], GOOD, []),  # no header at all: the recorder left them out
        (None, {"text": GOOD}, []),
        (ABSENT, {"mimeType": "text/plain;charset=UTF-8", "text": GOOD}, ["unsupported-media-type"]),
        ([{"name": "Host", "value": "a"}], {"mimeType": "application/json", "text": GOOD}, []),
        ([{"name": "Host", "value": "a"}], {"mimeType": "", "text": GOOD}, ["unsupported-media-type"]),
    ],
)
def test_the_media_type_without_a_header(check: Any, headers: Any, data: Any, rules: list[str]) -> None:
    """It is that of the body; it is missing only if other headers are there."""
    assert check(entry(headers=headers, postData=data)).rules == rules


# ---- bodies ---------------------------------------------------------------------------------------------------------


def _characters(raw: bytes) -> str:
    """A character for each byte."""
    return raw.decode("latin-1")


@pytest.mark.parametrize(
    ("data", "body"),
    [
        ("{}", b"{}"),
        ({"text": "ü€😀"}, "ü€😀".encode()),
        ({"text": '{"a": 1}', "encoding": "base64"}, b'{"a": 1}'),
        ({"text": "eyJhIjog\n MX0=", "encoding": "base64"}, b'{"a": 1}'),
        ({"text": "_-8", "encoding": "Base64"}, b"\xff\xef"),
        ({"text": "a\udce9b"}, b"a\xe9b"),  # mitmproxy: a byte that is not UTF-8
        ({"text": "a\ud800b"}, b"a\xed\xa0\x80b"),
        ({"text": {"a": 1}}, b'{"a": 1}'),
        ({"session": {}}, b'{"session": {}}'),
    ],
)
def test_bodies_are_read_in_every_form(data: Any, body: bytes) -> None:
    """The body has the bytes that the server received."""
    record = read(postData=data)
    assert (record.body, record.unchecked, record.problem) == (body, None, None)


def test_the_content_length_shows_that_a_character_is_a_byte() -> None:
    """Firefox records a body that is not UTF-8 with one character for each byte."""
    headers = [*JSON, {"name": "Content-Length", "value": "3"}]
    assert read(headers=headers, postData={"text": "aéb"}).body == b"a\xe9b"
    assert (
        read(headers=[*JSON, {"name": "Content-Length", "value": "4"}], postData={"text": "aéb"}).body == "aéb".encode()
    )


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (ABSENT, 10),
        (ABSENT, -1),
        (ABSENT, ABSENT),
        (None, "12"),
        ({"mimeType": "application/json"}, 10),
        ({"mimeType": "application/json", "text": None}, 10),
        ({"mimeType": "application/json", "text": ""}, 10),
        ({"mimeType": "application/json", "params": [{"name": GOOD, "value": ""}]}, 10),
    ],
)
def test_a_body_that_was_not_recorded(check: Any, data: Any, size: Any) -> None:
    """It is counted as unchecked; without another event, nothing was checked."""
    run = check(entry({"status": 202}, postData=data, bodySize=size))
    assert (run.code, run.rules, run.reasons) == (3, [], {"body not recorded": 1})


def test_a_checked_event_next_to_an_unchecked_one(check: Any) -> None:
    """The run is clean, and the unchecked event is counted."""
    run = check(entry(), entry(postData=ABSENT))
    assert (run.code, run.rules, run.unchecked) == (0, [], 1)


@pytest.mark.parametrize("data", [ABSENT, {"mimeType": "application/json", "text": ""}])
def test_an_empty_body(check: Any, data: Any) -> None:
    """With the size 0, the body is empty."""
    assert check(entry({"status": 400}, postData=data, bodySize=0)).rules == ["missing-body"]


@pytest.mark.parametrize("header", [("Content-Length", "84"), ("Content-Encoding", "gzip")])
def test_a_header_contradicts_the_size(check: Any, header: tuple[str, str]) -> None:
    """Playwright writes the size 0 for a body that it could not read."""
    headers = [*JSON, {"name": header[0], "value": header[1]}]
    assert check(entry({"status": 202}, headers=headers, postData=ABSENT, bodySize=0)).unchecked == 1


def test_a_body_that_was_recorded_in_part(check: Any) -> None:
    """A recorder cut it off; the server received all of it."""
    run = check(entry({"status": 202}, postData={"text": GOOD[:50]}, bodySize=len(GOOD)))
    assert (run.rules, run.reasons) == ([], {"body recorded only in part": 1})
    assert check(entry({"status": 400}, postData={"text": GOOD[:50]}, bodySize=50)).rules == ["truncated-json"]


def test_the_request_around_a_body_that_was_not_recorded(check: Any) -> None:
    """Its findings do not depend on the body, and the run fails."""
    run = check(entry(postData=ABSENT, url=URL + "es?x=1", headers=[{"name": "Content-Type", "value": "text/plain"}]))
    assert run.rules == ["unsupported-media-type", "unknown-parameter", "unknown-event-type"]
    assert (run.code, run.unchecked) == (1, 1)


# ---- compressed bodies ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("gzip", {"text": base64.b64encode(gzip.compress(BAD.encode(), mtime=0)).decode(), "encoding": "base64"}),
        ("gzip", {"text": base64.b64encode(gzip.compress(BAD.encode(), mtime=0)).decode()}),
        ("GZIP", {"text": _characters(gzip.compress(BAD.encode(), mtime=0))}),
        ("deflate", {"text": _characters(zlib.compress(BAD.encode()))}),
        ("gzip", {"text": BAD}),
        ("deflate", {"text": BAD}),
    ],
)
def test_a_compressed_body(check: Any, encoding: str, data: Any) -> None:
    """It is decompressed, unless the recorder did that."""
    headers = [*JSON, {"name": "content-encoding", "value": encoding}]
    assert check(entry({"status": 400}, headers=headers, postData=data)).rules == ["blank-id"]


@pytest.mark.parametrize(
    "text",
    [
        _characters(gzip.compress(GOOD.encode(), mtime=0)[:-12]),
        gzip.compress(GOOD.encode(), mtime=0).decode("utf-8", "replace"),
        _characters(gzip.compress(b" " * (MAX_DECOMPRESSED + 1), mtime=0)),
    ],
    ids=["cut off", "bytes replaced", "too large"],
)
def test_a_compressed_body_that_cannot_be_read(check: Any, text: str) -> None:
    """It is counted as unchecked."""
    headers = [*JSON, {"name": "content-encoding", "value": "gzip"}]
    assert check(entry(headers=headers, postData={"text": text})).reasons == {"compressed body cannot be read": 1}


def test_a_compressed_body_without_the_header(check: Any) -> None:
    """The server does not decompress it, unless the recorder left out the headers."""
    data = {"text": _characters(gzip.compress(BAD.encode(), mtime=0))}
    assert check(entry(postData=data)).rules == ["invalid-json"]
    assert check(entry(postData=data, headers=[])).rules == ["blank-id"]


# ---- URLs and methods -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "target"),
    [
        (URL, (None, "/_application/analytics/site/event/search")),
        (
            "/_application/analytics/site/event/search?debug#x",
            (None, "/_application/analytics/site/event/search?debug"),
        ),
        ("_application/analytics/site/event/search", (None, "/_application/analytics/site/event/search")),
        ("//es/_application/analytics/a%2Fb/event/x", (None, "/_application/analytics/a%2Fb/event/x")),
        ("https://a.example/es/v1/_application/analytics/s/event/", ("/es/v1", "/_application/analytics/s/event/")),
        ("https://a.example//_application/analytics/s/event/x", (None, "/_application/analytics/s/event/x")),
        ("/es/_application/analytics/s/event", ("/es", "/_application/analytics/s/event")),
        ("https://a.example/%5Fapplication/analytics/s/event/x", (None, "/%5Fapplication/analytics/s/event/x")),
        ("https://a.example/?to=/_application/analytics/site/event/search", None),
        ("https://a.example/#/_application/analytics/site/event/search", None),
        ("https://a.example/_application/analytics/site", None),
        ("https://a.example/_application/analytics/site/events/search", None),
    ],
)
def test_the_endpoint_in_a_url(url: str, target: tuple[str | None, str] | None) -> None:
    """The URL may be relative, and have a path in front of the endpoint."""
    assert target_of(url) == target


def test_the_prefix_of_a_request() -> None:
    """The path in front of the endpoint is kept apart."""
    record = read(url="https://a.example/es/_application/analytics/site/event/search")
    assert (record.prefix, record.request and record.request.uri) == (
        "/es",
        URL.removeprefix("https://es.example.com:9243"),
    )


def test_only_requests_for_events_are_checked(check: Any) -> None:
    """A preflight request and requests to other URLs are skipped; another method is a finding."""
    assert check(entry({"status": 200}, method="OPTIONS"), entry(url="https://a.example/_application")).code == 3
    assert check(entry({"status": 405}, method="GET", postData=ABSENT, bodySize=0)).rules == ["wrong-method"]


# ---- recorded answers -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "of_good", "of_bad"),
    [
        (202, [], ["blank-id", "recorded-acceptance"]),
        (200, [], ["blank-id", "recorded-acceptance"]),
        ("202", [], ["blank-id", "recorded-acceptance"]),
        (307, [], ["blank-id"]),
        (400, ["recorded-rejection"], ["blank-id"]),
        (403, ["recorded-rejection"], ["blank-id"]),
        (503, ["recorded-rejection"], ["blank-id"]),
        (0, ["failed-request"], ["blank-id", "failed-request"]),
        (-1, ["failed-request"], ["blank-id", "failed-request"]),
        (None, [], ["blank-id"]),
        ("pending", [], ["blank-id"]),
    ],
)
def test_the_recorded_status(check: Any, status: Any, of_good: list[str], of_bad: list[str]) -> None:
    """It is compared with the status that the server would answer with."""
    found = [check(entry({"status": status}, postData={"text": text})).rules for text in (GOOD, BAD)]
    assert found == [of_good, of_bad]


def test_the_recorded_status_of_a_body_that_was_not_recorded(check: Any) -> None:
    """A rejection is reported, because nothing else is known about the event."""
    run = check(entry({"status": 400}, postData=ABSENT), entry({"status": 0}, postData=ABSENT, bodySize=0))
    assert (run.rules, run.unchecked) == (["recorded-rejection", "failed-request"], 2)


@pytest.mark.parametrize(
    "response",
    [
        {"status": 0, "_error": "net::ERR_BLOCKED_BY_CLIENT"},
        {"status": -1, "_failureText": "net::ERR_BLOCKED_BY_CLIENT"},
    ],
)
def test_why_a_request_failed(check: Any, response: Any) -> None:
    """The reason in the recording is part of the message."""
    (finding,) = check(entry(response)).findings
    assert "'net::ERR_BLOCKED_BY_CLIENT'" in finding["message"]


def test_the_recorded_answer_is_shown(check: Any) -> None:
    """Also one that is in base64, and one in another form than the server's."""
    reason = {"error": {"type": "security_exception", "reason": "unauthorized"}, "status": 403}
    text = base64.b64encode(json.dumps(reason).encode()).decode()
    content = {"text": text, "encoding": "base64"}
    (finding,) = check(entry({"status": 403, "content": content})).findings
    assert finding["answer"] == "403 security_exception: unauthorized"
    (finding,) = check(entry({"status": 400, "content": {"text": '{"error": {"message": "no"}}'}})).findings
    assert finding["answer"] == "400"


def test_the_recorded_status_with_two_releases(check: Any) -> None:
    """A difference lists the releases that it applies to."""
    key = "k" * 50_001
    text = GOOD.replace('"shoes"', f'"shoes", "filters": {{"{key}": "v"}}')
    options = ("--release", "8.15.2", "--release", "8.16.0", "--select", "recorded-acceptance,recorded-rejection")
    (finding,) = check(entry({"status": 202}, postData={"text": text}), options=options).findings
    assert (finding["rule"], finding["releases"]) == ("recorded-acceptance", ["8.16.0"])
    (finding,) = check(entry({"status": 400}, postData={"text": text}), options=options).findings
    assert (finding["rule"], finding["releases"]) == ("recorded-rejection", ["8.15.2"])


# ---- files that are not in order ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "broken",
    [
        json.dumps(entry(postData=["x"])),
        json.dumps(entry(method=None)),
        json.dumps({"request": None, "url": URL}),
        json.dumps(entry()).replace(", ", " ", 1),
        json.dumps(entry()).replace("/", "\\/").replace(", ", " ", 1),
        json.dumps(entry(x=0)).replace('"x": 0', '"x": ' + "[" * 100_000 + "]" * 100_000),
    ],
    ids=["body", "method", "no request", "no comma", "escaped", "depth"],
)
def test_an_entry_that_cannot_be_understood(tmp_path: Path, capsys: pytest.CaptureFixture[str], broken: str) -> None:
    """It is a finding if it names the endpoint; the entries around it are checked."""
    bad = entry(postData={"text": BAD})
    raw = har(bad, "here", bad).decode().replace('"here"', broken)
    (tmp_path / "a.har").write_text(raw)
    run = Run(tmp_path / "a.har", capsys)
    assert run.rules == ["blank-id", "unreadable-recording", "blank-id"]
    assert run.findings[1]["column"] >= raw.index(broken) + 1


def test_a_broken_entry_for_another_url_is_ignored() -> None:
    """It is not an event."""
    raw = har(entry(), "here").decode().replace('"here"', '{"request": {"url": "https://a.example/" x}}')
    assert [record.problem for record in read_har(raw.encode())] == [None]


CUT = har({"request": {"url": "https://a.example/"}}, entry(), entry({"status": 202, "content": {"text": '"}]}'}}))


@given(st.integers(min_value=1, max_value=len(CUT)))
def test_a_file_that_is_cut_off(removed: int) -> None:
    """The entries before the cut are read, and the cut is a finding at the end of the file."""
    raw = CUT[:-removed]
    spans = [one for one in read_entries(CUT) if isinstance(one, Entry)]
    complete = [one for one in spans[1:] if one.end <= len(raw)]
    try:
        *before, last = read_har(raw)
    except InputError:
        assert b'{"log": {' not in raw
        return
    assert len(before) == len(complete)
    assert last.problem is not None
    assert (last.problem.rule, last.problem.position and last.problem.position.offset) == ("truncated-json", len(raw))


def test_a_file_with_unbalanced_brackets() -> None:
    """What cannot be found any more is a finding."""
    raw = har(entry(), "here", entry()).replace(b'"here"', b'{"request": {}]}')
    first, last = read_har(raw)
    assert first.problem is None
    assert last.problem is not None
    assert (last.problem.rule, last.problem.position and last.problem.position.offset) == (
        "unreadable-recording",
        raw.index(b"]}, "),
    )


@pytest.mark.parametrize("raw", [b"", b"{}", b"[]", b'{"log": []}', b'{"log": {}}', b'{"entries": []}', b"x" * 80])
def test_a_file_that_is_not_har(raw: bytes) -> None:
    """It is an error."""
    with pytest.raises(InputError, match="HAR"):
        list(read_har(raw))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_file_in_another_encoding(encoding: str) -> None:
    """PowerShell saves files as UTF-16, with a mark."""
    (record,) = read_har(har(entry(postData={"text": GOOD})).decode().encode(encoding))
    assert record.body == GOOD.encode()


def test_the_place_of_a_finding(check: Any, tmp_path: Path) -> None:
    """Findings in the body are at its string, and findings around it at the URL."""
    raw = json.dumps(json.loads(har(entry({"status": 0}, postData={"text": BAD}))), indent=1)
    record = next(read_har(raw.encode()))
    assert record.head is not None
    lines = raw.split("\n")
    at = [lines[place.line - 1][place.column - 1 :] for place in (record.place, record.head)]
    assert at == [json.dumps(BAD), json.dumps(URL) + ","]


def test_fixes_do_not_change_a_recording(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file shows what was sent."""
    raw = har(entry(postData={"text": GOOD + "x", "mimeType": "application/json"}))
    (tmp_path / "a.har").write_bytes(raw)
    run = Run(tmp_path / "a.har", capsys, "--fix", "--unsafe-fixes")
    assert (run.rules, (tmp_path / "a.har").read_bytes()) == (["trailing-content"], raw)
    assert run.findings[0]["fix"] is None


# ---- entries --------------------------------------------------------------------------------------------------------

VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text() | st.just("entries"), below, max_size=3),
    max_leaves=10,
)


@given(
    st.lists(st.dictionaries(st.text(), VALUES, max_size=3)),
    st.dictionaries(st.text(), VALUES, max_size=3),
    st.sampled_from([None, 1]),
    st.booleans(),
)
def test_entries_are_found(entries: list[Any], others: dict[str, Any], indent: int | None, ascii_only: bool) -> None:
    """Each range contains one entry, whatever else the file contains."""
    log = {**others, "entries": entries, "comment": others}
    raw = json.dumps({"creator": others, "log": log, "x": others}, indent=indent, ensure_ascii=ascii_only).encode(
        "utf-8", "surrogatepass"
    )
    found = list(read_entries(raw))
    assert all(isinstance(one, Entry) for one in found)
    assert [json.loads(raw[slice(*one[:2])].decode("utf-8", "surrogatepass")) for one in found] == entries


@given(st.binary(max_size=80).map(lambda raw: b'{"log": {"entries": [' + raw))
def test_a_file_that_does_not_end_is_never_in_order(raw: bytes) -> None:
    """Whatever follows, it has a damage, or it is complete."""
    found = list(read_entries(raw))
    assert isinstance(found[-1], Damage) if found else raw.count(b"]") > 0
