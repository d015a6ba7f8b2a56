"""Checks for documents of a custom contract together: how they refer to each other, and which events they apply to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from eventlint.schemas.documents import Document
from eventlint.schemas.event_places import REFERENCES, built_in_events, events_for, following, referred_events
from eventlint.schemas.keywords import IN_PLACE, Path, walk
from eventlint.schemas.problem import Problem
from eventlint.schemas.validity import Library, Resolver

MAX_CHAIN = 40
"""How many schemas may lead to each other for one and the same value."""

Found = tuple[Document, Problem]
_DEFINITIONS = frozenset(["$id", "$schema", "$defs", "title", "description", "$comment", "examples"])


class Location(NamedTuple):
    """Where a schema is: its document, and the path to it."""

    document: Document
    path: Path

    def below(self, path: Path) -> Location:
        """A place inside the schema."""
        return Location(self.document, (*self.path, *path))


def locations(documents: Sequence[Document]) -> dict[int, Location]:
    """Where each schema of some documents is, by its identity."""
    return {
        id(part): Location(document, path)
        for document in documents
        for path, part in walk(document.value)
        if isinstance(part, dict)
    }


def circles(documents: Sequence[Document], library: Library) -> Found | None:
    """A schema that leads to itself for one and the same value, or a chain that is too long; None without any."""
    search = _CircleSearch(library, locations(documents))
    for document in documents:
        root = library.root(document.uri)
        for path, schema, resolver in library.walk(*root) if root else ():
            search.height(schema, resolver, (), Location(document, path))
            if search.found is not None:
                return search.found
    return None


class _CircleSearch:
    """Measures how many schemas follow one another for one value; ``found`` is the first problem."""

    def __init__(self, library: Library, places: dict[int, Location]) -> None:
        self.found: Found | None = None
        self._library = library
        self._places = places
        self._heights: dict[int, int] = {}

    def height(self, schema: Any, resolver: Resolver, above: tuple[int, ...], last: Location) -> int:
        """How many schemas follow one another from here."""
        if not isinstance(schema, dict) or self.found is not None:
            return 1
        if id(schema) in above:
            self._fail(last, "the schema refers to itself without descending into the value", "remove the reference")
            return 1
        known = self._heights.get(id(schema))
        if len(above) >= MAX_CHAIN or (known is not None and len(above) + known > MAX_CHAIN):
            self._fail(last, f"more than {MAX_CHAIN} schemas lead to each other here for one value", None)
            return 1
        if known is None:
            location = self._places.get(id(schema))
            heights = [
                self.height(part, inner, (*above, id(schema)), last if location is None else location.below(path))
                for path, part, inner in following(self._library, schema, resolver)
                if path[0] in IN_PLACE
            ]
            self._heights[id(schema)] = 1 + max(heights, default=0)
        return self._heights.get(id(schema), 1)

    def _fail(self, last: Location, message: str, hint: str | None) -> None:
        if self.found is None:
            self.found = last.document, Problem("circular-ref", last.path, message, hint)


def scopes(documents: Sequence[Document], library: Library, *, is_alone: bool = False) -> Iterator[Found]:
    """Documents that apply to no event, or to several that they refer to.

    Args:
        documents: The documents of a contract.
        library: Resolves references among them.
        is_alone: Whether other documents may refer to them, so that a document with definitions has a use.
    """
    events = built_in_events(library)
    targets: set[int] | None = None
    for document in documents:
        if not isinstance(document.value, dict):
            continue
        referred = referred_events(library, document.uri, events)
        if events_for(document.value, referred):
            applies_to = document.value.get("x-applies-to")
            if len(referred) > 1 and not (isinstance(applies_to, dict) and applies_to.get("events")):
                message = f"the document refers to {' and '.join(referred)}, which choose no event together"
                yield document, Problem("ambiguous-events", (), message, "choose the events with x-applies-to")
            continue
        if targets is None:
            targets = _targets(documents, library)
        holds_definitions = "$defs" in document.value and document.value.keys() <= _DEFINITIONS
        parts = {id(part) for _, part in walk(document.value)}
        if parts.isdisjoint(targets) and not (is_alone and holds_definitions):
            message = "the document applies to no event, and no other document refers to it"
            yield document, Problem("no-event", (), message, "add x-applies-to, or refer to a built-in event")


def _targets(documents: Sequence[Document], library: Library) -> set[int]:
    """The schemas that references lead to from another document."""
    places = locations(documents)
    found: set[int] = set()
    for document in documents:
        root = library.root(document.uri)
        for _, schema, resolver in library.walk(*root) if root else ():
            for key in REFERENCES:
                target = library.resolve(resolver, schema[key]) if key in schema else None
                location = places.get(id(target[0])) if target is not None else None
                if location is not None and location.document is not document:
                    found.add(id(target[0] if target is not None else None))
    return found
