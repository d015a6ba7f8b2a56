"""Renders answers as SMILE in the style of the server's library: with shared keys, and without shared strings.

Source: Jackson's ``SmileGenerator``, and the specification of the format.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_HEADER = b":)\n\x05"
_ARRAY, _ARRAY_END, _OBJECT, _OBJECT_END = 0xF8, 0xF9, 0xFA, 0xFB
_END_OF_STRING = 0xFC
_MAX_SHARED = 1_024
_SHORT_ASCII_KEY, _SHORT_KEY, _SHORT_VALUE = 64, 56, 64
"""How many bytes short keys and values may have; keys in ASCII have a limit of their own."""
_SHARED_VALUE = 65
"""From how many UTF-16 units on a value is always written as a long one."""
_BUFFER = 8_000
"""The size of the server's buffer; a value that may not fit into it is not checked for ASCII."""


def to_smile(document: Mapping[str, Any]) -> bytes:
    """A document as SMILE."""
    writer = _Writer()
    writer.write(document)
    return bytes(writer.out)


class _Writer:
    def __init__(self) -> None:
        self.out = bytearray(_HEADER)
        self.keys: dict[str, int] = {}

    def write(self, value: Any) -> None:
        out = self.out
        if isinstance(value, Mapping):
            out.append(_OBJECT)
            for key, below in value.items():
                self.key(key)
                self.write(below)
            out.append(_OBJECT_END)
        elif isinstance(value, list):
            out.append(_ARRAY)
            for below in value:
                self.write(below)
            out.append(_ARRAY_END)
        elif isinstance(value, str):
            self.string(value)
        elif value is None or value is True or value is False:
            out.append(0x21 if value is None else 0x23 if value else 0x22)
        else:
            self.integer(value)

    def key(self, key: str) -> None:
        out = self.out
        if not key:
            out.append(0x20)
            return
        index = self.keys.get(key)
        if index is not None:
            if index < 64:
                out.append(0x40 + index)
            else:
                out += bytes([0x30 + (index >> 8), index & 0xFF])
            return
        raw = key.encode("utf-8", "surrogatepass")
        if len(raw) <= (_SHORT_ASCII_KEY if raw.isascii() else _SHORT_KEY):
            out.append((0x7F if raw.isascii() else 0xBE) + len(raw))
            out += raw
        else:
            out += bytes([0x34]) + raw + bytes([_END_OF_STRING])
        if len(self.keys) == _MAX_SHARED:
            self.keys.clear()
        self.keys[key] = len(self.keys)

    def string(self, text: str) -> None:
        out = self.out
        if not text:
            out.append(0x20)
            return
        raw = text.encode("utf-8", "surrogatepass")
        units = len(text.encode("utf-16-le", "surrogatepass")) // 2
        if units <= _SHARED_VALUE and len(raw) <= _SHORT_VALUE:
            out.append((0x3F if raw.isascii() else 0x7E) + len(raw))
            out += raw
            return
        is_ascii = raw.isascii() and 3 * units + 2 <= _BUFFER
        out.append(0xE0 if is_ascii else 0xE4)
        out += raw
        out.append(_END_OF_STRING)

    def integer(self, value: int) -> None:
        """Write an integer of up to 64 bits."""
        out = self.out
        is_int = -(2**31) <= value < 2**31
        encoded = value << 1 if value >= 0 else ~(value << 1)
        if encoded < 32 and is_int:
            out.append(0xC0 + encoded)
            return
        out.append(0x24 if is_int else 0x25)
        parts = [0x80 + (encoded & 0x3F)]
        encoded >>= 6
        while encoded:
            parts.append(encoded & 0x7F)
            encoded >>= 7
        out += bytes(reversed(parts))
