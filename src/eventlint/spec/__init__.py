"""The server's specification: the catalog and the schemas, compiled into immutable values.

Ask for the specification of an event type with :func:`event`, for a release with :func:`release`.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from eventlint.errors import UsageError
from eventlint.spec import packaged
from eventlint.spec.catalog import Catalog, Era, Limits, Release, Trait, catalog
from eventlint.spec.nodes import Entries, Ingest, Integer, Node, Object, Objects, Text

__all__ = [
    "Catalog",
    "Entries",
    "Era",
    "Ingest",
    "Integer",
    "Limits",
    "Node",
    "Object",
    "Objects",
    "Release",
    "Text",
    "Trait",
    "catalog",
    "compiled",
    "document",
    "event",
    "event_types",
    "identifier_of",
    "release",
]


@functools.cache
def event_types() -> tuple[str, ...]:
    """The event types of the newest release, in the catalog's order."""
    return tuple(catalog().eras[-1].events)


def document(identifier: str) -> Any:
    """The packaged schema document with an ``$id``."""
    _, _, kind, name, version = identifier.split(":")
    return packaged.load(f"{'objects/' if kind == 'object' else ''}{name}/{version}.json")


@functools.cache
def release(asked: str = "latest") -> Release:
    """The known release to use for the one that is asked for; see :meth:`Catalog.release`."""
    return catalog().release(asked)


def event(event_type: str, release: Release | None = None) -> Object:
    """The compiled specification of one event type in a release of the server, by default the newest."""
    return compiled(identifier_of(event_type, (release.era if release is not None else catalog().eras[-1]).events))


def identifier_of(event_type: str, versions: Mapping[str, str]) -> str:
    """The ``$id`` of the schema of an event type.

    Args:
        event_type: Its name.
        versions: The version of the schema of each event type, as in :attr:`Era.events`.

    Raises:
        UsageError: There is no such event type.
    """
    version = versions.get(event_type) if isinstance(event_type, str) else None
    if version is None:
        raise UsageError(f"not an event type: {str(event_type)[:40]!r} (one of {', '.join(versions)})")
    return f"urn:eventlint:event:{event_type}:{version}"


@functools.cache
def compiled(identifier: str) -> Object:
    """The compiled schema document of an event."""
    from eventlint.spec.compiler import compile_event

    return compile_event(document(identifier), document)
