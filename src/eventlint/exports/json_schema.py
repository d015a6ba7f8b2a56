"""All events as one JSON Schema document."""

from __future__ import annotations

import json

from eventlint.exports.schema_list import DIALECTS, documents_of, events_of, type_names
from eventlint.spec import Era, Release, document
from eventlint.spec.bundles import Schema, embedded, plain


def definitions(era: Era, prefix: str) -> dict[str, Schema]:
    """The schema of each event and object of an era by its type name; references start with a prefix."""
    names = type_names(documents_of(era))
    return {
        name: plain(embedded(document(identifier), lambda target: prefix + names[target]))
        for identifier, name in names.items()
    }


def bundle(era: Era) -> Schema:
    """One JSON Schema 2020-12 document for all events of an era.

    A value is valid if it is valid as any event. Each event has a definition (``#/$defs/SearchEvent``).
    """
    names = type_names(documents_of(era))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Behavioral Analytics events",
        "description": "An event of any type. Each event type has its own definition.",
        "anyOf": [{"$ref": f"#/$defs/{names[identifier]}"} for identifier in events_of(era).values()],
        "$defs": definitions(era, "#/$defs/"),
    }


def text(release: Release, dialect: str) -> str:
    """The document as JSON; see :func:`eventlint.exports.export`."""
    return json.dumps(DIALECTS[dialect](bundle(release.era)), indent=2, ensure_ascii=False) + "\n"
