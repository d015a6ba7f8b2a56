"""Clauses of a contract that can never apply."""

from __future__ import annotations

from typing import Any

import pytest

from eventlint.schemas.lint import lint
from tests.contract.conftest import SCHEMAS, SEARCH, of_search
from tests.schemas.test_lint import findings

ABOUT = {"x-applies-to": {"events": ["search"]}}


def told(schema: Any) -> list[tuple[str, str]]:
    """The pointer and the message of each such clause."""
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
        ({"anyOf": [{"properties": {"page": {}}}]}, "/anyOf/0/properties/page"),
        ({"if": {"properties": {"page": {}}}}, "/if/properties/page"),
    ],
)
def test_what_cannot_apply_is_told(schema: Any, pointer: str | None) -> None:
    """A name that the event cannot have there, a type that it cannot be, a keyword for another kind of value."""
    ((where, _),) = told({**ABOUT, **schema})
    assert pointer is None or where == pointer


@pytest.mark.parametrize(
    "schema",
    [
        {**ABOUT, **of_search({"properties": {"page": {"properties": {"size": {"type": "integer", "maximum": 3}}}}})},
        {**ABOUT, **of_search({"properties": {"filters": {"properties": {"a": {"maxItems": 3, "pattern": "^a$"}}}}})},
        {"x-applies-to": {}, "properties": {"page": {"properties": {"url": {}}}, "search": {}}},
        {"x-applies-to": {"events": ["search", "page_view"]}, "required": ["page"]},
        {"allOf": [{"$ref": SEARCH}], "properties": {"search": {"type": "object"}}},
        {"properties": {"anything": {"maximum": 3}}},
    ],
)
def test_what_can_apply_is_not(schema: Any) -> None:
    """What some event of the document's can have says something; a document about no event is left alone."""
    assert told(schema) == []


def test_the_example_has_no_such_clause() -> None:
    """Each clause of the contract in the examples can apply, and nothing else is wrong with it."""
    found, _ = lint([str(SCHEMAS)])
    assert found == []


def test_the_first_built_in_reference_counts() -> None:
    """Without ``x-applies-to``, the reference at the root says which event it is."""
    assert told({"allOf": [{"$ref": SEARCH}], "properties": {"page": {}}})[0][0] == "/properties/page"
