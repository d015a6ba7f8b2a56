"""All events as one JSON Schema document; it must not know the compiled contract."""

from __future__ import annotations

import json

from eventlint.exports.schema_list import DIALECTS, events_of, in_era, plain, type_names
from eventlint.spec import Era, document
from eventlint.spec.bundles import Schema, rewritten

_WITHOUT = ("$id", "$schema")


def definitions(era: Era, prefix: str) -> dict[str, Schema]:
    """The schema of each event and object by its type's name, referring to each other below a prefix.

    Args:
        era: The era whose documents are taken.
        prefix: What stands before a name in a reference (``#/$defs/``).
    """
    identifiers = in_era(era)
    names = type_names(identifiers)
    return {
        names[identifier]: {
            key: value
            for key, value in plain(rewritten(document(identifier), lambda below: prefix + names[below])).items()
            if key not in _WITHOUT
        }
        for identifier in identifiers
    }


def bundle(era: Era) -> Schema:
    """One document for all events of an era, in JSON Schema 2020-12.

    A value is valid under it when it is valid as some event. One event is asked for by its definition
    (``#/$defs/SearchEvent``).

    Args:
        era: The era whose documents are taken.
    """
    names = type_names(in_era(era))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Behavioral Analytics events",
        "description": "An event of any type; each type has a definition of its own.",
        "anyOf": [{"$ref": f"#/$defs/{names[identifier]}"} for identifier in events_of(era).values()],
        "$defs": definitions(era, "#/$defs/"),
    }


def text(era: Era, release: str, dialect: str) -> str:
    """The document as text; see :func:`eventlint.exports.export`."""
    return json.dumps(DIALECTS[dialect](bundle(era)), indent=2, ensure_ascii=False) + "\n"
