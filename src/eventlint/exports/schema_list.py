"""Which schema documents there are, and what they are called; it must not know what becomes of them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from eventlint.errors import SchemaError, UsageError
from eventlint.spec import Era, catalog, document
from eventlint.spec.bundles import Schema, bundle_of, draft_07

DIALECTS: dict[str, Callable[[Schema], Schema]] = {"2020-12": lambda schema: schema, "draft-07": draft_07}
"""Each dialect of JSON Schema, and what makes it from the newest."""

_SHOWN = 60
_NAMED = ("properties", "$defs")  # below these stand names that are no keywords


class Listed(NamedTuple):
    """A packaged schema document.

    Attributes:
        kind: ``event`` or ``object``.
        name: Its name; an event and an object may have the same.
        version: Its version.
        id: Its ``$id``.
        title: Its title.
        description: What it is about, in a sentence or two.
    """

    kind: str
    name: str
    version: str
    id: str
    title: str
    description: str


def references(value: Any) -> Iterator[str]:
    """All that a schema refers to, in its order."""
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for below in value.values():
            yield from references(below)
    elif isinstance(value, list):
        for below in value:
            yield from references(below)


def in_era(era: Era) -> list[str]:
    """The ``$id`` of each document that an era uses; what is referred to stands before what refers to it."""
    found: dict[str, None] = {}

    def visit(identifier: str) -> None:
        if identifier not in found:
            for below in references(document(identifier)):
                visit(below)
            found[identifier] = None

    for event_type, version in era.events.items():
        visit(f"urn:eventlint:event:{event_type}:{version}")
    return list(found)


def events_of(era: Era) -> dict[str, str]:
    """The ``$id`` of the document of each event type in an era."""
    return {event_type: f"urn:eventlint:event:{event_type}:{version}" for event_type, version in era.events.items()}


@functools.cache
def listed() -> tuple[Listed, ...]:
    """All documents that some era uses: events first, then by name and version."""
    found = {identifier for era in catalog().eras for identifier in in_era(era)}
    rows = []
    for identifier in found:
        _, _, kind, name, version = identifier.split(":")
        told = document(identifier)
        rows.append(Listed(kind, name, version, identifier, told["title"], told["description"]))
    return tuple(sorted(rows, key=lambda row: (row.kind, row.name, _number(row.version))))


def _number(version: str) -> list[int]:
    return [int(part) for part in version.split("-")]


def find(word: str, version: str | None = None) -> Listed:
    """The document that somebody asks for.

    Args:
        word: An event type or the name of an object, the event when both have it; ``event:NAME`` or ``object:NAME``,
            to say which; or an ``$id``.
        version: Its version; None is the newest.

    Raises:
        UsageError: There is none.
    """
    short = word.removeprefix("urn:eventlint:")
    kind, colon, name = short.partition(":")
    if not colon:
        kind, name = "", short
    name, colon, of_name = name.partition(":")
    if colon and version is None:
        version = of_name
    named = [row for row in listed() if row.name == name and kind in ("", row.kind)]
    if not named:
        known = ", ".join(dict.fromkeys(row.name for row in listed()))
        raise UsageError(f"not an event type or an object: {word[:_SHOWN]!r} (one of {known})")
    named = [row for row in named if row.kind == named[0].kind]
    if version is None:
        return named[-1]
    for row in named:
        if row.version == version:
            return row
    versions = ", ".join(row.version for row in named)
    raise UsageError(f"{name} has no version {version[:_SHOWN]!r} (one of {versions})")


def shown(row: Listed, *, bundled: bool = False, dialect: str = "2020-12") -> Schema:
    """A document as it stands, or made ready for other programs.

    Args:
        row: The document.
        bundled: Whether all that it refers to stands in it. It then has only keywords that all validators know.
        dialect: One of :data:`DIALECTS`.
    """
    return DIALECTS[dialect](plain(bundle_of(row.id)) if bundled else document(row.id))


def plain(value: Any) -> Any:
    """A copy of a schema without the keywords of our own vocabulary."""
    if isinstance(value, list):
        return [plain(below) for below in value]
    if not isinstance(value, dict):
        return value
    made: dict[str, Any] = {}
    for key, told in value.items():
        if key in _NAMED:
            made[key] = {name: plain(below) for name, below in told.items()}
        elif not key.startswith("x-"):
            made[key] = told if key == "examples" else plain(told)
    return made


def type_names(identifiers: list[str]) -> dict[str, str]:
    """A name for each document, as a type is called: ``SearchEvent`` for an event, ``Search`` for an object.

    Where two versions of one document are used, the version stands in the name of the older.

    Args:
        identifiers: The ``$id`` of each document.

    Raises:
        SchemaError: Two documents would be called the same.
    """
    names: dict[str, str] = {}
    newest: dict[str, str] = {}
    for identifier in sorted(identifiers, key=lambda one: _number(one.rpartition(":")[2])):
        _, _, kind, name, _ = identifier.split(":")
        short = "".join(part.capitalize() for part in name.split("_")) + ("Event" if kind == "event" else "")
        if short in newest:
            older, _, of_older = newest[short].rpartition(":")
            if older != identifier.rpartition(":")[0]:
                raise SchemaError(f"{older} and {identifier} would both be called {short}")
            names[newest[short]] = f"{short}_{of_older.replace('-', '_')}"
        newest[short] = identifier
        names[identifier] = short
    return {identifier: names[identifier] for identifier in identifiers}
