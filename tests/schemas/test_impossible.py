"""Constraints of a contract that can never apply."""

from __future__ import annotations

from typing import Any

import pytest

from eventlint.schemas.lint import lint
from tests.contract.conftest import SCHEMAS, SEARCH, of_search
from tests.schemas.test_lint import findings

ABOUT = {"x-applies-to": {"events": ["search"]}}


def impossible(schema: Any) -> list[tuple[str, str]]:
    """The pointer and the message of each such constraint."""
    return [(one.pointer, one.message) for one in findings(schema) if one.rule == "impossible-constraint"]


@pytest.mark.parametrize(
    ("schema", "pointer"),
    [
        ({"properties": {"query": {}}}, "/properties/query"),
        ({"required": ["page"]}, "/required/0"),
        (of_search({"properties": {"qury": {}}}), "/properties/search/properties/qury"),
        (of_search({"maxLength": 3}), "/properties/search/maxLength"),
        (of_search({"type": ["string", "array"]}), "/properties/search/type"),
        (of_search({"properties": {"page": {"properties": {"size": {"pattern": "^1$"}}}}}), None),
        (of_search({"properties": {"results": {"properties": {"items": {"properties": {}}}}}}), None),
        (of_search({"properties": {"filters": {"additionalProperties": {"maximum": 3}}}}), None),
        (
            of_search({"properties": {"filters": {"additionalProperties": {"items": {"maximum": 3}}}}}),
            "/properties/search/properties/filters/additionalProperties/items/maximum",
        ),
        (
            of_search({"properties": {"results": {"properties": {"items": {"items": {"maxLength": 3}}}}}}),
            "/properties/search/properties/results/properties/items/items/maxLength",
        ),
        (of_search({"patternProperties": {"^q": {"maxItems": 3}}}), "/properties/search/patternProperties/^q/maxItems"),
        ({"anyOf": [{"properties": {"page": {}}}]}, "/anyOf/0/properties/page"),
        ({"if": {"properties": {"page": {}}}}, "/if/properties/page"),
    ],
)
def test_what_cannot_apply_is_reported(schema: Any, pointer: str | None) -> None:
    """A key that the event cannot have, an impossible type, or a keyword for another type."""
    ((where, _),) = impossible({**ABOUT, **schema})
    assert pointer is None or where == pointer


@pytest.mark.parametrize(
    "schema",
    [
        {**ABOUT, **of_search({"properties": {"page": {"properties": {"size": {"type": "integer", "maximum": 3}}}}})},
        {**ABOUT, **of_search({"properties": {"filters": {"properties": {"a": {"maxItems": 3, "pattern": "^a$"}}}}})},
        {**ABOUT, **of_search({"properties": {"filters": {"additionalProperties": {"items": {"maxLength": 3}}}}})},
        {**ABOUT, **of_search({"additionalProperties": {"maxLength": 3, "required": []}})},
        {"x-applies-to": {}, "properties": {"page": {"properties": {"url": {}}}, "search": {}}},
        {"x-applies-to": {"events": ["search", "page_view"]}, "required": ["page"]},
        {"allOf": [{"$ref": SEARCH}], "properties": {"search": {"type": "object"}}},
        {"properties": {"anything": {"maximum": 3}}},
    ],
)
def test_what_can_apply_is_not_reported(schema: Any) -> None:
    """Constraints that apply to some event are valid; documents for no event are not checked."""
    assert impossible(schema) == []


def test_the_example_has_no_such_constraint() -> None:
    """The contract in the examples has no findings."""
    found, _ = lint([str(SCHEMAS)])
    assert found == []


def test_the_first_built_in_reference_counts() -> None:
    """Without ``x-applies-to``, the reference at the root chooses the event."""
    assert impossible({"allOf": [{"$ref": SEARCH}], "properties": {"page": {}}})[0][0] == "/properties/page"
