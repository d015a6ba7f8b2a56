"""Strategies for payloads: events in bytes, as odd as the server takes them; it must not know rules.

Each oddity is drawn once for a payload and then used wherever it can be. So few choices are drawn, and a payload
shrinks to plain JSON.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from hypothesis import strategies as st

from eventlint import contract
from eventlint.contract import Entries, Integer, Node, Object, Objects, Text
from eventlint.errors import UsageError
from eventlint.strategies.events import events

ODDITIES: dict[str, str] = {
    "order": "Members stand in another order.",
    "white-space": "White space stands between tokens.",
    "comments": "Comments stand between tokens, and around the event.",
    "escapes": "Characters of texts and names are escaped.",
    "converted-numbers": "Integers are written as strings and fractions that the server converts.",
    "scalars-in-items": "A scalar stands before an object in a list, and is read away.",
    "single-item": "A list of one object is written as the object alone.",
    "lone-surrogates": "A text ends with half of a surrogate pair.",
    "malformed-utf-8": "A character is written as a form that is too long.",
    "trailing-content": "Something follows the event.",
    "byte-order-mark": "A byte order mark stands before the payload.",
    "other-encodings": "The payload is in UTF-16 or UTF-32.",
}
"""The oddities of a payload, and what each is."""

_GAPS = [" ", "\n  ", "\t", "\r\n", "\r"]
_COMMENTS = ["/* c */", "// c\n", "/**/", "/* é\n*/", "//\r"]
_SCALARS = [b"null", b"1", b'"x"', b"true", b"-1.5e3"]
_TRAILING = [b" x", b"{}", b"\n{}\n", b"}", b"\x00", b" \xff", b"/* open"]
_WIDE = ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-16", "utf-32"]


class Raw(bytes):
    """Bytes that stand in a tree for a value, and are written as they are."""


class Twice(dict[str, Any]):
    """An object one of whose members, the first, is written twice."""


class _Style(NamedTuple):
    """How a payload is written: each oddity's choice, or nothing."""

    order: int = 0
    gap: str = ""
    escapes: str = ""
    number: int = 0
    scalar: bytes = b""
    single: bool = False
    surrogate: bool = False
    malformed: bool = False


def payloads(event_type: str, *, oddities: Collection[str] = tuple(ODDITIES)) -> st.SearchStrategy[bytes]:
    """Payloads that the server accepts, whatever they look like.

    Args:
        event_type: One of the contract's event types.
        oddities: The oddities that may occur: names of :data:`ODDITIES`. With none, a payload is as ``json.dumps``
            writes it, and nothing in it is lost, changed or odd.

    Raises:
        UsageError: There is no such event type, or no such oddity.
    """
    return written(events(event_type), contract.event(event_type), oddities)


def written(drawn: st.SearchStrategy[Any], node: Object, oddities: Collection[str]) -> st.SearchStrategy[bytes]:
    """Events in bytes.

    Args:
        drawn: The events.
        node: The contract of their type.
        oddities: Names of :data:`ODDITIES`.
    """
    unknown = set(oddities) - set(ODDITIES)
    if unknown:
        raise UsageError(f"there is no oddity {min(unknown)!r}; they are {', '.join(ODDITIES)}")

    def may(name: str, choice: st.SearchStrategy[Any], nothing: Any) -> st.SearchStrategy[Any]:
        return st.just(nothing) | choice if name in oddities else st.just(nothing)

    gaps = may("white-space", st.sampled_from(_GAPS), "")
    comments = may("comments", st.sampled_from(_COMMENTS), "")
    style = st.builds(
        _Style,
        order=may("order", st.integers(1, 11), 0),
        gap=st.tuples(gaps, comments).map("".join),
        escapes=may("escapes", st.sampled_from(["ascii", "first", "slash"]), ""),
        number=may("converted-numbers", st.integers(1, 6), 0),
        scalar=may("scalars-in-items", st.sampled_from(_SCALARS), b""),
        single=may("single-item", st.just(True), False),
        surrogate=may("lone-surrogates", st.just(True), False),
        malformed=may("malformed-utf-8", st.just(True), False),
    )
    around = st.tuples(
        may("trailing-content", st.sampled_from(_TRAILING), b""),
        may("byte-order-mark", st.just(b"\xef\xbb\xbf"), b""),
        may("other-encodings", st.sampled_from(_WIDE), ""),
    )
    return st.builds(lambda event, told, last: _payload(event, node, told, *last), drawn, style, around)


def _payload(event: Any, node: Object, style: _Style, trailing: bytes, mark: bytes, encoding: str) -> bytes:
    gap = style.gap.encode()
    if encoding:
        # Malformed bytes have no form in another encoding.
        plain = b"".join([gap, *_Writer(style._replace(malformed=False)).value(event, node), gap])
        return (plain + (trailing if trailing.isascii() else b"")).decode("utf-8", "surrogatepass").encode(encoding)
    return b"".join([mark, gap, *_Writer(style).value(event, node), gap, trailing])


class _Writer:
    """Writes a tree along the contract; texts and names are written alike."""

    def __init__(self, style: _Style) -> None:
        self._style = style
        self._gap = style.gap.encode()
        self._turn = 0
        self._spoilt = not style.malformed
        self._cut = not style.surrogate

    def value(self, value: Any, node: Node | None) -> Iterator[bytes]:
        if isinstance(value, Raw):
            yield bytes(value)
        elif isinstance(value, dict):
            yield from self._object(value, node)
        elif isinstance(value, list):
            yield from self._list(value, node)
        elif isinstance(value, str):
            yield self._text(value, node)
        elif isinstance(node, Integer) and type(value) is int:
            yield self._integer(value, node)
        else:
            yield json.dumps(value).encode()

    def _object(self, value: dict[str, Any], node: Node | None) -> Iterator[bytes]:
        members = list(value.items())
        if isinstance(value, Twice):
            members.append(members[0])
        elif self._style.order and members:
            turn = self._style.order % len(members)
            members = members[turn:] + members[:turn]
            if self._style.order % 2:
                members.reverse()
        fields = node.fields if isinstance(node, Object) else {}
        yield b"{" + self._gap
        for number, (name, below) in enumerate(members):
            yield (b"," if number else b"") + self._gap + self._quoted(name) + self._gap + b":" + self._gap
            yield from self.value(below, node if isinstance(node, Entries) else fields.get(name))
            yield self._gap
        yield b"}"

    def _list(self, value: list[Any], node: Node | None) -> Iterator[bytes]:
        item = node.item if isinstance(node, Objects) else node
        is_objects = isinstance(node, Objects) and all(isinstance(below, dict) for below in value)
        if is_objects and self._style.single and len(value) == 1:
            yield from self.value(value[0], item)
            return
        yield b"[" + self._gap
        for number, below in enumerate(value):
            yield b"," + self._gap if number else b""
            if is_objects and self._style.scalar and number % 2 == 0:
                yield self._style.scalar + self._gap + b"," + self._gap
            yield from self.value(below, item)
            yield self._gap
        yield b"]"

    def _integer(self, value: int, node: Integer) -> bytes:
        self._turn += 1
        text = str(value)
        forms = [text, f'"{text}"', f"{text}.0", f'" {text}.9\\t"', f"{text}e0", f'"{text}d"']
        if value >= 0:
            forms.append(f'"0x{value:x}p0"')
            if value < node.maximum:
                forms.append(f"{text}.75")
        return forms[(self._style.number * self._turn) % len(forms) if self._style.number else 0].encode()

    def _text(self, value: str, node: Node | None) -> bytes:
        raw = self._quoted(value)
        is_url = isinstance(node, Text) and "relative-url" in node.lint
        if is_url or not isinstance(node, Text | Entries):
            return raw
        if not self._cut and value:
            self._cut = True
            return raw[:-1] + rb'\ud800"'
        if not self._spoilt and value[:1].isascii() and value[:1].isalnum() and raw[1:2] == value[:1].encode():
            self._spoilt = True
            return b'"' + bytes([0xC0 | ord(value[0]) >> 6, 0x80 | ord(value[0]) & 0x3F]) + raw[2:]
        return raw

    def _quoted(self, text: str) -> bytes:
        escapes = self._style.escapes
        raw = json.dumps(text, ensure_ascii=escapes == "ascii")
        if escapes == "first" and text[:1].isalnum() and text[0] <= "\uffff":
            raw = f'"\\u{ord(text[0]):04X}{json.dumps(text[1:], ensure_ascii=False)[1:]}'
        elif escapes == "slash":
            raw = raw.replace("/", "\\/")
        return raw.encode("utf-8", "surrogatepass")
