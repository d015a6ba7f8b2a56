"""What can be inserted at an offset: fields, values, event types, collections, and the keys of an envelope."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from eventlint.docs.descriptions import type_of
from eventlint.exports.openapi import PARAMETERS
from eventlint.lsp.cursor import Part
from eventlint.lsp.documents import Document
from eventlint.lsp.fields import Fields, fields_at
from eventlint.lsp.places import EventPlace, Subject, place_at
from eventlint.lsp.request_line import collections, request_part
from eventlint.lsp.shapes import Shape, Stop, of_filter, of_node, rendered, required_names, values_of
from eventlint.spec import Object, Objects, event, event_types

Kind = Literal["field", "value", "event", "event_type", "collection", "parameter"]


class Insertion(NamedTuple):
    """A replacement of bytes of the document."""

    start: int
    end: int
    text: str


class Completion(NamedTuple):
    """Something that can be inserted.

    Attributes:
        label: What is shown in the list.
        kind: What it is.
        insertion: What it replaces, and with what.
        filter_text: What the replaced text is compared with.
        is_snippet: Whether the text has places to fill in.
        rank: The order in the list.
        detail: More about it in a few words.
        path: The path to the field, whose documentation can be shown; None without one.
        subject: The events that have the field; None without one.
        others: More replacements, such as that of a comma that is missing before it.
    """

    label: str
    kind: Kind
    insertion: Insertion
    filter_text: str
    is_snippet: bool = False
    rank: int = 0
    detail: str = ""
    path: tuple[Part, ...] | None = None
    subject: Subject | None = None
    others: tuple[Insertion, ...] = ()


def completions(document: Document, offset: int, snippets: bool = False) -> list[Completion]:
    """What can be inserted at a byte of the text; empty outside of events and request lines.

    Args:
        document: The document.
        offset: The offset in the text, in bytes.
        snippets: Whether the client understands snippets, which have places to fill in.
    """
    if document.settings.is_schema or not document.settings.is_checked:
        return []
    part = request_part(document, offset)
    if part is not None:
        kind: Kind = "value" if part.kind == "boolean" else part.kind
        return [
            Completion(
                name, kind, Insertion(part.start, part.end, name), name, rank=rank, detail=_about(part.kind, name)
            )
            for rank, name in enumerate(part.values)
        ]
    place = place_at(document, offset)
    if place is None or place.spot.role == "none":
        return []
    writer = _Writer(document, place, offset, snippets)
    found = _in_envelope(writer) if place.kind == "envelope" else _in_event(writer)
    return [one._replace(rank=rank) for rank, one in enumerate(found)]


def _about(kind: str, name: str) -> str:
    if kind == "event_type":
        return str(_document(name).get("description", ""))
    return PARAMETERS.get(name, "") if kind == "parameter" else ""


def _document(event_type: str) -> dict[str, object]:
    from eventlint import spec

    found: dict[str, object] = spec.document(event(event_type).schema)
    return found


class _Writer:
    """Makes completions for one place.

    Attributes:
        document: The document.
        place: The place.
        start: The first byte in the document that is replaced.
    """

    def __init__(self, document: Document, place: EventPlace, offset: int, snippets: bool) -> None:
        self.document = document
        self.place = place
        self._snippets = snippets
        spot = place.spot
        # A key that begins at the offset stays: the new one is inserted before it.
        self._is_before = spot.role == "key" and spot.start < spot.end and place.to_document(spot.start) == offset
        start = place.to_document(spot.start)
        self.start, self._end = start, start if self._is_before else place.to_document(spot.end)
        self._has_quote = (
            not self._is_before and place.text[spot.start : spot.start + 1] == b'"' and spot.start < spot.end
        )
        self._comma = "," if self._is_before or spot.needs_comma else ""
        self._others: tuple[Insertion, ...] = ()
        if spot.comma_at is not None:
            at = place.to_document(spot.comma_at)
            self._others = (Insertion(at, at, ","),)

    @property
    def keys(self) -> frozenset[str]:
        """The keys that the object has."""
        spot = self.place.spot
        return spot.keys | ({str(spot.path[-1])} if self._is_before else set())

    def key(self, name: str, shape: Shape, detail: str, path: tuple[Part, ...] | None) -> Completion:
        """A member of an object."""
        if self.place.spot.has_colon and not self._is_before:
            return self._made(name, "field", [json.dumps(name, ensure_ascii=False)], detail, path)
        begin = json.dumps(name, ensure_ascii=False) + ": "
        return self._made(name, "field", [begin, *shape, self._comma], detail, path)

    def value(self, label: str, kind: Kind, shape: Shape, detail: str = "") -> Completion:
        """A value."""
        return self._made(label, kind, [*shape, self._comma], detail, None)

    def _made(self, label: str, kind: Kind, shape: Shape, detail: str, path: tuple[Part, ...] | None) -> Completion:
        is_snippet = self._snippets and any(isinstance(part, Stop) for part in shape)
        text = rendered(shape, as_snippet=is_snippet, is_escaped=self.place.is_escaped)
        return Completion(
            label=label,
            kind=kind,
            insertion=Insertion(self.start, self._end, text),
            filter_text=self._filter_text(label.strip('"')),
            is_snippet=is_snippet,
            detail=detail,
            path=path,
            subject=None if path is None else self.place.subject,
            others=self._others,
        )

    def _filter_text(self, name: str) -> str:
        """A name as it is written where it is inserted: in quotes, if a quote is there."""
        return (
            rendered([json.dumps(name, ensure_ascii=False)], as_snippet=False, is_escaped=self.place.is_escaped)
            if self._has_quote
            else name
        )


# ---- events ---------------------------------------------------------------------------------------------------------


def _in_event(writer: _Writer) -> Iterator[Completion]:
    place = writer.place
    settings = writer.document.settings
    if place.spot.role == "value":
        if not place.path:
            yield from _events(writer)
        else:
            yield from _values(writer, fields_at(settings, place.subject, place.path))
        return
    above = place.path[:-1]
    found = fields_at(settings, place.subject, above)
    yield from _fields(writer, found, above)
    if not above and len(place.subject.event_types) > 1 and writer.document.form in ("json", "ndjson"):
        yield from _in_envelope(writer)


def _events(writer: _Writer) -> Iterator[Completion]:
    """A whole event, for each type that it can have."""
    place = writer.place
    if place.spot.start < place.spot.end:
        return
    for name in place.subject.event_types:
        found = fields_at(writer.document.settings, place.subject._replace(event_types=(name,)), ())
        if found.nodes:
            left = found.narrowings[0] if found.narrowings else None
            yield writer.value(f"{name} event", "event", of_node(found.nodes[0], left), _about("event_type", name))


def _fields(writer: _Writer, found: Fields, above: Sequence[Part]) -> Iterator[Completion]:
    """The fields that an object does not have yet, the required ones first."""
    items = [node.item if isinstance(node, Objects) else node for node in found.nodes]
    objects = [node for node in items if isinstance(node, Object)]
    present = writer.keys
    if not objects:
        yield from _filters(writer, found, present)
        return
    required = [required_names(node, None, present) for node in objects]
    left = found.narrowings[0] if len(found.narrowings) == 1 else None
    asked = left.required if left is not None else set()
    names = dict.fromkeys(name for node in objects for name in node.fields if name not in present)
    releases = len(writer.document.settings.job.releases)
    for is_wanted in (True, False):
        for name in names:
            nodes = [node.fields[name] for node in objects if name in node.fields]
            is_required = all(name in listed for listed in required) or name in asked
            if is_required != is_wanted or (len(found.event_types) == 1 and len(nodes) < releases):
                continue
            narrowed = left.field(name) if left is not None else None
            if narrowed is not None and narrowed.never:
                continue
            detail = type_of(nodes[0]) + (", required" if is_required else "")
            yield writer.key(name, of_node(nodes[0], narrowed), detail, (*above, name))


def _filters(writer: _Writer, found: Fields, present: frozenset[str]) -> Iterator[Completion]:
    """The filters that the contract names."""
    for left in found.narrowings if found.has_entries else ():
        for name, below in left.fields.items():
            if name not in present and not below.never:
                detail = "filter" + (", required" if name in left.required else "")
                yield writer.key(name, of_filter(below), detail, None)


def _values(writer: _Writer, found: Fields) -> Iterator[Completion]:
    """The values that a field is known to have, or its shape."""
    spot = writer.place.spot
    lefts = found.narrowings or (None,)
    values = dict.fromkeys(
        value for left in lefts for node in found.nodes or (None,) for value in values_of(node, left)
    )
    for value in values:
        yield writer.value(value, "value", [value])
    if not values and spot.start == spot.end:
        for left in found.narrowings if not found.nodes else ():
            if left.items is not None and values_of(None, left.items):
                yield writer.value("[...]", "value", of_filter(left), "array of strings")
        for node in found.nodes[:1]:
            only = found.narrowings[0] if len(found.narrowings) == 1 else None
            shape = of_node(node, only)
            if shape[0] in ("{", "["):
                yield writer.value("".join(map(_label, shape))[:60], "value", shape, type_of(node))


def _label(part: str | Stop) -> str:
    return part if isinstance(part, str) else part.default


# ---- envelopes ------------------------------------------------------------------------------------------------------


def _in_envelope(writer: _Writer) -> Iterator[Completion]:
    place = writer.place
    envelope = writer.document.settings.job.envelope
    names: dict[tuple[str, ...], list[str]] = {
        envelope.event_type: list(event_types()),
        envelope.collection: collections(writer.document, writer.start + 1),
    }
    if place.spot.role == "value":
        for name in names.get(tuple(map(str, place.path)), ()):
            kind: Kind = "event_type" if place.path == envelope.event_type else "collection"
            text = json.dumps(name, ensure_ascii=False)
            yield writer.value(text, kind, [text], _about(kind, name))
        return
    above = place.path[:-1]
    for path in (envelope.event_type, envelope.collection, envelope.payload):
        length = len(above)
        if path[:length] != above or len(path) <= length or path[length] in writer.keys:
            continue
        yield writer.key(path[length], _envelope_shape(writer, path[length + 1 :], path, names), "envelope", None)


def _envelope_shape(
    writer: _Writer, rest: tuple[str, ...], path: tuple[str, ...], names: dict[tuple[str, ...], list[str]]
) -> Shape:
    """The value of a key of an envelope; ``rest`` are the keys below it."""
    if rest:
        return [f"{{{json.dumps(rest[0])}: ", *_envelope_shape(writer, rest[1:], path, names), "}"]
    if path == writer.document.settings.job.envelope.payload:
        place = writer.place
        if place.has_type:
            found = fields_at(writer.document.settings, place.subject, ())
            return of_node(found.nodes[0], found.narrowings[0] if found.narrowings else None)
        return ["{", Stop(), "}"]
    quoted = tuple(json.dumps(name, ensure_ascii=False) for name in names[path])
    return [Stop(quoted[0], quoted)] if quoted else ['"', Stop(), '"']
