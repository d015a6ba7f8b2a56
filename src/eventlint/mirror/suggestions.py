"""Which known name was meant by an unknown one, as the server guesses; it must not know what the names are for.

Source: Lucene's ``LevenshteinDistance``, as the server's parsers and its query string use it: one less the edits by the
longer length, and only what is over one half.
"""

from __future__ import annotations

from collections.abc import Iterable


def suggestions(unknown: str, known: Iterable[str]) -> list[str]:
    """The known names that are near enough, the nearest first, equally near ones by name.

    Lengths are in UTF-16 units. Names of very different length are never near, so the work is linear in the length of
    the unknown name.
    """
    units = unknown.encode("utf-16-le", "surrogatepass")
    near: list[tuple[float, str]] = []
    for name in known:
        longer, shorter = max(len(units) // 2, len(name)), min(len(units) // 2, len(name))
        if longer < 2 * shorter:
            share = 1 - _edits(units, name.encode("utf-16-le")) / longer
            if share > 0.5:
                near.append((-share, name))
    return [name for _, name in sorted(near)]


def did_you_mean(unknown: str, known: Iterable[str]) -> str:
    """The server's question after an unknown name: `` did you mean [a]?``, or nothing."""
    names = suggestions(unknown, known)
    if not names:
        return ""
    shown = f"[{names[0]}]" if len(names) == 1 else f"any of [{', '.join(names)}]"
    return f" did you mean {shown}?"


def _edits(one: bytes, other: bytes) -> int:
    """How many units must be put in, taken out or changed to make one text of the other."""
    rows = [one[index : index + 2] for index in range(0, len(one), 2)]
    columns = [other[index : index + 2] for index in range(0, len(other), 2)]
    above = list(range(len(columns) + 1))
    for number, row in enumerate(rows, 1):
        current = [number]
        for index, column in enumerate(columns):
            current.append(min(above[index] + (row != column), above[index + 1] + 1, current[index] + 1))
        above = current
    return above[-1]
