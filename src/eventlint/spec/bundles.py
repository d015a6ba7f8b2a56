"""Schema documents for other validators: bundled into one document, and converted to draft-07.

A bundle holds all documents that an event refers to in ``$defs``, and refers to them there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eventlint.errors import UsageError
from eventlint.spec import catalog, document, event_types

Schema = dict[str, Any]


def bundle(event_type: str, version: str | None = None) -> Schema:
    """One document for an event, in JSON Schema 2020-12, that refers to nothing outside of it.

    Args:
        event_type: The event type.
        version: The version of its schema; None is the newest.

    Raises:
        SchemaError: There is no such document.
        UsageError: There is no such event type.
    """
    if event_type not in event_types():
        raise UsageError(f"not an event type: {str(event_type)[:40]!r} (one of {', '.join(event_types())})")
    return bundle_of(f"urn:eventlint:event:{event_type}:{version or catalog().eras[-1].events[event_type]}")


def bundle_of(identifier: str) -> Schema:
    """One document for an event or an object, as :func:`bundle` makes it for events.

    Args:
        identifier: The ``$id`` of its document.

    Raises:
        SchemaError: There is no such document.
    """
    found: dict[str, Schema] = {}
    names: dict[str, str] = {}

    def local(identifier: str) -> str:
        if identifier not in names:
            short, of_version = identifier.split(":")[-2:]
            # One event may contain two versions of an object.
            name = names[identifier] = short if short not in found else f"{short}-{of_version}"
            found[name] = {}
            below = rewritten(document(identifier), local)
            found[name] = {key: value for key, value in below.items() if key not in ("$id", "$schema")}
        return f"#/$defs/{names[identifier]}"

    top: Schema = rewritten(document(identifier), local)
    return {**top, "$defs": found}


def draft_07(schema: Schema) -> Schema:
    """A document in draft-07: definitions under their old name, and no keyword beside a reference.

    What describes a reference goes around it, since editors show it.

    Args:
        schema: A document, or a bundle, as :func:`bundle` makes it.
    """

    def older(value: Any) -> Any:
        if isinstance(value, list):
            return [older(below) for below in value]
        if not isinstance(value, dict):
            return value
        converted = {key: older(below) for key, below in value.items() if not key.startswith("x-")}
        if isinstance(converted.get("$ref"), str):
            target = {"$ref": converted.pop("$ref").replace("#/$defs/", "#/definitions/")}
            return {**converted, "allOf": [target]} if converted else target
        if "$defs" in converted:
            converted["definitions"] = converted.pop("$defs")
        return converted

    return {**older(schema), "$schema": "http://json-schema.org/draft-07/schema#"}


def rewritten(value: Any, local: Callable[[str], str]) -> Any:
    """A copy of a schema with other references.

    Args:
        value: The schema, or a part of one.
        local: Gives what takes the place of a reference.
    """
    if isinstance(value, list):
        return [rewritten(below, local) for below in value]
    if not isinstance(value, dict):
        return value
    return {
        key: local(below) if key == "$ref" and isinstance(below, str) else rewritten(below, local)
        for key, below in value.items()
    }
