"""Bodies and answers in YAML, CBOR and SMILE."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from eventlint import Checker, Request, Server
from eventlint.errors import MissingExtraError
from eventlint.full_check import MAX_YAML
from eventlint.mirror import formats
from eventlint.mirror.formats.cbor_writer import to_cbor
from eventlint.mirror.formats.java_text import decimal, double, single
from eventlint.mirror.formats.smile_writer import to_smile
from eventlint.mirror.yaml_writer import to_yaml
from eventlint.spec import catalog, event_types
from eventlint.strategies import events

ERAS = [era.name for era in catalog().eras]
FORMATS = ("yaml", "cbor", "smile")
WRITERS = {"yaml": lambda event: to_yaml(event).encode("utf-8", "surrogatepass"), "cbor": to_cbor, "smile": to_smile}
EVENT = {"session": {"id": "s"}, "user": {"id": "u"}, "page": {"url": "https://e.com/"}}
YAML_TOKENS = st.sampled_from(
    ["a", ": ", "- ", "\n", "  ", "{", "}", "[", "]", ",", "&a ", "*a", "!!int ", '"', "'", "|", "#"]
)


def request(body: bytes, name: str, event_type: str = "page_view", query: str = "") -> Request:
    """A request with a body in a format, and an answer in JSON."""
    headers = {"Content-Type": f"application/{name}", "Accept": "application/json"}
    uri = f"/_application/analytics/site/event/{event_type}{query}"
    return Request(method="POST", uri=uri, headers=headers, body=body)


def ask(body: bytes, name: str, event_type: str = "page_view", era: str = "latest", query: str = "") -> Any:
    """The status and the document of an answer in JSON."""
    sent = request(body, name, event_type, query)
    answer = Server(era).respond(sent.method, sent.uri, sent.headers, sent.body, now=0)
    return answer.status, json.loads(answer.body)


def reason(body: bytes, name: str, era: str = "latest") -> str:
    """The innermost reason of a rejection."""
    _, document = ask(body, name, era=era)
    error = document["error"]
    while "caused_by" in error:
        error = error["caused_by"]
    return str(error["reason"])


@pytest.mark.parametrize("event_type", event_types())
@given(st.data(), st.sampled_from(ERAS))
@settings(max_examples=20)
def test_an_event_is_stored_alike_in_every_format(event_type: str, data: st.DataObject, era: str) -> None:
    """The format of a valid event makes no difference."""
    event = data.draw(events(event_type, release=era))
    filters = event.get("search", {}).get("filters", {})
    assume(all(len(json.dumps(key)) < 1000 for key in filters))  # YAML has a limit for keys, escapes included
    stored = ask(json.dumps(event).encode(), "json", event_type, era, "?debug")
    assert stored[0] == 202
    for name in FORMATS:
        assert ask(WRITERS[name](event), name, event_type, era, "?debug") == stored


@pytest.mark.parametrize("name", ["cbor", "smile"])
@pytest.mark.parametrize("era", ERAS)
def test_a_cut_body_is_rejected(name: str, era: str) -> None:
    """A binary body that ends anywhere before its end is rejected."""
    body = WRITERS[name](EVENT)
    assert {ask(body[:end], name, era=era)[0] for end in range(1, len(body))} <= {400, 500}
    assert ask(body, name, era=era)[0] == 202


@given(st.binary(max_size=40), st.sampled_from(FORMATS), st.sampled_from(ERAS))
def test_random_bytes_get_an_answer(body: bytes, name: str, era: str) -> None:
    """No body raises, and none without an event is accepted."""
    for start in (b"", b"\xa1\x67session", b":)\n\x05\xfa\x86session", b"session: "):
        assert ask(start + body, name, era=era)[0] in (400, 500)


@given(st.lists(YAML_TOKENS, max_size=30).map("".join))
def test_random_yaml_gets_an_answer(text: str) -> None:
    """No combination of the indicators of YAML raises."""
    assert ask(text.encode() or b"a", "yaml")[0] in (202, 400)


@given(st.data(), st.sampled_from(["cbor", "smile"]))
def test_one_wrong_byte_gets_an_answer(data: st.DataObject, name: str) -> None:
    """A binary body with any byte replaced is accepted or rejected, by the server and by the checker alike."""
    body = bytearray(WRITERS[name](EVENT))
    body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    status, _ = ask(bytes(body), name)
    assert Checker().check_request(request(bytes(body), name)).accepted == (status == 202)


@pytest.mark.parametrize(
    ("name", "body", "expected"),
    [
        ("yaml", b"session: {id: a\n", "expected ',' or '}', but got <stream end>"),
        ("yaml", b"session:\n\tid: a\n", "found character '\\t(TAB)' that cannot start any token."),
        ("yaml", b"session: *\n", "unexpected character found \n(10)"),
        ("yaml", b'session: {id: "\\q"}\n', "found unknown escape character q(113)"),
        ("yaml", b"session: {id: |x\n", "that cannot start any token"),
        ("yaml", b"session:\n  id: |0\n", "expected indentation indicator in the range 1-9, but found 0"),
        ("yaml", b"session: !a!b {id: s}\n", "found undefined tag handle !a!"),
        ("yaml", b"? [a]\n: b\n", "got this instead: <org.yaml.snakeyaml.events.SequenceStartEvent("),
        ("yaml", b"? *a\n: b\n", "got this instead: <org.yaml.snakeyaml.events.AliasEvent(anchor=a)>"),
        ("yaml", b"session: {id: \xe9}\n", "Invalid UTF-8 middle byte 0x7d (at char #14, byte #-1)"),
        ("yaml", b"session: \x01\n", "special characters are not allowed"),
        ("yaml", b"session: {id: !!int 0x}\n", "Invalid base-16 number ('')"),
        ("cbor", b"\xa1\x67session\xa1\x62id\x62\xc3\x28", "Invalid UTF-8 middle byte 0x28"),
        ("cbor", b"\xa1\x62\x61\xc3\xf6", "Truncated UTF-8 character in Map key (2 bytes): byte 0xC3 at offset #1"),
        ("cbor", b"\xa1\x67session\xbf\xa0", "Unsupported major type (5) for CBOR Objects"),
        ("cbor", b"\xa1\x67session\xff", "Unexpected Break (0xFF) token in definite length (1) Object"),
        ("cbor", b"\xa1\x67session\xfd", "Invalid CBOR value token (first byte): 0xfd"),
        ("cbor", b"\xa1\x67session\xd8\x19\x00", "String reference outside of a namespace"),
        ("cbor", b"\xa1\x67session\xc4\x81\x01", "Unexpected array size (1) for tagged 'bigfloat' value"),
        ("smile", b":)\n\x05\xf9", "Unexpected close marker ']': expected '}' (for root starting at "),
        ("smile", b":)\n\x05\xfa\x41", "Invalid shared name reference 1; only got 0 names in buffer"),
        ("smile", b":)\n\x15\xfa", "Header version number bits (0x1) indicate unrecognized version"),
    ],
)
def test_the_words_of_an_error(name: str, body: bytes, expected: str) -> None:
    """The reason says what is wrong as the server's parser of the format does."""
    assert expected in reason(body, name)


@pytest.mark.parametrize(
    ("body", "stored"),
    [
        ("current: 0x10", 16),
        ("current: 017", 15),
        ("current: 0b11", 3),
        ("current: 1_0", 10),
        ("current: +7", 7),
        ("current: 1.9e1", 19),
        ("current: '8'", 8),
        ("current: !!int '9'", 9),
        ("current: !!float 1", 1),
    ],
)
def test_numbers_of_yaml(body: str, stored: int) -> None:
    """A number may have any of the forms of YAML."""
    text = f"session: {{id: s}}\nuser: {{id: u}}\nsearch:\n  query: q\n  page:\n    size: 1\n    {body}\n"
    status, document = ask(text.encode(), "yaml", "search", query="?debug")
    assert (status, document["event"]["search"]["page"]["current"]) == (202, stored)


def test_an_alias_is_a_string() -> None:
    """An alias is not replaced, so that a small body cannot become a large one."""
    text = "session: {id: *a}\nuser: {id: u}\npage: {url: u}\n"
    assert ask(text.encode(), "yaml", query="?debug")[1]["event"]["session"]["id"] == "a"


@pytest.mark.parametrize(
    ("name", "body"),
    [("yaml", b"[" * 5000), ("cbor", b"\x81" * 5000), ("smile", b":)\n\x05" + b"\xf8" * 5000)],
)
def test_nesting_has_a_limit(name: str, body: bytes) -> None:
    """Values nested too deeply are found in an event of any format."""
    start = {"yaml": b"{a: ", "cbor": b"\xa1\x61a", "smile": b":)\n\x05\xfa\x80a"}[name]
    report = Checker().check_request(request(start + body.removeprefix(b":)\n\x05"), name))
    assert [finding.rule for finding in report.findings] == ["unknown-field", "nesting-too-deep"]


def test_positions_in_yaml_are_lines_and_columns() -> None:
    """A position counts characters, and its offset bytes."""
    body = "session: {id: é}\nuser: {id: u, a: 1}\npage: {url: 'https://e.com/'}\n".encode()
    (finding,) = Checker().check_request(request(body, "yaml")).findings
    assert finding.position is not None
    assert (finding.rule, finding.position.line, finding.position.column) == ("unknown-field", 2, 15)
    assert body[finding.position.offset :].startswith(b"a: 1")


def test_positions_in_cbor_are_offsets() -> None:
    """A position in a binary format is the offset of a byte."""
    body = to_cbor({**EVENT, "user": {"id": "u", "a": 1}})
    (finding,) = Checker().check_request(request(body, "cbor")).findings
    assert finding.position is not None
    assert body[finding.position.offset :].startswith(b"\x61a\x01")


@pytest.mark.parametrize("name", FORMATS)
def test_there_is_no_fix_in_another_format(name: str) -> None:
    """A fix is for JSON, so findings in another format have none."""
    body = WRITERS[name]({**EVENT, "session": {"id": " s "}})
    findings = Checker().check_request(request(body, name)).findings
    assert [finding.rule for finding in findings] == ["padded-id"]
    assert all(finding.fix is None for finding in findings)


@pytest.mark.parametrize("name", FORMATS)
def test_a_body_without_accept_is_answered_in_its_format(name: str) -> None:
    """The answer has the format and the media type of the body."""
    headers = {"Content-Type": f"application/{name}"}
    answer = Server().respond("POST", "/_application/analytics/site/event/page_view", headers, WRITERS[name](EVENT))
    assert answer.headers["Content-Type"] == f"application/{name}"
    assert answer.body == WRITERS[name]({"accepted": True})


@given(
    st.recursive(
        st.text(max_size=90) | st.integers(-(2**40), 2**40) | st.booleans() | st.none(), st.lists, max_leaves=6
    )
)
def test_what_the_writers_write_can_be_read(value: Any) -> None:
    """A document in CBOR or SMILE is read as the same document in JSON."""
    document = {"a": value, "ä" * 30: {"a": "b" * 70}}
    for name in ("cbor", "smile"):
        transcript = formats.transcribe(WRITERS[name](document), name, catalog().release("latest"))
        assert json.loads(bytes(transcript.text)) == document


def test_long_strings_are_written_in_pieces() -> None:
    """A string that is too long for the buffer of the server's writer is still the same string."""
    document = {"a": "é😀x" * 4000}
    for name in ("cbor", "smile"):
        transcript = formats.transcribe(WRITERS[name](document), name, catalog().release("latest"))
        assert json.loads(bytes(transcript.text)) == document


def test_without_the_extra_an_event_in_yaml_is_unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server refuses to guess, and a report is not clean."""
    monkeypatch.setattr(formats, "missing_extra", lambda name: "formats" if name == "yaml" else None)
    sent = request(b"session: {id: s}\n", "yaml")
    with pytest.raises(MissingExtraError, match=r"eventlint\[formats\]"):
        Server().respond(sent.method, sent.uri, sent.headers, sent.body)
    report = Checker().check_request(sent)
    assert (report.ok, report.answer, report.unchecked) == (False, None, "YAML needs the extra 'formats'")
    assert report.to_dict()["summary"]["unchecked"] == 1


def test_a_long_body_in_yaml_is_unchecked() -> None:
    """Parsing YAML takes long, so a body over the limit is reported as unchecked; the server's answer stays exact."""
    body = b"session: {id: s}\nuser: {id: u}\npage: {url: /" + b"q" * MAX_YAML + b"}\n"
    sent = request(body, "yaml")
    report = Checker().check_request(sent)
    assert (report.ok, report.answer) == (False, None)
    assert report.unchecked == "the body is YAML of more than 32,000 bytes, which is not checked"
    assert Server().respond(sent.method, sent.uri, sent.headers, sent.body).status == 202


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.0, "1.0"), (1e7, "1.0E7"), (123456.789, "123456.789"), (0.001, "0.001"), (1e-4, "1.0E-4"), (-0.0, "-0.0")],
)
def test_numbers_as_java_writes_them(value: float, text: str) -> None:
    """Large and small numbers have an exponent."""
    assert double(value) == text


def test_other_numbers_as_java_writes_them() -> None:
    """A number of 32 bits has its shortest form, and one of any size its scale."""
    assert single(16777216.0) == "1.6777216E7"
    assert single(0.10000000149011612) == "0.1"
    assert decimal(-15, 1) == "-1.5"
    assert decimal(1, -9) == "1E+9"
