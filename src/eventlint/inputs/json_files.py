"""JSON and NDJSON files: events, envelopes, and arrays of either, as one value, one after another, or one per line."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from eventlint.inputs.content import BLANKS, MARK, begins_event, begins_json, is_text, is_value
from eventlint.inputs.envelope import BASE64_SUFFIX, Envelope
from eventlint.inputs.record import Place, Record
from eventlint.inputs.size_limit import MAX_EVENT_SIZE, limited_lines, too_large
from eventlint.inputs.utf8_view import Transcoder, Utf8View, utf8_view, width
from eventlint.jsontext.decoding import Decoded, decode
from eventlint.jsontext.lazy_regex import Lazy
from eventlint.jsontext.syntax_error import JsonSyntaxError

if TYPE_CHECKING:
    from eventlint.inputs.json_spans import Unreadable

NOT_JSON = "line is not JSON"
"""Why a line of a file of unknown kind is not checked."""

_BROKEN = "the array or sequence around it cannot be read"
_WIDE = "a file in {} with several events is not edited"
_ENCODED = "the event is in Base64"
"""Why an event must not be edited."""

_SHOWN = 200
"""How many bytes after an error are kept to show them."""

Screen = Callable[[bytes], Record | None]
"""Returns a record for a line if the event in it certainly has no findings; else None."""


def read_json(data: bytes, envelope: Envelope) -> Iterator[Record]:
    """Read one event, one envelope, an array of either, or several of them, one after another.

    Raises:
        InputError: The file contains more than one event, and is not valid in its encoding.
    """
    try:
        text = decode(data)
    except JsonSyntaxError:
        yield Record(body=data)
        return
    if text.unit == 1:
        yield from _read_text(text, envelope, data)
        return
    first = next(_read_text(text, envelope, data), None)
    if first is not None and first.body is data:
        yield first
        return
    view = utf8_view(data)
    assert view is not None  # noqa: S101 - it has a wide encoding
    for record in _read_text(Decoded(data=view.text), envelope, data):
        yield in_view(record, view)


def in_view(record: Record, view: Utf8View) -> Record:
    """A record that was read from a view, with its places in the file."""
    return record._replace(
        not_fixable=record.not_fixable or _WIDE.format(view.encoding.upper()),
        place=record.place if record.source else record.place._replace(view=view),
        head=record.head and record.head._replace(view=view),
        type_at=record.type_at and (view.in_file(record.type_at[0]), record.type_at[1]),
        suppressions=tuple(one._replace(place=one.place._replace(view=view)) for one in record.suppressions),
    )


def _read_text(text: Decoded, envelope: Envelope, original: bytes) -> Iterator[Record]:
    """Read the values of a text; a single event that is not in a container has the original bytes."""
    is_container, has_text_below = _layout(text.data, text.start)
    if is_container:
        yield from _container(text, Place(), None, envelope)
        return
    record = _unwrap(Record(body=text.data, blocks_fixes=has_text_below), envelope)
    yield record._replace(body=original) if record.body is text.data and record.problem is None else record


def _layout(data: bytes, start: int) -> tuple[bool, bool]:
    """Whether a text contains several values, and whether something else follows a value in a later line.

    It contains several values if it is an array, or if it begins with a value that another one follows in a later line.
    """
    from eventlint.jsontext.cursor import skip_value
    from eventlint.jsontext.reader import Reader

    reader = Reader(data, start)
    try:
        token = reader.first()
        if token != ord("{"):
            return token == ord("["), False
        if is_value(data[start:] if start else data):
            return False, False
        skip_value(reader, token)
        end = reader.pos
        begins_value = reader.space_or_end() in (ord("{"), ord("["))
        is_below = b"\n" in data[end : reader.pos]
    except JsonSyntaxError:
        return False, False
    return is_below and begins_value, is_text(data[end:])


def _container(text: Decoded, base: Place, line: int | None, envelope: Envelope) -> Iterator[Record]:
    """The values in an array, or values that follow each other; ``base`` is the place of the text."""
    from eventlint.inputs.json_spans import Unreadable, values
    from eventlint.jsontext.positions import Lines

    data = text.data
    spans = list(values(data, text.start))
    broken = _BROKEN if any(isinstance(span, Unreadable) for span in spans) else None
    places = Lines(text).positions(span[0] for span in spans)
    number = 0
    for span in spans:
        place = base.shifted(places[span[0]])
        is_element = data[span[0] : span[0] + 1] not in (b"", b",", b"]", b" ", b"\n")
        number += is_element
        if isinstance(span, Unreadable):
            yield _unreadable(data, span, place)._replace(number=line or (number if is_element else None))
            continue
        record = Record(body=data[slice(*span)], place=place, number=line or number, not_fixable=broken)
        yield _unwrap(record, envelope)


def _unreadable(data: bytes, part: Unreadable, place: Place) -> Record:
    """The record for a part of a container that cannot be read; its body is what is shown of it."""
    from eventlint.inputs.json_problems import problem_of

    begin, error = part
    lines = data[begin : error.at + _SHOWN].split(b"\n")
    body = b"\n".join(lines[: data.count(b"\n", begin, error.at) + 1])
    shifted = JsonSyntaxError(error.kind, error.at - begin, *error.args)
    problem = problem_of(shifted, body, "the elements after it may not be checked")
    return Record(body=body, place=place, problem=problem, not_fixable=_BROKEN, blocks_fixes=True)


def read_ndjson(
    stream: io.BufferedIOBase,
    envelope: Envelope,
    *,
    is_declared: bool = True,
    screen: Screen | None = None,
    most: int = MAX_EVENT_SIZE,
) -> Iterator[Record]:
    """Read one event or envelope per line; blank lines are skipped. An array in a line contains several.

    Args:
        stream: The file.
        envelope: Where the parts of an event in an envelope are.
        is_declared: Whether the file is meant to be JSON. Otherwise, a line that does not begin like JSON is counted as
            unchecked, and any line that is not JSON blocks the fixes of the file.
        screen: Returns a record for a line in which nothing certainly is to be found, so that the line is not read
            again; else None.
        most: The largest line that is read, in bytes.

    Raises:
        InputError: The file is not valid in its encoding.
    """
    return _read_lines(stream, None, envelope, is_declared, screen, most)


def read_wide_ndjson(
    stream: io.BufferedIOBase,
    found: Decoded,
    envelope: Envelope,
    *,
    is_declared: bool,
    screen: Screen | None,
    most: int = MAX_EVENT_SIZE,
) -> Iterator[Record]:
    """As :func:`read_ndjson`, for a file in UTF-16 or UTF-32 (see ``wide_encoding``)."""
    lines = io.BufferedReader(Transcoder(stream, found))
    return _read_lines(lines, found, envelope, is_declared, screen, most)


def _read_lines(
    stream: io.BufferedIOBase,
    wide: Decoded | None,
    envelope: Envelope,
    is_declared: bool,
    screen: Screen | None,
    most: int,
) -> Iterator[Record]:
    offset = wide.mark if wide else 0
    has_envelopes = False
    for number, (line, rest) in enumerate(limited_lines(stream, most), 1):
        if rest is not None:
            view = Utf8View(line, wide.encoding, offset, offset) if wide else None
            record = too_large(line, most, Place(line=number, offset=offset), number)
            yield record if view is None else in_view(record, view)
            offset += sum(width(piece, wide.encoding) if wide else len(piece) for piece in chain([line], rest))
            continue
        body = line.rstrip(b"\r\n")
        clean = screen(body) if screen else None
        if clean is not None:
            has_envelopes = has_envelopes or clean.event_type is not None
            yield clean
        elif body.strip(BLANKS):
            view = Utf8View(line, wide.encoding, offset, offset) if wide else None
            place = Place(line=number, offset=offset)
            for record in read_line(body, place, envelope, is_declared, has_envelopes):
                has_envelopes = has_envelopes or record.event_type is not None
                yield record if view is None else in_view(record, view)
        offset += width(line, wide.encoding) if wide else len(line)


def read_line(
    body: bytes, place: Place, envelope: Envelope, is_declared: bool, has_envelopes: bool
) -> Iterator[Record]:
    """The events in one line without its end; ``has_envelopes`` is whether an earlier line has an envelope."""
    number = place.line
    if not is_declared and not begins_event(body):
        yield Record(body=body, place=place, number=number, unchecked=NOT_JSON, blocks_fixes=True)
        return
    if not begins_json(body):
        record = Record(body=body, place=place, number=number, blocks_fixes=not is_value(body))
    elif body.lstrip(BLANKS).startswith(b"["):
        yield from _container(Decoded(data=body, start=_start(body)), place, number, envelope)
        return
    else:
        record = _unwrap(Record(body=body, place=place, number=number), envelope)
        if not is_declared and record.event_type is None:
            record = record._replace(blocks_fixes=record.problem is not None or not is_value(body))
    if has_envelopes and record.body is body and record.problem is None:
        from eventlint.inputs.json_problems import problem_of, syntax_error

        error = syntax_error(body, _start(body))
        record = record._replace(problem=problem_of(error, body)) if error else record
    yield record
    if record.body is body and record.problem is None and _may_continue(body) and not is_value(body):
        yield from _following(body, place)


_ONE_OBJECT = Lazy(rb"\{(?:[^}]++|\}(?![ \t\r\n,]*+[/{]))*+")
"""Text from one brace up to another one that follows a closing brace, or to a comment there."""


def _may_continue(body: bytes) -> bool:
    """Whether something may follow the first value of a line: it is no object, or another one may begin after it."""
    match = _ONE_OBJECT.match(body)
    return match is None or match.end() < len(body)


def _following(body: bytes, place: Place) -> Iterator[Record]:
    """The objects that follow the first value of a line, although each line should have only one."""
    from eventlint.inputs.json_spans import following_objects
    from eventlint.jsontext.positions import Lines

    spans = list(following_objects(body, _start(body)))
    places = Lines(Decoded(data=body)).positions(span[0] for span in spans)
    for span in spans:
        yield Record(body=body[slice(*span)], place=place.shifted(places[span[0]]), number=place.line)


def _start(body: bytes) -> int:
    return len(MARK) if body.startswith(MARK) else 0


def _unwrap(record: Record, envelope: Envelope) -> Record:
    """The event in an envelope, or the record itself, with its day if that is wanted."""
    event = _event_in(record, envelope)
    if envelope.time is None or event is record:
        return event
    from eventlint.inputs.event_time import day_in

    return event._replace(day=day_in(record.body, envelope.time))


def _encoded_event_in(record: Record, envelope: Envelope) -> Record | None:
    """The event in Base64 in an envelope; None when the envelope has none, or it is not Base64."""
    import base64
    import binascii

    from eventlint.inputs.json_spans import find_all, string_at
    from eventlint.jsontext.positions import Lines

    body = record.body
    payload = (*envelope.payload[:-1], f"{envelope.payload[-1]}{BASE64_SUFFIX}")
    start = _start(body)
    found, error = find_all(body, (payload, *envelope[:3]), start)
    text = string_at(body, found.get(payload))
    if error is not None or text is None or envelope.payload in found or envelope.event_type not in found:
        return None
    try:
        event = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    begin = found[payload][0]
    at = record.place.shifted(Lines(Decoded(data=body, start=start)).positions([begin])[begin])
    return record._replace(
        body=event,
        place=at._replace(encoded=True),
        event_type=string_at(body, found[envelope.event_type]),
        collection=string_at(body, found.get(envelope.collection)),
        head=record.place,
        not_fixable=_ENCODED,
    )


def _event_in(record: Record, envelope: Envelope) -> Record:
    """The event in an envelope; the record itself when it is not an envelope.

    An envelope that cannot be read to its end is a problem.
    """
    body = record.body
    payload_key, type_key, encoded_key = _quoted_keys(envelope.payload, envelope.event_type)
    if payload_key not in body and type_key not in body:
        return record
    if encoded_key in body:
        encoded = _encoded_event_in(record, envelope)
        if encoded is not None:
            return encoded
    from eventlint.inputs.json_problems import problem_of
    from eventlint.inputs.json_spans import find_all, plain_spans, string_at
    from eventlint.jsontext.positions import Lines

    start, error = _start(body), None
    found = plain_spans(body, envelope[:3])
    if found is None:
        found, error = find_all(body, envelope[:3], start)
    payload, kind = found.get(envelope.payload), found.get(envelope.event_type)
    if error is not None and (payload or kind):
        return record._replace(problem=problem_of(error, body))
    if payload is None or kind is None:
        return record
    begin, end = payload
    return record._replace(
        body=body[begin:end],
        place=record.place.shifted(Lines(Decoded(data=body, start=start)).positions([begin])[begin]),
        event_type=string_at(body, kind),
        collection=string_at(body, found.get(envelope.collection)),
        head=record.place,
    )


@functools.lru_cache(16)
def _quoted_keys(payload: tuple[str, ...], event_type: tuple[str, ...]) -> tuple[bytes, bytes, bytes]:
    """The keys of the payload, of the event type, and of a payload in Base64, with quotes."""
    return tuple(f'"{key}"'.encode() for key in (payload[-1], event_type[-1], f"{payload[-1]}{BASE64_SUFFIX}"))  # type: ignore[return-value]
