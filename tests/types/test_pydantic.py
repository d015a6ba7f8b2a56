"""The typed dictionaries in Pydantic and FastAPI, and at run time."""

from __future__ import annotations

import ast
import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from pydantic import TypeAdapter, ValidationError

from eventlint import types

SEARCH: dict[str, Any] = {"session": {"id": "s"}, "user": {"id": "u"}, "search": {"query": "shoes"}}
CLICK: dict[str, Any] = {**SEARCH, "document": {"id": "42", "index": "products"}}
FULL: dict[str, Any] = {
    "query": "shoes",
    "sort": {"name": "price", "direction": "asc"},
    "filters": {"brand": ["a", "b"], "color": "red"},
    "page": {"current": 1, "size": 10},
    "results": {"items": [{"page": {"url": "https://example.com/"}}], "total_results": 1},
}
WRONG: list[tuple[Any, Any]] = [
    (types.SearchEvent, {**SEARCH, "extra": 1}),
    (types.SearchEvent, {**SEARCH, "session": {"id": "s", "extra": 1}}),
    (types.SearchEvent, {**SEARCH, "search": {"query": "q", "results": {"items": [{"extra": 1}]}}}),
    (types.SearchEvent, {"session": {"id": "s"}, "user": {"id": "u"}}),
    (types.SearchEvent, {**SEARCH, "user": {"id": 7}}),
    (types.SearchClickEvent, SEARCH),
    (types.SearchClickEvent, {**CLICK, "extra": 1}),
    (types.PageViewEvent, SEARCH),
    (types.Filters, {"price": {"from": "1"}}),
]


@pytest.mark.parametrize(
    ("kind", "event"),
    [
        (types.SearchEvent, SEARCH),
        (types.SearchEvent, {**SEARCH, "search": FULL}),
        (types.SearchClickEvent, CLICK),
        (types.SearchClickEvent, {**CLICK, "page": {"url": "https://example.com/"}}),
        (types.AnyEvent, CLICK),
        (types.EventType, "search"),
    ],
)
def test_pydantic_accepts_valid_events(kind: Any, event: Any) -> None:
    """A valid event is returned unchanged."""
    assert TypeAdapter(kind).validate_python(event) == event


@pytest.mark.parametrize(("kind", "event"), WRONG)
def test_pydantic_rejects_invalid_events(kind: Any, event: Any) -> None:
    """Unknown fields, missing fields and wrong types are errors, at every level."""
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(event)


def test_fastapi_takes_the_types_as_bodies() -> None:
    """A body of the type is accepted; an unknown field is answered with 422, and the OpenAPI document forbids it."""
    app = FastAPI()

    def post(event: Any) -> Any:
        return event

    post.__annotations__ = {"event": types.SearchClickEvent}
    app.post("/click")(post)

    async def statuses(*events: Any) -> list[int]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
            return [(await client.post("/click", json=event)).status_code for event in events]

    assert asyncio.run(statuses(CLICK, {**CLICK, "extra": 1}, SEARCH)) == [200, 422, 422]
    schema = app.openapi()["components"]["schemas"]["Session"]
    assert (schema["additionalProperties"], schema["required"]) == (False, ["id"])


@pytest.mark.parametrize(
    ("kind", "required", "optional"),
    [
        (types.Session, {"id"}, set()),
        (types.Sort, {"name"}, {"direction"}),
        (types.SearchEvent, {"session", "user", "search"}, set()),
        (types.SearchClickEventWithDocument, {"session", "user", "search", "document"}, {"page"}),
        (types.SearchClickEventWithPage, {"session", "user", "search", "page"}, {"document"}),
    ],
)
def test_optional_keys_are_known_at_run_time(kind: Any, required: set[str], optional: set[str]) -> None:
    """``__required_keys__`` and ``__optional_keys__`` list each field once."""
    assert (kind.__required_keys__, kind.__optional_keys__) == (required, optional)


def test_only_the_types_import_typing_extensions() -> None:
    """``typing-extensions`` is a dependency of one module."""
    package = Path(types.__file__).parent
    importing = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.ImportFrom) and node.module == "typing_extensions"
    }
    assert importing == {"types.py"}
