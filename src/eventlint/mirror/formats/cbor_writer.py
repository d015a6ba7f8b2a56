"""Renders answers as CBOR in the style of the server's library.

Source: Jackson's ``CBORGenerator``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_POSITIVE, _NEGATIVE, _TEXT = 0x00, 0x20, 0x60
_CHUNKS, _ARRAY, _OBJECT, _BREAK = 0x7F, 0x9F, 0xBF, 0xFF
_LONGEST = 3_996
"""How many UTF-16 units a string may have to be written in one piece."""


def to_cbor(document: Mapping[str, Any]) -> bytes:
    """A document as CBOR."""
    out = bytearray()
    _write(document, out)
    return bytes(out)


def _write(value: Any, out: bytearray) -> None:
    if isinstance(value, Mapping):
        out.append(_OBJECT)
        for key, below in value.items():
            _text(key, out)
            _write(below, out)
        out.append(_BREAK)
    elif isinstance(value, list):
        out.append(_ARRAY)
        for below in value:
            _write(below, out)
        out.append(_BREAK)
    elif isinstance(value, str):
        _text(value, out)
    elif value is None or value is True or value is False:
        out.append(0xF6 if value is None else 0xF5 if value else 0xF4)
    elif value < 0:
        _head(_NEGATIVE, -value - 1, out)
    else:
        _head(_POSITIVE, value, out)


def _head(kind: int, number: int, out: bytearray) -> None:
    if number < 24:
        out.append(kind + number)
        return
    size = next(size for size in range(4) if number < 1 << (8 << size))
    out.append(kind + 24 + size)
    out += number.to_bytes(1 << size, "big")


def _text(text: str, out: bytearray) -> None:
    raw = text.encode("utf-8", "surrogatepass")
    if len(raw) <= _LONGEST or len(text.encode("utf-16-le", "surrogatepass")) <= 2 * _LONGEST:
        _head(_TEXT, len(raw), out)
        out += raw
        return
    out.append(_CHUNKS)
    chunk: list[str] = []
    units = 0
    for character in text:
        width = 2 if character > "\uffff" else 1
        if units + width > _LONGEST:
            _chunk(chunk, out, is_last=False)
            chunk, units = [], 0
        chunk.append(character)
        units += width
    _chunk(chunk, out, is_last=True)
    out.append(_BREAK)


def _chunk(chunk: list[str], out: bytearray, *, is_last: bool) -> None:
    """Write a piece of a long string; the length of all but the last has two bytes."""
    raw = "".join(chunk).encode("utf-8", "surrogatepass")
    if is_last:
        _head(_TEXT, len(raw), out)
    else:
        out.append(_TEXT + 25)
        out += len(raw).to_bytes(2, "big")
    out += raw
