"""Mutations of bytes: they violate rules by how an event is written, not by its values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from eventlint.mirror.faults import Part
from eventlint.rules import RULES, Rule
from eventlint.spec.nodes import Entries, Integer, Node, Object, Text
from eventlint.strategies.drawing import Draw, pick, upto
from eventlint.strategies.encoding import NOT_CHARACTERS, TRAILING, is_plain, overlong, write
from eventlint.strategies.json_tokens import Members, Raw, Token, joined, quoted, tokens
from eventlint.strategies.locations import Path, get, places, put
from eventlint.strategies.mutation import has_trait, prepared
from eventlint.strategies.rule_index import rules_of
from eventlint.strategies.target import Target
from eventlint.strategies.valid import Builder
from eventlint.strategies.values import LIMITS, WIDTHS

Written = tuple[bytes, Path]
"""A payload, and the path that a reader has at what is wrong."""

Apply = Callable[[Draw, Object, frozenset[str]], Written]
"""Draws a valid event of a node and writes it with a fault, and with some harmless edge cases."""


class ByteMutation(NamedTuple):
    """A mutation of bytes; if it has kinds of node, the event must have one of them."""

    apply: Apply
    kinds: tuple[type[Any], ...] = ()


def usable_bytes(mutations: Mapping[str, ByteMutation], target: Target) -> dict[Rule, Apply]:
    """For each rule that the mutations can violate in a target: what violates it."""
    found = {
        rule: mutation.apply
        for name, mutation in mutations.items()
        if not mutation.kinds or any(isinstance(place.node, mutation.kinds) for place in places(target.node))
        for rule in rules_of(name, target.node)
        if has_trait(rule.trait, target)
    }
    return {rule: found[rule] for rule in RULES if rule in found}


def _event_tokens(draw: Draw, node: Object) -> list[Token]:
    return tokens(Builder(draw).object(node))


def _place(draw: Draw, node: Object, *kinds: type[Any]) -> tuple[Any, Path, Node]:
    """A valid event, and a path to a value whose node is of one of the kinds."""
    place = pick(draw, [place for place in places(node) if isinstance(place.node, kinds)])
    return *prepared(draw, node, place.steps), place.node


# ---- syntax ---------------------------------------------------------------------------------------------------------

_WORDS = (b"undefined", b"NaN", b"Infinity", b"-Infinity", b"'a'", b"a", b"True", b"None", b"nul", b"truex", b"-", b"#")
_NUMBERS = (b"+1", b".5", b"01", b"-01", b"1.", b"1e", b"1.e3", b"--1", b"1e+", b"\\u0031")
_NOT_IN_STRINGS = (b"\\x", b"\\0", b"\\'", b"\\u12g4", b"\\U0041", b"\\ ", b"\x00", b"\t", b"\n", b"\x1f", b"\r")
_NOT_BETWEEN = (b"\x00", b"\x0b", b"\x0c", b"\x1c", b"#", b"/", b"/a", b"\\")
_NOT_BEFORE = (b"'", b"a", b"#a\n", b"\x0c", b"NaN ", b"<", b"=", b")")


def _of(parts: Sequence[Token], *kinds: str) -> list[int]:
    return [number for number, token in enumerate(parts) if token.kind in kinds]


def _inside(draw: Draw, token: Token, choices: Sequence[bytes]) -> bytes:
    """A string or a key with some bytes somewhere in it."""
    content = token.content
    starts = [1] if b"\\" in content else [at for at in range(1, len(content)) if content[at] & 0xC0 != 0x80][:200]
    at = pick(draw, starts)
    return content[:at] + pick(draw, choices) + content[at:]


_REPLACEMENTS: tuple[tuple[tuple[str, ...], Callable[[Draw, Token], bytes]], ...] = (
    (("string", "other"), lambda draw, token: pick(draw, _WORDS if draw(upto(1)) else _NUMBERS)),
    (("string", "key"), lambda draw, token: _inside(draw, token, _NOT_IN_STRINGS)),
    ((":",), lambda draw, token: pick(draw, (b"", b"=", b",", b";", b"=>"))),
    ((",",), lambda draw, token: pick(draw, (b" ", b" ;", b" :", b" ."))),
    (("}", "]"), lambda draw, token: b"]" if token.kind == "}" else b"}"),
    (("key",), lambda draw, token: pick(draw, (b"'%b'" % token.content[1:-1], b"a", b"1", b"null", b"{", b"["))),
)
"""Kinds of token, and what cannot be in their place."""


def _syntax(draw: Draw, node: Object, edge_cases: frozenset[str]) -> Written:
    parts = _event_tokens(draw, node)
    kind = draw(upto(len(_REPLACEMENTS) + 2))
    if kind < len(_REPLACEMENTS):
        kinds, wrong = _REPLACEMENTS[kind]
        at = pick(draw, _of(parts, *kinds))
        parts[at] = parts[at]._replace(content=wrong(draw, parts[at]))
        return joined(parts), parts[at].path
    if kind == len(_REPLACEMENTS):
        return _extra_comma(draw, parts)
    if kind == len(_REPLACEMENTS) + 1:
        return pick(draw, _NOT_BEFORE) + joined(parts), ()
    at = pick(draw, _of(parts, "{", "key", ":"))
    return joined(parts[: at + 1]) + pick(draw, _NOT_BETWEEN) + joined(parts[at + 1 :]), parts[at].after


def _extra_comma(draw: Draw, parts: list[Token]) -> Written:
    at = pick(draw, _of(parts, "{", ",", "}"))
    token = parts[at]
    content = b"," + token.content if token.kind == "}" else token.content + b","
    # In a list, the fault is at the next element, which is missing.
    is_in_list = token.kind == "," and parts[at + 1].kind != "key"
    return joined(parts[:at]) + content + joined(parts[at + 1 :]), parts[at + 1].path if is_in_list else token.path


def _truncated(draw: Draw, node: Object, edge_cases: frozenset[str]) -> Written:
    """The payload ends after a token, or inside a string or a key."""
    parts = _event_tokens(draw, node)
    at = draw(upto(len(parts) - 2))
    token = parts[at]
    before = joined(parts[:at])
    if token.kind in ("string", "key") and draw(upto(1)):
        ends = [end for end in range(1, len(token.content)) if token.content[end] & 0xC0 != 0x80][:200]
        return before + token.content[: pick(draw, ends)], token.path
    gap = pick(draw, (b"", b"", b" ", b"\n", b"/**/", b"// a\n", b"//", b"/* a"))
    if token.kind == "other" and not gap:
        gap = b" "
    return before + token.content + gap, token.after


# ---- encoding -------------------------------------------------------------------------------------------------------

_NOT_UTF_8 = (b"\xff", b"\xfe", b"\x80", b"\xf8\x88\x80\x80\x80", b"\xc3a", b"\xe2\x82a", b"\xf0\x9f\x98a", b"\xfcber")
_UNKNOWN_ENCODINGS = (b"\x00\x00\xff\xfe", b"\xfe\xff\x00\x00")


def _not_decodable(draw: Draw, node: Object, edge_cases: frozenset[str]) -> Written:
    parts = _event_tokens(draw, node)
    kind = draw(upto(9))
    if kind == 9:
        return pick(draw, _UNKNOWN_ENCODINGS) + joined(parts), ()
    if kind == 8:
        wide = pick(draw, ("utf-32-le", "utf-32-be"))
        return joined(parts).decode().encode(wide)[: -1 - draw(upto(2))], ()
    at = pick(draw, _of(parts, "string", "key"))
    parts[at] = parts[at]._replace(content=_inside(draw, parts[at], _NOT_UTF_8))
    return joined(parts), parts[at].path


_SHORT_STRING = 500
"""Strings of fewer bytes can get longer and still be searched for."""


def _malformed(draw: Draw, node: Object, edge_cases: frozenset[str]) -> Written:
    """A string or the key of a filter has a character that is not well-formed UTF-8, and that the server accepts."""
    event, path, leaf = _place(draw, node, Text, Entries)
    if isinstance(leaf, Text):
        parts = tokens(event)
        at = next(number for number in _of(parts, "string") if parts[number].path == path)
        parts[at] = _malformed_token(draw, parts[at], any_character=not leaf.ingest.is_taken_apart)
        return joined(parts), path
    entries = get(event, path)
    key = pick(draw, tuple(entries))
    entries[key] = entries[key] or ["a"]
    parts, below = tokens(event), (*path, key)
    if is_plain(quoted(key)) and draw(upto(1)) == 0:
        at = next(number for number in _of(parts, "key") if parts[number].after == below)
        parts[at] = _malformed_token(draw, parts[at], any_character=False)
        return joined(parts), below
    at = pick(draw, [number for number in _of(parts, "string") if parts[number].path[: len(below)] == below])
    parts[at] = _malformed_token(draw, parts[at], any_character=True)
    return joined(parts), parts[at].path


def _malformed_token(draw: Draw, token: Token, *, any_character: bool) -> Token:
    is_short = len(token.content) < _SHORT_STRING
    if is_plain(token.content) and (not any_character or not is_short or draw(upto(1)) == 0):
        return overlong(draw, token)
    if any_character and is_short:
        return token._replace(content=token.content[:-1] + pick(draw, NOT_CHARACTERS) + b'"')
    return overlong(draw, token._replace(content=b'"a"'))


# ---- limits ---------------------------------------------------------------------------------------------------------


def _deep(draw: Draw, node: Object, edge_cases: frozenset[str]) -> Written:
    """A filter of too many brackets; anything else would also have a wrong type."""
    event, path, _ = _place(draw, node, Entries)
    entries = get(event, path)
    key = pick(draw, tuple(entries))
    # One bracket for each step of the path and one for the event are open already.
    room = LIMITS.nesting_depth - len(path) - 1
    count = room + 1 + draw(upto(3))
    shapes: tuple[tuple[bytes, bytes, Part], ...] = ((b"[", b"]", 0), (b'{"a":', b"}", "a"))
    opening, closing, step = pick(draw, shapes)
    entries[key] = Raw(opening * count + (b"1" if step else b"") + closing * count)
    return write(draw, tokens(event), edge_cases), (*path, key, *(step,) * room)


def _many_digits(draw: Draw, node: Object, edge_cases: frozenset[str]) -> Written:
    event, path, _ = _place(draw, node, Integer)
    count = LIMITS.number_digits + 1 + draw(upto(2))
    digits = b"1" * count
    number = pick(draw, (digits, b"-" + digits, b"0." + digits, digits + b".5", b"1." + b"0" * count))
    return write(draw, tokens(put(event, path, Raw(number))), edge_cases), path


def _long_key(draw: Draw, node: Object, edge_cases: frozenset[str]) -> Written:
    event, path, _ = _place(draw, node, Object, Entries)
    character = pick(draw, WIDTHS)
    key = character * (LIMITS.key_bytes // len(character.encode()) + 1 + draw(upto(1)))
    get(event, path)[key] = "a"
    return write(draw, tokens(event), edge_cases - {"escapes"}), path


# ---- the whole ------------------------------------------------------------------------------------------------------


def _duplicate(draw: Draw, node: Object, edge_cases: frozenset[str]) -> Written:
    event, path, _ = _place(draw, node, Object, Entries)
    holder = get(event, path)
    if not holder:  # the event itself never is empty
        path, holder = (), event
    pairs = list(holder.items())
    key, value = pick(draw, pairs)
    pairs.insert(draw(upto(len(pairs))), (key, value))
    repeated = put(event, path, Members(tuple(pairs)))
    return write(draw, tokens(repeated), edge_cases - {"key-order"}), (*path, key)


def _trailing(draw: Draw, node: Object, edge_cases: frozenset[str]) -> Written:
    parts = _event_tokens(draw, node)
    rest = joined(parts) if draw(upto(3)) == 3 else pick(draw, (*TRAILING, b"1", b"/", b"/* a */{", b"/* a"))
    return write(draw, parts, edge_cases - {"wide-encoding"}) + pick(draw, (b"", b" ", b"\n")) + rest, ()


INVALID_BYTES: dict[str, ByteMutation] = {
    "no-body": ByteMutation(lambda draw, node, edge_cases: (b"", ())),
    "character": ByteMutation(_syntax),
    "end": ByteMutation(_truncated),
    "utf8-start": ByteMutation(_not_decodable),
    "depth": ByteMutation(_deep, (Entries,)),
    "number-length": ByteMutation(_many_digits, (Integer,)),
    "name-length": ByteMutation(_long_key),
    "duplicate": ByteMutation(_duplicate),
}
"""The mutations that violate rules of the tier error, by a kind of fault that they cause."""

LOSSY_BYTES: dict[str, ByteMutation] = {
    "malformed-character": ByteMutation(_malformed),
    "trailing-bytes": ByteMutation(_trailing),
}
"""The mutations that violate rules of the tier loss."""
