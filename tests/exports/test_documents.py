"""Which documents there are, and what they are called."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eventlint import UsageError
from eventlint.errors import SchemaError
from eventlint.exports.schema_list import find, in_era, listed, references, shown, type_names
from eventlint.exports.type_shapes import shapes
from eventlint.spec import catalog, document
from eventlint.spec.packaged import folder


def test_all_packaged_documents_are_listed() -> None:
    """A document that no release uses is a mistake, and so is one that is not listed."""
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
    ],
)
def test_a_document_is_found_by_its_name(word: str, identifier: str) -> None:
    """An event comes before an object of the same name; a word before the name says which."""
    assert find(word).id == identifier


@pytest.mark.parametrize(("word", "version"), [("click", None), ("event:sort", None), ("search", "9"), ("", None)])
def test_what_does_not_exist_is_told(word: str, version: str | None) -> None:
    """A name or a version that is none is the caller's mistake."""
    with pytest.raises(UsageError):
        find(word, version)


def test_what_is_referred_to_stands_first() -> None:
    """Languages that want a type before its use can be written in this order."""
    order = in_era(catalog().eras[-1])
    for number, identifier in enumerate(order):
        assert set(references(document(identifier))) <= set(order[:number])


def test_two_versions_have_two_names() -> None:
    """Where two versions of an object are used, the newer has the plain name."""
    names = type_names(["urn:eventlint:object:page:1-0-9", "urn:eventlint:object:page:1-0-10"])
    assert list(names.values()) == ["Page_1_0_9", "Page"]


def test_an_object_cannot_take_an_events_name() -> None:
    """An object that would be called as an event is refused, not overwritten."""
    with pytest.raises(SchemaError):
        type_names(["urn:eventlint:event:search:1-0-0", "urn:eventlint:object:search_event:1-0-0"])


def test_a_document_stands_as_it_is() -> None:
    """Without a bundle and in its own dialect, a document is what the package has."""
    row = find("search_click")
    assert shown(row) == document(row.id)


def test_variants_are_all_ways_to_choose() -> None:
    """With two sets to choose from, each pair is a way."""
    (click,) = [shape for shape in shapes(catalog().eras[-1]) if shape.choices]
    assert click.variants == [("document",), ("page",)]
    assert click._replace(choices=(("a", "b"), ("b", "c"))).variants == [("a", "b"), ("a", "c"), ("b",), ("b", "c")]


def test_what_cannot_be_a_type_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A schema that says more than a type can is refused, not written wrongly."""

    def changed(identifier: str) -> Any:
        told = document(identifier)
        return {**told, "anyOf": [{"required": ["name", "direction"]}, {"required": ["name"]}]}

    monkeypatch.setattr("eventlint.exports.type_shapes.in_era", lambda era: ["urn:eventlint:object:sort:1-0-0"])
    monkeypatch.setattr("eventlint.exports.type_shapes.document", changed)
    with pytest.raises(SchemaError):
        shapes(catalog().eras[-1])
