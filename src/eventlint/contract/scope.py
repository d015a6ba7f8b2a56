"""Which events a document is about; it must not know what it says of them."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from eventlint.contract import author_errors as blame
from eventlint.contract.library import REFERENCES, Held
from eventlint.contract.loading import LAST, Source
from eventlint.errors import SchemaError
from eventlint.schemas.keywords import ANNOTATIONS, IN_PLACE, parts_of, walk
from eventlint.spec import event_types


class Scope(NamedTuple):
    """The events that a document is about.

    Attributes:
        events: Their types.
        collections: Patterns of their collections' names; empty for all, and for those that are not known.
    """

    events: tuple[str, ...]
    collections: tuple[str, ...] = ()

    def has(self, event_type: str, collection: str | None) -> bool:
        """Whether an event belongs to them.

        Args:
            event_type: Its type.
            collection: The collection that it goes to; None when that is not known.
        """
        if event_type not in self.events:
            return False
        if not self.collections:
            return True
        return collection is not None and any(fnmatchcase(collection, pattern) for pattern in self.collections)


def newest(held: Held, versions: Mapping[str, str]) -> list[Source]:
    """The documents that are used: the newest of each name, or the one that is asked for.

    Args:
        held: All documents.
        versions: The version to use, by the document's ``$id`` without it.

    Raises:
        SchemaError: There is no such document, or no such version of it.
    """
    chosen: dict[str, Source] = {}
    for source in held.sources:
        wanted = versions.get(source.name)
        if wanted is not None and str(source.version) != wanted:
            continue
        best = chosen.get(source.name)
        if best is None or source.version > best.version:
            chosen[source.name] = source
    names = {source.name for source in held.sources}
    for name, version in versions.items():
        if name not in chosen:
            known = ", ".join(sorted(names))
            what = f"version {version} of {name}" if name in names else f"document {name}; there are {known}"
            raise SchemaError(f"schema-versions: there is no {what}")
    return list(chosen.values())


def scope(held: Held, source: Source) -> Scope | None:
    """The events that a document is about; None when it only holds what others refer to.

    Raises:
        SchemaError: Nothing tells which events they are.
    """
    said = source.schema.get("x-applies-to", {})
    found = _events(held, source)
    told = tuple(said.get("events", ()))
    collections = tuple(said.get("collections", ()))
    if told:
        return Scope(told, collections)
    if len(found) > 1:
        listed = " and ".join(found)
        raise blame.at(source.document, (), f"the document refers to {listed}; say with x-applies-to what it is about")
    if found:
        return Scope(found, collections)
    if "x-applies-to" in source.schema:
        return Scope(event_types(), collections)
    if _is_referred_to(held, source):
        return None
    words = "the document is about no event: add x-applies-to, or refer to a built-in event"
    raise blame.at(source.document, (), words)


def without_built_in(held: Held, source: Source, about: Scope) -> dict[str, Any]:
    """What is left of a document to ask of events that fit the built-in schemas anyway.

    A reference at its root to the built-in event that it is about holds for every event that the server takes, and
    costs more time than all else. It has to stay where somebody asks what other keywords have looked at.

    Args:
        held: The documents.
        source: The document.
        about: Which events it is about.
    """
    root, start = source.schema, held.library.root(source.identifier)
    assert start is not None  # noqa: S101 - it was put in
    if any(isinstance(part, dict) and not part.keys().isdisjoint(LAST) for _, part in walk(root)):
        return root

    def is_known(schema: Any) -> bool:
        if not isinstance(schema, dict) or "$ref" not in schema or not schema.keys() <= ({"$ref"} | ANNOTATIONS):
            return False
        target = held.library.resolve(start[1], schema["$ref"])
        return target is not None and about.events == (held.events.get(id(target[0])),)

    left = dict(root)
    if is_known({"$ref": root.get("$ref", "")}):
        del left["$ref"]
    if "allOf" in root:
        left["allOf"] = [part for part in root["allOf"] if not is_known(part)] or [True]
    return left


def _events(held: Held, source: Source) -> tuple[str, ...]:
    """The built-in events that a document refers to for the whole event."""
    start = held.library.root(source.identifier)
    assert start is not None  # noqa: S101 - it was put in
    found: set[str] = set()
    seen: set[int] = set()
    waiting: list[tuple[Any, Any]] = [start]
    while waiting:
        schema, resolver = waiting.pop()
        if id(schema) in seen:
            continue
        seen.add(id(schema))
        if id(schema) in held.events:
            found.add(held.events[id(schema)])
            continue
        waiting += [(below, inside) for path, below, inside in held.following(schema, resolver) if path[0] in IN_PLACE]
    return tuple(kind for kind in event_types() if kind in found)


def _is_referred_to(held: Held, source: Source) -> bool:
    """Whether another document refers to a document, or to a part of it."""
    own = {id(part) for _, part in walk(source.schema)}
    for other in held.sources:
        start = held.library.root(other.identifier)
        waiting: list[tuple[Any, Any]] = [(other.schema, start[1])] if other is not source and start else []
        while waiting:
            schema, resolver = waiting.pop()
            if not isinstance(schema, dict):
                continue
            resolver = held.library.inside(schema, resolver)
            targets = [held.library.resolve(resolver, schema[key]) for key in REFERENCES if key in schema]
            if any(target is not None and id(target[0]) in own for target in targets):
                return True
            waiting += [(below, resolver) for _, below in parts_of(schema)]
    return False
