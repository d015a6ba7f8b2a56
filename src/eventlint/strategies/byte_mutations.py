"""Ways to break each rule by how an event is written; it must not know what is wrong with a value.

A way gets the tokens of a valid event and gives bytes, and the place that a reader is at when it meets the fault.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from eventlint import spec as contract
from eventlint.mirror.faults import Part
from eventlint.spec.nodes import Entries, Integer, Node, Object, Text
from eventlint.strategies.drawing import Draw, pick, upto
from eventlint.strategies.encoding import BEYOND, is_plain, overlong, write
from eventlint.strategies.invalid import LIMITS
from eventlint.strategies.json_tokens import Members, Raw, Token, joined, quoted, tokens
from eventlint.strategies.locations import Parts, Place, get, places, put, reach
from eventlint.strategies.valid import Maker


class Spoiled(NamedTuple):
    """A broken payload, and the place that it is broken at."""

    content: bytes
    parts: Parts = ()


Spoil = Callable[[Draw, str, frozenset[str]], Spoiled]
"""Breaks an event of a type, which is written with some harmless oddities."""


def _event(draw: Draw, event_type: str) -> Any:
    return Maker(draw).object(contract.event(event_type))


# ---- tokens ---------------------------------------------------------------------------------------------------------

_WORDS = (b"undefined", b"NaN", b"Infinity", b"-Infinity", b"'a'", b"a", b"True", b"None", b"nul", b"truex", b"-", b"#")
_NUMBERS = (b"+1", b".5", b"01", b"-01", b"1.", b"1e", b"1.e3", b"--1", b"1e+", b"\\u0031")
_ESCAPES = (b"\\x", b"\\0", b"\\'", b"\\u12g4", b"\\U0041", b"\\ ", b"\x00", b"\t", b"\n", b"\x1f", b"\r")
_SPACES = (b"\x00", b"\x0b", b"\x0c", b"\x1c", b"#", b"/", b"/a", b"\\")


def _of(parts: Sequence[Token], *kinds: str) -> list[int]:
    return [number for number, token in enumerate(parts) if token.kind in kinds]


def _inside(draw: Draw, token: Token, odd: Sequence[bytes]) -> Token:
    """A text, or a name, with some bytes somewhere in it."""
    content = token.content
    starts = [at for at in range(1, len(content)) if content[at] & 0xC0 != 0x80][:200]
    if b"\\" in content:
        starts = [1]
    at = pick(draw, starts)
    return token._replace(content=content[:at] + pick(draw, odd) + content[at:])


def _syntax(draw: Draw, event_type: str, odd: frozenset[str]) -> Spoiled:
    parts = tokens(_event(draw, event_type))
    kind = draw(upto(8))
    if kind == 0:  # a value that is none
        at = pick(draw, _of(parts, "text", "other"))
        parts[at] = parts[at]._replace(content=pick(draw, _WORDS if draw(upto(1)) else _NUMBERS))
        return Spoiled(joined(parts), parts[at].own)
    if kind == 1:  # a text that cannot be read
        at = pick(draw, _of(parts, "text", "name"))
        parts[at] = _inside(draw, parts[at], _ESCAPES)
        return Spoiled(joined(parts), parts[at].own)
    if kind == 2:  # no colon
        at = pick(draw, _of(parts, ":"))
        parts[at] = parts[at]._replace(content=pick(draw, (b"", b"=", b",", b";", b"=>")))
        return Spoiled(joined(parts), parts[at].own)
    if kind == 3:  # no comma
        at = pick(draw, _of(parts, ","))
        parts[at] = parts[at]._replace(content=pick(draw, (b" ", b" ;", b" :", b" .")))
        return Spoiled(joined(parts), parts[at].own)
    if kind == 4:  # a comma too much
        return _with_comma(draw, parts)
    if kind == 5:  # the wrong closing bracket
        at = pick(draw, _of(parts, "}", "]"))
        parts[at] = parts[at]._replace(content=b"]" if parts[at].kind == "}" else b"}")
        return Spoiled(joined(parts), parts[at].own)
    if kind == 6:  # a name without quotes, or in single ones
        at = pick(draw, _of(parts, "name"))
        name = parts[at].content[1:-1]
        parts[at] = parts[at]._replace(content=pick(draw, (b"'" + name + b"'", b"a", b"1", b"null", b"{", b"[")))
        return Spoiled(joined(parts), parts[at].own)
    if kind == 7:  # before the event
        return Spoiled(pick(draw, (b"'", b"a", b"#a\n", b"\x0c", b"NaN ", b"<", b"=", b")")) + joined(parts))
    at = pick(draw, _of(parts, "{", "name", ":"))
    return Spoiled(joined(parts[: at + 1]) + pick(draw, _SPACES) + joined(parts[at + 1 :]), parts[at].after)


def _with_comma(draw: Draw, parts: list[Token]) -> Spoiled:
    at = pick(draw, _of(parts, "{", ",", "}"))
    token = parts[at]
    before, after = joined(parts[:at]), joined(parts[at + 1 :])
    content = b"," + token.content if token.kind == "}" else token.content + b","
    if token.kind == "," and parts[at + 1].kind != "name":  # in a list, the next element is what is not there
        return Spoiled(before + content + after, parts[at + 1].own)
    return Spoiled(before + content + after, token.own)


def _cut(draw: Draw, event_type: str, odd: frozenset[str]) -> Spoiled:
    """The payload ends after a token, or inside of a text or a name."""
    parts = tokens(_event(draw, event_type))
    at = draw(upto(len(parts) - 2))
    token = parts[at]
    before = joined(parts[:at])
    if token.kind in ("text", "name") and draw(upto(1)):
        size = len(token.content)
        end = pick(draw, [end for end in range(1, size) if token.content[end] & 0xC0 != 0x80][:200])
        return Spoiled(before + token.content[:end], token.own)
    gap = pick(draw, (b"", b"", b" ", b"\n", b"/**/", b"// a\n", b"//", b"/* a"))
    if token.kind == "other" and not gap:
        gap = b" "
    return Spoiled(before + token.content + gap, token.after)


# ---- bytes ----------------------------------------------------------------------------------------------------------

_NO_UTF8 = (
    b"\xff",
    b"\xfe",
    b"\x80",
    b"\xbf",
    b"\xf8\x88\x80\x80\x80",
    b"\xc3a",
    b"\xe2\x82a",
    b"\xf0\x9f\x98a",
    b"\xe9aaa",
    b"\xfcber",
)
_NO_ENCODING = (b"\x00\x00\xff\xfe", b"\xfe\xff\x00\x00")


def _bytes(draw: Draw, event_type: str, odd: frozenset[str]) -> Spoiled:
    parts = tokens(_event(draw, event_type))
    kind = draw(upto(9))
    if kind == 9:
        return Spoiled(pick(draw, _NO_ENCODING) + joined(parts))
    if kind == 8:
        wide = pick(draw, ("utf-32-le", "utf-32-be"))
        return Spoiled(joined(parts).decode().encode(wide)[: -1 - draw(upto(2))])
    at = pick(draw, _of(parts, "text", "name"))
    parts[at] = _inside(draw, parts[at], _NO_UTF8)
    return Spoiled(joined(parts), parts[at].own)


def _deep(draw: Draw, event_type: str, odd: frozenset[str]) -> Spoiled:
    """A filter of brackets; any other value would be of a wrong kind as well."""
    place = pick(draw, [place for place in places(event_type) if isinstance(place.node, Entries)])
    event, parts = _prepared(draw, event_type, place)
    entries = get(event, parts)
    name = pick(draw, tuple(entries))
    # One bracket for each step of the way and one for the event are open already.
    room = LIMITS.nesting_depth - len(parts) - 1
    count = room + 1 + draw(upto(3))
    shapes: tuple[tuple[bytes, bytes, Part], ...] = ((b"[", b"]", 0), (b'{"a":', b"}", "a"))
    opening, closing, step = pick(draw, shapes)
    entries[name] = Raw(opening * count + (b"1" if step else b"") + closing * count)
    return Spoiled(write(draw, tokens(event), odd), (*parts, name, *(step,) * room))


def _prepared(draw: Draw, event_type: str, place: Place) -> tuple[Any, Parts]:
    event = Maker(draw).object(contract.event(event_type), place.steps)
    return event, reach(draw, event, place.steps)


def _place(draw: Draw, event_type: str, *kinds: type[Any]) -> tuple[Any, Parts, Node]:
    place = pick(draw, [place for place in places(event_type) if isinstance(place.node, kinds)])
    return *_prepared(draw, event_type, place), place.node


def _many_digits(draw: Draw, event_type: str, odd: frozenset[str]) -> Spoiled:
    event, parts, _ = _place(draw, event_type, Integer)
    count = LIMITS.number_digits + 1 + draw(upto(2))
    number = pick(
        draw, (b"1" * count, b"-" + b"1" * count, b"0." + b"1" * count, b"1" * count + b".5", b"1." + b"0" * count)
    )
    return Spoiled(write(draw, tokens(put(event, parts, Raw(number))), odd), parts)


def _long_name(draw: Draw, event_type: str, odd: frozenset[str]) -> Spoiled:
    """A name over the limit; the reader refuses it before it asks what it names."""
    event, parts, _ = _place(draw, event_type, Object, Entries)
    character = pick(draw, ("a", "é", "€", "😀"))
    name = character * (LIMITS.key_bytes // len(character.encode()) + 1 + draw(upto(1)))
    get(event, parts)[name] = "a"
    return Spoiled(write(draw, tokens(event), odd - {"escapes"}), parts)


# ---- names ----------------------------------------------------------------------------------------------------------


def _twice(draw: Draw, event_type: str, odd: frozenset[str]) -> Spoiled:
    """A name stands twice in one object."""
    event, parts, _ = _place(draw, event_type, Object, Entries)
    holder = get(event, parts)
    if not holder:  # the event itself never is
        parts, holder = (), event
    pairs = list(holder.items())
    name, value = pick(draw, pairs)
    pairs.insert(draw(upto(len(pairs))), (name, value))
    doubled = put(event, parts, Members(tuple(pairs)))
    return Spoiled(write(draw, tokens(doubled), odd - {"member-order"}), (*parts, name))


# ---- what is lost ---------------------------------------------------------------------------------------------------


def _malformed(draw: Draw, event_type: str, odd: frozenset[str]) -> Spoiled:
    """A text, or a filter's name, in bytes that are no well-formed UTF-8, and that the server takes."""
    event, parts, node = _place(draw, event_type, Text, Entries)
    if isinstance(node, Entries):
        return _malformed_entry(draw, event, parts)
    written = tokens(event)
    at = next(number for number, token in enumerate(written) if token.kind == "text" and token.own == parts)
    may_be_any = not node.ingest.is_taken_apart if isinstance(node, Text) else True
    written[at] = _badly(draw, written[at], may_be_any=may_be_any)
    return Spoiled(joined(written), parts)


def _malformed_entry(draw: Draw, event: Any, parts: Parts) -> Spoiled:
    name = pick(draw, tuple(get(event, parts)))
    if not get(event, parts)[name]:
        get(event, parts)[name] = ["a"]
    written = tokens(event)
    wanted = "name" if is_plain(quoted(name)) and draw(upto(1)) == 0 else "text"
    below = (*parts, name)
    able = [
        number
        for number, token in enumerate(written)
        if token.kind == wanted and (token.after == below if wanted == "name" else token.own[: len(below)] == below)
    ]
    at = pick(draw, able)
    written[at] = _badly(draw, written[at], may_be_any=wanted == "text")
    return Spoiled(joined(written), below if wanted == "name" else written[at].own)


SHORT = 500
"""Texts of fewer bytes can be made longer without being too long to be searched for."""


def _badly(draw: Draw, token: Token, *, may_be_any: bool) -> Token:
    if is_plain(token.content) and (not may_be_any or len(token.content) >= SHORT or draw(upto(1)) == 0):
        return overlong(draw, token)
    if may_be_any and len(token.content) < SHORT:
        return token._replace(content=token.content[:-1] + pick(draw, BEYOND) + b'"')
    return overlong(draw, token._replace(content=b'"a"'))


_TRAILING = (
    b"a",
    b"{}",
    b"}",
    b"]",
    b",",
    b"\xff",
    b"\x00",
    b"1",
    b"/",
    b'"',
    b"\n{}\n",
    b"// a\n]",
    b"/* a */{",
    b"/* a",
)


def _trailing(draw: Draw, event_type: str, odd: frozenset[str]) -> Spoiled:
    event = _event(draw, event_type)
    rest = joined(tokens(event)) if draw(upto(3)) == 3 else pick(draw, _TRAILING)
    return Spoiled(write(draw, tokens(event), odd - {"non-utf-8-encoding"}) + pick(draw, (b"", b" ", b"\n")) + rest)


def _nothing(draw: Draw, event_type: str, odd: frozenset[str]) -> Spoiled:
    return Spoiled(b"")


def _any(event_type: str) -> bool:
    return True


def _has(*kinds: type[Any]) -> Callable[[str], bool]:
    return lambda event_type: any(isinstance(place.node, kinds) for place in places(event_type))


REFUSED: dict[str, tuple[Callable[[str], bool], Spoil]] = {
    "missing-body": (_any, _nothing),
    "invalid-json": (_any, _syntax),
    "truncated-json": (_any, _cut),
    "invalid-encoding": (_any, _bytes),
    "nesting-too-deep": (_has(Entries), _deep),
    "number-too-long": (_has(Integer), _many_digits),
    "key-too-long": (_any, _long_name),
    "duplicate-key": (_any, _twice),
}
"""For each rule of the tier error that bytes break: in which event types, and how."""

LOST: dict[str, tuple[Callable[[str], bool], Spoil]] = {
    "malformed-utf-8": (_any, _malformed),
    "trailing-content": (_any, _trailing),
}
"""The same for the tier loss."""
