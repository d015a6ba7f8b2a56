"""The schema documents: their standard keywords, and their keywords for the server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fastjsonschema
import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from eventlint.jsontext.java_text import is_blank
from eventlint.spec import catalog, event_types
from eventlint.spec.bundles import bundle, draft_07
from eventlint.spec.packaged import folder
from tests.corpus import Case, payload_cases

NEWEST = catalog().eras[-1].name
PATHS = sorted(path for path in Path(folder()).glob("**/*.json") if path.name not in ("catalog.json", "limits.json"))
DOCUMENTS = {str(path.relative_to(folder())): json.loads(path.read_bytes()) for path in PATHS}
SPECIFICATION = {name: document for name, document in DOCUMENTS.items() if not name.startswith("vocabulary")}
REGISTRY: Registry[Any] = Registry().with_resources(
    (document["$id"], Resource.from_contents(document, DRAFT202012)) for document in DOCUMENTS.values()
)


def schemas(value: Any, name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """All schemas of fields in a document, with their names."""
    for field, schema in value.get("properties", {}).items():
        yield f"{name}/{field}", schema


def test_documents_are_valid_under_the_vocabulary() -> None:
    """Each document is valid under the meta-schema of 2020-12 and of the vocabulary."""
    vocabulary = Draft202012Validator(DOCUMENTS["vocabulary/1-0-0.json"], registry=REGISTRY)
    for name, document in DOCUMENTS.items():
        Draft202012Validator.check_schema(document)
        assert list(vocabulary.iter_errors(document)) == [], name


def test_vocabulary_rejects_malformed_keywords() -> None:
    """The meta-schema rejects a keyword of the wrong shape."""
    vocabulary = Draft202012Validator(DOCUMENTS["vocabulary/1-0-0.json"], registry=REGISTRY)
    assert not vocabulary.is_valid({"properties": {"a": {"x-reads": {"as": "number"}}}, "x-reads": {"as": "number"}})


@pytest.mark.parametrize("name", SPECIFICATION)
def test_vocabulary_agrees_with_standard_keywords(name: str) -> None:
    """The keywords of the vocabulary agree with the standard keywords."""
    document = SPECIFICATION[name]
    assert document["$id"].endswith(Path(name).stem)
    if "x-order" not in document:
        return
    assert document["x-order"] == list(document["properties"])
    sets = [[field] for field in document.get("required", [])]
    sets += [sum((choice["required"] for choice in document.get("anyOf", [])), [])] if "anyOf" in document else []
    assert document["x-required-sets"] == sets
    for field, schema in document["properties"].items():
        refuses = schema.get("x-reads", {}).get("refuses")
        assert ("pattern" in schema) == (refuses == "blank"), field
        assert (schema.get("minimum") == 0) == (refuses == "negative"), field


@pytest.mark.parametrize("name", SPECIFICATION)
def test_documents_and_fields_are_described_with_examples(name: str) -> None:
    """Each document and field has a title, a description, and examples that are valid."""
    document = SPECIFICATION[name]
    for where, schema in [(name, document), *schemas(document, name)]:
        assert schema["title"], where
        assert schema["description"].endswith("."), where
        assert schema["examples"], where
        validator = Draft202012Validator(schema, registry=REGISTRY)
        assert all(map(validator.is_valid, schema["examples"])), where


PATTERN = Draft202012Validator(
    {"pattern": SPECIFICATION["objects/user/1-0-0.json"]["properties"]["id"]["pattern"]}, registry=REGISTRY
)


@given(st.text(st.characters(whitelist_categories=["Zs", "Zl", "Zp", "Cc"]) | st.characters(), max_size=3))
def test_pattern_of_an_id_rejects_what_java_calls_blank(text: str) -> None:
    """The pattern rejects exactly the strings that are blank in Java."""
    assert PATTERN.is_valid(text) == (not is_blank(text))


# ---- the standard keywords and the server ----------------------------------------------------------------------------

# A strict-JSON body without duplicate keys is valid under the schema if and only if the server accepts it without
# converting a number. These are the exceptions.
EXCEPTIONS = {
    "integer-with-point": "1.0 and 1e3 are integers in JSON Schema, but the server converts them",
    "number-too-long": "the server's JSON reader rejects a number with too many digits, whatever its value",
    "scalar-in-items": "the server drops one scalar before an object in items; JSON Schema cannot express this",
}


def strict(body: bytes) -> Any:
    """Parse a strict-JSON body without duplicate keys; raises ValueError for any other body."""

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) != len(pairs):
            raise ValueError("duplicate")
        return dict(pairs)

    def constant(name: str) -> None:
        raise ValueError(name)

    return json.loads(body.decode(), object_pairs_hook=unique, parse_constant=constant)


def integers(event: Any) -> Iterator[Any]:
    """The values of the integer fields."""
    search = event.get("search", {})
    page, results = search.get("page", {}), search.get("results", {})
    yield from (page[name] for name in ("current", "size") if name in page)
    if "total_results" in results:
        yield results["total_results"]


def judged() -> Iterator[tuple[Case, Any, bool, str | None]]:
    """Each strict case, parsed; whether it should be valid; and the exception that it belongs to."""
    for case in payload_cases():
        try:
            event = strict(case.body)
            json.dumps(event, ensure_ascii=False).encode()
        except (ValueError, RecursionError):
            continue
        accepted = case.answer(NEWEST)["status"] == 202
        converted, exception = False, None
        if "exceeds the maximum" in case.answer(NEWEST).get("body", ""):
            exception = "number-too-long"
        if accepted:
            values = list(integers(event))
            converted = any(type(value) is not int for value in values)
            if any(isinstance(value, float) and value.is_integer() for value in values):
                exception = "integer-with-point"
            items = event.get("search", {}).get("results", {}).get("items", [])
            if isinstance(items, list) and any(not isinstance(item, dict) for item in items):
                exception = "scalar-in-items"
        yield case, event, accepted and not converted, exception


def test_two_validators_agree_with_the_server() -> None:
    """Jsonschema and jsonschema-rs agree with the server on every strict case of the corpus."""
    slow = {
        kind: Draft202012Validator(SPECIFICATION[f"{kind}/1-0-0.json"], registry=REGISTRY) for kind in event_types()
    }
    quick = {kind: jsonschema_rs.Draft202012Validator(bundle(kind)) for kind in event_types()}
    wrong: list[str] = []
    used: set[str] = set()
    for case, event, should, exception in judged():
        if exception is not None:
            used.add(exception)
            continue
        for validators in (slow, quick):
            if validators[case.event_type].is_valid(event) != should:
                wrong.append(f"{case.id} {type(validators[case.event_type]).__module__}")
    assert wrong == []
    assert used == set(EXCEPTIONS)


def test_draft_07_agrees_with_the_server() -> None:
    """Fastjsonschema agrees with the server on every strict case of the corpus, in draft-07."""
    validators = {kind: fastjsonschema.compile(draft_07(bundle(kind))) for kind in event_types()}
    wrong: list[str] = []
    for case, event, should, exception in judged():
        if exception is not None:
            continue
        try:
            validators[case.event_type](event)
            valid = True
        except fastjsonschema.JsonSchemaException:
            valid = False
        if valid != should:
            wrong.append(case.id)
    assert wrong == []
