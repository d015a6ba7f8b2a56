"""A report that is made from a template is that of the full check."""

from __future__ import annotations

import json
import pickle
import random
import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest

from eventlint import Checker, report_templates
from eventlint.full_check import full_check
from eventlint.report import answer_line_of, findings_to_count
from eventlint.report_templates import report_of
from eventlint.spec import Release, catalog

pytestmark = pytest.mark.usefixtures("no_templates")

ERAS = [era.name for era in catalog().eras]
VALUE = re.compile(rb'(?:(?<=:)|(?<=: ))("[^"\\]*"|-?[0-9]+)')
"""A string or number, or something that looks like it."""

PLAIN = [
    b'"a"',
    b'" a"',
    b'"shoes and boots"',
    b'"0"',
    b"0",
    b"7",
    b"123456789",
    b'"{x}:[1, 2]"',
    b'"https://example.org/?q=1"',
]
"""Values that templates may replace, where they are allowed."""

ODD = [
    *(b'""', b'" "', b'" padded "', b'"{{name}}"', b'"anna@example.org"', b'"caf\xc3\xa9"', b'"\xff"', b'"a\\"b"'),
    *(b'"\\ud800"', b'"https://example.org/?token=abcdefghijklmnop"', b'"http://[/"', b'"%s"' % (b"x" * 2000)),
    *(b'"undefined"', b'"u-1 "', b'"/p/1"', b'"http://localhost:3000/"', b'"http://a b/"', b'"12 results"', b'"12"'),
    *(b'"1e3"', b'"99999999999"', b'"-3"', b'"s-1"', b'"d-1"', b'"NaN"', b"0", b"-7", b"99999999999", b"2147483648"),
    *(b"-1", b"-0", b"01", b"1.5", b"1e3", b"4294967296", b"null", b"true", b"{}", b"[]", b'"a', b"", b'1 /*"*/'),
]
"""Values that matter somewhere, or change the shape."""


VALUES: list[Any] = [
    3,
    -1,
    2.5,
    True,
    None,
    "",
    " ",
    "x",
    [],
    ["a", 1],
    {},
    {"id": "7", "page": 1},
    [{"value": 3}],
    "2e3",
]


def faulty(seed: int) -> Iterator[tuple[str, bytes]]:
    """Events with one to three faults, without end."""
    source = random.Random(seed)
    document = {"id": "d-1", "index": "products"}
    search = {
        "query": "shoes",
        "results": {"items": [{"document": document, "page": {"url": "https://example.org/a"}}], "total_results": 5},
        "page": {"current": 1, "size": 10},
        "sort": {"name": "price", "direction": "asc"},
        "filters": {"brand": ["acme"], "color": "red"},
    }
    ids = {"session": {"id": "s-1"}, "user": {"id": "u-1"}}
    page = {"url": "https://example.org/", "title": "Shoes", "referrer": "https://example.org/start"}
    bases = {
        "page_view": {**ids, "document": document, "page": page},
        "search": {**ids, "search": search},
        "search_click": {**ids, "search": search, "document": document, "page": page},
    }
    for event_type in cycle(bases):
        event = deepcopy(bases[event_type])
        for _ in range(source.randint(1, 3)):
            at: Any = event
            key = source.choice(list(at))
            while isinstance(at[key], dict | list) and at[key] and source.random() < 0.8:
                at = at[key]
                key = source.choice(list(at) if isinstance(at, dict) else range(len(at)))
            if source.random() < 0.3 and isinstance(at, dict):
                at[f"{key}s"] = at.pop(key)
            else:
                at[key] = deepcopy(source.choice(VALUES))
        yield event_type, json.dumps(event, separators=source.choice([(",", ":"), None])).encode()


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The events that were checked in full."""
    found: list[bytes] = []

    def noted(event: bytes, *rest: object) -> object:
        found.append(event)
        return full_check(event, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(report_templates, "full_check", noted)
    return found


def variants(data: bytes, source: random.Random) -> Iterator[bytes]:
    """The payload with other values: similar ones at first, then any at one place."""
    places = [match.span() for match in VALUE.finditer(data)]
    yield data
    for _ in range(4):
        yield VALUE.sub(lambda match: similar(match[0], source) if source.random() < 0.4 else match[0], data)
    for _ in range(4 if places else 0):
        start, end = source.choice(places)
        values = [similar(data[start:end], source)] * 4 + [source.choice(PLAIN), source.choice(ODD)]
        yield data[:start] + source.choice(values) + data[end:]


def similar(value: bytes, source: random.Random) -> bytes:
    """Another value that rules rarely treat in another way."""
    if value.startswith(b'"'):
        return value[:-1] + source.choice(b"abc0123456789").to_bytes() + b'"' if len(value) > 2 else value
    return b"%d" % source.randrange(1, 10 ** source.randint(1, 9))


def assert_same(event: bytes, event_type: str, release: Release) -> None:
    """The report is that of the full check."""
    found, full = report_of(event, event_type, release, None, None), full_check(event, event_type, release)
    counted = [(one.rule, one.pointer) for one in findings_to_count(found)]
    assert found.findings == full.findings, event
    assert counted == [(one.rule, one.pointer) for one in full.findings]
    assert answer_line_of(found) == answer_line_of(full), event
    assert (found.first_error, found.event_type, found.answer) == (full.first_error, full.event_type, full.answer), (
        event
    )
    if full.first_error is not None:
        assert any(one is found.first_error for one in found.findings)


def test_a_template_predicts_the_report_of_the_full_check(checked: list[bytes]) -> None:
    """Faulty events and the same ones with other values, in an era in turn."""
    source = random.Random(5)
    count = 0
    for (event_type, data), era in zip(islice(faulty(2), 240), cycle(ERAS), strict=False):
        release = catalog().release(era)
        for event in variants(data, source):
            assert_same(event, event_type, release)
            count += 1
    assert count - len(checked) > 200, (len(checked), count)


def event(user: object = 3, query: str = "shoes", extra: str = "x", total: int = 5) -> bytes:
    """A faulty event."""
    return json.dumps(
        {
            "session": {"id": "s-1"},
            "user": {"id": user},
            "search": {"query": query, "results": {"total_results": total}},
            "time": extra,
        }
    ).encode()


FAULTY = [event(number, f"shoes {number}", "e" * number, 10**number) for number in range(1, 6)]


def test_events_of_one_shape_are_read_once_it_is_proven(checked: list[bytes]) -> None:
    """The second event proves the template that is made from the first."""
    for one in FAULTY:
        assert_same(one, "search", catalog().release("latest"))
    assert checked == FAULTY[:2]


def test_an_event_that_comes_again_is_read_once(checked: list[bytes]) -> None:
    """Equal events prove no template, but have the same report."""
    release = catalog().release("latest")
    reports = [report_of(FAULTY[0], "search", release, None, None) for _ in range(4)]
    assert all(one is reports[0] for one in reports)
    assert checked == FAULTY[:1]
    assert_same(FAULTY[0], "search", release)
    for one in FAULTY[1:]:
        assert_same(one, "search", release)
    assert checked == FAULTY[:2]


def test_the_report_of_an_event_names_the_release_that_was_asked_for(checked: list[bytes]) -> None:
    """Also if the event comes again for the same release under another name."""
    asked = ["latest", catalog().release("latest").name]
    reports = [report_of(FAULTY[0], "search", catalog().release(one), None, None) for one in asked]
    assert [report.release.asked for report in reports] == asked
    assert checked == 2 * FAULTY[:1]


@pytest.mark.parametrize("is_first", [True, False])
def test_a_report_about_a_contract_is_not_that_of_another_check(is_first: bool, short_queries: Path) -> None:
    """The same event may violate a contract, and be checked without one."""
    one = event("u-1").replace(b', "time": "x"', b"").replace(b"shoes", b"undefined")
    contracts = [Checker(contract=short_queries).contract, None][:: 1 if is_first else -1]
    release = catalog().release("latest")
    reports = [report_of(one, "search", release, None, contract) for contract in contracts]
    tiers = [{finding.tier for finding in report.findings} for report in reports]
    assert tiers[:: 1 if is_first else -1] == [{"contract", "lint"}, {"lint"}]


@pytest.mark.parametrize(
    "other",
    [
        event(query=""),
        event(query="résumé"),
        event(query='"'),
        event(total=10**18),
        event(user="u-1"),
        event(extra="\0"),
        event().replace(b"5", b"05"),
        event().replace(b"5", b"5.0"),
        event().replace(b'"x"', b"\0"),
        event().replace(b'"x"', b'"x"/**/'),
        event().replace(b'"x"', b'"x'),
        event() + b'"x"',
    ],
)
def test_an_event_of_another_shape_is_checked(checked: list[bytes], other: bytes) -> None:
    """Values that are not plain, and other tokens."""
    for one in FAULTY[:4]:
        report_of(one, "search", catalog().release("latest"), None, None)
    checked.clear()
    assert_same(other, "search", catalog().release("latest"))
    assert checked == [other]


@pytest.mark.parametrize(
    "other",
    [
        event(query="{{query}}"),
        event(query="undefined"),
        event(total=-1),
        event(total=10**10),
    ],
)
def test_a_value_that_matters_is_read_alone(checked: list[bytes], other: bytes) -> None:
    """Values that rules report, or that the server rejects."""
    for one in FAULTY[:4]:
        report_of(one, "search", catalog().release("latest"), None, None)
    checked.clear()
    assert_same(other, "search", catalog().release("latest"))
    assert checked == []


def clicked(total: str = "5", query: str = "shoes", item: str = "d-1", clicked: str = "d-1", first: str = "1") -> bytes:
    """An event that the server may accept, although it drops the first item."""
    return (
        b'{"session":{"id":"s-1"},"user":{"id":"u-1"},"search":{"query":"%s","results":{"total_results":%s,'
        b'"items":["%s",{"document":{"id":"%s","index":"i"}}]}},"document":{"id":"%s","index":"i"}}'
    ) % tuple(one.encode() for one in (query, total, first, item, clicked))


@pytest.mark.parametrize(
    ("other", "rules"),
    [
        (clicked(), ["dropped-item"]),
        (clicked(clicked="d-2"), ["dropped-item", "click-outside-results"]),
        (clicked(total="0"), ["fewer-results-than-items", "dropped-item"]),
        (clicked(total="-1"), ["fewer-results-than-items", "dropped-item"]),
        (clicked(total="1" * 12), ["number-out-of-range", "dropped-item"]),
        (clicked(query="undefined", item="d-2"), ["placeholder-value", "dropped-item", "click-outside-results"]),
    ],
)
def test_values_of_an_accepted_event_are_compared(checked: list[bytes], other: bytes, rules: list[str]) -> None:
    """What the server drops is not compared; what it rejects is not compared either."""
    release = catalog().release("latest")
    for number in range(3):
        report_of(clicked(query=f"shoes {number}", first=f"{number}"), "search_click", release, None, None)
    checked.clear()
    assert_same(other, "search_click", release)
    assert checked == []
    assert [one.rule for one in report_of(other, "search_click", release, None, None).findings] == rules


def test_the_event_of_a_template_with_a_syntax_error_is_read_up_to_it(checked: list[bytes]) -> None:
    """Values after it do not matter, those before it do."""
    release = catalog().release("latest")
    events = [
        b'{"session":{"id":"s-%d"},\'user\':{"id":"%s"}}' % (number, user)
        for number, user in enumerate([b"u-1", b"u-2", b"u-3", b"undefined"])
    ]
    for one in [*events, events[0].replace(b"s-0", b"{{s}}")]:
        assert_same(one, "search", release)
    assert checked == events[:2]


def test_a_predicted_report_can_be_pickled() -> None:
    """Also before its answer is built."""
    *_, whole = (report_of(one, "search", catalog().release("latest"), None, None) for one in FAULTY)
    copy = pickle.loads(pickle.dumps(whole))  # noqa: S301 - pickled on the same line
    assert (copy.findings, copy.answer, copy.first_error) == (whole.findings, whole.answer, whole.first_error)


def test_the_line_of_a_predicted_answer_is_that_of_the_answer() -> None:
    """More of them have another position than are kept."""
    lines = set()
    for length in [*range(1, 80), *range(1, 80, 9)]:
        data = b'{"session":{"id":"%s"},"user":{"id":3},"search":{"query":"q"}}' % (b"s" * length)
        one = report_of(data, "search", catalog().release("latest"), None, None)
        lines.add(answer_line_of(one))
        assert answer_line_of(one) == str(one.answer)
    assert len(lines) == 79


def test_the_number_of_shapes_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Events of ever new shapes."""
    monkeypatch.setattr(report_templates, "MAX_SHAPES", 10)
    for number in range(50):
        report_of(b'{"key%d": 1}' % number, "search", catalog().release("latest"), None, None)
    assert len(report_templates._shapes) <= 10


def test_shapes_of_one_event_make_room_before_those_with_a_template(
    checked: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Events that are cut off, each at another place, are of ever new shapes."""
    monkeypatch.setattr(report_templates, "MAX_SHAPES", 10)
    release = catalog().release("latest")
    for one in FAULTY[:2]:
        report_of(one, "search", release, None, None)
    for number in range(50):
        report_of(b'{"key%d": 1' % number, "search", release, None, None)
    checked.clear()
    assert_same(FAULTY[2], "search", release)
    assert checked == []


@pytest.mark.parametrize(
    ("events", "rules"),
    [
        ([clicked(query=f" shoes{number}") for number in range(3)], ["dropped-item"]),
        (
            [clicked(item=f"  d{number}", clicked="d-1") for number in range(3)],
            ["dropped-item", "padded-id", "click-outside-results"],
        ),
        ([clicked().replace(b"u-1", b" u%d" % number) for number in range(3)], ["padded-id", "dropped-item"]),
        (
            [clicked().replace(b"u-1", b" %s" % one).replace(b"s-1", b" b") for one in (b"a", b"c", b"b")],
            ["padded-id", "padded-id", "user-is-session", "dropped-item"],
        ),
        (
            [clicked().replace(b'"results"', b'"filters":{"a":{"b":" %d"}},"results"' % n) for n in range(3)],
            ["invalid-filter", "dropped-item"],
        ),
    ],
)
def test_values_that_begin_with_spaces_and_those_in_a_filter(
    checked: list[bytes], events: list[bytes], rules: list[str]
) -> None:
    """They are values like others."""
    release = catalog().release("latest")
    for one in events[:2]:
        report_of(one, "search_click", release, None, None)
    checked.clear()
    assert_same(events[2], "search_click", release)
    assert checked == []
    assert [one.rule for one in report_of(events[2], "search_click", release, None, None).findings] == rules


@pytest.mark.parametrize(
    "around",
    [
        *('{"a":{ "%s":1, "%s":"z"}}', '{ "%s" : 1, "%s" : 2}', '{"%s": "a", "%s": ["b"]}'),
        *('{"k:%s,":"a", "k:%s,":"b"}', '{"k %s}": "a", "k %s}": "b"}', r'{"k:\"%s\",": "a", "k:\"%s\",": "b"}'),
    ],
)
@pytest.mark.parametrize("field", ["filters", "sort", "other"])
def test_two_keys_are_equal_in_one_of_many_events(around: str, field: str) -> None:
    """Keys are not values: the server compares them."""
    release = catalog().release("latest")

    def made(one: str, other: str, user: str) -> bytes:
        search = f'{{"query":"q","{field}":{around % (one, other)}}}'
        return f'{{"session":{{"id":"s-1"}},"user":{{"id":"{user}"}},"search":{search}}}'.encode()

    for one, other in (("a", "b"), ("10", "20")):
        for number in range(8):
            assert_same(made(f"{one}{number}", f"{other}{number}", f"u{number}"), "search", release)
            assert_same(made(one, other, f"u{number}"), "search", release)
        assert_same(made(one, one, "u"), "search", release)


def test_a_value_is_the_fault_after_which_no_more_are_listed() -> None:
    """The limit of faults counts those of values, too."""
    release = catalog().release("latest")
    sort = '"":0,' * 500
    for number, current in enumerate([1, 1, 1, 1, -1, -2]):
        search = f'{{"query":"q","page":{{"current":{current}}},"sort":{{{sort}"name":"a"}}}}'
        event = f'{{"session":{{"id":"s"}},"user":{{"id":"u{number}"}},"search":{search}}}'
        assert_same(event.encode(), "search", release)


@pytest.mark.parametrize("lost", ['"items":[%s,{"page":{"url":" "}},%s]', '"items":[%s,{"page":{"url":"a b"}},%s]'])
def test_a_loss_among_many_items_hides_a_later_one(lost: str) -> None:
    """Items that are read in a run are known one by one."""
    release = catalog().release("latest")
    item = '{"page":{"url":"a"}}'
    results = lost % (",".join([item] * 17), ",".join([item] * 9))
    for query in ("q1", "q2", "q3", "q4", "q" * 1025, "q" * 1026):
        search = f'{{"query":"{query}","results":{{{results}}}}}'
        event = f'{{"session":{{"id":"s"}},"user":{{"id":"u"}},"x":1,"search":{search}}}'
        assert_same(event.encode(), "search", release)
