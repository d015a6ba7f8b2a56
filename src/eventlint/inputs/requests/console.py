"""The body of a request in the dev console: JSON objects with comments and triple quotes.

The console removes comments, and turns ``\"\"\"a string of several lines\"\"\"`` into a JSON string, before it sends a
body.
"""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from eventlint.inputs.requests.grammar import ENDPOINT, SEPARATOR, VARIABLE, is_request_line
from eventlint.inputs.requests.variables import FileVariables, keep
from eventlint.inputs.source_map import EventBuilder, SourceMap, SourceText
from eventlint.jsontext.plain_values import plain_container_end

_TOKEN = re.compile(VARIABLE + rb'|"""|"(?:[^"\\\r\n]++|\\[^\r\n])*+"?|#[^\r\n]*|//[^\r\n]*|/\*|[{}\[\]]|\r\n?|\n')
_SKIPPED = re.compile(rb"\s+|#[^\r\n]*|//[^\r\n]*|/\*")


HEADERS = {"Content-Type": "application/json"}
"""The headers that the console adds to a request with a body."""


class Finder:
    """Finds a closing mark; the same stretch of a file is searched only once.

    Attributes:
        seen: The number of bytes of the file that decided what was found; more than all if no mark followed.
    """

    def __init__(self, data: bytes, mark: bytes) -> None:
        self._data = data
        self._mark = mark
        self._searched = (1, 0)
        self.seen = 0

    def after(self, offset: int) -> int:
        """The byte after the next mark, or -1."""
        start, found = self._searched
        if not start <= offset <= found:
            found = self._data.find(self._mark, offset)
            found = len(self._data) + 1 if found < 0 else found
            self._searched = (offset, found)
        self.seen = max(self.seen, found + len(self._mark))
        return -1 if found > len(self._data) else found + len(self._mark)


class Finders(NamedTuple):
    """The closing marks that a body can have."""

    quotes: Finder
    comment: Finder
    script: Finder

    @classmethod
    def of(cls, data: bytes) -> Finders:
        """The finders for one file."""
        return cls(Finder(data, b'"""'), Finder(data, b"*/"), Finder(data, b"%}"))

    def forget(self) -> None:
        """Forget how much of the file has decided what was found."""
        for finder in self:
            finder.seen = 0

    @property
    def seen(self) -> int:
        """The number of bytes of the file that decided what was found."""
        return max(finder.seen for finder in self)


class Body(NamedTuple):
    """The body of a request.

    Attributes:
        start: The first byte of the body in the file.
        end: The byte after the body; what follows may be the next request.
        comments: The comments in the body: for each, its first byte and the byte after it.
        quoted: The strings in triple quotes.
        extra: The first byte that does not belong to the event any more: another object after a gap.
        is_closed: Whether all braces are closed.
    """

    start: int
    end: int
    comments: list[tuple[int, int]]
    quoted: list[tuple[int, int]]
    extra: int
    is_closed: bool


def scan(text: SourceText, start: int, stop: int, finders: Finders) -> Body:
    """Find the end of a body that begins at an opening brace or bracket, and what the console changes in it."""
    data = text.data
    found: list[tuple[int, int]] = []
    quoted: list[tuple[int, int]] = []
    depth = 0
    end = plain_container_end(data, start, stop)  # nothing in it is a comment, or the line of a request
    offset, extra = start if end is None else end, stop
    while True:
        match = _TOKEN.search(data, offset, stop)
        if match is None:
            return Body(start, stop, found, quoted, extra, depth <= 0)
        offset = match.end()
        mark = data[match.start()]
        if mark in b"{[" and offset == match.start() + 1:
            depth += 1
        elif mark in b"}]":
            depth = max(depth - 1, 0)
        elif mark == ord('"'):
            if match[0] == b'"""':
                offset = finders.quotes.after(offset)
                if not 0 <= offset <= stop:
                    offset = match.end()
                    continue
                quoted.append((match.start(), offset))
        elif mark in b"#/":
            if match[0] == b"/*":
                offset = finders.comment.after(offset)
                offset = offset if 0 <= offset <= stop else stop
            found.append((match.start(), offset))
        elif mark in b"\r\n":
            line = data[offset : text.end(offset)] if offset < stop else b""
            if is_request_line(line):
                return Body(start, offset, found, quoted, extra, depth <= 0)
            if depth <= 0:
                following = -1 if SEPARATOR.match(line) else _next_object(data, offset, stop, finders)
                if following < 0:
                    return Body(start, offset, found, quoted, extra, True)
                if extra == stop and data[offset:following].strip(b" \t"):
                    extra = offset
                found += comments(data, offset, following, finders)
                offset = following


def skip(data: bytes, offset: int, stop: int, finders: Finders, at_most: int | None = None) -> int:
    """The first byte after white space and comments, or after ``at_most`` of them."""
    while at_most != 0 and (match := _SKIPPED.match(data, offset, stop)):
        at_most = at_most - 1 if at_most else None
        offset = match.end()
        if match[0] == b"/*":
            offset = finders.comment.after(offset)
            offset = offset if 0 <= offset <= stop else stop
    return offset


def comments(data: bytes, offset: int, stop: int, finders: Finders) -> list[tuple[int, int]]:
    """The comments between a request line and its body: for each, its first byte and the byte after it."""
    found: list[tuple[int, int]] = []
    while offset < stop:
        end = skip(data, offset, stop, finders, at_most=1)
        if data[offset : offset + 1].strip():
            found.append((offset, end))
        offset = end
    return found


def begins_body(data: bytes, offset: int, stop: int) -> bool:
    """Whether a body begins at an offset: an object, an array, or a variable."""
    if offset >= stop:
        return False
    return data[offset] in b"{[" or data.startswith(b"${", offset)


def _next_object(data: bytes, offset: int, stop: int, finders: Finders) -> int:
    """The next object of the same body, after white space and comments; -1 if something else follows."""
    offset = skip(data, offset, stop, finders)
    is_object = offset < stop and data[offset] == ord("{") and data[offset + 1 : offset + 2] != b"{"
    return offset if is_object else -1


def build(text: SourceText, body: Body, variables: FileVariables) -> tuple[bytes, SourceMap]:
    """What the console sends: without comments, and with JSON strings in place of triple quotes."""
    builder = EventBuilder(text)

    def keep_event(start: int, end: int) -> None:
        keep(builder, text.data, start, min(end, body.extra), variables)
        builder.keep(max(start, body.extra), end, is_exact=False)

    offset = body.start
    changes = sorted([*((*one, False) for one in body.comments), *((*one, True) for one in body.quoted)])
    for start, end, is_quoted in changes:
        keep_event(offset, start)
        if is_quoted:
            content = text.data[start + 3 : end - 3].decode("utf-8", "surrogateescape")
            written = json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogateescape")
            builder.replace(start, end, written)
        else:
            builder.blank(start, end)
        offset = end
    keep_event(offset, body.end)
    return builder.build()


def swallowed(text: SourceText, body: Body) -> list[int]:
    """The lines in triple quotes of an unfinished body that look like requests: the quote was probably not closed.

    Returns:
        The first byte of each line.
    """
    if body.is_closed:
        return []
    found: list[int] = []
    for start, end in body.quoted:
        for line in range(text.line(start), text.line(end - 1)):
            begin = text.starts[line]
            content = text.data[begin : text.end(begin)]
            if ENDPOINT.search(content) and is_request_line(content):
                found.append(begin)
    return found
