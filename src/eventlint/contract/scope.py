"""Which events a document applies to, and which version of it is used."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from eventlint.contract.document_set import DocumentSet
from eventlint.contract.loading import Source
from eventlint.errors import SchemaError
from eventlint.schemas.event_places import events_for, referred_events
from eventlint.schemas.keywords import ANNOTATIONS, walk

_UNEVALUATED = frozenset(["unevaluatedItems", "unevaluatedProperties"])


class Scope(NamedTuple):
    """The events that a document applies to.

    Attributes:
        events: Their types.
        collections: Patterns of their collections' names; empty for all collections, and for an unknown one.
    """

    events: tuple[str, ...]
    collections: tuple[str, ...] = ()

    def has(self, event_type: str, collection: str | None) -> bool:
        """Whether an event belongs to them; ``collection`` is None if unknown."""
        if event_type not in self.events:
            return False
        if not self.collections:
            return True
        return collection is not None and any(fnmatchcase(collection, pattern) for pattern in self.collections)


def used(documents: DocumentSet, versions: Mapping[str, str]) -> list[Source]:
    """The documents that are used: of each ``$id`` the newest version, or the requested one.

    Raises:
        SchemaError: There is no such document, or no such version of it.
    """
    chosen: dict[str, Source] = {}
    for source in documents.sources:
        wanted = versions.get(source.name)
        if wanted is not None and str(source.version) != wanted:
            continue
        best = chosen.get(source.name)
        if best is None or source.version > best.version:
            chosen[source.name] = source
    names = {source.name for source in documents.sources}
    for name, version in versions.items():
        if name not in chosen:
            missing = f"version {version} of {name}" if name in names else f"document {name}"
            raise SchemaError(f"contract-versions: there is no {missing} (documents: {', '.join(sorted(names))})")
    return list(chosen.values())


def scope(documents: DocumentSet, source: Source) -> Scope | None:
    """The events that a document applies to; None when it only holds definitions for other documents."""
    collections = tuple(source.schema.get("x-applies-to", {}).get("collections", ()))
    referred = referred_events(documents.library, source.identifier, dict(documents.events))
    events = events_for(source.schema, referred)
    return Scope(events, collections) if events else None


def without_built_in(documents: DocumentSet, source: Source, about: Scope) -> dict[str, Any]:
    """The schema that is left to check for events that match the built-in schemas anyway.

    A reference at its root to the built-in event holds for every event that the server accepts, and costs more time
    than all else. It has to stay where a keyword depends on what other keywords have evaluated.
    """
    root, resolver = documents.root(source)
    if any(isinstance(part, dict) and not _UNEVALUATED.isdisjoint(part) for _, part in walk(root)):
        return dict(root)

    def is_known(schema: Any) -> bool:
        if not isinstance(schema, dict) or "$ref" not in schema or not schema.keys() <= ({"$ref"} | ANNOTATIONS):
            return False
        target = documents.library.resolve(resolver, schema["$ref"])
        return target is not None and about.events == (documents.events.get(id(target[0])),)

    left = dict(root)
    if is_known({"$ref": root.get("$ref", "")}):
        del left["$ref"]
    if "allOf" in root:
        left["allOf"] = [is_known(part) or part for part in root["allOf"]]
    return left
