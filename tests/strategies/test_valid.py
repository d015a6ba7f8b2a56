"""Valid events and payloads are accepted, clean and varied, and shrink to plain ones."""

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
from tests.strategies.support import DRAWS, for_each, least, reported

TYPES = event_types()
ERAS = catalog().eras


@pytest.mark.parametrize("event_type", TYPES)
def test_an_event_has_no_finding_of_any_tier(event_type: str) -> None:
    """The server accepts it and stores it as it is, and no rule reports it."""

    def assertion(value: dict[str, Any]) -> None:
        assert check(value, event_type).findings == ()
        assert check(json.dumps(value).encode(), event_type).findings == ()

    for_each(events(event_type), assertion)


@pytest.mark.parametrize("event_type", TYPES)
def test_an_event_is_accepted_in_every_era(event_type: str) -> None:
    """Each release of the server reads it."""

    def assertion(value: dict[str, Any]) -> None:
        body = json.dumps(value, ensure_ascii=False).encode()
        for era in ERAS:
            assert is_valid(value, event_type, release=era.name), era.name
            assert isinstance(read_payload(body, event_type, catalog().release(era.name)), dict), era.name

    for_each(events(event_type), assertion)


@pytest.mark.parametrize("event_type", TYPES)
def test_an_event_is_valid_under_two_validators(event_type: str) -> None:
    """Two independent libraries accept it by the JSON Schema."""
    one = Draft202012Validator(bundle(event_type))
    other = jsonschema_rs.Draft202012Validator(bundle(event_type))

    def assertion(value: dict[str, Any]) -> None:
        assert one.is_valid(value)
        assert other.is_valid(value)

    for_each(events(event_type), assertion)


@pytest.mark.parametrize("event_type", TYPES)
def test_an_event_for_lint_rules_has_findings_of_the_tier_lint_only(event_type: str) -> None:
    """The server accepts it and stores it as it is."""
    for_each(
        events(event_type, lint=LINTS),
        lambda value: _nothing(reported(check(value, event_type).findings, "error", "loss")),
    )


def _nothing(found: list[Any]) -> None:
    assert found == []


def test_events_can_violate_every_listed_lint_rule() -> None:
    """Each listed rule reports some event, and hardly any other rule does."""
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
    """Each release of the server accepts it, whatever edge cases it has."""

    def assertion(body: bytes) -> None:
        assert is_valid(body, event_type)
        for era in ERAS:
            assert isinstance(read_payload(body, event_type, catalog().release(era.name)), dict), era.name

    for_each(payloads(event_type), assertion)


@pytest.mark.parametrize("event_type", TYPES)
def test_a_payload_without_edge_cases_is_clean_json(event_type: str) -> None:
    """Without edge cases, Python reads it, and there are no findings."""

    def assertion(body: bytes) -> None:
        assert check(json.loads(body), event_type).findings == check(body, event_type).findings == ()

    for_each(payloads(event_type, without=EDGE_CASES), assertion)


# ---- coverage -------------------------------------------------------------------------------------------------------


def _shapes(node: Node, value: Any, where: str) -> Iterator[str]:
    """The places that a value has, and a short description of what each contains."""
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
            yield f"{where}/* {'list' if isinstance(entry, list) else 'string'}"
            yield from (f"{where} key {word}" for word in _words(name))
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
    """What must be reached, made from the specification."""
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
        yield from (f"{where}/* {what}" for what in ("list", "string", "not ASCII", "empty", "beyond the first plane"))
        yield from (f"{where} key {what}" for what in ("not ASCII", "empty"))
    elif isinstance(node, Integer):
        yield from (f"{where} {limit}" for limit in (node.minimum, node.maximum))
    elif isinstance(node, Text) and "unusual-sort-direction" not in node.lint:
        yield f"{where} not ASCII"
        yield f"{where} as long as can be"
        if not (node.blank_refused or "empty-query" in node.lint or "relative-url" in node.lint):
            yield f"{where} empty"


@pytest.mark.parametrize("event_type", TYPES)
def test_every_field_and_shape_is_reached(event_type: str) -> None:
    """Fields are present and absent, lists are empty and not, and strings are plain, tricky, empty and long."""
    node = event(event_type)
    wanted = set(_wanted(node, ""))
    for value in islice(drawn(events(event_type), 1), 10_000):
        # A negative total next to a list would be reported, so the lowest one is rare.
        wanted.difference_update(_shapes(node, value, ""))
        if not wanted:
            return
    assert wanted == set()


SEEN: dict[str, Callable[[bytes, set[str]], bool]] = {
    "key-order": lambda body, rules: _order(body),
    "whitespace": lambda body, rules: _is_spaced(body),
    "escapes": lambda body, rules: b"\\u006" in body,
    "comments": lambda body, rules: "comment-in-payload" in rules,
    "utf-8-bom": lambda body, rules: "byte-order-mark" in rules,
    "wide-encoding": lambda body, rules: "non-utf-8-encoding" in rules,
    "surrogate-escape": lambda body, rules: "lone-surrogate" in rules,
    "single-item": lambda body, rules: b'"items":{' in body,
    "number-form": lambda body, rules: "coerced-integer" in rules,
    "dropped-element": lambda body, rules: "dropped-item" in rules,
    "malformed-character": lambda body, rules: not _is_utf8(body) and "malformed-utf-8" in rules,
    "trailing-bytes": lambda body, rules: "trailing-content" in rules,
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


@pytest.mark.parametrize("edge_case", EDGE_CASES)
def test_every_edge_case_is_reached_and_can_be_switched_off(edge_case: str) -> None:
    """Each edge case appears in some payload, and in none when it is switched off."""

    def seen(body: bytes) -> bool:
        return SEEN[edge_case](body, {finding.rule for finding in check(body, "search").findings})

    # Other edge cases may also bring whitespace and escapes.
    without = [edge_case, "comments", "trailing-bytes", "surrogate-escape"]
    others = [name for name in EDGE_CASES if name != edge_case]
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
    """The smallest event has only what it needs, in plain words."""
    assert least(events(event_type), lambda _: True) == {"session": {"id": "a"}, "user": {"id": "b"}, **rest}


def test_shrinking_keeps_what_makes_a_test_fail() -> None:
    """Everything else is plain."""
    found = least(events("search"), lambda value: len(value["search"].get("results", {}).get("items", [])) > 1)
    # Empty items are equal, but do not count as repeated.
    assert found["search"]["results"] == {"items": [{}, {}]}
    assert list(found["search"]) == ["query", "results"]


def test_a_payload_shrinks_to_compact_json() -> None:
    """The smallest payload has no edge case."""
    found = least(payloads("search"), lambda _: True)
    assert found == b'{"session":{"id":"a"},"user":{"id":"b"},"search":{"query":"a"}}'


# ---- arguments ------------------------------------------------------------------------------------------------------


def test_unknown_names_are_reported() -> None:
    """An unknown event type, edge case or rule is a usage error when the strategy is made."""
    for call in (
        lambda: events("click"),
        lambda: events("search", lint=["blank-id"]),
        lambda: payloads("click"),
        lambda: payloads("search", without=["tabs"]),
    ):
        with pytest.raises(UsageError, match="one of"):
            call()
