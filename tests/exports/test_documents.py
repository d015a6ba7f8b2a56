"""The list of documents, and the names of types."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from eventlint import UsageError
from eventlint.errors import SchemaError
from eventlint.exports.schema_list import documents_of, find, listed, schema_of, type_names
from eventlint.exports.type_shapes import Scalar, shapes
from eventlint.spec import Era, catalog, document
from eventlint.spec.packaged import folder


def test_all_packaged_documents_are_listed() -> None:
    """Every packaged document is used by a release and listed."""
    packaged = set(Path(folder()).glob("**/?-*-*.json")) - set(Path(folder()).glob("vocabulary/*"))
    assert {row.id.replace(":", "/") for row in listed()} == {
        "urn/eventlint/"
        + ("object" if path.parent.parent.name == "objects" else "event")
        + f"/{path.parent.name}/{path.stem}"
        for path in packaged
    }


@pytest.mark.parametrize(
    ("word", "identifier"),
    [
        ("search", "urn:eventlint:event:search:1-0-0"),
        ("event:search", "urn:eventlint:event:search:1-0-0"),
        ("object:search", "urn:eventlint:object:search:1-0-0"),
        ("sort", "urn:eventlint:object:sort:1-0-0"),
        ("urn:eventlint:object:search:1-0-0", "urn:eventlint:object:search:1-0-0"),
        ("object:search:1-0-0", "urn:eventlint:object:search:1-0-0"),
    ],
)
def test_document_is_found_by_its_name(word: str, identifier: str) -> None:
    """An event takes precedence over an object of the same name; a prefix selects the kind."""
    assert find(word).id == identifier


@pytest.mark.parametrize(
    ("word", "version"),
    [("click", None), ("event:sort", None), ("search", "9"), ("event:search:9", None), ("", None), ("a:b:c:d", None)],
)
def test_unknown_document_is_a_usage_error(word: str, version: str | None) -> None:
    """An unknown name or version is a usage error."""
    with pytest.raises(UsageError):
        find(word, version)


def test_dependencies_come_first() -> None:
    """Languages that require a type before its use can be generated in this order."""
    order = list(documents_of(catalog().eras[-1]))
    for number, identifier in enumerate(order):
        references = re.findall(r'"\$ref": "([^"]*)"', json.dumps(document(identifier)))
        assert set(references) <= set(order[:number])


def test_two_versions_have_two_names() -> None:
    """If two versions of an object are used, the newer one has the plain name."""
    names = type_names(["urn:eventlint:object:page:1-0-9", "urn:eventlint:object:page:1-0-10"])
    assert list(names.values()) == ["Page_1_0_9", "Page"]


def test_conflicting_type_names_are_an_error() -> None:
    """An object with the type name of an event is an error, and does not replace the event."""
    with pytest.raises(SchemaError):
        type_names(["urn:eventlint:event:search:1-0-0", "urn:eventlint:object:search_event:1-0-0"])


def test_document_is_unchanged_without_a_bundle() -> None:
    """Without a bundle and in 2020-12, a document is the packaged one."""
    row = find("search_click")
    assert schema_of(row) == document(row.id)


def test_variants_are_all_combinations() -> None:
    """With two sets to choose from, each pair is a variant."""
    (click,) = [shape for shape in shapes(catalog().eras[-1]) if shape.choices]
    assert click.variants == [("document",), ("page",)]
    assert click._replace(choices=(("a", "b"), ("b", "c"))).variants == [("a", "b"), ("a", "c"), ("b",), ("b", "c")]


@pytest.mark.parametrize("era", catalog().eras, ids=lambda era: era.name)
def test_types_agree_with_the_standard_keywords(era: Era) -> None:
    """The fields, required fields and choices of each type are those of its schema."""
    for shape in shapes(era):
        schema = document(shape.id)
        assert [field.name for field in shape.fields] == list(schema.get("properties", ()))
        assert shape.required == set(schema.get("required", ()))
        choice = [one["required"][0] for one in schema.get("anyOf", ())]
        assert list(map(list, shape.choices)) == ([choice] if choice else [])
        for field in shape.fields:
            kind = schema["properties"][field.name].get("type")
            assert (field.type.name if isinstance(field.type, Scalar) else None) == kind
