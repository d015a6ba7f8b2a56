"""Suggests known names for an unknown name, as the server does.

Source: Lucene's ``LevenshteinDistance``, as the server uses it for fields and parameters. The similarity is one minus
the edits divided by the longer length; it must be more than one half.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

_LONGEST_KEPT = 64
"""The number of characters of the longest name whose suggestions are kept: wrong names repeat in many events."""


def suggestions(unknown: str, known: Iterable[str]) -> list[str]:
    """The similar known names, the most similar first, then by name."""
    return [name for _, name in _ranked(unknown, known)]


def best_suggestion(unknown: str, known: Iterable[str]) -> str | None:
    """The known name that is more similar than all others; None when there is none."""
    ranked = _ranked(unknown, known)
    is_best = len(ranked) == 1 or (ranked and ranked[0][0] < ranked[1][0])
    return ranked[0][1] if is_best else None


def _ranked(unknown: str, known: Iterable[str]) -> list[tuple[float, str]]:
    names = tuple(known)
    return _rank_again(unknown, names) if len(unknown) <= _LONGEST_KEPT else _rank(unknown, names)


def _rank(unknown: str, known: tuple[str, ...]) -> list[tuple[float, str]]:
    """The similar known names with their similarity, negated, in order.

    Lengths are in UTF-16 units. Names of very different length are never similar, so the time is linear in the length
    of the unknown name.
    """
    units = unknown.encode("utf-16-le", "surrogatepass")
    near: list[tuple[float, str]] = []
    for name in known:
        longer, shorter = max(len(units) // 2, len(name)), min(len(units) // 2, len(name))
        # Each unit that they do not share needs an edit.
        if longer < 2 * shorter and 2 * sum(min(unknown.count(one), name.count(one)) for one in set(name)) > longer:
            share = 1 - _edits(units, name.encode("utf-16-le")) / longer
            if share > 0.5:
                near.append((-share, name))
    return sorted(near)


_rank_again = lru_cache(512)(_rank)


def did_you_mean(unknown: str, known: Iterable[str]) -> str:
    """The server's suggestion after an unknown name (`` did you mean [a]?``), or an empty string."""
    names = suggestions(unknown, known)
    if not names:
        return ""
    listed = f"[{names[0]}]" if len(names) == 1 else f"any of [{', '.join(names)}]"
    return f" did you mean {listed}?"


def _edits(one: bytes, other: bytes) -> int:
    """How many units to insert, delete or replace to turn one string into the other."""
    rows = [one[index : index + 2] for index in range(0, len(one), 2)]
    columns = [other[index : index + 2] for index in range(0, len(other), 2)]
    above = list(range(len(columns) + 1))
    for number, row in enumerate(rows, 1):
        current = [number]
        for index, column in enumerate(columns):
            current.append(min(above[index] + (row != column), above[index + 1] + 1, current[index] + 1))
        above = current
    return above[-1]
