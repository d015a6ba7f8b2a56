"""The event type that a path indicates: the name of the file, or of a folder."""

from __future__ import annotations

import functools
import re

from eventlint.inputs.file_names import name_of
from eventlint.spec import event_types


def type_of(path: str) -> str | None:
    """The event type that a path indicates; None when it indicates none.

    The file name decides if it begins with an event type; else the innermost folder that is named after one. Case,
    separators and the plural make no difference: ``search_click``, ``search-clicks`` and ``SearchClick`` are the same.
    A number, or a suffix after a dot, may follow (``search-click-12.json``, ``page_view.valid.json``). Other words make
    it another name: ``search_terms.json`` and ``search-index.json`` indicate no type.
    """
    folder, _, name = path.replace("\\", "/").rpartition("/")
    lowered = name.lower()
    in_name = _of_name(name_of(name)) if any(word in lowered for word in _first_words()) else None
    return in_name or _of_folder(folder)


@functools.cache
def _first_words() -> tuple[str, ...]:
    """The first words of all event types."""
    return tuple(dict.fromkeys(name.partition("_")[0] for name in event_types()))


@functools.cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The pattern of each event type, longest first, because a click is no search."""
    return tuple(
        (
            name,
            re.compile(r"([-_. ]?)".join(name.split("_")) + r"(?:e?s)?(?:[-_. ]?events?)?(?![^\W\d_])", re.IGNORECASE),
        )
        for name in sorted(event_types(), key=len, reverse=True)
    )


def _of_name(name: str) -> str | None:
    start = re.match(r"(?:\d+[-_. ]+)?", name)
    for event_type, pattern in _patterns():
        match = pattern.match(name, start.end() if start else 0)
        if match is not None and not _goes_on(name, match):
            return event_type
    return None


def _goes_on(name: str, match: re.Match[str]) -> bool:
    """Whether the words of a name go on after the event type, with the same separator."""
    separator, following = name[match.end() : match.end() + 1], name[match.end() + 1 : match.end() + 2]
    is_joined = separator in ("-", "_", " ") and following.isalpha()
    return is_joined and (not match.groups() or separator in match.groups())


@functools.lru_cache(maxsize=16)
def _of_folder(folder: str) -> str | None:
    return next(filter(None, map(type_of_name, reversed(folder.split("/")))), None)


def type_of_name(name: str) -> str | None:
    """The event type that a whole name is, in any spelling: ``search-click``, ``SearchClicks``; None if it is none."""
    for event_type, pattern in _patterns():
        if pattern.fullmatch(name):
            return event_type
    return None
