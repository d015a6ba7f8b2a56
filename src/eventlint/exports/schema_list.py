"""The packaged schema documents: which there are, how users name them, and how exports name their types."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from eventlint.errors import SchemaError, UsageError
from eventlint.spec import Entries, Era, Object, Objects, catalog, compiled, document
from eventlint.spec.bundles import Schema, bundle_of, draft_07, plain

DIALECTS: dict[str, Callable[[Schema], Schema]] = {"2020-12": lambda schema: schema, "draft-07": draft_07}
"""Each dialect of JSON Schema, and the function that converts a 2020-12 schema to it."""

_MAX_QUOTED = 60


class Listed(NamedTuple):
    """A packaged schema document."""

    kind: str  # event or object
    name: str  # an event and an object may share one
    version: str
    id: str
    title: str
    description: str


def events_of(era: Era) -> dict[str, str]:
    """The ``$id`` of the schema of each event type in an era."""
    return {event_type: f"urn:eventlint:event:{event_type}:{version}" for event_type, version in era.events.items()}


def documents_of(era: Era) -> dict[str, Object | Entries]:
    """The compiled specification of each schema document that an era uses, by ``$id``; dependencies come first."""
    found: dict[str, Object | Entries] = {}

    def visit(node: Object | Entries) -> None:
        if node.schema not in found:
            for field in node.fields.values() if isinstance(node, Object) else ():
                below = field.item if isinstance(field, Objects) else field
                if isinstance(below, Object | Entries):
                    visit(below)
            found[node.schema] = node

    for identifier in events_of(era).values():
        visit(compiled(identifier))
    return found


@functools.cache
def listed() -> tuple[Listed, ...]:
    """All documents that any era uses: events first, then by name and version."""
    rows = []
    for identifier in {identifier for era in catalog().eras for identifier in documents_of(era)}:
        _, _, kind, name, version = identifier.split(":")
        schema = document(identifier)
        rows.append(Listed(kind, name, version, identifier, schema["title"], schema["description"]))
    return tuple(sorted(rows, key=lambda row: (row.kind, row.name, _number(row.version))))


def _number(version: str) -> list[int]:
    return [int(part) for part in version.split("-")]


def find(name: str, version: str | None = None) -> Listed:
    """Find a document by its name.

    Args:
        name: An event type or the name of an object; ``event:NAME`` or ``object:NAME`` for one kind (default: the
            event); or an ``$id``.
        version: The version; None is the newest.

    Raises:
        UsageError: There is no such document or version.
    """
    match = re.fullmatch("(?:(event|object):)?([^:]*)(?::(.*))?", name.removeprefix("urn:eventlint:"))
    kind, short, of_id = match.groups() if match else (None, name, None)
    version = version if version is not None else of_id
    rows = [row for row in listed() if row.name == short and kind in (None, row.kind)]
    if not rows:
        known = ", ".join(dict.fromkeys(row.name for row in listed()))
        raise UsageError(f"not an event type or an object: {name[:_MAX_QUOTED]!r} (one of {known})")
    rows = [row for row in rows if row.kind == rows[0].kind]
    for row in reversed(rows):
        if version in (None, row.version):
            return row
    versions = ", ".join(row.version for row in rows)
    raise UsageError(f"{short} has no version {str(version)[:_MAX_QUOTED]!r} (one of {versions})")


def schema_of(row: Listed, *, bundled: bool = False, dialect: str = "2020-12") -> Schema:
    """A schema document for other programs; bundled, it includes all that it refers to, in standard keywords only."""
    return DIALECTS[dialect](plain(bundle_of(row.id)) if bundled else document(row.id))


def type_names(identifiers: Iterable[str]) -> dict[str, str]:
    """Name the type of each document: ``SearchEvent`` for an event, ``Search`` for an object.

    If two versions of one document are given, the name of the older one includes its version.
    """
    names = dict.fromkeys(identifiers, "")
    newest: dict[str, str] = {}
    for identifier in sorted(names, key=lambda one: _number(one.rpartition(":")[2])):
        _, _, kind, name, _ = identifier.split(":")
        short = "".join(part.capitalize() for part in name.split("_")) + ("Event" if kind == "event" else "")
        if short in newest:
            older, _, version = newest[short].rpartition(":")
            if older != identifier.rpartition(":")[0]:
                raise SchemaError(f"{older} and {identifier} have the same type name {short}")
            names[newest[short]] = f"{short}_{version.replace('-', '_')}"
        newest[short] = identifier
        names[identifier] = short
    return names
