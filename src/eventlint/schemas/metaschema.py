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
from eventlint.schemas.keywords import KNOWN, Path
from eventlint.spec import packaged


class Fault(NamedTuple):
    """A value in a document that the metaschema rejects.

    Attributes:
        path: The path to the value.
        message: What is wrong.
        is_extension: Whether it is about a keyword of eventlint's vocabulary.
    """

    path: Path
    message: str
    is_extension: bool


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
    found: dict[tuple[Path, Any], Fault] = {}
    for error in errors:
        for leaf in _leaves(error):
            path = tuple(map(str, leaf.absolute_path))
            is_extension = bool(path) and any(part.startswith("x-") and part not in KNOWN for part in path)
            found.setdefault((path, leaf.validator), Fault(path, _message(leaf), is_extension))
    return sorted(found.values(), key=lambda one: one.path)


def _leaves(error: ValidationError) -> Iterator[ValidationError]:
    """The most specific reasons: for a choice, the one that is nested most deeply."""
    if error.validator != "anyOf" or not error.context:
        yield error
        return
    deepest = max(len(below.absolute_path) for below in error.context)
    yield from [below for below in error.context if len(below.absolute_path) == deepest][:1]


def _message(error: ValidationError) -> str:
    text = " ".join(error.message.split())
    return text if len(text) <= 160 else f"{shown(error.instance, 60)} is not allowed here ({error.validator})"
