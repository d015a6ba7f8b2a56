"""The file formats: JSON, NDJSON, dev-console requests, and HAR."""

import re
from collections.abc import Iterator
from itertools import accumulate, takewhile
from typing import BinaryIO, NamedTuple

from eventlint.errors import InputError
from eventlint.inputs.record import Place, Record, SuppressionComment
from eventlint.jsontext.decoding import Decoded, decode
from eventlint.jsontext.lazy_regex import Lazy
from eventlint.jsontext.syntax_error import JsonSyntaxError
from eventlint.model import Position, Request

ENDPOINT = r"/?_application/analytics/[^/?\s]*/event(?:[/?]|$)"
_REQUEST_LINE = Lazy(rb"^(GET|POST|PUT|DELETE|HEAD|PATCH|OPTIONS)[ \t]+(\S+)[ \t]*(?:HTTP/[\d.]+)?[ \t]*\r?$")
_HEADER = Lazy(rb"^([A-Za-z][A-Za-z0-9-]*):[ \t]*(.*?)[ \t]*\r?$")
_COMMENT = Lazy(rb"^[ \t]*(#|//)")
_IGNORE = Lazy(rb"^[ \t]*(?:#|//)[ \t]*eventlint:[ \t]*ignore\[([a-z0-9, \t-]+)\]")


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
        yield _unwrap(Record(body=data[begin:end], place=_place(places[begin]), number=number), envelope)


def _place(position: Position, *, encoded: bool = False) -> Place:
    return Place(position.line, position.column, position.offset, encoded)


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
        place=_place(record.place.of(Lines(Decoded(data=body)).positions([begin])[begin])),
        number=record.number,
        event_type=string_at(body, kind),
        collection=string_at(body, find(body, envelope.collection)),
        head=record.place,
    )


def read_console(data: bytes) -> Iterator[Record]:
    """Read requests in the form of a dev console or an ``.http`` file; requests to other endpoints are skipped."""
    lines = data.splitlines(keepends=True)
    offsets = list(accumulate(map(len, lines), initial=0))
    matches = [(index, _REQUEST_LINE.match(line.rstrip(b"\r\n"))) for index, line in enumerate(lines)]
    requests = [(index, match) for index, match in matches if match]
    stops = [*(index for index, _ in requests[1:]), len(lines)]
    floor = number = 0
    for (head, match), stop in zip(requests, stops, strict=False):
        above, floor = floor, head + 1
        uri = _path(match[2].decode("utf-8", "replace"))
        if uri is None:
            continue
        number += 1
        headers, first, last = _parts(lines, head + 1, stop)
        body = b"".join(lines[first:last]).rstrip()
        yield Record(
            body=body,
            place=Place(line=first + 1, offset=offsets[first]),
            number=number,
            request=Request(method=match[1].decode(), uri=uri, headers=headers, body=body),
            head=Place(line=head + 1, offset=offsets[head]),
            type_at=_type_at(lines[head], offsets[head]),
            suppressions=tuple(_suppressions(lines, offsets, above, head, last)),
        )


def _type_at(line: bytes, offset: int) -> tuple[int, str] | None:
    """The offset of the event type in a request line, and the event type; None when it is percent-encoded."""
    match = re.search(rb"/event/([\w-]+)(?=[/?\s]|$)", line)
    return (offset + match.start(1), match[1].decode("ascii", "replace")) if match else None


def _suppressions(
    lines: list[bytes], offsets: list[int], above: int, head: int, last: int
) -> Iterator[SuppressionComment]:
    """The suppressions: directly above a request for all of it, and inside of a request for the next line."""
    before = takewhile(lambda index: _COMMENT.match(lines[index]), range(head - 1, above - 1, -1))
    targets = [(index, None) for index in before] + [(index, index + 2) for index in range(head + 1, last)]
    for index, target in targets:
        match = _IGNORE.match(lines[index])
        if match:
            rules = tuple(name.strip() for name in match[1].decode().split(","))
            yield SuppressionComment(rules, target, Place(line=index + 1, offset=offsets[index]))


def _parts(lines: list[bytes], start: int, stop: int) -> tuple[dict[str, str], int, int]:
    """The headers of a request, the first line of its body, and the line after its body."""
    headers = {"Content-Type": "application/json"}
    while start < stop:
        header = _HEADER.match(lines[start].rstrip(b"\n"))
        if header:
            name = header[1].decode()
            if name.lower() == "content-type":
                headers.pop("Content-Type", None)
            headers[name] = header[2].decode("utf-8", "replace")
        elif lines[start].strip() and not _COMMENT.match(lines[start]):
            break
        start += 1
    while stop > start and (not lines[stop - 1].strip() or _COMMENT.match(lines[stop - 1])):
        stop -= 1
    return headers, start, stop


def _path(url: str) -> str | None:
    """The path and query string of a URL to the endpoint; None for other URLs."""
    match = re.search(ENDPOINT, url)
    if match is None or (match.start() > 0 and "://" not in url[: match.start()] and "{{" not in url):
        return None
    return "/" + url[match.start() :].lstrip("/")


def read_har(data: bytes) -> Iterator[Record]:
    """Read the requests to the endpoint from a browser's HAR file.

    Raises:
        InputError: The file is not a HAR file.
    """
    from eventlint.inputs.json_spans import elements, find
    from eventlint.jsontext.positions import Lines

    start = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    entries = find(data, ("log", "entries"), start)
    if entries is None:
        raise InputError("not a HAR file: /log/entries is missing")
    found = [
        (begin, end)
        for begin, end in elements(data, entries[0])
        if re.search(ENDPOINT, data[begin:end].decode("utf-8", "replace"))
    ]
    places = Lines(Decoded(data=data, start=start)).positions(begin for begin, _ in found)
    number = 0
    for begin, end in found:
        request = _har_request(data[begin:end])
        if request is not None:
            number += 1
            place = _place(places[begin], encoded=True)
            yield Record(body=request.body, place=place, number=number, request=request, head=place)


def _har_request(raw: bytes) -> Request | None:
    import base64
    import json

    try:
        request = json.loads(raw)["request"]
        method, uri = str(request["method"]).upper(), _path(str(request["url"]))
        if uri is None or method == "OPTIONS":
            return None
        headers = {
            str(header["name"]): str(header["value"])
            for header in request.get("headers", ())
            if not str(header["name"]).startswith(":")
        }
        data = request.get("postData") or {}
        text = str(data.get("text", ""))
        body = base64.b64decode(text) if data.get("encoding") == "base64" else text.encode("utf-8", "surrogatepass")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return Request(method=method, uri=uri, headers=headers, body=body)
