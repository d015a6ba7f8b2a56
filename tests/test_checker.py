"""``Checker``, ``check``, ``validate``, ``is_valid`` and ``check_request``."""

from __future__ import annotations

import datetime
import functools
import json
import os
import pickle
import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import eventlint
from eventlint import (
    Checker,
    Finding,
    InvalidEvent,
    Report,
    Request,
    Server,
    UsageError,
    check,
    check_request,
    is_valid,
    validate,
)
from eventlint.spec import catalog, event_types
from tests.corpus import COLLECTIONS, Case, payload_cases

NEWEST = catalog().eras[-1].name
GOOD = {"session": {"id": "s"}, "user": {"id": "u"}, "search": {"query": "q"}}

# A phrase in a reason of the server, and the rules that can report it.
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
    "Broken surrogate pair": {"invalid-json"},
    "Unexpected low surrogate": {"invalid-json"},
    "Unrecognized": {"invalid-json"},
    "Illegal": {"invalid-json"},
    "Invalid numeric value": {"invalid-json"},
    "Non-standard token": {"invalid-json"},
    "UCS-4 endianness": {"invalid-encoding"},
    "UTF-32 char": {"invalid-encoding"},
}


def innermost(body: bytes) -> str:
    """The innermost reason of an answer."""
    error = json.loads(body)["error"]
    while "caused_by" in error:
        error = error["caused_by"]
    reason: str = error["reason"]
    return reason


def test_errors_are_reported_exactly_for_rejected_events() -> None:
    """``check`` is not ``ok`` if and only if the status in the newest era is not 202."""
    wrong = [
        case.id
        for case in payload_cases()
        if check(case.body, case.event_type).ok != (case.answer(NEWEST)["status"] == 202)
    ]
    assert wrong == []


def test_the_first_error_matches_the_servers_reason() -> None:
    """``first_error`` is one of the findings, and its rule matches the reason in the answer."""
    wrong: list[str] = []
    for case in payload_cases():
        answer = case.answer(NEWEST)
        report = check(case.body, case.event_type)
        if answer["status"] == 202:
            continue
        reason = innermost(answer["body"].encode("utf-8", "surrogatepass"))
        # A reason can quote the event, so the first phrase of the table decides.
        rules = next((REASONS[phrase] for phrase in REASONS if phrase in reason), set())
        if (
            report.first_error not in report.findings
            or report.first_error is None
            or report.first_error.rule not in rules
        ):
            wrong.append(f"{case.id}: {reason[:80]}: {report.first_error}")
    assert wrong == []


def test_the_report_has_the_servers_answer() -> None:
    """``Report.answer`` is the answer of ``Server`` to a plain request with this payload."""
    server = Server(collections=COLLECTIONS)
    for case in payload_cases():
        path = f"/_application/analytics/site/event/{case.event_type}"
        answer = server.respond("POST", path, {"Content-Type": "application/json"}, case.body)
        assert check(case.body, case.event_type).answer == answer, case.id


def test_eight_errors_on_eight_lines() -> None:
    """Eight different errors give eight findings and no others, each at its position."""
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
def test_objects_that_cannot_be_serialized(event: object, rule: str, pointer: str) -> None:
    """A value that cannot be sent is a finding with its pointer, never an exception."""
    error = check(event, "search").first_error
    assert error is not None
    assert (error.rule, error.pointer) == (rule, pointer)


def test_a_cycle_and_a_million_levels() -> None:
    """An object that contains itself, and one that is nested too deeply, are findings."""
    cycle: dict[str, Any] = {}
    cycle["session"] = [cycle]
    deep: list[Any] = []
    for _ in range(1_000_000):
        deep = [deep]
    assert check(cycle, "search").findings[0].pointer == "/session/0"
    assert check(deep, "search").findings[0].rule == "nesting-too-deep"


def test_an_object_whose_methods_raise() -> None:
    """An exception from a method of the event is a finding."""

    class Broken(dict[str, object]):
        def items(self) -> Any:
            raise RuntimeError("no")

    assert check(Broken(a=1), "search").findings[0].rule == "unserializable-value"


class Disguised:
    """An object whose class cannot be read."""

    @property  # type: ignore[misc]
    def __class__(self) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride]
        raise OSError("no")


class LyingString(str):
    """A string that claims the length of its event."""

    __slots__ = ()

    def __len__(self) -> int:
        return len(json.dumps(GOOD))


class LyingBytes(bytes):
    """Bytes that claim to be an event."""

    def decode(self, *_: Any) -> str:  # pyright: ignore[reportIncompatibleMethodOverride]
        """An event."""
        return json.dumps(GOOD)

    def __len__(self) -> int:
        return 0


class LyingArray(bytearray):
    """An array of bytes that claims to be an event."""

    def __bytes__(self) -> bytes:
        return json.dumps(GOOD).encode()


@pytest.mark.parametrize(
    ("make", "rule"),
    [
        (lambda: Disguised(), "unserializable-value"),
        (lambda: {**GOOD, "user": Disguised()}, "unserializable-value"),
        (lambda: LyingString(json.dumps(GOOD) + "x"), "trailing-content"),
        (lambda: LyingBytes(b"{}"), "missing-field"),
        (lambda: LyingArray(b"{}"), "missing-field"),
    ],
)
def test_objects_that_lie_about_themselves(make: Any, rule: str) -> None:
    """The content counts, not what the methods of a subclass return."""
    report = check(make(), "search")
    assert report.findings[0].rule == rule
    assert is_valid(make(), "search") is report.ok


def test_an_object_has_the_findings_of_its_bytes() -> None:
    """The rules and pointers of an object are those of its serialized bytes."""
    event = {"session": {"id": 1}, "user": {"ids": "u"}, "search": {"query": "é", "page": {"size": "x"}}}
    raw = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
    found = [[(f.rule, f.pointer) for f in check(one, "search").findings] for one in (event, raw)]
    assert found[0] == found[1]


def test_check_validate_and_is_valid_agree() -> None:
    """``validate`` raises if and only if ``is_valid`` is false; the exception has the findings and the answer."""
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
    """A collection that does not exist, or has no name, is an error."""
    error = check(GOOD, "search", collection=collection, collections=collections).first_error
    assert (error and error.rule) == rule


def test_an_unknown_event_type_is_a_finding() -> None:
    """The server rejects another event type; the hint has the nearest name."""
    error = check(GOOD, "pageview").first_error
    assert error is not None
    assert (error.rule, error.hint) == ("unknown-event-type", "did you mean 'page_view'?")


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"release": 9.1}, "release must be a string, not 9.1"),
    ({"release": ["8.19"]}, "release must be a string, not a list"),
    ({"release": "8.7"}, "release 8.7"),
    ({"release": "soon"}, "soon"),
    ({"collections": "shop"}, r"collections must be a list of strings, .*collections=\['shop'\]"),
    ({"collections": [1]}, "collections must contain strings only, not 1"),
    ({"collections": 7}, "collections must be a list of strings, not 7"),
    ({"contract": 7}, "contract must be a path or a Contract, not 7"),
]
WRONG_RULES: list[tuple[dict[str, Any], str]] = [
    ({"ignore": "blank-id"}, r"ignore=\['blank-id'\]"),
    ({"select": "error"}, r"select=\['error'\]"),
    ({"ignore": ["blank-ids"]}, "'blank-ids'.*'blank-id'"),
    ({"select": ["errors"]}, "'errors'"),
]


@pytest.mark.parametrize(("arguments", "message"), [*WRONG, *WRONG_RULES])
def test_a_wrong_argument_of_a_checker_is_a_usage_error(arguments: dict[str, Any], message: str) -> None:
    """The constructor reports the argument, its value, and what to write."""
    with pytest.raises(UsageError, match=message):
        Checker(**arguments)


@pytest.mark.parametrize(("arguments", "message"), WRONG[:-1])
def test_a_wrong_argument_of_a_server_is_a_usage_error(arguments: dict[str, Any], message: str) -> None:
    """The server takes the same releases and collections."""
    with pytest.raises(UsageError, match=message):
        Server(**arguments)


@pytest.mark.parametrize(("arguments", "message"), WRONG)
def test_a_wrong_argument_of_a_function_is_a_usage_error(arguments: dict[str, Any], message: str) -> None:
    """The functions reject the same arguments, also for a valid event."""
    request = Request(method="POST", uri="/")
    calls: list[Any] = [check, validate, is_valid]
    for call in (
        *(functools.partial(call, GOOD, "search") for call in calls),
        functools.partial(check_request, request),
    ):
        with pytest.raises(UsageError, match=message):
            call(**arguments)


@pytest.mark.parametrize("call", [check, validate, is_valid, Checker().check, Checker().validate, Checker().is_valid])
def test_a_wrong_event_type_or_collection_is_a_usage_error(call: Any) -> None:
    """They must be strings."""
    for event_type in (7, None, ["search"], b"search"):
        with pytest.raises(UsageError, match="event_type must be a string"):
            call(GOOD, event_type)
    with pytest.raises(UsageError, match="collection must be a string, not 7"):
        call(GOOD, "search", collection=7)


@pytest.mark.parametrize("call", [check_request, Checker().check_request])
def test_a_wrong_request_is_a_usage_error(call: Any) -> None:
    """It must be a ``Request``."""
    with pytest.raises(UsageError, match="request must be a Request, not a dict"):
        call({})
    request = {"method": "POST", "uri": "/_application/analytics/site/event/search"}
    for wrong in (
        {"method": 5},
        {"uri": b"/"},
        {"body": "{}"},
        {"body": None},
        {"headers": [("a", 5)]},
        {"headers": "a"},
        {"headers": {5: "a"}},
        {"headers": {"a": 5}},
    ):
        with pytest.raises(UsageError, match=r"must be (a string|bytes|a mapping or pairs of a name and a value), not"):
            call(Request(**{**request, **wrong}))  # type: ignore[arg-type]


def test_a_wrong_time_of_a_request_is_a_usage_error() -> None:
    """It must be an integer or None."""
    with pytest.raises(UsageError, match=r"now must be an integer, not 1\.5"):
        Checker().check_request(Request(method="GET", uri="/"), now=1.5)  # type: ignore[arg-type]


CONTRACTS = Path(__file__).parent.parent / "examples" / "contracts" / "schemas"


@pytest.mark.parametrize(
    "checker",
    [
        Checker(),
        Checker("8.19", collections=["site"], select=["error", "loss"], ignore=["blank-id"]),
        Checker(contract=CONTRACTS),
    ],
)
def test_a_checker_can_be_pickled(checker: Checker) -> None:
    """The copy has the same arguments and reports."""
    copy = pickle.loads(pickle.dumps(checker))  # noqa: S301 - pickled on the same line
    assert (copy.release, copy.collections, copy.select, copy.ignore) == (
        checker.release,
        checker.collections,
        checker.select,
        checker.ignore,
    )
    assert (copy, hash(copy), repr(copy)) == (checker, hash(checker), repr(checker))
    for event in (GOOD, {}, {**GOOD, "user": {"id": " "}}):
        assert copy.check(event, "search").findings == checker.check(event, "search").findings


def test_checkers_are_values() -> None:
    """Checkers with the same arguments are equal; none can be changed."""
    checker = Checker("8.19", collections=["site", "shop"], ignore=["lint"])
    assert checker == Checker("8.19", collections={"shop", "site"}, ignore=("lint",))
    assert len({checker, checker.with_release("8.19"), checker.with_release("9.0")}) == 2
    assert checker != "8.19"
    assert len({Checker(contract=CONTRACTS), Checker(contract=str(CONTRACTS)), Checker()}) == 2
    assert Checker(select={"loss", "error"}) == Checker(select=["error", "loss", "error"])
    assert repr(Checker("8.19", ignore=["lint"])) == "Checker('8.19', ignore=('lint',))"
    with pytest.raises(AttributeError, match="immutable"):
        checker.select = ("lint",)
    with pytest.raises(AttributeError, match="immutable"):
        del checker.select


def test_a_checker_is_safe_for_threads() -> None:
    """Many threads get the same reports from a new checker."""
    checker = Checker(ignore=["lint"])
    events = [GOOD, {}, b"{", {**GOOD, "user": {"id": " "}}] * 50
    expected = [checker.with_release("latest").check(event, "search").findings for event in events]
    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(lambda event: checker.check(event, "search").findings, events)) == expected


def test_select_and_ignore_filter_findings() -> None:
    """They drop findings; whether the server accepts the event stays the same."""
    event = {"session": {"id": "s"}, "user": {"id": "me@example.com"}, "search": {"query": "q", "quary": 1}, "x": 2}
    whole = check(event, "search")
    assert {finding.tier for finding in whole.findings} == {"error", "lint"}
    for checker in (Checker(ignore=["error"]), Checker(select=["lint"]), Checker(ignore=["unknown-field"])):
        report = checker.check(event, "search")
        assert {finding.tier for finding in report.findings} == {"lint"}
        assert (report.ok, report.accepted, report.first_error, report.answer) == (
            False,
            False,
            whole.first_error,
            whole.answer,
        )
    assert Checker(select=[]).check(event, "search").findings == ()
    assert Checker(ignore=["lint"]).check(event, "search").findings == tuple(
        finding for finding in whole.findings if finding.tier != "lint"
    )


def test_ignored_contract_rules_do_not_count() -> None:
    """An ignored violation does not make an event invalid; an ignored error does."""
    contract = eventlint.load_contract(CONTRACTS)
    events = ({**GOOD, "search": {"query": query}} for query in ("q", "shoes", "red shoes", "Q" * 300))
    event, rules = next(
        (event, {finding.rule for finding in report.findings if finding.tier == "contract"})
        for event in events
        for report in [check(event, "search", contract=contract)]
        if not report.ok
    )
    for ignore in (sorted(rules), ["contract"]):
        checker = Checker(contract=contract, ignore=ignore)
        assert checker.check(event, "search").ok
        assert checker.is_valid(event, "search")
        checker.validate(event, "search")
    strict = Checker(contract=contract, ignore=["error"])
    with pytest.raises(InvalidEvent, match="missing") as raised:
        strict.validate({}, "search")
    assert raised.value.findings[0] == check({}, "search").first_error


def test_a_contract_can_be_given_as_a_path() -> None:
    """A path gives the same reports as the contract that is loaded from it."""
    contract = eventlint.load_contract(CONTRACTS)
    for place in (CONTRACTS, str(CONTRACTS)):
        assert check(GOOD, "search", contract=place).findings == check(GOOD, "search", contract=contract).findings


def test_a_request_is_examined_and_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also if its answer contains the stored event."""
    from eventlint.mirror import reading, request_checks

    calls: list[str] = []

    def count(module: Any, name: str) -> None:
        original = getattr(module, name)

        def counted(*arguments: Any, **named: Any) -> Any:
            calls.append(name)
            return original(*arguments, **named)

        monkeypatch.setattr(module, name, counted)

    count(request_checks, "examine")
    count(reading, "Walk")
    for query, body in (("", b"{}"), ("?debug", json.dumps(GOOD).encode()), ("?bar", b"{}")):
        calls.clear()
        uri = f"/_application/analytics/site/event/search{query}"
        headers = {"Content-Type": "application/json"}
        report = Checker().check_request(Request(method="POST", uri=uri, headers=headers, body=body))
        assert calls == ["examine", "Walk"]
        assert report.answer == Server().respond("POST", uri, headers, body, now=0)


def test_a_whole_request() -> None:
    """The findings of the request come first, then those of its event."""
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


def test_the_answer_of_a_request_follows_its_query_string() -> None:
    """With ``debug``, the answer contains the event as the server stores it."""
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
def test_the_pointer_of_a_syntax_error(body: bytes, pointer: str) -> None:
    """The pointer of a syntax error leads to the innermost value that is read, also inside a skipped one."""
    finding = check(body, "search").findings[-1]
    assert (finding.pointer, finding.fatal) == (pointer, True)


def mutated(body: bytes, source: random.Random) -> bytes:
    """A body with a few bytes changed, inserted, removed or moved."""
    alphabet = b"{}[]\",:\\/*\x00\x1f \n\xc3\xa9\xff0123456789.eE+-tfnNI#'"
    data = bytearray(body)
    for _ in range(source.randint(1, 4)):
        at = source.randrange(len(data) + 1)
        kind = source.randrange(5)
        if kind == 0:
            data[at:at] = bytes([source.choice(alphabet)])
        elif kind == 1:
            del data[at : at + source.randint(1, 6)]
        elif kind == 2 and at < len(data):
            data[at] = source.choice(alphabet)
        elif kind == 3:
            data[at:at] = data[source.randrange(len(data) + 1) :][: source.randint(1, 30)]
        else:
            del data[at:]
    return bytes(data)


def agree(body: bytes, event_type: str, servers: list[Server]) -> None:
    """``check``, ``is_valid`` and ``Server`` agree on a body."""
    report = check(body, event_type)
    assert report.ok == is_valid(body, event_type) == (report.first_error is None)
    assert report.first_error is None or report.first_error in report.findings
    for server in servers:
        path = f"/_application/analytics/site/event/{event_type}"
        answer = server.respond("POST", path, {"Content-Type": "application/json"}, body, now=0)
        same = check(body, event_type, release=server.release.name)
        assert same.answer == answer
        assert same.ok == (answer.status == 202)


def test_mutated_bodies() -> None:
    """No mutation of a body raises, and ``check``, ``is_valid`` and ``Server`` agree on each."""
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
    """The findings of objects of nearly the right shape are those of their bytes."""
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
    ids=["brackets", "objects", "numbers", "escapes", "key", "digits", "comment", "string", "lines"],
)
def test_large_and_hostile_bodies(body: bytes) -> None:
    """Bodies of several megabytes that try to be slow or deep get an answer."""
    report: Report = check(body, "search")
    assert not report.ok
    assert report.answer is not None


def test_keys_are_limited_in_some_eras() -> None:
    """A very long key of a filter is an error exactly in eras with the trait that limits keys."""
    event = {**GOOD, "search": {"query": "q", "filters": {"n" * 60_000: "x"}}}
    for era in catalog().eras:
        error = check(event, "search", release=era.name).first_error
        assert (error is not None and error.rule == "key-too-long") == ("key-length-limited" in era.traits)


def test_the_number_of_findings_is_limited() -> None:
    """A payload with a hundred thousand unknown fields has fewer findings; the last one counts the others."""
    body = "{" + ",".join(f'"k{number}":1' for number in range(100_000)) + "}"
    *listed, last = check(body, "search").findings
    assert len(listed) == 1_000
    assert (last.rule, last.message) == ("too-many-findings", "too many findings: 99,003 more not listed")


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ('{"filters": {"a": [' + ",".join(['"\\ud800"'] * 1_500) + "]}}", 500),
        ("{" + "/**/" * 1_500 + "}", 500),
        ("{}" + "/**/" * 1_500, 500),
        ('{"results": {"items": [' + ",".join(["1,{}"] * 1_500) + "]}}", 500),
        ('{"results": {"items": [' + ",".join(['{"page": {"url": "/"}}'] * 1_500) + "]}}", 1_999),
    ],
    ids=["strings", "comments", "comments after the event", "dropped", "repeated"],
)
def test_losses_and_lint_beyond_the_maximum_are_counted(body: str, count: int) -> None:
    """Problems of each kind are counted when they are not listed."""
    search = body.partition("}/")[0] if body.startswith("{}") else body
    event = '{"session":{"id":"s"},"user":{"id":"u"},"search":{"query":"q"%s}%s'
    sent = event % (("," + search[1:-1], "}") if search[1:2] == '"' else (body[1:-1], "}"))
    if body.startswith("{}"):
        sent = event % ("", "}") + body[2:]
    findings = check(sent, "search", release="9.0").findings
    assert findings[-1].message == f"too many findings: {count:,} more not listed"
    assert len([finding for finding in findings if finding.tier != "error"]) == 1_001


def test_findings_are_values() -> None:
    """Findings of the same event are equal and hashable."""
    one, other = check(b"{}", "search").findings, check(b"{}", "search").findings
    assert set(one) == set(other)
    assert isinstance(one[0], Finding)
