"""Values on one line, with repetitions counted: ``"a" × 4,097``."""

from __future__ import annotations

import json
import re
from itertools import groupby
from typing import Any

from eventlint.escaping import printable

_LONGEST = 60
_MOST_PARTS = 8
_RUN = re.compile(r"(.)\1{39,}", re.DOTALL)


def shortened(value: Any) -> str:
    """A JSON value on one line; what repeats is shown once, with its number.

    Args:
        value: A JSON value.
    """
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, list):
        return _array(value)
    if isinstance(value, dict):
        parts = [f"{_string(key)}: {shortened(below)}" for key, below in list(value.items())[: _MOST_PARTS * 3]]
        more = len(value) - len(parts)
        return "{" + ", ".join([*parts, *([f"… {more:,} more members"] if more else [])]) + "}"
    return _quoted(value)


def clipped(value: Any, most: int = 100) -> str:
    """As :func:`shortened`, cut off after a number of characters."""
    text = shortened(value)
    return text if len(text) <= most else text[: most - 1] + "…"


def _quoted(value: Any) -> str:
    return printable(json.dumps(value, ensure_ascii=False))


def _string(text: str) -> str:
    if len(text) <= _LONGEST:
        return _quoted(text)
    parts: list[str] = []
    last = 0
    for run in _RUN.finditer(text):
        if run.start() > last:
            parts.append(_plain(text[last : run.start()]))
        parts.append(f"{_quoted(run[1])} × {len(run[0]):,}")
        last = run.end()
    if last < len(text):
        parts.append(_plain(text[last:]))
    return " + ".join(parts)


def _plain(text: str) -> str:
    if len(text) <= 3 * _LONGEST:
        return _quoted(text)
    return f"{_quoted(text[:_LONGEST])} … {len(text) - _LONGEST:,} more characters"


def _array(values: list[Any]) -> str:
    parts: list[str] = []
    shown = 0
    for text, run in groupby(map(shortened, values)):
        count = sum(1 for _ in run)
        if count > 3:
            parts.append(f"{text} × {count:,}")
        else:
            parts += [text] * count
        shown += count
        if len(parts) >= _MOST_PARTS * 2 and shown < len(values):
            parts.append(f"… {len(values) - shown:,} more elements")
            break
    return f"[{', '.join(parts)}]"
