"""Events that conform to a custom contract, and events that violate one of its rules."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from eventlint import UsageError, check, load_contract
from eventlint.contract import Contract
from eventlint.spec import event_types
from eventlint.strategies import drawn, events, payloads, violating_events
from tests.strategies.support import DRAWS, for_each, least

EXAMPLE = load_contract(Path(__file__).parent.parent.parent / "examples/contracts/schemas")
PLACES = [(event_type, None) for event_type in event_types()] + [("search", "shop-1")]
NEVER_ALONE = {("search", "shop-1", "unknown-application")}
"""What violates this rule also violates another one."""


def contract(tmp_path: Path, *parts: Any) -> Contract:
    """A contract for searches with some schemas."""
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:acme:search:1-0-0",
        "title": "Searches",
        "allOf": [{"$ref": "urn:eventlint:event:search:1-0-0"}, *parts],
    }
    (tmp_path / "search.json").write_text(json.dumps(document))
    return load_contract(tmp_path)


def of_search(**fields: Any) -> Any:
    """A schema about fields of ``search``."""
    return {"properties": {"search": {"properties": fields}}}


@pytest.mark.parametrize(("event_type", "collection"), PLACES)
def test_an_event_conforms(event_type: str, collection: str | None) -> None:
    """The server accepts it and loses nothing, and no rule of the contract reports it."""

    def assertion(event: Any) -> None:
        found = check(event, event_type, collection=collection, contract=EXAMPLE).findings
        assert [finding for finding in found if finding.tier != "lint"] == []

    for_each(events(event_type, contract=EXAMPLE, collection=collection), assertion, DRAWS // 3)


def test_a_payload_with_edge_cases_conforms() -> None:
    """What the server converts or drops is not a contract violation."""

    def assertion(body: bytes) -> None:
        report = check(body, "search", contract=EXAMPLE)
        assert report.ok

    for_each(payloads("search", contract=EXAMPLE), assertion, DRAWS // 3)


@pytest.mark.parametrize(
    ("event_type", "collection", "rule"),
    [
        (event_type, collection, rule)
        for event_type, collection in PLACES
        for rule in dict(EXAMPLE.rule_pointers(event_type, collection))
        if (event_type, collection, rule) not in NEVER_ALONE
    ],
)
def test_each_rule_can_be_violated_alone(event_type: str, collection: str | None, rule: str) -> None:
    """There is one finding of the tiers error, contract and loss: the rule's, at the pointer of the example."""
    for example in islice(drawn(violating_events(event_type, rule, contract=EXAMPLE, collection=collection), 1), 10):
        found = check(example.event, event_type, collection=collection, contract=EXAMPLE).findings
        reported = [(one.tier, one.rule, one.pointer) for one in found if one.tier != "lint"]
        assert reported == [("contract", rule, example.pointer)]
        assert example.rule == rule


@pytest.mark.parametrize(
    "part",
    [
        of_search(query={"minLength": 30, "maxLength": 40}),
        of_search(query={"pattern": "^(?:red|blue) shoes$"}),
        of_search(query={"const": "shoes"}),
        of_search(query={"format": "date-time"}),
        of_search(query={"not": {"pattern": "a"}}),
        of_search(query={"anyOf": [{"enum": ["a b"]}, {"pattern": "^[0-9]{3}$"}]}),
        of_search(page={"properties": {"size": {"multipleOf": 12, "minimum": 12}, "current": {"exclusiveMaximum": 5}}}),
        of_search(filters={"minProperties": 2, "propertyNames": {"maxLength": 3}}),
        of_search(filters={"additionalProperties": {"type": "array", "minItems": 2, "uniqueItems": True}}),
        of_search(filters={"additionalProperties": {"type": "string"}}),
        of_search(results={"required": ["items"], "properties": {"items": {"minItems": 3, "maxItems": 4}}}),
        of_search(sort=False, search_application={"enum": ["app"]}),
        {"properties": {"search": {"required": ["filters", "page"]}}},
        {"properties": {"search": {"if": {"required": ["page"]}, "then": {"required": ["results"]}}}},
        {"properties": {"search": {"dependentRequired": {"sort": ["page"]}, "maxProperties": 3}}},
    ],
    ids=lambda part: json.dumps(part)[26:80],
)
def test_what_a_keyword_requires_is_drawn(part: Any, tmp_path: Path) -> None:
    """Events are repaired until they satisfy each keyword."""
    custom = contract(tmp_path, part)
    found = list(islice(drawn(events("search", contract=custom), 2), 20))
    assert all(check(event, "search", contract=custom).ok for event in found)


def test_an_event_shrinks_to_a_plain_one() -> None:
    """The smallest event has only what the server and the contract require."""
    found = least(events("search", contract=EXAMPLE), lambda _: True)
    assert found["search"] == {"query": "a", "search_application": "website"}


def test_an_unsatisfiable_contract_is_reported(tmp_path: Path) -> None:
    """Drawing ends with a usage error."""
    custom = contract(tmp_path, of_search(query={"allOf": [{"const": "a"}, {"const": "b"}]}))
    with pytest.raises(UsageError, match="yields no values"):
        next(drawn(events("search", contract=custom)))


def test_an_unknown_rule_is_reported() -> None:
    """It is a usage error, and the message lists the rules."""
    with pytest.raises(UsageError, match="uuid-user"):
        violating_events("search", "https-only", contract=EXAMPLE)
