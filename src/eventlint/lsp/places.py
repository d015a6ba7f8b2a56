"""Which event of a document an offset is in, also while the event is being typed.

In JSON and NDJSON, the brackets around the offset decide, because the readers of :mod:`eventlint.inputs` find no events
in an array or envelope that is broken. In all other formats, the events are those that the readers find.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Literal, NamedTuple

from eventlint.inputs.source_map import SourceMap
from eventlint.lsp import json_tokens as tokens
from eventlint.lsp.cursor import Part, Spot, spot_at
from eventlint.lsp.documents import Document, Region
from eventlint.lsp.members import items_of, string_member
from eventlint.spec import event, event_types


class Subject(NamedTuple):
    """The events that a place can be in.

    Attributes:
        event_types: The type of the event; all types if it is unknown; empty if there is no such type.
        collection: The collection of the event; None if it is unknown.
    """

    event_types: tuple[str, ...]
    collection: str | None = None


class EventPlace(NamedTuple):
    """A place in an event, or in the envelope around it.

    Attributes:
        kind: Whether it is in the event or in the envelope.
        spot: What is there; its offsets are those of ``text``.
        path: The path in the event or in the envelope.
        subject: The event.
        text: The text that has the event.
        to_document: Converts an offset in ``text`` to one in the document.
        is_escaped: Whether the document has the event as a JSON string.
        is_one_line: Whether the event must not have line breaks.
    """

    kind: Literal["event", "envelope"]
    spot: Spot
    path: tuple[Part, ...]
    subject: Subject
    text: bytes
    to_document: Callable[[int], int]
    is_escaped: bool = False
    is_one_line: bool = False

    @property
    def has_type(self) -> bool:
        """Whether there is exactly one event type that it can have."""
        return len(self.subject.event_types) == 1


def place_at(document: Document, offset: int, *, wants_keys: bool = True) -> EventPlace | None:
    """The place at a byte of the text of a document; None outside of events.

    Args:
        document: The document.
        offset: The offset in the text, in bytes.
        wants_keys: Whether the other keys of the object are needed.
    """
    if document.form == "ndjson":
        start = max(document.text.rfind(b"\n", 0, offset), document.text.rfind(b"\r", 0, offset)) + 1
        end = tokens.line_end(document.text, offset)
        found = _in_json(document, document.text[start:end], start, offset, wants_keys)
        return None if found is None else found._replace(is_one_line=True)
    if document.form == "json":
        return _in_json(document, document.text, 0, offset, wants_keys)
    plain = plain_document(document)
    region = _last_before(plain, offset) if document.form == "har" else plain.region_at(offset)
    return None if region is None else _in_region(plain, region, offset, wants_keys)


def _last_before(document: Document, offset: int) -> Region | None:
    """The last event that begins before a byte: only its string tells where it ends."""
    return next((region for region in reversed(document.regions) if region.start <= offset), None)


@functools.lru_cache(2)
def plain_document(document: Document) -> Document:
    """The document with its text as the content of the file, so that their offsets are the same."""
    if document.is_plain:
        return document
    return Document(document.path, document.text, document.settings, language_id=document.language_id)


# ---- JSON and NDJSON ------------------------------------------------------------------------------------------------


def _in_json(document: Document, text: bytes, start: int, offset: int, wants_keys: bool) -> EventPlace | None:
    """The place in a text with events, envelopes, or arrays of either; ``start`` is its offset in the document."""
    settings = document.settings
    envelope, file = settings.job.envelope, settings.file
    has_type = (settings.job.event_type or file.event_type) is not None
    spot = spot_at(text, offset - start, wants_keys=wants_keys or not has_type)
    in_array = bool(spot.path) and isinstance(spot.path[0], int)
    path = spot.path[in_array:]
    around = spot.brackets[in_array:]

    def member(keys: tuple[str, ...]) -> str | None:
        is_there = around and f'"{keys[-1]}"'.encode() in text
        return string_member(text, around[0], keys) if is_there else None

    wrapped = member(envelope.event_type)
    known = settings.job.event_type or wrapped or file.event_type
    place = EventPlace(
        kind="event",
        spot=spot,
        path=path,
        subject=_subject(known, member(envelope.collection) or file.collection),
        text=text,
        to_document=lambda at: at + start,
    )
    if spot.role == "none":
        return place
    length = len(envelope.payload)
    is_payload = path[:length] == envelope.payload and (wrapped is not None or not _is_field(envelope.payload))
    if is_payload and (len(path) > length or spot.role == "value"):
        return place._replace(path=path[length:])
    if wrapped is not None or is_payload or (path and path in (envelope.event_type, envelope.collection)):
        return place._replace(kind="envelope") if not _is_field(path) or wrapped is not None else place
    if known is None and around and not _can_be_event(place):
        return None
    return place


def _subject(event_type: str | None, collection: str | None) -> Subject:
    if event_type is None:
        return Subject(event_types(), collection)
    return Subject((event_type,) if event_type in event_types() else (), collection)


def _is_field(path: tuple[Part, ...]) -> bool:
    """Whether a path begins with a field of an event."""
    return bool(path) and any(path[0] in event(name).fields for name in event_types())


def _can_be_event(place: EventPlace) -> bool:
    """Whether an object whose type is unknown can be an event: it has a field of one, or nothing else."""
    keys = set(place.spot.keys) if len(place.path) == 1 else set(map(str, place.path[:1]))
    return not keys or any(_is_field((key,)) for key in keys)


def may_be_event(region: Region) -> bool:
    """Whether a value of a JSON file is an event: its type is known, or it has a field of one, or nothing."""
    body = region.record.body
    space = tokens.SPACE(body, 0)
    begin = space.end() if space else 0
    if region.event_type is not None or region.record.request is not None or body[begin : begin + 1] != b"{":
        return True
    keys = [item.part for item in items_of(body, begin)]
    return not keys or any(_is_field((key,)) for key in keys)


# ---- other formats --------------------------------------------------------------------------------------------------


def _in_region(document: Document, region: Region, offset: int, wants_keys: bool) -> EventPlace | None:
    record = region.record
    if record.source is not None or record.unchecked is not None or (record.problem is not None and not record.body):
        return None
    place, body = record.place, record.body
    if place.string_map is not None:
        inside = _in_string(document.text, region.start, offset)
    elif place.source_map is not None:
        inside = _in_segments(place.source_map, offset)
    else:
        inside = offset - region.start
    convert = to_document(document, region)
    if inside is None or inside < 0 or convert is None:
        return None
    spot = spot_at(body, inside, wants_keys=wants_keys)
    return EventPlace(
        kind="event",
        spot=spot,
        path=spot.path,
        subject=_subject(region.event_type, region.collection),
        text=body,
        to_document=convert,
        is_escaped=place.string_map is not None and document.text[region.start : region.start + 1] == b'"',
        is_one_line=place.string_map is not None,
    )


def _in_segments(source_map: SourceMap, offset: int) -> int | None:
    """The offset in the event of a byte of the file; None if it is not in the event."""
    for segment in source_map.segments:
        if segment.at <= offset <= segment.until:
            is_aligned = segment.until - segment.at == segment.end - segment.start
            if is_aligned:
                return segment.start + offset - segment.at
            return segment.start if offset < segment.until else segment.end
    return None


def _in_string(text: bytes, start: int, offset: int) -> int | None:
    """The offset in the event of a byte of the JSON string that has it."""
    if text[start : start + 1] != b'"':
        return offset - start if offset >= start else None
    end = tokens.STRING(text, start)
    if end is None or not start < offset < end.end():
        return None
    return len(tokens.content(text[start:offset]).encode("utf-8", "replace"))


def to_document(document: Document, region: Region) -> Callable[[int], int] | None:
    """Converts offsets in an event to offsets in the text; None if the text does not have the event.

    Args:
        document: A document whose offsets are those of its file; see :func:`plain_document`.
        region: The event.
    """
    place = region.record.place
    string_map, source_map, size = place.string_map, place.source_map, len(document.text)
    if region.record.source is not None:
        return None
    if string_map is not None:
        return lambda at: min(string_map.position(at).offset, size)
    if source_map is not None:
        return lambda at: source_map.position(at).offset
    return None if place.encoded else lambda at: at + region.start
