"""Schemas of older drafts as schemas of 2020-12 that accept the same values."""

from __future__ import annotations

from typing import Any, NamedTuple

from jsonschema import Draft4Validator, Draft6Validator, Draft7Validator, Draft201909Validator

from eventlint.schemas.equal import canonical
from eventlint.schemas.keywords import LISTS, NAMED, ONE
from eventlint.schemas.metaschema import Fault, faults


class _Draft(NamedTuple):
    """A draft of JSON Schema.

    Attributes:
        year: A number that grows from draft to draft.
        validator: The class that validates by it.
        unknown: Keywords of 2020-12 that it does not have.
    """

    year: int
    validator: Any
    unknown: frozenset[str]


_SINCE_2020 = frozenset(["prefixItems", "$dynamicRef", "$dynamicAnchor"])
_SINCE_2019 = _SINCE_2020 | {
    "dependentRequired",
    "dependentSchemas",
    "unevaluatedItems",
    "unevaluatedProperties",
    "minContains",
    "maxContains",
    "$anchor",
    "$defs",
}
_SINCE_7 = _SINCE_2019 | {"if", "then", "else"}
_SINCE_6 = _SINCE_7 | {"const", "contains", "propertyNames", "examples"}

_DRAFTS = {
    "json-schema.org/draft-04/schema": _Draft(4, Draft4Validator, _SINCE_6),
    "json-schema.org/draft-06/schema": _Draft(6, Draft6Validator, _SINCE_7),
    "json-schema.org/draft-07/schema": _Draft(7, Draft7Validator, _SINCE_2019),
    "json-schema.org/draft/2019-09/schema": _Draft(2019, Draft201909Validator, _SINCE_2020),
    # Self-describing schemas are schemas of draft 4 with a name and a version.
    "iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0": _Draft(
        4, Draft4Validator, _SINCE_6
    ),
}


def _draft(document: Any) -> _Draft | None:
    """The older draft that a document declares; None for 2020-12 and unknown ones."""
    declared = document.get("$schema") if isinstance(document, dict) else None
    if not isinstance(declared, str):
        return None
    return _DRAFTS.get(declared.partition("://")[2].rstrip("#").rstrip("/"))


def faults_of(document: Any) -> list[Fault]:
    """Why a document is not a schema of the draft that it declares; empty when it is.

    Args:
        document: A JSON value.
    """
    draft = _draft(document)
    if draft is None:
        return faults(document)
    try:
        errors = list(draft.validator(draft.validator.META_SCHEMA).iter_errors(document))
    except RecursionError:
        return [Fault((), "schemas are nested too deeply", False)]
    found = [Fault(tuple(map(str, error.absolute_path)), " ".join(error.message.split()), False) for error in errors]
    return sorted(found, key=lambda one: one.path)


def upgraded(document: Any) -> Any:
    """A document as a schema of 2020-12 that accepts the same values.

    Args:
        document: A valid document.

    Returns:
        The document itself if it does not declare an older draft.
    """
    draft = _draft(document)
    if draft is None:
        return document
    found = _Upgrade(draft, is_recursive='"$recursiveAnchor": true' in canonical(document)).schema(document)
    if isinstance(found, dict):
        found.pop("$schema", None)
    return found


class _Upgrade:
    def __init__(self, draft: _Draft, *, is_recursive: bool) -> None:
        self._draft = draft
        self._is_recursive = is_recursive

    def schema(self, schema: Any) -> Any:
        """A schema of 2020-12."""
        if not isinstance(schema, dict):
            return schema
        year = self._draft.year
        found = {key: value for key, value in schema.items() if key not in self._draft.unknown}
        if year < 2019 and isinstance(schema.get("$ref"), str):  # keywords beside a reference have no effect
            found = {key: found[key] for key in ("$ref", "definitions") if key in found}
        self._identity(found)
        for change in (self._bounds, self._items, self._dependencies, self._recursion):
            change(found)
        return {key: self._below(key, value) for key, value in found.items()}

    def _below(self, key: str, value: Any) -> Any:
        if key in ONE:
            return self.schema(value)
        if key in LISTS and isinstance(value, list):
            return [self.schema(one) for one in value]
        if (key in NAMED or key == "definitions") and isinstance(value, dict):
            return {name: self.schema(one) for name, one in value.items()}
        return value

    def _identity(self, found: dict[str, Any]) -> None:
        if self._draft.year == 4:
            found.pop("$id", None)
            if isinstance(found.get("id"), str) and "$ref" not in found:
                found["$id"] = found.pop("id")
        identifier = found.get("$id")
        if self._draft.year < 2019 and isinstance(identifier, str):
            base, _, anchor = identifier.partition("#")
            found.pop("$id")
            if base:
                found["$id"] = base
            if anchor and not anchor.startswith("/"):
                found["$anchor"] = anchor

    def _bounds(self, found: dict[str, Any]) -> None:
        """In draft 4, ``exclusiveMinimum`` is a boolean that changes ``minimum``."""
        for plain, strict in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
            if isinstance(found.get(strict), bool) and found.pop(strict) and plain in found:
                found[strict] = found.pop(plain)

    def _items(self, found: dict[str, Any]) -> None:
        rest = found.pop("additionalItems", None)
        if isinstance(found.get("items"), list):
            found["prefixItems"] = found.pop("items")
            if rest is not None:
                found["items"] = rest
            if not found["prefixItems"]:
                del found["prefixItems"]

    def _dependencies(self, found: dict[str, Any]) -> None:
        dependencies = found.pop("dependencies", None)
        if self._draft.year >= 2019 or not isinstance(dependencies, dict):
            return
        required = {name: one for name, one in dependencies.items() if isinstance(one, list)}
        schemas = {name: one for name, one in dependencies.items() if not isinstance(one, list)}
        if required:
            found["dependentRequired"] = required
        if schemas:
            found["dependentSchemas"] = schemas

    def _recursion(self, found: dict[str, Any]) -> None:
        """In 2019-09, a recursive reference leads to the outermost document with a recursive anchor."""
        if self._draft.year != 2019:
            return
        if found.pop("$recursiveAnchor", False):
            found["$dynamicAnchor"] = "recursive"
        if "$recursiveRef" in found:
            del found["$recursiveRef"]
            if self._is_recursive:
                found["$dynamicRef"] = "#recursive"
            else:
                found["$ref"] = "#"
