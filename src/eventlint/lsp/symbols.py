"""The outline of a document: its events, and the fields of each in a small document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from eventlint.escaping import printable
from eventlint.lsp import json_tokens as tokens
from eventlint.lsp.documents import Document, Region
from eventlint.lsp.members import items_of
from eventlint.lsp.places import may_be_event, plain_document, to_document
from eventlint.redact import redact

MAX_SYMBOLS = 2_000
"""How many events the outline of a large document has."""

_MAX_NESTED = 100_000
"""The size of the largest document whose outline has fields, in bytes."""

_MAX_DEPTH = 10
_MAX_NAME = 100

Kind = Literal["event", "object", "array", "string", "number", "boolean", "null"]


class Symbol(NamedTuple):
    """A part of the outline; offsets are in bytes of the text.

    Attributes:
        name: The event type, the key, or the index.
        detail: More about it in a few words.
        kind: What it is.
        start: Its first byte.
        end: The byte after it.
        name_start: The first byte of its name.
        name_end: The byte after its name.
        children: The parts of it.
    """

    name: str
    detail: str
    kind: Kind
    start: int
    end: int
    name_start: int
    name_end: int
    children: tuple[Symbol, ...] = ()


def symbols(document: Document) -> list[Symbol]:
    """The outline of a document. A large one has only events, and at most :data:`MAX_SYMBOLS` of them.

    It is empty for a schema, a file that is left out, and a JSON file that has no event.
    """
    if document.settings.is_schema or not document.settings.is_checked:
        return []
    plain = plain_document(document)
    is_small = len(plain.text) <= _MAX_NESTED
    regions = plain.first_regions(MAX_SYMBOLS + 1)
    if len(regions) == 1 and not may_be_event(regions[0]):
        return []
    found = [_event(plain, region, nested=is_small) for region in regions[:MAX_SYMBOLS]]
    for first in regions[MAX_SYMBOLS:]:
        end = max(first.start, len(plain.text))
        found.append(Symbol("more events", "not in the outline", "event", first.start, end, first.start, first.start))
    return found


def _event(document: Document, region: Region, *, nested: bool) -> Symbol:
    record = region.record
    start = min(
        document.positions.line_start(region.line) if record.request is not None else region.start, region.start
    )
    end = max(region.start, region.end)
    span = region.type_span or (max(start, region.start), max(start, region.start))
    details = [] if region.collection is None else [shown(region.collection)]
    if record.request is None and record.number is not None and document.form == "ndjson":
        details.append(f"line {record.number}")
    if record.problem is not None or record.unchecked is not None:
        details.append("not readable" if record.problem is not None else "not checked")
    children = tuple(_fields(document, region)) if nested else ()
    if children:
        end = max(end, children[-1].end)
    return Symbol(
        name=shown(region.event_type) if region.event_type else "event",
        detail=", ".join(details),
        kind="event",
        start=start,
        end=max(end, span[1]),
        name_start=span[0],
        name_end=span[1],
        children=children,
    )


def _fields(document: Document, region: Region) -> Iterator[Symbol]:
    """The fields of an event that is in the document."""
    body = region.record.body
    space = tokens.SPACE(body, 0)
    begin = space.end() if space else 0
    at = to_document(document, region)
    if at is not None and begin < len(body) and body[begin] == tokens.OBJECT:
        yield from _below(body, begin, len(body), at, 0)


def _below(body: bytes, begin: int, end: int, at: Callable[[int], int], depth: int) -> Iterator[Symbol]:
    for item in items_of(body, begin, end):
        byte = body[item.value]
        inner: tuple[Symbol, ...] = ()
        if byte in (tokens.OBJECT, tokens.ARRAY) and depth < _MAX_DEPTH:
            inner = tuple(_below(body, item.value, item.end, at, depth + 1))
        start, stop = at(item.start), at(item.end)
        name_end = start if isinstance(item.part, int) else at(_key_end(body, item.start))
        name = f"[{item.part}]" if isinstance(item.part, int) else shown(item.part) or '""'
        yield Symbol(name, "", _kind(byte), start, max(start, stop), start, name_end, inner)


def _key_end(body: bytes, start: int) -> int:
    match = (tokens.STRING if body[start] == tokens.QUOTE else tokens.WORD)(body, start)
    return match.end() if match else start


def _kind(byte: int) -> Kind:
    if byte in b"tf":
        return "boolean"
    known: dict[int, Kind] = {tokens.OBJECT: "object", tokens.ARRAY: "array", tokens.QUOTE: "string", ord("n"): "null"}
    return known.get(byte, "number")


def shown(text: str) -> str:
    """A name of an event, without secrets and control characters, and not too long."""
    cut = text if len(text) <= _MAX_NAME else f"{text[:_MAX_NAME]}…"
    return printable(redact(cut))
