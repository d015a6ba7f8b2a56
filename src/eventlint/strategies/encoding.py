"""Writes an event as a payload, with edge cases that the server accepts; each has a name and can be switched off."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from typing import Any

from eventlint.errors import UsageError
from eventlint.spec.nodes import Integer, Object, Objects, Text
from eventlint.strategies.drawing import Draw, pick, upto
from eventlint.strategies.json_tokens import Members, Raw, Token, joined, quoted, tokens

EDGE_CASES: dict[str, str] = {
    "key-order": "Objects have their keys in any order.",
    "whitespace": "There is whitespace between tokens and around the event.",
    "escapes": "Characters of keys and strings are written as escapes.",
    "comments": "There are comments between tokens and around the event.",
    "utf-8-bom": "The payload starts with a UTF-8 byte order mark.",
    "wide-encoding": "The payload is UTF-16 or UTF-32, with and without a byte order mark.",
    "surrogate-escape": "Strings contain an escape for half of a surrogate pair.",
    "single-item": "A list with one item is that item, without the list.",
    "number-form": "Integers are written as fractions, with exponents, and as strings.",
    "dropped-element": "Scalars precede the items of a list.",
    "malformed-character": "Characters have more bytes than they need, or are not characters.",
    "trailing-bytes": "Bytes follow the event.",
}
"""The names of the edge cases that the server accepts, with descriptions."""

HARMLESS = frozenset({"key-order", "whitespace", "escapes", "comments", "utf-8-bom", "wide-encoding"})
"""The edge cases that change neither what is stored nor which pointer leads to it."""

_SPACES = (b" ", b"\n", b"\t", b"\r\n", b"\r", b"    ", b"\n\n  ")
_COMMENTS = ("/**/", "/* a */", "// a\n", "/* é\r\n😀 */", "//\n", '/* {"a": 1} */', "/* // */", "//*\r", "/***/")
_SCALARS = (None, True, False, 0, -1.5, "a", "", 10**20)
TRAILING = (b"a", b"{}", b"}", b"]", b",", b"\xff", b"\x00", b"{", b'"', b'\n{"session": {}}', b"// a\n]")
_SHORT = {"\b": b"\\b", "\f": b"\\f", "\n": b"\\n", "\r": b"\\r", "\t": b"\\t", '"': b'\\"', "\\": b"\\\\", "/": b"\\/"}
NOT_CHARACTERS = (b"\xf4\x90\x80\x80", b"\xf7\xbf\xbf\xbf", b"\xf0\x80\x81\x81")
"""Code points beyond the last one, and an overlong form of four bytes, which all releases accept in strings."""

_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")


def allowed(without: Collection[str], among: Collection[str] = tuple(EDGE_CASES)) -> tuple[str, ...]:
    """The edge cases that are left, in order."""
    unknown = sorted(set(without) - set(EDGE_CASES))
    if unknown:
        raise UsageError(f"not an edge case: {unknown[0]!r} (one of {', '.join(EDGE_CASES)})")
    return tuple(name for name in EDGE_CASES if name in among and name not in without)


def some(draw: Draw, names: tuple[str, ...]) -> frozenset[str]:
    """Some edge cases: none in a third of the draws, else up to four."""
    count = draw(upto(5)) if names else 0
    return frozenset(pick(draw, names) for _ in range(count - 1))


def payload(draw: Draw, event: Any, node: Object, edge_cases: frozenset[str]) -> bytes:
    """A valid event as bytes, with some edge cases where the event allows them."""
    content = write(draw, tokens(_shaped(draw, event, node, edge_cases)), edge_cases)
    if "trailing-bytes" in edge_cases and "wide-encoding" not in edge_cases:
        content += pick(draw, TRAILING)
    return content


# ---- shape ----------------------------------------------------------------------------------------------------------


def _shaped(draw: Draw, value: Any, node: Any, edge_cases: frozenset[str]) -> Any:
    """A value in another shape that the server reads as the same, or almost."""
    if isinstance(node, Object) and isinstance(value, dict):
        value = {key: _shaped(draw, below, node.fields.get(key), edge_cases) for key, below in value.items()}
    if isinstance(value, dict):
        return _ordered(draw, value) if "key-order" in edge_cases and len(value) > 1 else value
    if isinstance(node, Objects) and isinstance(value, list):
        return _elements(draw, [_shaped(draw, below, node.item, edge_cases) for below in value], edge_cases)
    if isinstance(node, Integer) and "number-form" in edge_cases and type(value) is int:
        return number_form(draw, value)
    if isinstance(node, Text) and "surrogate-escape" in edge_cases and isinstance(value, str):
        return _with_surrogate(draw, value, node)
    return value


def _ordered(draw: Draw, value: dict[str, Any]) -> Members:
    left, pairs = list(value.items()), []
    while left:
        pairs.append(left.pop(draw(upto(len(left) - 1)) if len(left) > 1 else 0))
    return Members(tuple(pairs))


def _elements(draw: Draw, items: list[Any], edge_cases: frozenset[str]) -> Any:
    if "dropped-element" in edge_cases and items:
        for at in range(len(items) - 1, -1, -1):
            if draw(upto(1)):
                items.insert(at, pick(draw, _SCALARS))
    return items[0] if "single-item" in edge_cases and len(items) == 1 else items


def number_form(draw: Draw, value: int) -> Raw:
    """An integer in another form that the server reads as the same."""
    sign, digits = ("-" if value < 0 else ""), abs(value)
    room = ".75" if digits < 2**31 - 1 else ".0"  # a fraction must not lead over the end of the range
    numbers = (f"{value}.0", f"{value}e0", f"{sign}{digits}{room}", f"{sign}{digits or ''}0E-1", f"{value}.000e+0")
    texts = (
        *(str(value), f"{value}d", f" {value}\\t", f"{sign}0x{digits:x}p0", f"{sign}0X{digits:X}.P+0F", f"{value}."),
        *(f"{sign}00{digits}", f"{value}{'.5' if room == '.75' else ''}", "NaN" if value == 0 else f"{value}.0f"[:-1]),
    )
    kind = draw(upto(2))
    if kind == 0:
        return Raw(b'"%d"' % value)
    return Raw(pick(draw, numbers).encode()) if kind == 1 else Raw(f'"{pick(draw, texts)}"'.encode())


def _with_surrogate(draw: Draw, value: str, node: Text) -> str:
    is_free = not node.ingest.is_taken_apart and not any("usual" in facts for facts in node.lint.values())
    if not is_free or draw(upto(1)) or len(value) > 100:
        return value
    return value + pick(draw, ("\ud83d", "\ude00", "\ude00\ud83d"))


# ---- bytes ----------------------------------------------------------------------------------------------------------


def write(draw: Draw, parts: list[Token], edge_cases: frozenset[str]) -> bytes:
    """The bytes of some tokens, with the edge cases that are about bytes."""
    is_malformed = "malformed-character" in edge_cases and _malform_one(draw, parts)
    if "escapes" in edge_cases:
        parts = [_escaped(draw, token) if token.kind in ("key", "string") else token for token in parts]
    content = _spaced(draw, parts, edge_cases) if {"whitespace", "comments"} & edge_cases else joined(parts)
    if is_malformed:
        return content
    if "wide-encoding" in edge_cases:
        text, name = content.decode(), pick(draw, _WIDE)
        return (("\ufeff" if draw(upto(1)) else "") + text).encode(name)
    return b"\xef\xbb\xbf" + content if "utf-8-bom" in edge_cases else content


def _spaced(draw: Draw, parts: list[Token], edge_cases: frozenset[str]) -> bytes:
    """The tokens with whitespace or comments between some or all of them."""
    pieces = [token.content for token in parts]
    gaps = [b""] * (len(pieces) + 1)
    if "whitespace" in edge_cases:
        if draw(upto(1)):
            gaps = [pick(draw, _SPACES)] * len(gaps)
        for _ in range(draw(upto(3))):
            gaps[draw(upto(len(gaps) - 1))] += pick(draw, _SPACES)
    if "comments" in edge_cases:
        for _ in range(draw(upto(2)) + 1):
            gaps[draw(upto(len(gaps) - 1))] += pick(draw, _COMMENTS).encode()
    return b"".join(gap + piece for gap, piece in zip(gaps, [*pieces, b""], strict=True))


def _units(character: str) -> bytes:
    """A character as one escape, or as two for a surrogate pair."""
    wide = character.encode("utf-16-be", "surrogatepass")
    return b"".join(b"\\u%02x%02x" % (wide[at], wide[at + 1]) for at in range(0, len(wide), 2))


def _escaped(draw: Draw, token: Token) -> Token:
    """A string or a key with some of its characters as escapes."""
    kind = draw(upto(5))
    try:
        text = str(json.loads(token.content.decode()))
    except UnicodeDecodeError:  # it has a malformed character
        return token
    if kind == 0 or not text:
        return token
    if kind == 1:
        return token._replace(content=json.dumps(text).encode())
    if kind == 2:
        return token._replace(content=quoted(text).replace(b"/", b"\\/"))
    if kind == 3 and len(text) < 100:
        return token._replace(content=b'"' + b"".join(map(_units, text)) + b'"')
    at = draw(upto(len(text) - 1))
    unit = _SHORT.get(text[at]) or _units(text[at])
    if kind == 5:
        unit = unit.upper().replace(b"\\U", b"\\u") if b"u" in unit else unit
    return token._replace(content=quoted(text[:at])[:-1] + unit + quoted(text[at + 1 :])[1:])


def _malform_one(draw: Draw, parts: list[Token]) -> bool:
    """Give a character of one string or key more bytes than it needs; False if there is none that allows it."""
    able = [number for number, token in enumerate(parts) if token.kind in ("key", "string") and is_plain(token.content)]
    if not able:
        return False
    number = pick(draw, able)
    parts[number] = overlong(draw, parts[number])
    return True


def overlong(draw: Draw, token: Token) -> Token:
    """A string with an ASCII character in two or three bytes; of four, the server would make another character."""
    at = pick(draw, [match.start() for match in _PLAIN.finditer(token.content, 1)][:50])
    code = token.content[at]
    head = [0xE0, 0x80 | code >> 6] if draw(upto(1)) else [0xC0 | code >> 6]
    new = bytes([*head, 0x80 | code & 0x3F])
    return token._replace(content=token.content[:at] + new + token.content[at + 1 :])


_PLAIN = re.compile(rb"[A-Za-z0-9]")


def is_plain(content: bytes) -> bool:
    """Whether a string has a letter or digit, and no escape that it could belong to."""
    return b"\\" not in content and _PLAIN.search(content, 1) is not None
