"""Whether a document is JSON Schema."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema_specifications import REGISTRY
from referencing.jsonschema import DRAFT202012

from eventlint.schemas.change_text import shown
from eventlint.schemas.keyword_values import describe
from eventlint.schemas.keywords import KNOWN, Path
from eventlint.spec import packaged


class Fault(NamedTuple):
    """A value in a document that the metaschema rejects.

    Attributes:
        path: The path to the value.
        message: What is wrong.
        is_extension: Whether it is about a keyword of eventlint's vocabulary.
        hint: What to write instead, or None.
        of_key: Whether the key is wrong, not its value.
    """

    path: Path
    message: str
    is_extension: bool
    hint: str | None = None
    of_key: bool = False


@functools.cache
def vocabulary() -> dict[str, Any]:
    """The metaschema of eventlint's keywords."""
    found: dict[str, Any] = packaged.load("vocabulary/1-0-0.json")
    return found


def extension_keywords() -> frozenset[str]:
    """The keywords of eventlint's vocabulary."""
    return frozenset(vocabulary()["properties"])


@functools.cache
def _validator() -> Any:
    resource = DRAFT202012.create_resource(vocabulary())
    registry: Any = REGISTRY.with_resource(vocabulary()["$id"], resource)
    return Draft202012Validator(vocabulary(), registry=registry)


def faults(document: Any) -> list[Fault]:
    """Why a document is not JSON Schema 2020-12; empty when it is.

    Args:
        document: A JSON value.
    """
    if not isinstance(document, dict | bool):
        return [Fault((), f"a schema must be an object or a boolean, not {shown(document)}", False)]
    try:
        errors = list(_validator().iter_errors(document))
    except RecursionError:
        return [Fault((), "schemas are nested too deeply", False)]
    found: dict[Path, Fault] = {}
    for error in errors:
        for leaf in _leaves(error):
            for path, value, of_key in _places(leaf):
                words = describe(path, value)
                is_extension = bool(path) and any(part.startswith("x-") and part not in KNOWN for part in path)
                found.setdefault(path, Fault(path, words.message, is_extension, words.hint, of_key))
    return sorted(found.values(), key=lambda one: one.path)


def _places(error: ValidationError) -> Iterator[tuple[Path, Any, bool]]:
    """The values that an error is about: the path to each, the value, and whether its key is wrong."""
    path = tuple(map(str, error.absolute_path))
    if error.validator == "additionalProperties" and isinstance(error.instance, dict):
        schema: Any = error.schema
        known = schema.get("properties", {})
        yield from (((*path, key), value, True) for key, value in error.instance.items() if key not in known)
    else:
        yield path, error.instance, False


def _leaves(error: ValidationError) -> Iterator[ValidationError]:
    """The most specific reasons: for a choice, the one that is nested most deeply."""
    if error.validator != "anyOf" or not error.context:
        yield error
        return
    deepest = max(len(below.absolute_path) for below in error.context)
    yield from [below for below in error.context if len(below.absolute_path) == deepest][:1]
