"""The tokens of a JSON text that may be broken, and many of them read in one step.

Every expression matches in linear time, because no group gives back what it has matched.
"""

from __future__ import annotations

import re

OBJECT, OBJECT_END, ARRAY, ARRAY_END, QUOTE, COMMA, COLON = b'{}[]",:'
"""The bytes that have a meaning outside of strings."""

_SPACE = rb"[ \t\r\n]*+"
_OPEN_STRING = rb'"(?:[^"\\\r\n]++|\\[^\r\n])*+'
_STRING = _OPEN_STRING + rb'(?:"|(?=\\?[\r\n]))'
"""A string that is closed, or ends with its line. A string that goes on to the end of the text does not match."""
_COMMENT = rb"//[^\r\n]*+(?=[\r\n])|\#[^\r\n]*+(?=[\r\n])|/\*(?:[^*]++|\*(?!/))*+\*/|/(?![/*])"
_WORD = rb'[^\s"{}\[\],:/#\\]++'
MAX_STEPS = 50_000
"""How many steps are made where many tokens cannot be read in one, which takes about a tenth of a second."""

_LEVELS = 4
"""How many levels of brackets are read in one step."""


def _balanced(levels: int) -> bytes:
    """Matches an object or array whose brackets and strings are closed."""
    below = rb"|" + _balanced(levels - 1) if levels else b""
    content = rb'(?:[^"{}\[\]/\#]++|' + _STRING + rb"|" + _COMMENT + below + rb")*+"
    return rb"(?:\{" + content + rb"\}|\[" + content + rb"\])"


_CLOSED = _OPEN_STRING + rb'"'
_VALUE = rb"(?:" + _STRING + rb"|" + _WORD + rb"|" + _balanced(_LEVELS) + rb")"
_AFTER_KEY = _SPACE + rb":" + _SPACE + _VALUE + _SPACE + rb","
_MEMBER = _SPACE + _CLOSED + _AFTER_KEY
_ELEMENT = _SPACE + _VALUE + _SPACE + rb","

RUN = re.compile(rb'(?:[^"{}\[\]/\#]++|' + _STRING + rb"|" + _COMMENT + rb"|" + _balanced(1) + rb")*+").match
"""All that opens no string, comment, object or array without closing it."""

TOKEN = re.compile(
    rb"(?P<space>(?:\s++|" + _COMMENT + rb")++)|(?P<string>" + _OPEN_STRING + rb'"?)|(?P<word>' + _WORD + rb")|(?s:.)"
).match
"""One token: white space and comments, a string, a word (a number or literal), or a single byte."""

SPACE = re.compile(rb"(?:\s++|" + _COMMENT + rb")*+").match
WORD = re.compile(_WORD).match
STRING = re.compile(_OPEN_STRING + rb'"?').match
MEMBERS = re.compile(rb"(?:" + _MEMBER + rb")*+").match
"""Members of an object, with the comma after each."""
ELEMENTS = re.compile(rb"(?:" + _ELEMENT + rb")*+").match
"""Elements of an array, with the comma after each."""
_LINE_END = re.compile(rb"[\r\n]").search
_BALANCED = re.compile(_balanced(_LEVELS)).match
_MEMBER_KEYS = re.compile(rb"(" + _CLOSED + rb")" + _AFTER_KEY).findall
_EACH_ELEMENT = re.compile(_ELEMENT).findall


def line_end(data: bytes, offset: int) -> int:
    """The end of the line of a byte, without the line ending."""
    match = _LINE_END(data, offset)
    return match.start() if match else len(data)


def keys_of(members: bytes) -> list[str]:
    """The keys of members that :data:`MEMBERS` matched."""
    found = _MEMBER_KEYS(members)
    if b"\\" in members:
        return [content(one) for one in found]
    return [one[1:-1] for one in b"\n".join(found).decode("utf-8", "replace").split("\n")]


def count_of(elements: bytes) -> int:
    """The number of elements that :data:`ELEMENTS` matched."""
    if b"[" in elements or b"{" in elements or b"\\" in elements or b"/" in elements or b"#" in elements:
        return len(_EACH_ELEMENT(elements))
    return b"".join(elements.split(b'"')[::2]).count(b",")


def shallow_end(data: bytes, start: int, stop: int) -> int | None:
    """The byte after an object or array with few levels; None if it has more, or is not closed."""
    match = _BALANCED(data, start, stop)
    return match.end() if match else None


def value_end(data: bytes, start: int, stop: int) -> int | None:
    """The byte after an object or array; None if it is not closed, or has too many."""
    end = shallow_end(data, start, stop)
    if end is not None:
        return end
    brackets = Brackets()
    pos = start
    for _ in range(MAX_STEPS):
        if pos >= stop:
            break
        byte = data[pos]
        if byte in (OBJECT, ARRAY):
            brackets.open(pos, byte)
        elif byte in (OBJECT_END, ARRAY_END):
            brackets.close(byte)
            if not brackets.opened:
                return pos + 1
        elif pos > start:
            return None  # a string or comment that is not closed
        run = RUN(data, pos + 1, stop)
        pos = run.end() if run else stop
    return None


class Brackets:
    """The brackets that are open.

    Attributes:
        opened: For each, its offset and its byte.
    """

    __slots__ = ("_counts", "opened")

    def __init__(self) -> None:
        self.opened: list[tuple[int, int]] = []
        self._counts = {OBJECT: 0, ARRAY: 0}

    def open(self, at: int, byte: int) -> None:
        """Add a bracket."""
        self.opened.append((at, byte))
        self._counts[byte] += 1

    def close(self, byte: int) -> int | None:
        """Close the innermost bracket of a kind, and all in it; its offset, or None if there is none."""
        opening = byte - 2  # in ASCII
        if not self._counts[opening]:
            return None
        while True:
            at, popped = self.opened.pop()
            self._counts[popped] -= 1
            if popped == opening:
                return at


def content(token: bytes) -> str:
    """The content of a string or word, decoded as far as possible."""
    raw = token[1:] if token[:1] == b'"' else token
    if token[:1] == b'"' and is_closed(token):
        raw = raw[:-1]
    if b"\\" not in raw:
        return raw.decode("utf-8", "replace")
    text = _ESCAPE.sub(_unescaped, raw.decode("utf-8", "replace"))
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def is_closed(token: bytes) -> bool:
    """Whether a string ends with its closing quote."""
    if len(token) < 2 or token[-1] != QUOTE:
        return False
    before = token[1:-1]
    return (len(before) - len(before.rstrip(b"\\"))) % 2 == 0


_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|(.))", re.DOTALL)
_SHORT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


def _unescaped(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16)) if escape[1] else _SHORT.get(escape[2], escape[2])
