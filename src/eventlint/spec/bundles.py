"""Schema documents for other validators: bundled into one document, without custom keywords, and in draft-07."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eventlint.errors import UsageError
from eventlint.spec import Release, document, event

Schema = dict[str, Any]
_NAMED = ("properties", "$defs")
"""Keywords whose keys are names, not keywords."""


def bundle(event_type: str, release: Release | None = None) -> Schema:
    """Bundle the schema of an event into one JSON Schema 2020-12 document without external references."""
    return bundle_of(event(event_type, release).schema)


def bundle_of(identifier: str) -> Schema:
    """Bundle a schema document and everything that it refers to; referenced documents go to ``$defs``."""
    found: dict[str, Schema] = {}
    names: dict[str, str] = {}

    def local(identifier: str) -> str:
        if identifier not in names:
            short, version = identifier.split(":")[-2:]
            # An event may use two versions of one object.
            name = names[identifier] = short if short not in found else f"{short}-{version}"
            found[name] = {}
            found[name] = embedded(document(identifier), local)
        return f"#/$defs/{names[identifier]}"

    top: Schema = with_references(document(identifier), local)
    return {**top, "$defs": found}


def embedded(schema: Schema, local: Callable[[str], str]) -> Schema:
    """A schema document as it appears in the definitions of another document."""
    copied = with_references(schema, local)
    return {key: value for key, value in copied.items() if key not in ("$id", "$schema")}


def with_references(schema: Any, local: Callable[[str], str]) -> Any:
    """A copy of a schema in which ``local`` has replaced each reference."""

    def replaced(value: Schema) -> Schema:
        return {**value, "$ref": local(value["$ref"])} if isinstance(value.get("$ref"), str) else value

    return _mapped(schema, replaced)


def draft_07(schema: Schema) -> Schema:
    """Convert a schema to draft-07, without custom keywords.

    Draft-07 ignores keywords beside a reference. A reference with a description is therefore wrapped in ``allOf``.

    Raises:
        UsageError: The schema has a keyword that draft-07 cannot express.
    """
    return {**_mapped(plain(schema), _older), "$schema": "http://json-schema.org/draft-07/schema#"}


_NEWER = frozenset(["unevaluatedItems", "unevaluatedProperties", "$dynamicRef", "minContains", "maxContains"])


def _older(value: Schema) -> Schema:
    """An object of a schema in draft-07; the objects in it are converted already."""
    if value.get("minContains") == 0:
        value = {key: below for key, below in value.items() if key not in ("minContains", "contains")}
    newer = sorted(_NEWER & value.keys())
    if newer:
        raise UsageError(f"draft-07 cannot express {newer[0]}; use --dialect 2020-12")
    if "$defs" in value:
        value["definitions"] = value.pop("$defs")
    if isinstance(value.get("prefixItems"), list):
        if "items" in value:
            value["additionalItems"] = value.pop("items")
        value["items"] = value.pop("prefixItems")
    for key in ("dependentRequired", "dependentSchemas"):
        if isinstance(value.get(key), dict):
            value["dependencies"] = _both(value.get("dependencies", {}), value.pop(key))
    if not isinstance(value.get("$ref"), str):
        return value
    target = {"$ref": value.pop("$ref").replace("#/$defs/", "#/definitions/")}
    return {**value, "allOf": [target, *value.get("allOf", [])]} if value else target


def _both(one: Schema, other: Schema) -> Schema:
    """The dependencies of two objects; a key in both needs all of its dependencies."""
    needs = {
        key: {"allOf": [{"required": below} if isinstance(below, list) else below for below in (one[key], other[key])]}
        for key in one.keys() & other.keys()
    }
    return {**one, **other, **needs}


def plain(schema: Any) -> Any:
    """A copy of a schema without the custom keywords, which begin with ``x-``."""
    if isinstance(schema, list):
        return [plain(value) for value in schema]
    if not isinstance(schema, dict):
        return schema
    copied = {key: value for key, value in schema.items() if not key.startswith("x-")}
    for key, value in copied.items():
        if key in _NAMED:
            copied[key] = {name: plain(below) for name, below in value.items()}
        elif key != "examples":
            copied[key] = plain(value)
    return copied


def _mapped(value: Any, change: Callable[[Schema], Schema]) -> Any:
    """A copy of a JSON value in which ``change`` has replaced each object, the innermost first."""
    if isinstance(value, list):
        return [_mapped(below, change) for below in value]
    if not isinstance(value, dict):
        return value
    return change({key: _mapped(below, change) for key, below in value.items()})
