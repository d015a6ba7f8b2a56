"""``check``, ``validate`` and ``is_valid``: all faults of an event, in one pass."""

from __future__ import annotations

import datetime
import json
import os
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import eventlint
from eventlint import Finding, InvalidEvent, Report, Request, Server, UsageError, check, is_valid, validate
from eventlint.spec import catalog, event_types
from tests.corpus import COLLECTIONS, Case, payload_cases

NEWEST = catalog().eras[-1].name
GOOD = {"session": {"id": "s"}, "user": {"id": "u"}, "search": {"query": "q"}}

# What a reason of the server is about, in words of the contract, and the rules that can be told for it.
REASONS = {
    "unknown field": {"unknown-field"},
    "doesn't support values of type": {"wrong-type"},
    "Expected START_OBJECT but was": {"wrong-type"},
    "expected value but got": {"wrong-type"},
    "Required one of fields": {"missing-field"},
    "can't be blank": {"blank-id", "blank-name"},
    "must be positive": {"negative-number"},
    "out of range": {"number-out-of-range"},
    "For input string": {"invalid-number"},
    "empty String": {"invalid-number"},
    "multiple points": {"invalid-number"},
    "must be a string or an array of string": {"invalid-filter"},
    "Duplicate field": {"duplicate-key"},
    "Unexpected end-of-input": {"truncated-json"},
    "Invalid UTF-8": {"invalid-encoding"},
    "nesting depth": {"nesting-too-deep"},
    "Depth": {"nesting-too-deep"},
    "Number value length": {"number-too-long"},
    "Numeric value length": {"number-too-long"},
    "Unexpected character": {"invalid-json"},
    "Unexpected close marker": {"invalid-json"},
    "Unrecognized": {"invalid-json"},
    "Illegal": {"invalid-json"},
    "Invalid numeric value": {"invalid-json"},
    "Non-standard token": {"invalid-json"},
}


def innermost(body: bytes) -> str:
    """The innermost reason of an answer."""
    error = json.loads(body)["error"]
    while "caused_by" in error:
        error = error["caused_by"]
    reason: str = error["reason"]
    return reason


def test_a_finding_of_the_error_tier_exactly_where_the_server_refuses() -> None:
    """``check`` has a finding of the error tier if and only if the newest era's status is not 202."""
    wrong = [
        case.id
        for case in payload_cases()
        if check(case.body, case.event_type).ok != (case.answer(NEWEST)["status"] == 202)
    ]
    assert wrong == []


def test_what_is_told_fits_the_servers_words() -> None:
    """``told`` is among the findings, and its rule is of the kind that the answer names."""
    wrong: list[str] = []
    for case in payload_cases():
        answer = case.answer(NEWEST)
        report = check(case.body, case.event_type)
        if answer["status"] == 202:
            continue
        reason = innermost(answer["body"].encode("utf-8", "surrogatepass"))
        # A message may quote the event, so the longest phrase that it holds decides.
        rules = next((REASONS[phrase] for phrase in REASONS if phrase in reason), set())
        if (
            report.first_error not in report.findings
            or report.first_error is None
            or report.first_error.rule not in rules
        ):
            wrong.append(f"{case.id}: {reason[:80]}: {report.first_error}")
    assert wrong == []


def test_the_report_answers_as_the_server() -> None:
    """``Report.answer`` is the answer of ``Server`` to a plain request with this payload."""
    server = Server(collections=COLLECTIONS)
    for case in payload_cases():
        path = f"/_application/analytics/site/event/{case.event_type}"
        answer = server.respond("POST", path, {"Content-Type": "application/json"}, case.body)
        assert check(case.body, case.event_type).answer == answer, case.id


def test_eight_faults_on_eight_lines() -> None:
    """Eight different faults give eight findings and no others, each at its place."""
    lines = [
        '{"session": {"id": " "},',
        ' "user": {},',
        ' "search": {"query": 7,',
        '  "quarry": "x",',
        '  "page": {"current": -1, "size": 10},',
        '  "filters": {"é": [1]},',
        '  "results": {"total_results": 3000000000},',
        '  "query": "again"},',
        ' "document": {"id": "1"}}',
    ]
    report = check("\n".join(lines), "search_click")
    assert [(f.rule, f.pointer, f.position and (f.position.line, f.position.column)) for f in report.findings] == [
        ("blank-id", "/session/id", (1, 20)),
        ("missing-field", "/user", (2, 10)),
        ("wrong-type", "/search/query", (3, 22)),
        ("unknown-field", "/search/quarry", (4, 3)),
        ("negative-number", "/search/page/current", (5, 23)),
        ("invalid-filter", "/search/filters/é", (6, 20)),
        ("number-out-of-range", "/search/results/total_results", (7, 32)),
        ("duplicate-key", "/search/query", (8, 3)),
    ]
    offset = len("\n".join(lines[:6]).encode()) + 1 + 31
    assert report.findings[6].position == eventlint.Position(line=7, column=32, offset=offset)


@pytest.mark.parametrize(
    ("event", "rule", "pointer"),
    [
        ({1: 2}, "unknown-field", "/1"),
        ({"session": {(1, 2): 3}}, "unserializable-value", "/session/(1, 2)"),
        ({"session": {"id": b"x"}}, "unserializable-value", "/session/id"),
        ({"session": {"id": datetime.date(2024, 1, 1)}}, "unserializable-value", "/session/id"),
        ({"user": {"id": {1}}}, "unserializable-value", "/user/id"),
        ({"session": {"id": float("nan")}}, "invalid-json", "/session/id"),
        ({"session": {"id": "\ud800"}}, "unencodable-string", "/session/id"),
        ({"\ud800": 1}, "unencodable-string", "/\ud800"),
        ("\ud800", "unencodable-string", ""),
        (None, "wrong-type", ""),
        ([GOOD], "wrong-type", ""),
        (b"", "missing-body", ""),
    ],
)
def test_objects_that_cannot_be_sent(event: object, rule: str, pointer: str) -> None:
    """What an object holds is a finding with its place, never an exception."""
    told = check(event, "search").first_error
    assert told is not None
    assert (told.rule, told.pointer) == (rule, pointer)


def test_a_cycle_and_a_million_levels() -> None:
    """An object that holds itself, and one that is far too deep, are findings."""
    cycle: dict[str, Any] = {}
    cycle["session"] = [cycle]
    deep: list[Any] = []
    for _ in range(1_000_000):
        deep = [deep]
    assert check(cycle, "search").findings[0].pointer == "/session/0"
    assert check(deep, "search").findings[0].rule == "nesting-too-deep"


def test_an_object_whose_own_code_fails() -> None:
    """An exception from an object's own code is a finding."""

    class Odd(dict[str, object]):
        def items(self) -> Any:
            raise RuntimeError("no")

    assert check(Odd(a=1), "search").findings[0].rule == "unserializable-value"


def test_bytes_and_object_are_judged_alike() -> None:
    """An object has the rules and pointers of the bytes that it would be sent as."""
    event = {"session": {"id": 1}, "user": {"ids": "u"}, "search": {"query": "é", "page": {"size": "x"}}}
    raw = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
    told = [[(f.rule, f.pointer) for f in check(one, "search").findings] for one in (event, raw)]
    assert told[0] == told[1]


def test_the_three_doors_agree() -> None:
    """``validate`` raises exactly where ``is_valid`` says no and ``check`` is not ok; the exception has it all."""
    for event in (GOOD, {}, b"{", b'{"session":1}'):
        report = check(event, "search")
        assert is_valid(event, "search") == report.ok
        if report.ok:
            validate(event, "search")
        else:
            with pytest.raises(InvalidEvent) as raised:
                validate(event, "search")
            assert raised.value.findings == report.findings
            assert raised.value.answer == report.answer


@pytest.mark.parametrize(
    ("collection", "collections", "rule"),
    [("site", ["site"], None), ("nope", ["site"], "unknown-collection"), ("", None, "missing-collection")],
)
def test_the_collection(collection: str, collections: list[str] | None, rule: str | None) -> None:
    """A collection that does not exist, or has no name, is told."""
    told = check(GOOD, "search", collection=collection, collections=collections).first_error
    assert (told and told.rule) == rule


def test_an_unknown_event_type_is_a_finding() -> None:
    """Another event type is what the server refuses, and the nearest name is a hint."""
    told = check(GOOD, "pageview").first_error
    assert told is not None
    assert (told.rule, told.hint) == ("unknown-event-type", "did you mean 'page_view'?")


def test_wrong_arguments_are_the_callers_error() -> None:
    """An unknown release is an exception, before any event is looked at."""
    with pytest.raises(UsageError):
        check(GOOD, "search", release="8.7")
    with pytest.raises(UsageError):
        check(GOOD, 7)  # type: ignore[arg-type]


def test_a_whole_request() -> None:
    """All that is wrong with a request is told, what is around the payload first."""
    request = Request(
        method="POST",
        uri="/_application/analytics/site/event/search?foo=1",
        headers={"Content-Type": "application/json"},
        body=b'{"session":{"id":"s"},"user":{"id":"u"},"search":{"query":1}}',
    )
    report = eventlint.check_request(request)
    assert [finding.rule for finding in report.findings] == ["unknown-parameter", "wrong-type"]
    assert report.first_error == report.findings[0]
    assert report.answer is not None
    assert report.answer.status == 400


def test_an_accepted_request_has_the_answer_that_it_asked_for() -> None:
    """The answer follows the query string: with ``debug`` it holds the event as it is stored."""
    request = Request(
        method="POST",
        uri="/_application/analytics/site/event/search?debug",
        headers={"Content-Type": "application/json"},
        body=json.dumps(GOOD).encode(),
    )
    report = eventlint.check_request(request)
    assert report.ok
    assert report.answer is not None
    assert json.loads(report.answer.body)["event"]["search"] == GOOD["search"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (b'{"x": {"a": [1, {"b": [true, "c", {"d": tru}]}]}}', "/x/a/1/b/2/d"),
        (b'{"x": [0, 1, "a,]", 2, tru]}', "/x/4"),
        (b'{"x": [0, 1, "a,]", 2', "/x"),
        (b'{"x": [[], 1, 2, 3, {"a": "\\x"}]}', "/x/4/a"),
        (b'{"search": {"filters": {"q": ["a", tru]}}}', "/search/filters/q/1"),
        (b'{"search": {"filters": {"q": ["a", {"z": [1, {"k":}]}]}}}', "/search/filters/q/1/z/1/k"),
        (b'{"search": {"results": {"items": [{}, {"page": 01}]}}}', "/search/results/items/1/page"),
        (b'{"session": {"id" "s"}}', "/session/id"),
        (b'{"session": {id: "s"}}', "/session"),
        (b"{", ""),
    ],
)
def test_the_innermost_value_is_pointed_at(body: bytes, pointer: str) -> None:
    """A syntax error points at the innermost value being read, also inside what is passed over."""
    finding = check(body, "search").findings[-1]
    assert (finding.pointer, finding.fatal) == (pointer, True)


def mutated(body: bytes, source: random.Random) -> bytes:
    """A body with a few bytes changed, put in, taken out or moved."""
    odd = b"{}[]\",:\\/*\x00\x1f \n\xc3\xa9\xff0123456789.eE+-tfnNI#'"
    data = bytearray(body)
    for _ in range(source.randint(1, 4)):
        at = source.randrange(len(data) + 1)
        kind = source.randrange(5)
        if kind == 0:
            data[at:at] = bytes([source.choice(odd)])
        elif kind == 1:
            del data[at : at + source.randint(1, 6)]
        elif kind == 2 and at < len(data):
            data[at] = source.choice(odd)
        elif kind == 3:
            data[at:at] = data[source.randrange(len(data) + 1) :][: source.randint(1, 30)]
        else:
            del data[at:]
    return bytes(data)


def agree(body: bytes, event_type: str, servers: list[Server]) -> None:
    """Check, is_valid and Server say the same of a body."""
    report = check(body, event_type)
    assert report.ok == is_valid(body, event_type) == (report.first_error is None)
    assert report.first_error is None or report.first_error in report.findings
    for server in servers:
        path = f"/_application/analytics/site/event/{event_type}"
        answer = server.respond("POST", path, {"Content-Type": "application/json"}, body, now=0)
        told = check(body, event_type, release=server.release.name)
        assert told.answer == answer
        assert told.ok == (answer.status == 202)


def test_mutated_bodies() -> None:
    """No mutation of a body raises, and check, is_valid and Server agree on each."""
    source = random.Random(7)
    cases: list[Case] = [case for case in payload_cases() if 0 < len(case.body) < 2000]
    servers = [Server(), Server(catalog().eras[0].name)]
    for _ in range(int(os.environ.get("EVENTLINT_MUTATIONS", "6000"))):
        case = source.choice(cases)
        agree(mutated(case.body, source), source.choice(event_types()), servers)


JSON_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.sampled_from(["id", "page", "x"]), below),
    max_leaves=8,
)


@given(st.sampled_from(event_types()), st.dictionaries(st.sampled_from(sorted(GOOD)), JSON_VALUES))
def test_drawn_objects(event_type: str, event: dict[str, Any]) -> None:
    """The fast way and the long way agree on objects of nearly the right shape."""
    sent = json.dumps(event, ensure_ascii=False, separators=(",", ":"))
    try:
        raw = sent.encode()
    except UnicodeEncodeError:
        assert not check(event, event_type).ok
        return
    from_object, from_bytes = check(event, event_type), check(raw, event_type)
    assert [(f.rule, f.pointer, f.message) for f in from_object.findings] == [
        (f.rule, f.pointer, f.message) for f in from_bytes.findings
    ]


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 5_000_000,
        b'{"a":' * 1_000_000,
        b'{"x":' + b"[" * 900 + b"1," * 2_000_000,
        b'{"x":"' + b"\\u00e9" * 500_000 + b'"}',
        b'{"' + b"k" * 5_000_000 + b'":1}',
        b'{"x":' + b"9" * 5_000_000 + b"}",
        b"/*" + b"*" * 5_000_000,
        b'{"session":{"id":"' + "é".encode() * 2_000_000 + b'"}}',
        b"\n" * 5_000_000 + b"{",
    ],
    ids=["brackets", "objects", "numbers", "escapes", "name", "digits", "comment", "text", "lines"],
)
def test_large_and_hostile_bodies(body: bytes) -> None:
    """Bodies of some megabytes, made to be slow or deep, get an answer."""
    report: Report = check(body, "search")
    assert not report.ok
    assert report.answer is not None


def test_names_are_limited_in_some_eras() -> None:
    """A very long name of a filter is refused exactly where the trait that limits names holds."""
    event = {**GOOD, "search": {"query": "q", "filters": {"n" * 60_000: "x"}}}
    for era in catalog().eras:
        told = check(event, "search", release=era.name).first_error
        assert (told is not None and told.rule == "key-too-long") == ("key-length-limited" in era.traits)


def test_many_faults_are_cut_off() -> None:
    """A payload of a hundred thousand unknown fields does not make as many findings."""
    body = "{" + ",".join(f'"k{number}":1' for number in range(100_000)) + "}"
    assert len(check(body, "search").findings) == 10_000


def test_findings_are_values() -> None:
    """Two looks at the same event give equal findings, which can stand in a set."""
    one, other = check(b"{}", "search").findings, check(b"{}", "search").findings
    assert set(one) == set(other)
    assert isinstance(one[0], Finding)
