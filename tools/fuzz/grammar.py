"""Draws events and writes them as JSON, valid or with one known fault.

The fields are listed here again on purpose: what the grammar calls valid must not depend on the code under test.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random
from typing import Any, Literal, NamedTuple

Fate = Literal["accepted", "rejected"]

EVENT_TYPES = ("page_view", "search", "search_click")

_FIELDS: dict[str, dict[str, str]] = {
    "page_view": {"session": "id", "user": "id", "page": "page", "document?": "document"},
    "search": {"session": "id", "user": "id", "search": "search"},
    "search_click": {"session": "id", "user": "id", "search": "search", "page?": "page", "document": "document"},
    "id": {"id": "word"},
    "page": {"url": "url", "title?": "text", "referrer?": "url"},
    "document": {"id": "word", "index?": "word"},
    "search_fields": {
        "query": "text",
        "search_application?": "word",
        "sort?": "sort",
        "filters?": "filters",
        "page?": "pagination",
        "results?": "results",
    },
    "sort": {"name": "word", "direction?": "direction"},
    "pagination": {"current": "int", "size": "int"},
    "results": {"items?": "items", "total_results?": "int"},
    "item": {"document?": "document", "page?": "page"},
}
_CHARACTERS = "abcxyz019 -_.,:;/?&=#%+\"\\'<>{}[]()!*~|$@\u00e9\u00df\u4e2d\u0645\u202e\u2028\ufeff\U0001f600\x7f"
_URLS = (
    *("https://example.com/", "/shop?q=1", "", "a b", "http://[::1]/x", "https://u:p@example.com/a", "//x", "?", "%"),
    *("https://example.com/a|b", "mailto:a@example.com", "https://example.com/?token=abcdef123456&x=1", "x" * 1100),
)
MARKER = "fz%07x"
"""The session ID of a drawn event, by which it is found again."""


class Drawn(NamedTuple):
    """An event.

    Attributes:
        event_type: Its type.
        marker: Its session ID, which occurs nowhere else.
        body: The event in UTF-8.
        fate: What the server does with it; None if that is not known.
        fault: The name of its fault, or an empty string.
    """

    event_type: str
    marker: str
    body: bytes
    fate: Fate | None
    fault: str = ""


def event(
    rand: Random,
    number: int,
    *,
    event_type: str | None = None,
    in_line: bool = False,
    is_json: bool = False,
    fault_rate: float = 0.3,
) -> Drawn:
    """Draw an event.

    Args:
        rand: The source of randomness.
        number: The number of the event in its case, for its marker.
        event_type: Its type; any by default.
        in_line: Whether the event must be in one line without comments, as in NDJSON.
        is_json: Whether it must be JSON even if it has a fault, because more follows it in its file.
        fault_rate: How likely a fault is, from 0 to 1.
    """
    event_type = event_type or rand.choice(EVENT_TYPES)
    marker = MARKER % (rand.getrandbits(20) * 256 + number % 256)
    value = _object(rand, event_type)
    value["session"]["id"] = marker
    writer = Writer(rand, in_line=in_line)
    if rand.random() >= fault_rate:
        return Drawn(event_type, marker, writer.written(value), "accepted")
    names: list[str] = [*_VALUE_FAULTS, *([] if is_json else _TEXT_FAULTS)]
    name = rand.choice(names)
    if name in _VALUE_FAULTS:
        _VALUE_FAULTS[name](rand, value)
        return Drawn(event_type, marker, writer.written(value), "rejected", name)
    body = _TEXT_FAULTS[name](rand, writer.written(value))
    return Drawn(event_type, marker, body, "rejected", name)


# ---- values ---------------------------------------------------------------------------------------------------------


def _object(rand: Random, name: str) -> dict[str, Any]:
    """An object with its required and some optional fields, in any order."""
    fields = list(_FIELDS[name].items())
    if rand.random() < 0.3:
        rand.shuffle(fields)
    return {
        field.rstrip("?"): _value(rand, kind)
        for field, kind in fields
        if not field.endswith("?") or rand.random() < 0.3
    }


def _value(rand: Random, kind: str) -> Any:
    if kind == "search":
        return _object(rand, "search_fields")
    if kind in _FIELDS:
        return _object(rand, kind)
    if kind == "word":
        return rand.choice(("a", "b-1", "products", "4711", "\u00e9", "x y", "my_index"))
    if kind == "url":
        return rand.choice(_URLS)
    if kind == "direction":
        return rand.choice(("asc", "desc", "up", "", "ASC"))
    if kind == "int":
        return rand.choice((0, 1, 10, 2147483647, "7", "1e3", 2.5, " 12 ", "NaN", "0x1p3", -0.0))
    if kind == "filters":
        keys = rand.sample(("a", "b.c", "", "\u00e9", "x y", "colour", "id"), rand.randrange(4))
        return {key: rand.choice((["a", "b"], [], "text", [""])) for key in keys}
    if kind == "items":
        items: Any = [_object(rand, "item") for _ in range(rand.choice((0, 1, 1, 2, 3)))]
        if items and rand.random() < 0.1:
            items.insert(0, rand.choice((1, "x", None, True)))  # the server drops one such value
        return items[0] if len(items) == 1 and rand.random() < 0.2 else items
    return text(rand)


def text(rand: Random, longest: int = 12) -> str:
    """A string of unusual characters."""
    return "".join(rand.choice(_CHARACTERS) for _ in range(rand.randrange(longest)))


# ---- faults ---------------------------------------------------------------------------------------------------------


def _without_session(rand: Random, value: dict[str, Any]) -> None:
    user = value.pop("user")
    value["usr"] = user


def _without_required(rand: Random, value: dict[str, Any]) -> None:
    del value[rand.choice([key for key in ("user", "search") if key in value])]


def _unknown_field(rand: Random, value: dict[str, Any]) -> None:
    place = rand.choice([one for one in (value, value["session"], value["user"]) if isinstance(one, dict)])
    place[rand.choice(("timestamp", "", "Session", "x\u00e9", "a.b", "__proto__"))] = rand.choice((1, {}, [[1]], "x"))


def _wrong_type(rand: Random, value: dict[str, Any]) -> None:
    value["user"]["id"] = rand.choice((1, 1.5, True, None, [], {}, ["a"], 10**30))


def _blank(rand: Random, value: dict[str, Any]) -> None:
    value["user"]["id"] = rand.choice(("", " ", "\t\n", "\u2003"))


def _scalar_object(rand: Random, value: dict[str, Any]) -> None:
    value["user"] = rand.choice((None, "u", 1, [], [{"id": "u"}], True))


_VALUE_FAULTS: dict[str, Callable[[Random, dict[str, Any]], None]] = {
    "misspelled": _without_session,
    "missing": _without_required,
    "unknown field": _unknown_field,
    "wrong type": _wrong_type,
    "blank": _blank,
    "not an object": _scalar_object,
}


def _last_brace(body: bytes) -> int:
    return body.rindex(b"}")


def _trailing_comma(rand: Random, body: bytes) -> bytes:
    at = _last_brace(body)
    return body[:at] + b"," + body[at:]


def _duplicate(rand: Random, body: bytes) -> bytes:
    at = _last_brace(body)
    return body[:at] + b',"user":{"id":"u"}' + body[at:]


def _bare_word(rand: Random, body: bytes) -> bytes:
    at = _last_brace(body)
    word = rand.choice(
        (b"NaN", b"undefined", b"True", b"'x'", b"01", b"+1", b".5", b"1.", b"\xff", b'"\\x"', b'"\x01"')
    )
    return body[:at] + b',"x":' + word + body[at:]


def _too_deep(rand: Random, body: bytes) -> bytes:
    at = _last_brace(body)
    return body[:at] + b',"x":' + b"[" * 1001 + b"]" * 1001 + body[at:]


def _cut(rand: Random, body: bytes) -> bytes:
    return body[: _last_brace(body)].rstrip()


def _between(rand: Random, body: bytes) -> bytes:
    at = body.index(b"{") + 1
    return body[:at] + rand.choice((b"\x0c", b"\x00", b";", b"\\", b"'", b",")) + body[at:]


_TEXT_FAULTS: dict[str, Callable[[Random, bytes], bytes]] = {
    "trailing comma": _trailing_comma,
    "duplicate key": _duplicate,
    "too deep": _too_deep,
    "bare word": _bare_word,
    "cut off": _cut,
    "between": _between,
}


# ---- writing --------------------------------------------------------------------------------------------------------


class Writer:
    """Writes values as JSON with white space, comments and escapes that the server accepts."""

    def __init__(self, rand: Random, *, in_line: bool = False) -> None:
        self._rand = rand
        self._spaces = ("", "", " ") if in_line else ("", "", " ", "\n", "\t", "\r\n", " \n  ")
        self._is_plain = rand.random() < 0.5
        self._comments = () if in_line or rand.random() < 0.7 else ("/* c */", "// c\n", '/* "{ */', "/**/")

    def written(self, value: Any) -> bytes:
        """The value in UTF-8; surrogates are written as escapes."""
        if self._is_plain:
            indent = None if len(self._spaces) == 3 else self._rand.choice((None, None, 2))
            return json.dumps(value, indent=indent, ensure_ascii=self._rand.random() < 0.5).encode()
        return self._text(value).encode()

    def _gap(self) -> str:
        if self._comments and self._rand.random() < 0.05:
            return self._rand.choice(self._comments)
        return self._rand.choice(self._spaces)

    def _text(self, value: Any) -> str:
        gap = self._gap
        if isinstance(value, dict):
            members = (
                f"{gap()}{self._string(key)}{gap()}:{gap()}{self._text(one)}{gap()}" for key, one in value.items()
            )
            return "{" + (",".join(members) or gap()) + "}"
        if isinstance(value, list):
            return "[" + (",".join(f"{gap()}{self._text(one)}{gap()}" for one in value) or gap()) + "]"
        return self._string(value) if isinstance(value, str) else json.dumps(value)

    def _string(self, value: str) -> str:
        if self._rand.random() < 0.8 or value.startswith("fz"):
            return json.dumps(value, ensure_ascii=self._rand.random() < 0.3)
        return '"' + "".join(self._character(one) for one in value) + '"'

    def _character(self, character: str) -> str:
        if character in '"\\' or character < " " or self._rand.random() < 0.3:
            units = character.encode("utf-16-be")
            pairs = (units[at : at + 2].hex() for at in range(0, len(units), 2))
            return "".join(f"\\u{pair if self._rand.random() < 0.5 else pair.upper()}" for pair in pairs)
        return character


# ---- mutations ------------------------------------------------------------------------------------------------------

_PIECES = (
    *(b"\x00", b"\xed\xa0\x80", b'"', b"{", b"}", b"[", b"]", b",", b":", b"\\u", b"\\", b"\xff", b"1e", b"/*", b"*/"),
    *(
        b"//",
        b"\n",
        b"\r",
        b"\r\n",
        b" ",
        b"#",
        b"'",
        b'"""',
        b"```",
        b"###",
        b"{{x}}",
        b"$x",
        b"${x}",
        b"\xef\xbb\xbf",
    ),
    *(
        b"POST ",
        b"POST /_application/analytics/site/event/search\n",
        b"<",
        b"> ",
        b"@x = 1\n",
        b"null",
        b"-",
        b"\x1b[0m",
    ),
)


def mutated(rand: Random, data: bytes, most: int = 3) -> bytes:
    """Replace, remove, repeat or move some bytes."""
    for _ in range(rand.randint(1, most)):
        start = rand.randint(0, len(data))
        end = min(len(data), start + rand.choice((0, 0, 1, 1, 2, 8, 40)))
        kind = rand.randrange(5)
        if kind == 0:
            piece = data[start:end] * 2
        elif kind == 1:
            piece = b""
        elif kind == 2 and data:
            at = rand.randrange(len(data))
            piece = data[at : at + rand.choice((1, 3, 20))]
        else:
            piece = rand.choice(_PIECES)
        data = data[:start] + piece + data[end:]
    return data if rand.randrange(12) else data[: rand.randint(0, len(data))]
