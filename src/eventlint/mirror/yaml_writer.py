"""Renders answers as YAML in the style of the server's library.

Strings are in double quotes; long strings are folded at spaces after column 80.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eventlint.jsontext.measures import has_surrogate, utf16_length

_WIDTH = 80
_ESCAPES = {
    "\0": "0",
    "\x07": "a",
    "\x08": "b",
    "\t": "t",
    "\n": "n",
    "\x0b": "v",
    "\f": "f",
    "\r": "r",
    "\x1b": "e",
    '"': '"',
    "\\": "\\",
    "\x85": "N",
    "\xa0": "_",
    "\u2028": "L",
    "\u2029": "P",
}


def to_yaml(document: Mapping[str, Any]) -> str:
    """A document as YAML."""
    return "---\n" + "".join(_mapping(document, 0)) if document else "--- {}\n"


def _mapping(document: Mapping[str, Any], indent: int) -> list[str]:
    lines: list[str] = []
    for key, value in document.items():
        head = " " * indent + f"{_key(key)}:"
        if isinstance(value, Mapping) and value:
            lines += [head + "\n", *_mapping(value, indent + 2)]
        elif isinstance(value, list) and value:
            lines += [head + "\n", *_sequence(value, indent)]
        else:
            lines.append(f"{head} {_scalar(value, len(head) + 1, indent + 2)}\n")
    return lines


def _sequence(values: list[Any], indent: int) -> list[str]:
    lines: list[str] = []
    for value in values:
        if isinstance(value, Mapping) and value:
            below = _mapping(value, indent + 2)
            lines += [" " * indent + "- " + below[0][indent + 2 :], *below[1:]]
        else:
            lines.append(" " * indent + f"- {_scalar(value, indent + 2, indent + 2)}\n")
    return lines


def _key(key: str) -> str:
    return key if key.replace("_", "").replace("@", "").isalnum() and not key.startswith("@") else _quoted(key, 0, 0)


def _scalar(value: object, column: int, indent: int) -> str:
    if isinstance(value, str):
        return _quoted(value, column, indent)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "{}"
    if isinstance(value, list):
        return "[]"
    return "null" if value is None else str(value)


def _quoted(text: str, column: int, indent: int) -> str:
    if has_surrogate(text):
        text = _with_joined_surrogates(text)
    parts = ['"']
    column += 1
    start = 0
    for end in range(len(text) + 1):
        character = text[end] if end < len(text) else None
        if character is None or character in '"\\\x85\u2028\u2029\ufeff' or not " " <= character <= "~":
            if start < end:
                parts.append(text[start:end])
                column += end - start
                start = end
            if character is not None:
                written = _escaped(character)
                column += utf16_length(written)
                parts.append(written)
                start = end + 1
        foldable = character == " " or start >= end
        if 0 < end < len(text) - 1 and foldable and column + (end - start) > _WIDTH:
            parts.append(text[start:end] + "\\\n" + " " * indent)
            start = max(start, end)
            column = indent
            if text[start] == " ":
                parts.append("\\")
                column += 1
    return "".join(parts) + '"'


def _with_joined_surrogates(text: str) -> str:
    """A string as the library reads it: a high surrogate and the unit after it are one character, whatever that is.

    The unit after it also remains if the character is not beyond U+FFFF.
    """
    raw = text.encode("utf-16-be", "surrogatepass")
    units = [raw[at] << 8 | raw[at + 1] for at in range(0, len(raw), 2)]
    characters, at = [], 0
    while at < len(units):
        code = units[at]
        at += 1
        if 0xD800 <= code < 0xDC00 and at < len(units):
            joined = 0x10000 + ((code - 0xD800) << 10) + units[at] - 0xDC00
            if joined > 0xFFFF:
                at += 1
            if _is_printable(joined):
                code = joined
        characters.append(chr(code))
    return "".join(characters)


def _is_printable(code: int) -> bool:
    return 0x20 <= code <= 0x7E or 0xA0 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code > 0xFFFF


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return "\\" + _ESCAPES[character]
    code = ord(character)
    if _is_printable(code) and character != "\ufeff":
        return character
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
