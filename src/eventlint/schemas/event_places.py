"""Where the schemas of a contract apply: the parts of an event that each of them checks.

A document applies to the whole of some events. From there, each keyword leads to a part of the event, and each
reference to a schema that checks the same part.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from eventlint.schemas.documents import Document
from eventlint.schemas.keywords import IN_PLACE, Path, parts_of
from eventlint.schemas.validity import Library, Resolver
from eventlint.spec import catalog, event, event_types
from eventlint.spec.nodes import Entries, Ingest, Node, Object, Objects, Text

REFERENCES = ("$ref", "$dynamicRef")
_CONDITIONAL = frozenset(["anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas", "contains"])
MAX_STEPS = 50_000
"""How many pairs of a schema and a part of an event are examined."""


class Entry(NamedTuple):
    """One entry of an object with arbitrary keys: a string, or an array of strings."""

    text: Text


Place = Node | Entry


class Use(NamedTuple):
    """How a schema is used.

    Attributes:
        places: The parts of events that it checks.
        always: Whether all of these must be valid, and not only under a condition.
    """

    places: tuple[Place, ...]
    always: bool


def built_in_events(library: Library) -> dict[int, str]:
    """The event type of each built-in event schema, by the schema's identity."""
    return {
        id(found[0]): event_type
        for era in catalog().eras
        for event_type, version in era.events.items()
        for found in [library.root(f"urn:eventlint:event:{event_type}:{version}")]
        if found is not None
    }


def following(library: Library, schema: Any, resolver: Resolver) -> Iterator[tuple[Path, Any, Resolver]]:
    """The schemas that a schema leads to: those inside it (definitions excepted), and those that it refers to.

    Yields:
        The path to each schema, the schema, and what resolves references inside that one.
    """
    if not isinstance(schema, dict):
        return
    for path, below in parts_of(schema):
        if path[0] != "$defs":
            yield path, below, library.inside(below, resolver)
    for key in REFERENCES:
        target = library.resolve(resolver, schema[key]) if key in schema else None
        if target is not None:
            yield (key,), target[0], library.inside(*target)


def referred_events(library: Library, uri: str, events: dict[int, str]) -> tuple[str, ...]:
    """The built-in events that a document refers to for the whole event.

    Args:
        library: The documents.
        uri: The document's address.
        events: As :func:`built_in_events` returns them.
    """
    root = library.root(uri)
    found: set[str] = set()
    seen: set[int] = set()
    waiting: list[tuple[Any, Any]] = [(root[0], library.inside(*root))] if root else []
    while waiting:
        schema, resolver = waiting.pop()
        if id(schema) in seen:
            continue
        seen.add(id(schema))
        if id(schema) in events:
            found.add(events[id(schema)])
            continue
        waiting += [
            (below, inner) for path, below, inner in following(library, schema, resolver) if path[0] in IN_PLACE
        ]
    return tuple(event_type for event_type in event_types() if event_type in found)


def events_for(value: Any, referred: tuple[str, ...]) -> tuple[str, ...]:
    """The event types that a document applies to; empty for a document with definitions only.

    Args:
        value: The document's schema.
        referred: The built-in events that it refers to.
    """
    applies_to = value.get("x-applies-to") if isinstance(value, dict) else None
    listed = applies_to.get("events") if isinstance(applies_to, dict) else None
    if isinstance(listed, list):
        return tuple(kind for kind in event_types() if kind in listed)
    return referred or (event_types() if isinstance(applies_to, dict) else ())


def uses(library: Library, documents: Iterable[Document]) -> dict[int, Use]:
    """How each schema of some documents is used, by its identity; built-in schemas are left out."""
    events = built_in_events(library)
    built_in = {id(one.value) for one in library.documents if one.uri.startswith("urn:eventlint:")}
    waiting: list[tuple[Any, Resolver, Place, bool]] = []
    for document in documents:
        root = library.root(document.uri)
        for kind in events_for(document.value, referred_events(library, document.uri, events)) if root else ():
            assert root is not None  # noqa: S101 - otherwise there is no kind
            waiting.append((root[0], library.inside(*root), event(kind), True))
    found: dict[int, tuple[dict[int, Place], bool]] = {}
    seen: set[tuple[int, int, bool]] = set()
    while waiting and len(seen) < MAX_STEPS:
        schema, resolver, place, always = waiting.pop()
        step = (id(schema), id(place), always)
        if not isinstance(schema, dict) or id(schema) in built_in or step in seen:
            continue
        seen.add(step)
        places, was_always = found.get(id(schema), ({}, True))
        places[id(place)] = place
        found[id(schema)] = (places, was_always and always)
        for path, part, inner in following(library, schema, resolver):
            is_always = always and path[0] not in _CONDITIONAL
            same = path[0] in IN_PLACE
            waiting += [(part, inner, one, is_always) for one in ((place,) if same else below(place, path))]
    return {key: Use(tuple(places.values()), always) for key, (places, always) in found.items()}


@functools.lru_cache(16)
def _entry(ingest: Ingest) -> Entry:
    return Entry(Text(blank_refused=False, ingest=ingest))


def below(place: Place, step: Path) -> Iterator[Place]:
    """The parts of an event that a keyword leads to from another part."""
    if step[0] == "properties" and isinstance(place, Object):
        if step[1] in place.fields:
            yield place.fields[step[1]]
    elif step[0] in ("properties", "patternProperties", "additionalProperties", "unevaluatedProperties"):
        if isinstance(place, Object):
            yield from place.fields.values()
        elif isinstance(place, Entries):
            yield _entry(place.ingest)
    elif step[0] in ("items", "prefixItems", "contains", "unevaluatedItems"):
        if isinstance(place, Objects):
            yield place.item
        elif isinstance(place, Entry):
            yield place.text
