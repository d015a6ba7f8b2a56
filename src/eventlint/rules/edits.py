"""Fixes that convert a value to the type that the field requires.

All of them take the payload's bytes, or None when there are none to edit, and the first byte of the value. They give no
fix when the value is not of the shape that they know.
"""

from __future__ import annotations

import json
from typing import Any

from eventlint.jsontext.locate import end_of
from eventlint.model import Edit, Fix
from eventlint.rules.diagnostic import safe, unsafe

MOST = 16_000
"""How many bytes a value may have to be rewritten."""


def _value(data: bytes | None, start: int) -> tuple[bytes, Any] | None:
    """The bytes of a value, and the value; None when it is not plain JSON."""
    end = None if data is None else end_of(data, start, MOST)
    if data is None or end is None or end - start > MOST:
        return None
    raw = data[start:end]
    try:
        return raw, json.loads(raw.decode(), parse_float=_Number, parse_int=_Number, object_pairs_hook=_unique)
    except (ValueError, RecursionError):
        return None


class _Number(str):
    """A number as it is written."""

    __slots__ = ()


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise ValueError
    return dict(pairs)


def _as_text(value: object) -> str | None:
    """A scalar as a text; None for what is none, and for null."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str) else None


def _written(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def quoted(data: bytes | None, start: int) -> Fix | None:
    """A number or a boolean as a text."""
    found = _value(data, start)
    text = _as_text(found[1]) if found else None
    if found is None or text is None:
        return None
    return unsafe("convert to a string", Edit(start, start + len(found[0]), _written(text)))


def number_in_object(data: bytes | None, start: int) -> Fix | None:
    """The one number in an object such as ``{"value": 3, "relation": "eq"}``."""
    found = _value(data, start)
    if found is None or not isinstance(found[1], dict):
        return None
    numbers = [value for value in found[1].values() if isinstance(value, _Number)]
    if len(numbers) != 1 or not numbers[0].lstrip("-").isdigit():
        return None
    return unsafe("use only the number", Edit(start, start + len(found[0]), numbers[0].encode()))


def only_element(data: bytes | None, start: int) -> Fix | None:
    """The one object of a list, without the list's brackets."""
    end = None if data is None else end_of(data, start)
    if data is None or end is None:
        return None
    inner = data[start + 1 : end - 1]
    before = len(inner) - len(inner.lstrip(b" \t\r\n"))
    begin = start + 1 + before
    element_end = end_of(data, begin) if data[begin : begin + 1] == b"{" else None
    if element_end is None or data[element_end : end - 1].strip(b" \t\r\n"):
        return None
    return safe("unwrap the array", Edit(start, begin, b""), Edit(element_end, end, b""))


def texts(data: bytes | None, start: int) -> Fix | None:
    """A number or a boolean as a text, or those in a list."""
    found = _value(data, start)
    if found is None:
        return None
    value = found[1]
    if not isinstance(value, list):
        return quoted(data, start)
    if any(_as_text(one) is None for one in value):
        return None
    edits = []
    at = start + 1
    assert data is not None  # noqa: S101 - there is a value
    for one in value:
        at = _next(data, at)
        end = end_of(data, at) or at
        if not isinstance(one, str) or isinstance(one, _Number):
            edits.append(Edit(at, end, _written(_as_text(one))))
        at = end
    return unsafe("convert to strings", *edits) if edits else None


def _next(data: bytes, at: int) -> int:
    while data[at] in b" \t\r\n,":
        at += 1
    return at


def entries_of_list(data: bytes | None, start: int) -> Fix | None:
    """A list of ``{"field": …, "value": …}`` as an object from the fields to their values."""
    found = _value(data, start)
    if found is None or not isinstance(found[1], list) or not found[1]:
        return None
    entries: dict[str, list[str]] = {}
    for one in found[1]:
        pair = _pair(one)
        if pair is None:
            return None
        entries.setdefault(pair[0], []).extend(pair[1])
    written = {name: values[0] if len(values) == 1 else values for name, values in entries.items()}
    return unsafe("convert to an object", Edit(start, start + len(found[0]), _written(written)))


def _pair(one: object) -> tuple[str, list[str]] | None:
    """The name and the texts of an object with two members, of which the one with the list or scalar is the value."""
    if not isinstance(one, dict) or len(one) != 2:
        return None
    names = [key for key in one if key in ("field", "name", "key", "id")]
    if len(names) != 1 or not isinstance(one[names[0]], str) or isinstance(one[names[0]], _Number):
        return None
    (value,) = (one[key] for key in one if key != names[0])
    listed = value if isinstance(value, list) else [value]
    found = [_as_text(item) for item in listed]
    return (one[names[0]], [item for item in found if item is not None]) if None not in found else None
