"""The documents of a contract together: how they refer to each other.

Nothing is fetched: a reference leads to another document of the contract or to a packaged one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from eventlint.contract.loading import Source, packaged_without_draft
from eventlint.schemas import event_places
from eventlint.schemas.event_places import REFERENCES
from eventlint.schemas.keywords import Path, walk
from eventlint.schemas.reference_checks import Location
from eventlint.schemas.validity import Library, Resolver

__all__ = ["REFERENCES", "DocumentSet", "Location", "combine"]


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
        """The schemas that a schema leads to; see :func:`eventlint.schemas.event_places.following`."""
        return event_places.following(self.library, schema, resolver)


def combine(sources: tuple[Source, ...]) -> DocumentSet:
    """Put valid documents together."""
    library = Library([*(source.as_document() for source in sources), *packaged_without_draft()])
    locations = {
        id(part): Location(source.document, path)
        for source in sources
        for path, part in walk(source.schema)
        if isinstance(part, dict)
    }
    return DocumentSet(sources, library, locations, event_places.built_in_events(library))
