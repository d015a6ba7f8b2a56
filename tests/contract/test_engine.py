"""The engine of contracts agrees with ``jsonschema``, and has an answer for every event."""

from __future__ import annotations

import copy
import json
import random
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

import eventlint
from eventlint import strategies
from eventlint.contract.validator import _SAME_FORMATS
from eventlint.schemas.documents import Document, packaged_documents
from eventlint.schemas.json_places import read
from eventlint.schemas.string_formats import FORMATS
from tests.contract.conftest import ANY, EVENTS, SCHEMAS, Make, of_search, search
from tests.contract.test_findings import INVALID, VALID
from tests.schemas import drawn

CONTRACT = eventlint.load_contract(SCHEMAS)
LINES = [json.loads(line) for line in EVENTS.read_text().splitlines()]
COLLECTIONS = (None, "site", "shop-de")


def oracle_formats() -> FormatChecker:
    """The fixed list of formats, for ``jsonschema``."""
    found = FormatChecker(formats=())
    for name, test in FORMATS.items():
        found.checks(name)(lambda value, test=test: not isinstance(value, str) or test(value))
    return found


def oracles() -> dict[str, Any]:
    """``jsonschema`` on the documents of the example, by their ``$id``."""
    documents = [json.loads(path.read_text()) for path in SCHEMAS.rglob("*.json")]
    documents += [one.value for one in packaged_documents()]
    plain = {one["$id"]: {key: value for key, value in one.items() if key != "$schema"} for one in documents}
    registry: Any = Registry().with_resources(
        (name, DRAFT202012.create_resource(value)) for name, value in plain.items()
    )
    checker = oracle_formats()
    return {name: Draft202012Validator({"$ref": name}, registry=registry, format_checker=checker) for name in plain}


ORACLES = oracles()


def agrees(event: Any, event_type: str, collection: str | None) -> bool:
    """Whether the contract and ``jsonschema`` have the same verdict; the violations must agree with it, too."""
    names = CONTRACT.identifiers_for(event_type, collection)
    expected = all(ORACLES[name].is_valid(event) for name in names)
    assert CONTRACT.accepts(event, event_type, collection) is expected
    assert (not CONTRACT.violations(event, event_type, collection)) is expected
    return expected


@pytest.mark.parametrize("line", LINES, ids=range(1, len(LINES) + 1))
def test_the_example_events_have_the_verdicts_of_jsonschema(line: dict[str, Any]) -> None:
    """Each line of the example has the same verdict in all collections."""
    for collection in COLLECTIONS:
        agrees(line["payload"], line["event_type"], collection)


@given(st.data())
def test_drawn_events_have_the_verdicts_of_jsonschema(data: st.DataObject) -> None:
    """So have drawn events, with values of the example put into them."""
    line = data.draw(st.sampled_from(LINES))
    event_type = line["event_type"]
    event = copy.deepcopy(data.draw(st.just(line["payload"]) | strategies.events(event_type)))
    others = [one["payload"] for one in LINES if one["event_type"] == event_type]
    for _ in range(data.draw(st.integers(0, 3))):
        replace_part(data, event, data.draw(st.sampled_from(others)))
    agrees(event, event_type, data.draw(st.sampled_from(COLLECTIONS)))


def replace_part(data: st.DataObject, event: Any, other: Any) -> None:
    """Replace or remove a value of an event, or add one from another event."""
    while isinstance(event, dict) and isinstance(other, dict):
        key = data.draw(st.sampled_from(sorted({*event, *other})))
        if isinstance(event.get(key), dict) and isinstance(other.get(key), dict) and data.draw(st.booleans()):
            event, other = event[key], other[key]
        elif key in other:
            event[key] = copy.deepcopy(other[key])
            return
        elif key not in ("session", "user", "search", "page"):
            del event[key]
            return
        else:
            return


@given(st.integers(0, 2**32))
def test_drawn_schemas_have_the_verdicts_of_jsonschema(seed: int) -> None:
    """Random schemas and values have the same verdict, and violations exactly if it is negative."""
    dice = random.Random(seed)
    schema = drawn.schema(dice, 3)
    document = {"$id": "urn:acme:drawn:1-0-0", "x-applies-to": {"events": ["search"]}, "allOf": [schema]}
    contract = eventlint.Contract([Document(path="a.json", name="a.json", text=read(json.dumps(document).encode()))])
    oracle = Draft202012Validator(schema)
    for _ in range(20):
        value = drawn.near(dice, schema)
        expected = oracle.is_valid(value)
        assert contract.accepts(value, "search") is expected, (schema, value)
        found = contract.violations(value, "search")
        assert (not found) is expected, (schema, value)
        assert all(one.message and one.keyword for one in found)


@pytest.mark.parametrize(
    ("schema", "value", "accepted"),
    [
        ({"type": "integer"}, 1.0, True),
        ({"type": "integer"}, 1.5, False),
        ({"type": "integer"}, 10**400, True),
        ({"type": "number"}, True, False),
        ({"maximum": 10**30}, 10**30 + 1, False),
        ({"const": 10**30}, 10**30 + 1, False),
        ({"const": 1}, 1.0, True),
        ({"const": 1}, True, False),
        ({"enum": [0]}, False, False),
        ({"enum": [[1]]}, [1.0], True),
        ({"uniqueItems": True}, [1, 1.0], False),
        ({"uniqueItems": True}, [1, True], True),
        ({"uniqueItems": True}, [{"a": 1, "b": 2}, {"b": 2, "a": 1}], False),
        ({"multipleOf": 0.01}, 0.07, True),
        ({"multipleOf": 0.1}, 4.3, True),
        ({"multipleOf": 3}, 10**400, False),
        ({"maxLength": 1}, "😀", True),
        ({"maxLength": 1}, "e\u0301", False),
        ({"maxLength": 1}, "\ud800", True),
        ({"const": "\ud800"}, "\ud800", True),
        ({"const": "\ud800"}, "\ud801", False),
        ({"properties": {"\udfff": {"type": "string"}}, "additionalProperties": False}, {"\udfff": "a"}, True),
        ({"properties": {"\udfff": {"type": "string"}}, "additionalProperties": False}, {"\udffe": "a"}, False),
        ({"pattern": "^[^\ud800-\udfff]*$"}, "a\ud800", False),
        ({"pattern": "a$"}, "a\n", False),
        ({"pattern": r"^\d$"}, "٣", False),
        ({"format": "uuid"}, 7, True),
        ({"$ref": "#/$defs/a%20b", "$defs": {"a b": {"type": "null"}}}, 1, False),
    ],
)
def test_what_values_mean(schema: Any, value: Any, accepted: bool, make: Make) -> None:
    """Numbers are compared exactly, lengths are code points, and lone surrogates are characters like others."""
    contract = make({**schema, "x-applies-to": {"events": ["search"]}}, ignore=ANY)
    assert contract.accepts(value, "search") is accepted
    assert (not contract.violations(value, "search")) is accepted


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.text(st.characters(categories=["L", "N", "Cs", "Cc", "So"])),
        lambda below: (
            st.lists(below, max_size=3)
            | st.dictionaries(st.text(st.characters()) | st.sampled_from(["8", "08"]), below, max_size=3)
        ),
    )
)
def test_no_value_raises(value: Any) -> None:
    """Any value has a verdict, and violations exactly if it is negative."""
    for event_type in ("search", "page_view"):
        accepted = CONTRACT.accepts(value, event_type, "shop-de")
        assert accepted is (not CONTRACT.violations(value, event_type, "shop-de"))


def test_a_lone_surrogate_is_reported_where_it_was_sent(make: Make) -> None:
    """Keys and values with lone surrogates keep their pointer, their position and their message."""
    contract = make(of_search({"properties": {"filters": {"additionalProperties": {"maxLength": 1}}}}))
    body = json.dumps(search(filters={"a\ud800": "b\udfff"})).encode()
    report = eventlint.check(body, "search", release="9.5.2", contract=contract)  # newer ones reject such keys
    (found,) = [one for one in report.findings if one.tier == "contract"]
    assert found.pointer == "/search/filters/a\ud800"
    assert found.message == "'b\\udfff' has 2 characters, more than 1"
    assert found.position is not None
    assert body[found.position.offset :].startswith(b'"b')


def test_keys_of_digits_keep_their_pointers(make: Make) -> None:
    """Keys that look like numbers are keys, in events and in schemas."""
    rules = {key: {"x-rule": {"name": f"k{number}"}, "maxLength": 1} for number, key in enumerate(("8", "08", "+8"))}
    contract = make(
        of_search({"properties": {"filters": {"properties": rules, "additionalProperties": {"maxLength": 2}}}})
    )
    for filters, expected in (
        ({"8": "aa", "08": "a"}, {("k0", "8")}),
        ({"8": "a", "08": "bb", "+8": "c"}, {("k1", "08")}),
        ({"+8": "bb"}, {("k2", "+8")}),
        ({"7": "ccc", "07": "c"}, {("contract-violation", "7")}),
        ({"7": "c", "07": "ddd"}, {("contract-violation", "07")}),
        ({"12": ["ccc"], "x": "abc"}, {("contract-violation", "x")}),
    ):
        found = contract.violations(search(filters=filters), "search")
        assert {one.path[-1] for one in found} == {key for _, key in expected}
        report = eventlint.check(search(filters=filters), "search", contract=contract)
        assert {one.pointer for one in report.findings if one.tier == "contract"} == {
            f"/search/filters/{key}" for _, key in expected
        }


@given(st.sampled_from(sorted(_SAME_FORMATS)), st.data())
def test_the_engine_tests_some_formats_itself(name: str, data: st.DataObject) -> None:
    """For these formats, the engine and the fixed list agree on valid strings, invalid ones, and their mutations."""
    from jsonschema_rs import Draft202012Validator as Engine

    seeds = [*VALID[name], *INVALID[name]]
    text = data.draw(st.sampled_from(seeds))
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(text)))
        text = (
            text[:at]
            + data.draw(st.sampled_from("".join(seeds) + "0:.-/~%٣é\n"))
            + text[at + data.draw(st.integers(0, 1)) :]
        )
    assert Engine({"format": name}, validate_formats=True).is_valid(text) == FORMATS[name](text)


def test_importing_a_guard_does_not_import_the_engine() -> None:
    """The engine is only imported with a contract, also by guards and strategies."""
    code = "import eventlint.guard, sys; print({'jsonschema_rs', 'jsonschema'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
