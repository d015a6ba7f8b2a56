"""JSON and NDJSON files: one event, one envelope, an array of either, or one of either per line."""

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from eventlint.inputs.record import Place, Record, place_of
from eventlint.jsontext.decoding import Decoded, decode
from eventlint.jsontext.syntax_error import JsonSyntaxError


class Envelope(NamedTuple):
    """Where the parts of an event are in a larger object: the keys that lead to each."""

    payload: tuple[str, ...] = ("payload",)
    event_type: tuple[str, ...] = ("event_type",)
    collection: tuple[str, ...] = ("collection",)


def read_json(data: bytes, envelope: Envelope) -> Iterator[Record]:
    """Read one event, one envelope, or an array of either."""
    try:
        text = decode(data)
    except JsonSyntaxError:
        yield Record(body=data)
        return
    if text.unit > 1 or data.startswith(b"{") or not _is_array(text):
        yield _unwrap(Record(body=data), envelope)
        return
    from eventlint.inputs.json_spans import elements
    from eventlint.jsontext.positions import Lines

    spans = list(elements(data, text.start))
    places = Lines(text).positions(begin for begin, _ in spans)
    for number, (begin, end) in enumerate(spans, 1):
        yield _unwrap(Record(body=data[begin:end], place=place_of(places[begin]), number=number), envelope)


def _is_array(text: Decoded) -> bool:
    from eventlint.jsontext.reader import Reader

    try:
        return Reader(text.data, text.start).first() == ord("[")
    except JsonSyntaxError:
        return False


def read_ndjson(stream: BinaryIO, envelope: Envelope) -> Iterator[Record]:
    """Read one event or envelope per line; blank lines are skipped."""
    offset = 0
    for number, line in enumerate(stream, 1):
        body = line.rstrip(b"\r\n")
        if body.strip():
            yield _unwrap(Record(body=body, place=Place(line=number, offset=offset), number=number), envelope)
        offset += len(line)


def _unwrap(record: Record, envelope: Envelope) -> Record:
    """The event in an envelope; the record itself when it is not an envelope."""
    body = record.body
    if f'"{envelope.payload[-1]}"'.encode() not in body:
        return record
    from eventlint.inputs.json_spans import find, string_at
    from eventlint.jsontext.positions import Lines

    payload, kind = find(body, envelope.payload), find(body, envelope.event_type)
    if payload is None or kind is None:
        return record
    begin, end = payload
    return Record(
        body=body[begin:end],
        place=place_of(record.place.of(Lines(Decoded(data=body)).positions([begin])[begin])),
        number=record.number,
        event_type=string_at(body, kind),
        collection=string_at(body, find(body, envelope.collection)),
        head=record.place,
    )
