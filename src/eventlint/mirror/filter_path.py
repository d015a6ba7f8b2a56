"""The query parameter ``filter_path``, which selects parts of an answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any


def filtered(document: Mapping[str, Any], filters: str) -> dict[str, Any]:
    """The parts of a document that a filter selects.

    Args:
        document: The answer.
        filters: Dotted paths, separated by commas. ``*`` matches a part of a key, ``**`` any number of keys; a path
            after a minus sign is excluded.
    """
    texts = [text.strip() for text in filters.split(",") if text.strip()]
    excludes = [_path(text[1:]) for text in texts if text.startswith("-")]
    includes = [_path(text) for text in texts if not text.startswith("-")]
    kept = _include(document, includes) if includes else dict(document)
    return _exclude(kept or {}, excludes) if excludes else kept or {}


def _path(text: str) -> list[str]:
    return [part.replace("\0", ".") for part in text.replace("\\.", "\0").split(".")]


def _matches(pattern: str, name: str) -> bool:
    return re.fullmatch(".*".join(map(re.escape, re.split(r"\*+", pattern))), name, re.DOTALL) is not None


def _below(paths: list[list[str]], name: str) -> tuple[bool, list[list[str]]]:
    """Whether a path ends at a key, and the rest of the paths that continue below it."""
    ends, rest = False, []
    for path in paths:
        after = path
        if path[0] == "**":
            rest.append(path)
            after = path[1:]
        if not after or _matches(after[0], name):
            ends = ends or len(after) <= 1
            rest += [after[1:]] if len(after) > 1 else []
    return ends, rest


def _include(value: Any, paths: list[list[str]]) -> Any:
    if isinstance(value, Mapping):
        kept: dict[str, Any] = {}
        for name, below in value.items():
            ends, rest = _below(paths, name)
            part = below if ends else _include(below, rest) if rest else None
            if part is not None:
                kept[name] = part
        return kept or None
    if isinstance(value, list):
        parts = [part for part in (_include(below, paths) for below in value) if part is not None]
        return parts or None
    return None


def _exclude(value: Any, paths: list[list[str]]) -> Any:
    if isinstance(value, Mapping):
        kept: dict[str, Any] = {}
        for name, below in value.items():
            ends, rest = _below(paths, name)
            if not ends:
                part = _exclude(below, rest) if rest else below
                if part not in ({}, []) or below in ({}, []):
                    kept[name] = part
        return kept
    return [_exclude(below, paths) for below in value] if isinstance(value, list) else value
