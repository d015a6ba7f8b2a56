"""The comments in a request file that suppress findings."""

from __future__ import annotations

import re
from collections.abc import Iterable

from eventlint.inputs.record import SuppressionComment, place_of
from eventlint.inputs.source_map import SourceText

_IGNORE = re.compile(rb"(?:#|//|/\*)[#/*\s]*eventlint:[ \t]*ignore\[([a-z0-9, \t-]+)\]")


def of_request(text: SourceText, comments: Iterable[tuple[int, int]]) -> list[SuppressionComment]:
    """The suppressions above a request, which apply to all of it."""
    return [found for start, end in comments for found in _suppression(text, start, end, None)]


def of_lines(text: SourceText, comments: Iterable[tuple[int, int]]) -> list[SuppressionComment]:
    """The suppressions inside of a request: each applies to its own line, or to the next line if it is alone on it."""
    found: list[SuppressionComment] = []
    below: dict[int, int] = {}
    for start, end in reversed(list(comments)):
        line = text.line(start)
        if not text.data[text.starts[line - 1] : start].strip():
            following = text.line(max(end - 1, start)) + 1
            below[line] = line = below.get(following, following)
        found += _suppression(text, start, end, line)
    return found[::-1]


def _suppression(text: SourceText, start: int, end: int, line: int | None) -> list[SuppressionComment]:
    match = _IGNORE.match(text.data, start, end)
    if match is None:
        return []
    rules = tuple(name.strip() for name in match[1].decode("ascii", "replace").split(","))
    return [SuppressionComment(rules, line, place_of(text.position(start)))]
