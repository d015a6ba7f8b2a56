"""Documents that refer to each other, and whether they can be used together; it must not know events or findings.

Nothing is fetched: a reference leads to a document at hand, or to one of the package, or the document is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from eventlint.contract import author_errors as blame
from eventlint.contract.loading import Source, bare, built_in
from eventlint.schemas.change_text import shown
from eventlint.schemas.documents import Document
from eventlint.schemas.keywords import IN_PLACE, NAMED, Path, parts_of, walk
from eventlint.schemas.validity import MAX_SIZE, Library, Resolver
from eventlint.spec import catalog

MAX_CHAIN = 40
"""How many schemas may lead to each other for one and the same value; the library's calls stand inside each other."""

REFERENCES = ("$ref", "$dynamicRef")


class Home(NamedTuple):
    """Where a schema stands: its document, and the way to it."""

    document: Document
    path: Path


class Held(NamedTuple):
    """Documents that can be used together.

    Attributes:
        sources: The documents.
        library: What resolves references among them.
        homes: Where each of their schemas stands, by its identity.
        events: Which event type each packaged event is, by the identity of its schema.
    """

    sources: tuple[Source, ...]
    library: Library
    homes: Mapping[int, Home]
    events: Mapping[int, str]

    def following(self, schema: Any, resolver: Resolver) -> Iterator[tuple[Path, Any, Resolver]]:
        """The schemas that a schema leads to: those that stand in it, and those that it refers to.

        Args:
            schema: A schema.
            resolver: What resolves references in it.
        """
        if not isinstance(schema, dict):
            return
        around = self.library.inside(schema, resolver)
        for path, below in parts_of(schema):
            if path[0] != "$defs":
                yield path, below, around
        for key in REFERENCES:
            target = self.library.resolve(around, schema[key]) if key in schema else None
            if target is not None:
                yield (key,), target[0], self.library.inside(*target)


def hold(sources: tuple[Source, ...]) -> Held:
    """Put documents together.

    Raises:
        SchemaError: Two have one name, a reference leads nowhere or in a circle, or a document is too large.
    """
    known: dict[str, Source] = {}
    for source in sources:
        other = known.setdefault(source.identifier, source)
        if other is not source:
            told = f"{shown(source.identifier, 60)} is the $id of {other.document.path} too"
            raise blame.at(source.document, ("$id",), told)
    library = Library([*map(bare, sources), *built_in()])
    homes = {
        id(part): Home(source.document, path)
        for source in sources
        for path, part in walk(source.schema)
        if isinstance(part, dict)
    }
    events = {
        id(found[0]): kind
        for era in catalog().eras
        for kind, version in era.events.items()
        for found in [library.root(f"urn:eventlint:event:{kind}:{version}")]
        if found is not None
    }
    held = Held(sources, library, homes, events)
    for source in sources:
        _check_references(held, source)
    for source in sources:
        _check_circles(held, source)
    for source in sources:
        root = library.root(source.identifier)
        assert root is not None  # noqa: S101 - it was put in above
        for count, _ in enumerate(library.reached(*root, with_definitions=True)):
            if count >= MAX_SIZE:
                told = f"with its references written out, the document has more than {MAX_SIZE:,} schemas"
                raise blame.at(source.document, (), told)
    return held


def _check_references(held: Held, source: Source) -> None:
    start = held.library.root(source.identifier)
    waiting: list[tuple[Path, Any, Any]] = [((), source.schema, start[1])] if start else []
    while waiting:
        path, schema, resolver = waiting.pop()
        if not isinstance(schema, dict):
            continue
        resolver = held.library.inside(schema, resolver)
        for key in REFERENCES:
            if key not in schema:
                continue
            target = held.library.resolve(resolver, schema[key])
            if target is None:
                told = f"{shown(schema[key], 80)} leads nowhere; only documents at hand count, and nothing is fetched"
                raise blame.at(source.document, (*path, key), told)
            if not isinstance(target[0], dict | bool):
                raise blame.at(source.document, (*path, key), f"{shown(schema[key], 80)} leads to what is no schema")
        waiting += [((*path, *below), part, resolver) for below, part in parts_of(schema)]


def _check_circles(held: Held, source: Source) -> None:
    """Refuse a schema that leads to itself for one and the same value, and chains that are too long."""
    start = held.library.root(source.identifier)
    assert start is not None  # noqa: S101 - it was put in
    heights: dict[int, int] = {}

    def height(schema: Any, resolver: Resolver, above: tuple[int, ...], last: Home) -> int:
        """How many schemas follow one another from here, for the same value."""
        if not isinstance(schema, dict):
            return 1
        if id(schema) in above:
            raise blame.at(last.document, last.path, "the schema leads to itself without looking into the value")
        if len(above) >= MAX_CHAIN:
            told = f"more than {MAX_CHAIN} schemas lead to each other here for one value"
            raise blame.at(last.document, last.path, told)
        if id(schema) not in heights:
            home = held.homes.get(id(schema))
            below = [
                height(part, inside, (*above, id(schema)), last if home is None else _step(home, path))
                for path, part, inside in held.following(schema, resolver)
                if path[0] in IN_PLACE
            ]
            heights[id(schema)] = 1 + max(below, default=0)
        elif len(above) + heights[id(schema)] > MAX_CHAIN:
            told = f"more than {MAX_CHAIN} schemas lead to each other here for one value"
            raise blame.at(last.document, last.path, told)
        return heights[id(schema)]

    for path, schema in walk(source.schema):
        home = Home(source.document, path)
        height(schema, _resolver_at(held, source, path), (), home)


def _step(home: Home, path: Path) -> Home:
    return Home(home.document, (*home.path, *path))


def _resolver_at(held: Held, source: Source, path: Path) -> Resolver:
    """What resolves references in a part of a document; schemas on the way may have an ``$id`` of their own."""
    start = held.library.root(source.identifier)
    assert start is not None  # noqa: S101 - it was put in
    schema, resolver = source.schema, start[1]
    left = path
    while left:
        resolver = held.library.inside(schema, resolver)
        length = 2 if left[0] in NAMED or left[0] in ("allOf", "anyOf", "oneOf", "prefixItems") else 1
        below: Any = schema
        for part in left[:length]:
            below = below[int(part)] if isinstance(below, list) else below[part]
        schema, left = below, left[length:]
    return resolver
