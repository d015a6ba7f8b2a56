"""The documents of a contract together: how they refer to each other, and whether they can be used.

Nothing is fetched: a reference leads to another document of the contract or to a packaged one, or it is an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from eventlint.contract import author_errors
from eventlint.contract.loading import Source, packaged_without_draft
from eventlint.schemas.change_text import shown
from eventlint.schemas.documents import Document
from eventlint.schemas.keywords import IN_PLACE, Path, parts_of, walk
from eventlint.schemas.validity import MAX_SIZE, Library, Resolver
from eventlint.spec import catalog

MAX_CHAIN = 40
"""How many schemas may lead to each other for one and the same value."""

REFERENCES = ("$ref", "$dynamicRef")


class Location(NamedTuple):
    """Where a schema is: its document, and the path to it."""

    document: Document
    path: Path

    def below(self, path: Path) -> Location:
        """A place inside the schema."""
        return Location(self.document, (*self.path, *path))


class DocumentSet(NamedTuple):
    """Documents that can be used together.

    Attributes:
        library: Resolves references among them and the packaged documents.
        locations: Where each of their schemas is, by the schema's identity.
        events: The event type of each packaged event schema, by the schema's identity.
    """

    sources: tuple[Source, ...]
    library: Library
    locations: Mapping[int, Location]
    events: Mapping[int, str]

    def root(self, source: Source) -> tuple[Any, Resolver]:
        """The schema of a document, and what resolves references inside it."""
        found = self.library.root(source.identifier)
        assert found is not None  # noqa: S101 - all sources are in the library
        return found[0], self.library.inside(*found)

    def following(self, schema: Any, resolver: Resolver) -> Iterator[tuple[Path, Any, Resolver]]:
        """The schemas that a schema leads to: those inside it (definitions excepted), and those that it refers to.

        Yields:
            The path to each schema, the schema, and what resolves references inside that one.
        """
        if not isinstance(schema, dict):
            return
        for path, below in parts_of(schema):
            if path[0] != "$defs":
                yield path, below, self.library.inside(below, resolver)
        for key in REFERENCES:
            target = self.library.resolve(resolver, schema[key]) if key in schema else None
            if target is not None:
                yield (key,), target[0], self.library.inside(*target)


def combine(sources: tuple[Source, ...]) -> DocumentSet:
    """Put documents together.

    Raises:
        SchemaError: Two have the same ``$id``, a reference leads nowhere or in a circle, or a document is too large.
    """
    known: dict[str, Source] = {}
    for source in sources:
        other = known.setdefault(source.identifier, source)
        if other is not source:
            message = f"{shown(source.identifier, 60)} is also the $id of {other.document.path}"
            raise author_errors.at(source.document, ("$id",), message)
    library = Library([*(source.as_document() for source in sources), *packaged_without_draft()])
    locations = {
        id(part): Location(source.document, path)
        for source in sources
        for path, part in walk(source.schema)
        if isinstance(part, dict)
    }
    events = {
        id(found[0]): event_type
        for era in catalog().eras
        for event_type, version in era.events.items()
        for found in [library.root(f"urn:eventlint:event:{event_type}:{version}")]
        if found is not None
    }
    documents = DocumentSet(sources, library, locations, events)
    for check in (_check_references, _check_circles, _check_size):
        for source in sources:
            check(documents, source)
    return documents


def _check_size(documents: DocumentSet, source: Source) -> None:
    for count, _ in enumerate(documents.library.reached(*documents.root(source), with_definitions=True)):
        if count >= MAX_SIZE:
            message = f"with all references resolved, the document has more than {MAX_SIZE:,} schemas"
            raise author_errors.at(source.document, (), message)


def _check_references(documents: DocumentSet, source: Source) -> None:
    for path, schema, resolver in documents.library.walk(*documents.root(source)):
        for key in REFERENCES:
            if key not in schema:
                continue
            target = documents.library.resolve(resolver, schema[key])
            if target is None:
                message = f"{shown(schema[key], 80)} cannot be resolved: no document of the contract has it"
                raise author_errors.at(source.document, (*path, key), message)
            if not isinstance(target[0], dict | bool):
                message = f"{shown(schema[key], 80)} leads to a value that is not a schema"
                raise author_errors.at(source.document, (*path, key), message)


def _check_circles(documents: DocumentSet, source: Source) -> None:
    """Reject a schema that leads to itself for one and the same value, and chains that are too long."""
    heights: dict[int, int] = {}

    def height(schema: Any, resolver: Resolver, above: tuple[int, ...], last: Location) -> int:
        """How many schemas follow one another from here, for the same value."""
        if not isinstance(schema, dict):
            return 1
        if id(schema) in above:
            message = "the schema refers to itself without descending into the value"
            raise author_errors.at(last.document, last.path, message)
        too_long = f"more than {MAX_CHAIN} schemas lead to each other here for one value"
        if len(above) >= MAX_CHAIN:
            raise author_errors.at(last.document, last.path, too_long)
        if id(schema) not in heights:
            location = documents.locations.get(id(schema))
            below = [
                height(part, inner, (*above, id(schema)), last if location is None else location.below(path))
                for path, part, inner in documents.following(schema, resolver)
                if path[0] in IN_PLACE
            ]
            heights[id(schema)] = 1 + max(below, default=0)
        elif len(above) + heights[id(schema)] > MAX_CHAIN:
            raise author_errors.at(last.document, last.path, too_long)
        return heights[id(schema)]

    for path, schema, resolver in documents.library.walk(*documents.root(source)):
        height(schema, resolver, (), Location(source.document, path))
