"""Differences of annotations, which change no validation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eventlint.schemas import change_text
from eventlint.schemas.equal import canonical
from eventlint.schemas.format_language import asserted
from eventlint.schemas.keywords import ANNOTATIONS, KNOWN, Path, parts_of, walk

_IDENTITY = frozenset({"$id", "$schema", "$defs", "$anchor", "$dynamicAnchor", "$vocabulary"})


def differences(old: Any, new: Any, *, with_formats: bool = True) -> Iterator[tuple[Path, str]]:
    """The annotations that differ, for schemas that both documents have in the same place.

    Args:
        old: The old document.
        new: The new document.
        with_formats: Whether formats are annotations, and not asserted.

    Yields:
        The path to the annotation, and a sentence.
    """
    waiting: list[tuple[Path, Any, Any]] = [((), old, new)]
    while waiting:
        path, one, other = waiting.pop()
        if not isinstance(one, dict) or not isinstance(other, dict):
            continue
        for key in sorted(one.keys() | other.keys()):
            if key in _IDENTITY or (key in KNOWN and key not in ANNOTATIONS):
                continue
            if key == "format" and not with_formats and (asserted(one) or asserted(other)):
                continue
            if canonical(one.get(key)) != canonical(other.get(key)) or (key in one) != (key in other):
                yield (*path, key), f"{change_text.subject(place(path))}: {_sentence(key, one, other)}"
        theirs = dict(parts_of(other))
        waiting += [((*path, *below), part, theirs[below]) for below, part in parts_of(one) if below in theirs][::-1]


def place(path: Path) -> Path:
    """The path to the values that a schema applies to, as far as its path in the document shows."""
    found: list[str] = []
    parts = list(path)
    while parts:
        key = parts.pop(0)
        if key in ("properties", "$defs") and parts:
            found.append(parts.pop(0))
        elif key in ("patternProperties", "prefixItems", "dependentSchemas", "allOf", "anyOf", "oneOf") and parts:
            name = parts.pop(0)
            found += ["*"] if key == "patternProperties" else [name] if key == "prefixItems" else []
        elif key in ("items", "additionalProperties", "contains"):
            found.append("*")
    return tuple(found)


def _sentence(key: str, one: dict[str, Any], other: dict[str, Any]) -> str:
    note = " (formats are not asserted)" if key == "format" else ""
    if key not in one:
        return f"added {key}{note}"
    if key not in other:
        return f"removed {key}{note}"
    return f"{key} changed from {change_text.shown(one[key], 40)} to {change_text.shown(other[key], 40)}{note}"


def new_properties(old: Any, new: Any) -> list[Path]:
    """The paths to properties that only the new document has, in schemas that both documents have."""
    before = dict(walk(old))
    found: list[Path] = []
    for path, schema in walk(new):
        was = before.get(path)
        if isinstance(schema, dict) and isinstance(was, dict):
            had, has = was.get("properties"), schema.get("properties")
            if isinstance(has, dict) and (had is None or isinstance(had, dict)):
                found += [(*path, "properties", name) for name in has if name not in (had or {})]
    return found


def without_identity(document: Any) -> str:
    """A document in canonical form, without its identity."""
    if not isinstance(document, dict):
        return canonical(document)
    return canonical({key: value for key, value in document.items() if key not in ("$id", "$schema")})
