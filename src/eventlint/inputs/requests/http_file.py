"""The headers and the body of a request in an HTTP file."""

from __future__ import annotations

from typing import NamedTuple

from eventlint.inputs.requests import grammar
from eventlint.inputs.requests.console import Finders
from eventlint.inputs.requests.variables import FileVariables, keep
from eventlint.inputs.source_map import EventBuilder, SourceMap, SourceText


class Headers(NamedTuple):
    """The headers of a request.

    Attributes:
        fields: The headers, by name.
        end: The first byte after them and after the blank line that ends them.
        is_present: Whether there is a header.
        comments: The comments between them.
    """

    fields: dict[str, str]
    end: int
    is_present: bool
    comments: list[tuple[int, int]]


class Include(NamedTuple):
    """A line that is replaced with the content of a file.

    Attributes:
        path: The path, as it is written.
        has_variables: Whether the client replaces variables in the file.
        start: The first byte of the line.
        end: The byte after the line.
    """

    path: str
    has_variables: bool
    start: int
    end: int


class HttpBody(NamedTuple):
    """The lines of a body.

    Attributes:
        end: The first byte after the body; what follows may be a handler or the next request.
        lines: The lines that are sent: for each, its first byte and the byte after it.
        comments: The lines that are not sent.
        includes: The lines that are replaced with the content of a file.
    """

    end: int
    lines: list[tuple[int, int]]
    comments: list[tuple[int, int]]
    includes: list[Include]


def read_headers(text: SourceText, offset: int, stop: int) -> Headers:
    """Read the headers that follow a request line."""
    fields: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    comments: list[tuple[int, int]] = []
    while offset < stop:
        end = min(text.end(offset), stop)
        line = text.data[offset:end]
        if grammar.COMMENT.match(line):
            if grammar.SEPARATOR.match(line):
                break
            comments.append(_comment(text, offset, end))
        elif header := grammar.HEADER.match(line):
            name = header[1].decode("utf-8", "replace")
            name = names.setdefault(name.lower(), name)
            fields.setdefault(name, []).append(header[2].strip().decode("utf-8", "replace"))
        elif variable := grammar.HEADERS_VARIABLE.match(line):
            fields.setdefault(variable[1].decode("utf-8", "replace"), [])
        elif not fields or not line.strip() or _ends_headers(line):
            break
        offset = end
    return Headers({name: ",".join(values) for name, values in fields.items()}, offset, bool(fields), comments)


def _ends_headers(line: bytes) -> bool:
    """Whether a line cannot be meant as a header."""
    is_body = line.lstrip()[:1] in (b"{", b"[", b'"', b"<", b">")
    return is_body or grammar.is_request_line(line)


def read_body(text: SourceText, offset: int, stop: int, finders: Finders) -> HttpBody:
    """Read a body: up to a separator, a handler, the next request, or the end.

    A block comment belongs to the body, also if it contains requests.
    """
    comment_end = offset
    lines: list[tuple[int, int]] = []
    comments: list[tuple[int, int]] = []
    includes: list[Include] = []
    while offset < stop:
        end = min(text.end(offset), stop)
        line = text.data[offset:end]
        if line.isspace():
            lines.append((offset, end))
        elif grammar.COMMENT.match(line):
            if grammar.SEPARATOR.match(line):
                break
            comments.append(_comment(text, offset, end))
        elif offset >= comment_end and _ends_body(line):
            break
        elif include := grammar.INCLUDE.match(line):
            path = include[2].strip().decode("utf-8", "surrogateescape")
            includes.append(Include(path, include[1] is not None, offset, end))
        else:
            lines.append((offset, end))
            if offset >= comment_end and line.lstrip().startswith(b"/*"):
                comment_end = finders.comment.after(text.data.index(b"/*", offset) + 2)
                comment_end = comment_end if comment_end <= stop else -1
        offset = end
    return HttpBody(offset, lines, comments, includes)


def _ends_body(line: bytes) -> bool:
    """Whether a line is a script, a redirection, a recorded response, or the next request."""
    if any(pattern.match(line) for pattern in grammar.AFTER_BODY):
        return True
    return grammar.is_request_line(line) or grammar.resembles_request(line)


def _comment(text: SourceText, start: int, end: int) -> tuple[int, int]:
    line = text.data[start:end]
    return start + len(line) - len(line.lstrip()), start + len(line.rstrip())


def build(text: SourceText, body: HttpBody, variables: FileVariables) -> tuple[bytes, SourceMap]:
    """What the client sends: the lines without those that are comments."""
    builder = EventBuilder(text)
    parts = [(start, end, True) for start, end in body.lines] + [(start, end, False) for start, end in body.comments]
    offset: int | None = None
    for start, end, is_sent in sorted(parts):
        if not is_sent and offset is None:
            continue
        if offset is None and not text.data[start:end].strip():
            continue
        if offset is not None and offset < start:
            builder.keep(offset, start, is_exact=False)
        if is_sent:
            keep(builder, text.data, start, end, variables)
        else:
            builder.blank(start, end)
        offset = end
    return builder.build()
