"""The contract: the catalog and the schemas, compiled once into immutable values that all other rooms read.

It must not know events, answers or findings.
"""

from __future__ import annotations

import functools
from typing import Any

from eventlint.errors import UsageError
from eventlint.spec import packaged as data
from eventlint.spec.catalog import Catalog, Era, Release, Trait, catalog
from eventlint.spec.compiler import compile_event
from eventlint.spec.nodes import Entries, Ingest, Integer, Node, Object, Objects, Text

__all__ = [
    "Catalog",
    "Entries",
    "Era",
    "Ingest",
    "Integer",
    "Node",
    "Object",
    "Objects",
    "Release",
    "Text",
    "Trait",
    "catalog",
    "document",
    "event",
    "event_types",
]


@functools.cache
def event_types() -> tuple[str, ...]:
    """The names of all event types, in the catalog's order."""
    return tuple(catalog().eras[-1].events)


def document(identifier: str) -> Any:
    """The packaged schema document with this ``$id``.

    Args:
        identifier: ``urn:eventlint:event:NAME:VERSION`` or ``urn:eventlint:object:NAME:VERSION``.

    Raises:
        SchemaError: There is no such document.
    """
    _, _, kind, name, version = identifier.split(":")
    return data.load(f"{'objects/' if kind == 'object' else ''}{name}/{version}.json")


@functools.cache
def event(event_type: str, version: str | None = None) -> Object:
    """The compiled contract of one event type.

    Args:
        event_type: Its name.
        version: The version of its schema; None is the newest.

    Raises:
        UsageError: There is no such event type.
    """
    if event_type not in event_types():
        raise UsageError(f"not an event type: {str(event_type)[:40]!r} (one of {', '.join(event_types())})")
    version = version or catalog().eras[-1].events[event_type]
    return compile_event(document(f"urn:eventlint:event:{event_type}:{version}"), document)
