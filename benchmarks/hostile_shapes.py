"""Hostile events: each shape repeats one difficulty until the event has a given size.

A shape takes a number of bytes and returns an event of about that size, as bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from itertools import count
from typing import Any

Shape = Callable[[int], bytes]

_TYPES = {"page": "page_view"}


def _event(**parts: Any) -> bytes:
    """A search event with other or more fields."""
    event = {"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}, **parts}
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


_HOLE = "-hole-"
_QUOTED_HOLE = f'"{_HOLE}"'.encode()


def _around(content: bytes, event: bytes) -> bytes:
    """An event with some bytes of JSON in place of the hole."""
    return event.replace(_QUOTED_HOLE, content)


def _filled(size: int, pieces: Iterable[bytes], separator: bytes = b",") -> bytes:
    """Pieces, joined, until they have a number of bytes."""
    found, length = [], 0
    for piece in pieces:
        found.append(piece)
        length += len(piece) + len(separator)
        if length >= size:
            break
    return separator.join(found)


def _same(piece: bytes) -> Iterable[bytes]:
    while True:
        yield piece


def _numbered(template: str) -> Iterable[bytes]:
    return (template.replace("#", str(number)).encode() for number in count())


def filters(*entries: str, key: str | None = None, key_share: float = 0.0) -> Shape:
    """Many entries of ``filters``, or many values of one filter with a long key."""

    def shape(size: int) -> bytes:
        hole = _event(search={"query": "shoes", "filters": _HOLE})
        taken = int(size * key_share)
        template = ",".join(entries)
        if key is None:
            return _around(b"{" + _filled(size, _numbered(template)) + b"}", hole)
        name = (key * (taken // len(key) + 1))[: max(taken, 1)]
        return _around(
            b'{"' + name.encode() + b'":[' + _filled(size - taken, _numbered(template)) + b"]}",
            hole,
        )

    return shape


def items(element: str) -> Shape:
    """Many elements of ``items``."""
    return lambda size: _around(
        b"[" + _filled(size, _numbered(element)) + b"]",
        _event(search={"query": "shoes", "results": {"items": _HOLE, "total_results": 10}}),
    )


def members(member: str) -> Shape:
    """Many members at the top of the event."""
    return lambda size: _event()[:-1] + b"," + _filled(size, _numbered(member)) + b"}"


def query(piece: str) -> Shape:
    """A long query, as it is written in JSON."""
    raw = piece.encode("utf-8", "surrogatepass")
    return lambda size: _around(b'"' + _filled(size, _same(raw), b"") + b'"', _event(search={"query": _HOLE}))


def url(piece: str, start: str = "https://example.com/") -> Shape:
    """A long URL in a page view."""

    def shape(size: int) -> bytes:
        event = json.dumps({"session": {"id": "s"}, "user": {"id": "u"}, "page": {"url": _HOLE}}).encode()
        return _around(b'"' + start.encode() + _filled(size, _same(piece.encode()), b"") + b'"', event)

    return shape


def nested(opening: str, closing: str, levels: int) -> Shape:
    """Many values of a filter, each with some levels of nesting."""
    value = (opening * levels + closing * levels).replace("#", "").encode()
    hole = _event(search={"query": "shoes", "filters": {"a": _HOLE}})
    return lambda size: _around(b"[" + _filled(size, _same(value)) + b"]", hole)


def between(piece: str) -> Shape:
    """Many pieces of white space or comments in front of the last brace."""
    return lambda size: _event()[:-1] + _filled(size, _same(piece.encode()), b"") + b"}"


def behind(piece: str) -> Shape:
    """Many pieces behind the event."""
    return lambda size: _event() + _filled(size, _same(piece.encode()), b"")


def cut(shape: Shape, removed: int = 1) -> Shape:
    """A shape without its last bytes."""
    return lambda size: shape(size)[:-removed]


def encoded(shape: Shape, encoding: str) -> Shape:
    """A shape in another encoding, with as many bytes."""
    width = {"utf-16": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32": 4}[encoding]
    return lambda size: shape(size // width).decode().encode(encoding)


def number(member: str, digits: str) -> Shape:
    """A number of many digits."""
    return lambda size: _event()[:-1] + b"," + member.encode() + _filled(size, _same(digits.encode()), b"") + b"}"


def total(digits: str, quote: str = "") -> Shape:
    """An integer field with a number, or a string, of many digits."""
    hole = _event(search={"query": "shoes", "results": {"total_results": _HOLE}})
    return lambda size: _around(
        (quote + digits * (size // len(digits)) + quote).encode(),
        hole,
    )


_PAGE_ITEM = '{"document":{"id":"d#","index":"i"},"page":{"url":"https://example.com/p/#?a=b"}}'

SHAPES: dict[str, Shape] = {
    # keys and values of filters
    "key-times-values": filters('"v#"', key="k", key_share=0.5),
    "key-times-numbers": filters("#", key="k", key_share=0.5),
    "key-times-duplicates": filters('{"a":1,"a":2}', key="k", key_share=0.5),
    "wide-key-times-values": filters('"v#"', key="é", key_share=0.25),
    "nul-key-times-values": filters('"v#"', key="k\\u0000", key_share=0.5),
    "key-times-surrogates": filters('"\\ud800"', key="k", key_share=0.5),
    "key-of-1000-times-surrogates": lambda size: filters('"\\ud800#"', key="k", key_share=1000 / size)(size),
    "secret-key-times-surrogates": lambda size: filters('"\\ud800#"', key="token=abc&", key_share=1000 / size)(size),
    "many-filters": filters('"filter#":["a","b"]'),
    "many-numbers": filters('"filter#":#'),
    "many-lists-of-numbers": filters('"filter#":[1,2,3]'),
    "many-escaped-filters": filters('"filter\\u0041#":"\\u00e9"'),
    "many-surrogates": filters('"f#":"\\ud800"'),
    "long-keys": lambda size: filters(f'"{"k" * 2000}#":1')(size),
    "duplicate-filters": filters('"a":"b"'),
    "one-list-of-numbers": filters("#", key="k", key_share=0.0),
    # other members
    "unknown-fields": members('"field#":#'),
    "misspelled-fields": members('"sesion#":{}'),
    "long-unknown-fields": lambda size: members(f'"{"u" * 2000}#":1')(size),
    "duplicate-fields": members('"session":{"id":"s"}'),
    "duplicate-objects": members('"user":{"id":""}'),
    "items": items('{"document":{"id":"d#","index":"i"}}'),
    "items-with-url": items(_PAGE_ITEM),
    "odd-elements": items("#"),
    "dropped-elements": items('1,{"document":{"id":"d#","index":"i"}}'),
    "empty-items": items("{}"),
    "items-with-unknown-fields": items('{"document":{"id":"d#","index":"i","x":1}}'),
    "arrays-as-items": items("[[]]"),
    # nesting
    "deep-arrays": nested("[", "]", 900),
    "deep-objects": nested('{"a":', "1}", 1),
    "deep-values": lambda size: nested('{"a":', "}", 900)(size).replace(b":}", b":1}"),
    "very-deep": lambda size: _around(b"[" * size, _event(search={"query": "a", "filters": {"a": _HOLE}})),
    "deep-unknown": lambda size: _event()[:-1] + b',"x":' + b'{"a":' * size,
    # strings and numbers
    "long-query": query("shoe "),
    "escaped-query": query("\\u0041"),
    "surrogates-in-query": query("\\ud800"),
    "emoji-query": query("\U0001f45f"),
    "blank-query": query(" "),
    "control-characters": query("\x01"),
    "escaped-control-characters": query("\\u001b[0m"),
    "invalid-utf-8": lambda size: query("a")(size)[:-20] + b"\xff\xfe\x80" * 3 + b'"}}',
    "words-in-query": query("a.b@c "),
    "at-signs-in-query": query("a@"),
    "digits-in-query": query("1-"),
    "secrets-in-query": query("token=abcdefgh1234&"),
    "nested-names-in-query": query("token:"),
    "slashes-in-query": query("//a:b"),
    "percent-in-query": query("%2525"),
    "quotes-in-query": query('\\"password\\":'),
    "brackets-in-query": query("token:[{"),
    "number-in-total": total("9"),
    "string-in-total": total("9", '"'),
    "zeros-in-total": total("0", '"'),
    "long-number": number('"x":1', "0"),
    "long-fraction": number('"x":0.', "1"),
    "long-exponent": number('"x":1e', "1"),
    # URLs
    "url-ipv6": url("1:", "http://["),
    "url-ipv6-zeros": url("::", "http://["),
    "url-parameters": url("a=b&", "https://example.com/?"),
    "url-secrets": url("token=abc12345&", "https://example.com/?"),
    "url-segments": url("../a/"),
    "url-at": url("a:b@", "https://"),
    "url-percent": url("%25"),
    "url-spaces": url(" "),
    "url-hosts": url("a.", "https://"),
    "url-backslashes": url("\\\\"),
    "url-keys": url("ghp_"),
    "url-emails": url("a@b.c=", "https://example.com/?"),
    # around the values
    "white-space": between(" "),
    "lines": between("\n"),
    "carriage-returns": between("\r\n\r"),
    "comments": between("/**/"),
    "line-comments": between("//\n"),
    "long-comment": lambda size: _event()[:-1] + b"/*" + b"*" * size + b"*/}",
    "trailing-events": behind("{}"),
    "trailing-comments": behind("/* */"),
    "truncated-query": cut(query("shoe "), 3),
    "truncated-filters": cut(filters('"f#":"a"'), 3),
    "not-json": lambda size: b"a" * size,
    "utf-16": encoded(filters('"filter#":#'), "utf-16"),
    "utf-16-query": encoded(query("shoé "), "utf-16-be"),
    "utf-32": encoded(filters('"filter#":"é"'), "utf-32"),
    # many values with one problem each, or nearly
    "objects-in-filters": filters('"f#":{"a":1,"b":2}'),
    "lists-in-filters": filters('"f#":[[],[[]],[]]'),
    "chains-in-filters": filters('"f#":{"a":[{"b":[{"c":1}]}]}'),
    "escaped-long-keys": lambda size: filters('"' + "\\u0041" * 300 + '#":"v"')(size),
    "odd-key-spellings": members('"\\u0073ession":{"id":"s"}'),
    "same-items": items('{"document":{"id":"1"}}'),
    "blank-ids": items('{"document":{"id":" "}}'),
    "padded-ids": items('{"document":{"id":" # "}}'),
    "empty-item-urls": items('{"page":{"url":""}}'),
    "item-url-emails": items('{"page":{"url":"https://a.b/?e=a#@b.co"}}'),
    "item-url-secrets": items('{"page":{"url":"https://a.b/?token=abcdefgh12#"}}'),
    "item-url-users": items('{"page":{"url":"https://u:p#@a.b/"}}'),
    "item-url-ipv6": items('{"page":{"url":"http://[::#]/"}}'),
    "item-url-spaces": items('{"page":{"url":"a b#"}}'),
    # many values that screens suspect and no rule reports
    "item-url-groups": items('{"page":{"url":"http://[::a]/#"}}'),
    "item-url-percent": items('{"page":{"url":"http://a.b/?x=%41#"}}'),
    "item-url-labels": items('{"page":{"url":"http://a_b/#"}}'),
    "item-url-query": items('{"page":{"url":"http://a.b/?a@b.#"}}'),
    "item-ids-with-at": items('{"document":{"id":"a#@.b"}}'),
    "bidi-query": query("\u202e"),
    "url-entities": url("&amp;", "https://example.com/?"),
    "url-pointers": url("~1", "https://example.com/?"),
    "url-escapes": url("\\u00e9"),
    "url-matrix": url(";token=abc12345"),
    "utf-16-surrogates": lambda size: b"\xff\xfe" + b"{\x00" + b"\x00\xd8" * (size // 2),
}
"""The shapes, by name."""


def event_type(name: str) -> str:
    """The event type of a shape."""
    return "page_view" if name.startswith("url-") else "search"
