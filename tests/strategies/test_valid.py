"""Events and payloads that the server takes: they are taken, clean, different, and shrink to plain ones."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator

from eventlint import UsageError, check, is_valid
from eventlint.jsontext.decoding import decode
from eventlint.mirror.reading import read_payload
from eventlint.spec import Entries, Integer, Node, Object, Objects, Text, catalog, event, event_types
from eventlint.spec.bundles import bundle
from eventlint.strategies import EDGE_CASES, LINTS, drawn, events, payloads
from tests.strategies.support import DRAWS, for_each, least, told

TYPES = event_types()
ERAS = catalog().eras


@pytest.mark.parametrize("event_type", TYPES)
def test_an_event_has_no_finding_of_any_tier(event_type: str) -> None:
    """What is drawn is accepted, stored as it is, and looks meant."""

    def judge(value: dict[str, Any]) -> None:
        assert check(value, event_type).findings == ()
        assert check(json.dumps(value).encode(), event_type).findings == ()

    for_each(events(event_type), judge)


@pytest.mark.parametrize("event_type", TYPES)
def test_an_event_is_accepted_in_every_era(event_type: str) -> None:
    """Each release of the server reads it, and reads it as what it is."""

    def judge(value: dict[str, Any]) -> None:
        body = json.dumps(value, ensure_ascii=False).encode()
        for era in ERAS:
            assert is_valid(value, event_type, release=era.name), era.name
            assert isinstance(read_payload(body, event_type, catalog().release(era.name)), dict), era.name

    for_each(events(event_type), judge)


@pytest.mark.parametrize("event_type", TYPES)
def test_an_event_is_valid_under_two_validators(event_type: str) -> None:
    """The plain JSON Schema agrees, as two independent libraries read it."""
    slow = Draft202012Validator(bundle(event_type))
    quick = jsonschema_rs.Draft202012Validator(bundle(event_type))

    def judge(value: dict[str, Any]) -> None:
        assert slow.is_valid(value)
        assert quick.is_valid(value)

    for_each(events(event_type), judge)


@pytest.mark.parametrize("event_type", TYPES)
def test_an_odd_event_has_findings_of_the_tier_lint_only(event_type: str) -> None:
    """What is asked for looks odd, and is accepted and stored as it is."""
    for_each(
        events(event_type, lint=LINTS), lambda value: _nothing(told(check(value, event_type).findings, "error", "loss"))
    )


def _nothing(found: list[Any]) -> None:
    assert found == []


def test_an_event_can_be_odd_in_every_way_that_is_offered() -> None:
    """Each rule of the tier lint that can be asked for finds something in some event, and then no other rule does."""
    for rule in LINTS:
        found = {
            finding.rule
            for event_type in TYPES
            for value in islice(drawn(events(event_type, lint=[rule]), 3), 300)
            for finding in check(value, event_type).findings
        }
        assert rule in found
        assert found <= {rule, "relative-url", "placeholder-value", "fewer-results-than-items"}, (rule, found)


@pytest.mark.parametrize("event_type", TYPES)
def test_a_payload_is_accepted_in_every_era(event_type: str) -> None:
    """However odd its bytes are, each release of the server takes it."""

    def judge(body: bytes) -> None:
        assert is_valid(body, event_type)
        for era in ERAS:
            assert isinstance(read_payload(body, event_type, catalog().release(era.name)), dict), era.name

    for_each(payloads(event_type), judge)


@pytest.mark.parametrize("event_type", TYPES)
def test_a_payload_without_oddities_is_clean_json(event_type: str) -> None:
    """With all oddities switched off, Python reads it, and there are no findings."""

    def judge(body: bytes) -> None:
        assert check(json.loads(body), event_type).findings == check(body, event_type).findings == ()

    for_each(payloads(event_type, without=EDGE_CASES), judge)


# ---- all is reached -------------------------------------------------------------------------------------------------


def _shapes(node: Node, value: Any, where: str) -> Iterator[str]:
    """The places of a value that there are, and what stands in each, in a few words."""
    yield where
    if isinstance(node, Object):
        for name, below in node.fields.items():
            if name in value:
                yield from _shapes(below, value[name], f"{where}/{name}")
            else:
                yield f"{where}/{name} absent"
    elif isinstance(node, Objects):
        yield f"{where} {min(len(value), 2)} items"
        for item in value:
            yield from _shapes(node.item, item, f"{where}/*")
    elif isinstance(node, Entries):
        yield f"{where} {min(len(value), 2)} entries"
        for name, entry in value.items():
            yield f"{where}/* {'list' if isinstance(entry, list) else 'text'}"
            yield from (f"{where} name {word}" for word in _words(name))
            for text in entry if isinstance(entry, list) else [entry]:
                yield from (f"{where}/* {word}" for word in _words(text))
    elif isinstance(node, Integer):
        yield from (f"{where} {value}" for limit in (node.minimum, node.maximum) if value == limit)
    else:
        yield from (f"{where} {word}" for word in _words(value))


def _words(text: str) -> Iterator[str]:
    if not text.isascii():
        yield "not ASCII"
    if any(character > "\uffff" for character in text):
        yield "beyond the first plane"
    if len(text.encode("utf-16-le")) // 2 == 1024:
        yield "as long as can be"
    if not text:
        yield "empty"


def _wanted(node: Node, where: str) -> Iterator[str]:
    """What must be reached, made from the contract."""
    yield where
    if isinstance(node, Object):
        needed = {names[0] for names in node.required if len(names) == 1}
        for name, below in node.fields.items():
            yield from _wanted(below, f"{where}/{name}")
            if name not in needed:
                yield f"{where}/{name} absent"
    elif isinstance(node, Objects):
        yield from (f"{where} {count} items" for count in range(3))
        yield from _wanted(node.item, f"{where}/*")
    elif isinstance(node, Entries):
        yield from (f"{where} {count} entries" for count in range(3))
        yield from (f"{where}/* {what}" for what in ("list", "text", "not ASCII", "empty", "beyond the first plane"))
        yield from (f"{where} name {what}" for what in ("not ASCII", "empty"))
    elif isinstance(node, Integer):
        yield from (f"{where} {limit}" for limit in (node.minimum, node.maximum))
    elif isinstance(node, Text) and "unusual-sort-direction" not in node.lint:
        yield f"{where} not ASCII"
        yield f"{where} as long as can be"
        if not (node.blank_refused or "empty-query" in node.lint or "relative-url" in node.lint):
            yield f"{where} empty"


@pytest.mark.parametrize("event_type", TYPES)
def test_every_field_and_shape_is_reached(event_type: str) -> None:
    """Each field is there and absent, each list is empty and has items, and texts are plain, odd, empty and long."""
    node = event(event_type)
    wanted = set(_wanted(node, ""))
    for value in islice(drawn(events(event_type), 1), 10_000):
        # A total under zero beside a list would be odd, so the least one is seldom.
        wanted.difference_update(_shapes(node, value, ""))
        if not wanted:
            return
    assert wanted == set()


SEEN: dict[str, Callable[[bytes, set[str]], bool]] = {
    "member-order": lambda body, rules: _order(body),
    "white-space": lambda body, rules: _is_spaced(body),
    "escapes": lambda body, rules: b"\\u006" in body,
    "comments": lambda body, rules: "comment-in-payload" in rules,
    "byte-order-mark": lambda body, rules: "byte-order-mark" in rules,
    "non-utf-8-encoding": lambda body, rules: "non-utf-8-encoding" in rules,
    "lone-surrogate": lambda body, rules: "lone-surrogate" in rules,
    "single-item": lambda body, rules: b'"items":{' in body,
    "coerced-integer": lambda body, rules: "coerced-integer" in rules,
    "dropped-item": lambda body, rules: "dropped-item" in rules,
    "malformed-utf-8": lambda body, rules: not _is_utf8(body) and "malformed-utf-8" in rules,
    "trailing-content": lambda body, rules: "trailing-content" in rules,
}


def _is_spaced(body: bytes) -> bool:
    return any(byte in decode(body).data for byte in b"\n\t\r")


def _order(body: bytes) -> bool:
    try:
        names = list(json.loads(decode(body).data))
    except ValueError:
        return False
    return names != sorted(names, key=list(event("search").fields).index)


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize("oddity", EDGE_CASES)
def test_every_oddity_is_reached_and_can_be_switched_off(oddity: str) -> None:
    """Each named oddity shows in some payload, and in none when it is switched off."""

    def seen(body: bytes) -> bool:
        return SEEN[oddity](body, {finding.rule for finding in check(body, "search").findings})

    # White space and escapes may stand in what is not about them.
    without = [oddity, "comments", "trailing-content", "lone-surrogate"]
    others = [name for name in EDGE_CASES if name != oddity]
    assert any(seen(body) for body in islice(drawn(payloads("search", without=others), 1), 500))
    assert not any(seen(body) for body in islice(drawn(payloads("search", without=without), 1), DRAWS))


# ---- shrinking ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event_type", "rest"),
    [
        ("page_view", {"page": {"url": "https://example.com/"}}),
        ("search", {"search": {"query": "a"}}),
        ("search_click", {"search": {"query": "a"}, "document": {"id": "a"}}),
    ],
)
def test_an_event_shrinks_to_a_plain_one(event_type: str, rest: dict[str, Any]) -> None:
    """The least event has only what it needs, in plain words."""
    assert least(events(event_type), lambda _: True) == {"session": {"id": "a"}, "user": {"id": "b"}, **rest}


def test_what_matters_is_left_when_an_event_shrinks() -> None:
    """What makes a test fail stays, and all else is plain."""
    found = least(events("search"), lambda value: len(value["search"].get("results", {}).get("items", [])) > 1)
    # Results without anything are alike, and yet not the same result.
    assert found["search"]["results"] == {"items": [{}, {}]}
    assert list(found["search"]) == ["query", "results"]


def test_a_payload_shrinks_to_compact_json() -> None:
    """The least payload has no oddity."""
    found = least(payloads("search"), lambda _: True)
    assert found == b'{"session":{"id":"a"},"user":{"id":"b"},"search":{"query":"a"}}'


# ---- arguments ------------------------------------------------------------------------------------------------------


def test_names_that_are_none_are_told() -> None:
    """An unknown event type, oddity or rule is a mistake of the call, told when the strategy is made."""
    for call in (
        lambda: events("click"),
        lambda: events("search", lint=["blank-id"]),
        lambda: payloads("click"),
        lambda: payloads("search", without=["tabs"]),
    ):
        with pytest.raises(UsageError, match="one of"):
            call()
