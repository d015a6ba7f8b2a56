"""Writes an event as a payload, as oddly as the server takes it; it must not know what is wrong with an event.

Each oddity has a name and can be switched off. Those that change what is stored are called like the rule that tells.
"""

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
    "member-order": "The members of objects stand in any order.",
    "white-space": "White space stands between tokens, and around the event.",
    "escapes": "Characters of names and texts are written as escapes.",
    "comments": "Comments stand between tokens, and around the event.",
    "byte-order-mark": "The payload begins with the mark of UTF-8.",
    "non-utf-8-encoding": "The payload is in UTF-16 or UTF-32, with and without a mark.",
    "lone-surrogate": "Texts hold an escape for half of a character.",
    "single-item": "A list with one item is that item, without the list.",
    "coerced-integer": "Integers are written as fractions, with exponents, and as strings.",
    "dropped-item": "Something that is no object stands before items.",
    "malformed-utf-8": "Characters are written in more bytes than they need, or are none.",
    "trailing-content": "Something follows the event.",
}
"""The name of each oddity that the server takes, and what it is."""

HARMLESS = frozenset({"member-order", "white-space", "escapes", "comments", "byte-order-mark", "non-utf-8-encoding"})
"""The oddities that change neither what is stored nor where it stands."""

_SPACES = (b" ", b"\n", b"\t", b"\r\n", b"\r", b"    ", b"\n\n  ")
_COMMENTS = (
    "/**/",
    "/* a */",
    "// a\n",
    "/* é\r\n😀 */",
    "//\n",
    '/* {"a": 1} */',
    "/* // */",
    "//*\r",
    "/***/",
    "/* */ /**/",
)
_SCALARS = (None, True, False, 0, -1.5, "a", "", 10**20)
_REST = (b"a", b"{}", b"}", b"]", b",", b"\xff", b"\x00", b"{", b'"', b'\n{"session": {}}', b"// a\n]")
_SHORT = {"\b": b"\\b", "\f": b"\\f", "\n": b"\\n", "\r": b"\\r", "\t": b"\\t", '"': b'\\"', "\\": b"\\\\", "/": b"\\/"}
BEYOND = (b"\xed\xa0\x80", b"\xed\xb0\x80", b"\xf4\x90\x80\x80", b"\xf7\xbf\xbf\xbf", b"\xf0\x80\x81\x81")
"""Encoded surrogates, what would be characters after the last one, and a form of four bytes that is too long."""

_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")


def wanted(without: Collection[str], among: Collection[str] = tuple(EDGE_CASES)) -> tuple[str, ...]:
    """The oddities that are left, in their order.

    Raises:
        UsageError: There is no such oddity.
    """
    unknown = sorted(set(without) - set(EDGE_CASES))
    if unknown:
        raise UsageError(f"not an oddity: {unknown[0]!r} (one of {', '.join(EDGE_CASES)})")
    return tuple(name for name in EDGE_CASES if name in among and name not in without)


def some(draw: Draw, names: tuple[str, ...]) -> frozenset[str]:
    """Some of the oddities: none in a third of the draws, else up to four."""
    count = draw(upto(5)) if names else 0
    return frozenset(pick(draw, names) for _ in range(count - 1))


def payload(draw: Draw, event: Any, node: Object, odd: frozenset[str]) -> bytes:
    """An event as bytes, with some oddities.

    Args:
        draw: Draws.
        event: A valid event.
        node: What the contract says about it.
        odd: The oddities.
    """
    content = write(draw, tokens(shaped(draw, event, node, odd)), odd)
    if "trailing-content" in odd and "non-utf-8-encoding" not in odd:
        content += pick(draw, _REST)
    return content


# ---- shape ----------------------------------------------------------------------------------------------------------


def shaped(draw: Draw, value: Any, node: Any, odd: frozenset[str]) -> Any:
    """A value of an event in another shape that the server reads as the same, or almost."""
    if isinstance(node, Object) and isinstance(value, dict):
        return ordered(
            draw,
            {name: shaped(draw, below, node.fields.get(name), odd) for name, below in value.items()},
            odd,
        )
    if isinstance(node, Objects) and isinstance(value, list):
        return _elements(draw, [shaped(draw, below, node.item, odd) for below in value], odd)
    if isinstance(node, Integer) and "coerced-integer" in odd and type(value) is int:
        return _converted(draw, value)
    if isinstance(node, Text) and "lone-surrogate" in odd and not node.ingest.is_taken_apart and isinstance(value, str):
        return _halved(draw, value, node)
    return ordered(draw, value, odd) if isinstance(value, dict) else value


def ordered(draw: Draw, value: dict[str, Any], odd: frozenset[str]) -> Any:
    """An object with its members in any order, when that is wanted."""
    if "member-order" not in odd or len(value) < 2:
        return value
    left, pairs = list(value.items()), []
    while left:
        pairs.append(left.pop(draw(upto(len(left) - 1)) if len(left) > 1 else 0))
    return Members(tuple(pairs))


def _elements(draw: Draw, items: list[Any], odd: frozenset[str]) -> Any:
    if "dropped-item" in odd and items:
        for at in range(len(items) - 1, -1, -1):
            if draw(upto(1)):
                items.insert(at, pick(draw, _SCALARS))
    if "single-item" in odd and len(items) == 1:
        return items[0]
    return items


def _converted(draw: Draw, value: int) -> Raw:
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


def _halved(draw: Draw, value: str, node: Text) -> str:
    usual = node.lint.get("unusual-sort-direction")
    if usual is not None or draw(upto(1)) or len(value) > 100:
        return value
    return value + pick(draw, ("\ud83d", "\ude00", "\ude00\ud83d"))


# ---- text -----------------------------------------------------------------------------------------------------------


def write(draw: Draw, parts: list[Token], odd: frozenset[str]) -> bytes:
    """The tokens as bytes, with the oddities that are about bytes."""
    is_malformed = "malformed-utf-8" in odd and spoil_one(draw, parts)
    if "escapes" in odd:
        parts = [_escaped(draw, token) if token.kind in ("name", "text") else token for token in parts]
    between = {"white-space", "comments"} & odd
    content = spaced(draw, parts, odd) if between else joined(parts)
    return content if is_malformed else encoded(draw, content, odd)


def spaced(draw: Draw, parts: list[Token], odd: frozenset[str]) -> bytes:
    """The tokens with white space or comments between some or all of them."""
    pieces = [token.content for token in parts]
    gaps = [b""] * (len(pieces) + 1)
    if "white-space" in odd:
        if draw(upto(1)):
            gaps = [pick(draw, _SPACES)] * len(gaps)
        for _ in range(draw(upto(3))):
            gaps[draw(upto(len(gaps) - 1))] += pick(draw, _SPACES)
    if "comments" in odd:
        for _ in range(draw(upto(2)) + 1):
            gaps[draw(upto(len(gaps) - 1))] += pick(draw, _COMMENTS).encode()
    return b"".join(gap + piece for gap, piece in zip(gaps, [*pieces, b""], strict=True))


def encoded(draw: Draw, content: bytes, odd: frozenset[str]) -> bytes:
    """The payload in another encoding, or with a mark."""
    if "non-utf-8-encoding" in odd:
        text, name = content.decode(), pick(draw, _WIDE)
        return (("\ufeff" if draw(upto(1)) else "") + text).encode(name)
    return b"\xef\xbb\xbf" + content if "byte-order-mark" in odd else content


def _units(character: str) -> bytes:
    """A character as escapes: one, or two for a pair of surrogates."""
    wide = character.encode("utf-16-be", "surrogatepass")
    return b"".join(b"\\u%02x%02x" % (wide[at], wide[at + 1]) for at in range(0, len(wide), 2))


def _escaped(draw: Draw, token: Token) -> Token:
    """A text, or a name, with some of its characters as escapes."""
    kind = draw(upto(5))
    try:
        text = str(json.loads(token.content.decode()))
    except UnicodeDecodeError:  # it is malformed, which is odd enough
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


def _overlong(code: int, size: int) -> bytes:
    """An ASCII character in two or three bytes. Of four, the server would make another one."""
    head = [0xC0 | code >> 6] if size == 2 else [0xE0, 0x80 | code >> 6]
    return bytes([*head, 0x80 | code & 0x3F])


def spoil_one(draw: Draw, parts: list[Token]) -> bool:
    """Write a character of one text, or of a name, in a malformed way; whether there was one that could be."""
    able = [number for number, token in enumerate(parts) if token.kind in ("text", "name") and is_plain(token.content)]
    if not able:
        return False
    number = pick(draw, able)
    parts[number] = overlong(draw, parts[number])
    return True


def overlong(draw: Draw, token: Token) -> Token:
    """A plain text with one character in more bytes than it needs."""
    at = pick(draw, [match.start() for match in _PLAIN.finditer(token.content, 1)][:50])
    new = _overlong(token.content[at], 2 + draw(upto(1)))
    return token._replace(content=token.content[:at] + new + token.content[at + 1 :])


_PLAIN = re.compile(rb"[A-Za-z0-9]")


def is_plain(content: bytes) -> bool:
    """Whether a text holds a character that can be written in another way, and no escape that it could belong to."""
    return b"\\" not in content and _PLAIN.search(content, 1) is not None
