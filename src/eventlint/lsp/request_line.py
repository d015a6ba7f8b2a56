"""What can be written at an offset of a request line: a collection, an event type, a parameter or its value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple
from urllib.parse import quote, unquote

from eventlint.lsp.documents import Document
from eventlint.lsp.json_tokens import line_end
from eventlint.mirror.request_checks import BOOLEANS, COMMON, OWN
from eventlint.redact import redact
from eventlint.spec import event_types

_SEGMENT = rb"[^/?#\s\"]*"
_ENDPOINT = rb"_application/analytics"
_OWN = tuple(sorted({*OWN} - {"collection_name", "event_type"}))
_BOOLEANS = (*BOOLEANS, *_OWN, "error_trace")
_MAX_SEARCHED = 1 << 20
"""How many bytes are searched for the names of collections."""

_LONGEST = 4096
"""The longest line that is read up to the offset, in bytes."""

Kind = Literal["collection", "event_type", "parameter", "boolean"]


class RequestPart(NamedTuple):
    """A part of a request line.

    Attributes:
        kind: What it is.
        start: Its first byte in the text.
        end: The byte after it.
        values: What can be written there.
    """

    kind: Kind
    start: int
    end: int
    values: tuple[str, ...]


def request_part(document: Document, offset: int) -> RequestPart | None:
    """The part of a request line at a byte of the text; None if the line is no request."""
    if document.form not in ("console", "markdown"):
        return None
    text = document.text
    begin = max(text.rfind(b"\n", 0, offset), text.rfind(b"\r", 0, offset)) + 1
    before = text[begin:offset]
    if len(before) > _LONGEST or (b"/" not in before) or not _is_in_block(document, offset):
        return None
    after = text[offset : line_end(text, offset)]
    for kind, pattern in _patterns(document.settings.job.prefixes):
        match = re.search(pattern, before)
        if match is not None:
            rest = re.match(rb"[^/?#&=\s\"]*", after)
            end = offset + (rest.end() if rest else 0)
            return RequestPart(kind, begin + match.start(1), end, _values(document, kind, begin + match.start(1)))
    return None


def _patterns(prefixes: tuple[str, ...]) -> Iterator[tuple[Kind, bytes]]:
    """The text in front of an offset for each kind of part, which is the first group."""
    paths = [_ENDPOINT, *(re.escape(one.strip("/").encode()) for one in prefixes if one.strip("/"))]
    start = rb"(?:^|[\s/}\"'])(?:" + rb"|".join(paths) + rb")/"
    yield "collection", start + rb"(" + _SEGMENT + rb")$"
    yield "event_type", start + _SEGMENT + rb"/event/(" + _SEGMENT + rb")$"
    query = start + _SEGMENT + rb"/event/" + _SEGMENT + rb"\?(?:[^\s\"]*&)?"
    yield "parameter", query + rb"([^=&\s\"]*)$"
    yield "boolean", query + rb"(?:" + "|".join(_BOOLEANS).encode() + rb")=([^=&\s\"]*)$"


def _values(document: Document, kind: Kind, at: int) -> tuple[str, ...]:
    if kind == "collection":
        return tuple(quote(name, safe="{}$") for name in collections(document, at))
    return {"event_type": event_types(), "parameter": (*_OWN, *COMMON), "boolean": ("true", "false")}[kind]


def _is_in_block(document: Document, offset: int) -> bool:
    if document.form != "markdown":
        return True
    from eventlint.inputs.markdown import request_blocks

    return any(start <= offset <= end for start, end in request_blocks(document.text))


def collections(document: Document, at: int) -> list[str]:
    """The collections that the configuration names, and those in the document.

    Args:
        document: The document.
        at: The first byte of the name that is being written, which does not count.
    """
    job = document.settings.job
    found = dict.fromkeys([*(job.collections or ()), *(name for _, name in job.file_collections)])
    text = document.text[:_MAX_SEARCHED]
    for match in re.finditer(_ENDPOINT + rb"(?:\\?/)(" + _SEGMENT + rb")(?:\\?/)event\b", text):
        if match.start(1) != at:
            found[unquote(match[1].decode("utf-8", "replace"))] = None
    key = re.escape(job.envelope.collection[-1].encode())
    for match in re.finditer(rb'"' + key + rb'"[ \t\r\n]*+:[ \t\r\n]*+"([^"\\\x00-\x1f]{1,200})"', text):
        if match.start(1) != at:
            found[match[1].decode("utf-8", "replace")] = None
    return [name for name in found if name.isprintable() and name and redact(name) == name and "\\" not in name]
