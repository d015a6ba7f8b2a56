"""The formats of files: JSON, NDJSON, requests of a dev console, HAR; it must not know names or places of files."""

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from eventlint.errors import InputError
from eventlint.inputs.record import Place, Record, Suppression
from eventlint.jsontext.decoding import Decoded, decode
from eventlint.jsontext.lazy_regex import Lazy
from eventlint.jsontext.syntax_error import JsonSyntaxError
from eventlint.model import Request

ENDPOINT = r"/?_application/analytics/[^/?\s]*/event(?:[/?]|$)"
_REQUEST_LINE = Lazy(rb"^(GET|POST|PUT|DELETE|HEAD|PATCH|OPTIONS)[ \t]+(\S+)[ \t]*(?:HTTP/[\d.]+)?[ \t]*\r?$")
_HEADER = Lazy(rb"^([A-Za-z][A-Za-z0-9-]*):[ \t]*(.*?)[ \t]*\r?$")
_COMMENT = Lazy(rb"^[ \t]*(#|//)")
_SILENCE = Lazy(rb"^[ \t]*(?:#|//)[ \t]*eventlint:[ \t]*ignore\[([a-z0-9, \t-]+)\]")


class Envelope(NamedTuple):
    """Where an event's parts stand in a larger object, as names on the way to each (from JSON Pointers)."""

    payload: tuple[str, ...] = ("payload",)
    event_type: tuple[str, ...] = ("event_type",)
    collection: tuple[str, ...] = ("collection",)


def read_json(data: bytes, envelope: Envelope) -> Iterator[Record]:
    """One event, one envelope, or an array of either.

    Args:
        data: The file's content.
        envelope: What an envelope looks like.
    """
    try:
        text = decode(data)
    except JsonSyntaxError:
        yield Record(body=data)
        return
    if text.unit > 1 or data.startswith(b"{") or not _is_array(text):
        yield _opened(Record(body=data), envelope)
        return
    from eventlint.inputs.json_spans import elements
    from eventlint.jsontext.positions import Lines

    spans = list(elements(data, text.start))
    places = Lines(text).positions(begin for begin, _ in spans)
    for number, (begin, end) in enumerate(spans, 1):
        at = places[begin]
        place = Place(line=at.line, column=at.column, offset=at.offset)
        yield _opened(Record(body=data[begin:end], place=place, number=number), envelope)


def _is_array(text: Decoded) -> bool:
    from eventlint.jsontext.reader import Reader

    try:
        return Reader(text.data, text.start).first() == ord("[")
    except JsonSyntaxError:
        return False


def read_ndjson(stream: BinaryIO, envelope: Envelope) -> Iterator[Record]:
    """One event or envelope a line; blank lines are passed over.

    Args:
        stream: The file; it is read line by line.
        envelope: What an envelope looks like.
    """
    offset = 0
    for number, line in enumerate(stream, 1):
        body = line.rstrip(b"\r\n")
        if body.strip():
            yield _opened(Record(body=body, place=Place(line=number, offset=offset), number=number), envelope)
        offset += len(line)


def _opened(record: Record, envelope: Envelope) -> Record:
    """The event inside an envelope; the record itself when it is none."""
    body = record.body
    if f'"{envelope.payload[-1]}"'.encode() not in body:
        return record
    from eventlint.inputs.json_spans import find, text_at
    from eventlint.jsontext.positions import Lines

    payload, kind = find(body, envelope.payload), find(body, envelope.event_type)
    if payload is None or kind is None:
        return record
    begin, end = payload
    at = Lines(Decoded(data=body)).positions([begin])[begin]
    place = record.place.of(at)
    return Record(
        body=body[begin:end],
        place=Place(line=place.line, column=place.column, offset=place.offset),
        number=record.number,
        event_type=text_at(body, kind),
        collection=text_at(body, find(body, envelope.collection)),
        head=record.place,
    )


def read_console(data: bytes) -> Iterator[Record]:
    """Requests as a dev console or an ``.http`` file writes them; those to other endpoints are passed over.

    Args:
        data: The file's content.
    """
    lines = data.splitlines(keepends=True)
    starts = [number for number, line in enumerate(lines) if _REQUEST_LINE.match(line.rstrip(b"\r\n"))]
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line))
    number = 0
    for index, start in enumerate(starts):
        stop = starts[index + 1] if index + 1 < len(starts) else len(lines)
        match = _REQUEST_LINE.match(lines[start].rstrip(b"\r\n"))
        assert match is not None  # noqa: S101 - it matched above
        uri = _path(match[2].decode("utf-8", "replace"))
        if uri is None:
            continue
        number += 1
        headers, first, last = _parts(lines, start + 1, stop)
        suppressions = _suppressions(lines, offsets, (starts[index - 1] + 1 if index else 0, start), (start + 1, last))
        body = b"".join(lines[first:last]).rstrip()
        yield Record(
            body=body,
            place=Place(line=first + 1, offset=offsets[first]),
            number=number,
            request=Request(method=match[1].decode(), uri=uri, headers=headers, body=body),
            head=Place(line=start + 1, offset=offsets[start]),
            type_at=_type_at(lines[start], offsets[start]),
            suppressions=suppressions,
        )


def _type_at(line: bytes, offset: int) -> tuple[int, str] | None:
    """Where the event type stands in a request line, when it is written plainly."""
    match = re.search(rb"/event/([\w-]+)(?=[/?\s]|$)", line)
    return (offset + match.start(1), match[1].decode("ascii", "replace")) if match else None


def _suppressions(
    lines: list[bytes], offsets: list[int], above: tuple[int, int], inside: tuple[int, int]
) -> tuple[Suppression, ...]:
    """The comments that silence findings: right above a request for all of it, and in it for the line that follows."""
    found: list[Suppression] = []
    number = above[1] - 1
    while number >= above[0] and _COMMENT.match(lines[number]):
        found += _suppression(lines, offsets, number, None)
        number -= 1
    for number in range(*inside):
        found += _suppression(lines, offsets, number, number + 2)
    return tuple(found)


def _suppression(lines: list[bytes], offsets: list[int], number: int, about: int | None) -> list[Suppression]:
    match = _SILENCE.match(lines[number])
    if match is None:
        return []
    rules = tuple(name.strip() for name in match[1].decode().split(","))
    return [Suppression(rules, about, Place(line=number + 1, offset=offsets[number]))]


def _parts(lines: list[bytes], start: int, stop: int) -> tuple[dict[str, str], int, int]:
    """The headers of a request, and the lines between which its body stands."""
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
    """The path and query of a URL to the endpoint; None for another."""
    match = re.search(ENDPOINT, url)
    if match is None or (match.start() > 0 and "://" not in url[: match.start()] and "{{" not in url):
        return None
    return "/" + url[match.start() :].lstrip("/")


def read_har(data: bytes) -> Iterator[Record]:
    """The requests to the endpoint in a browser's HAR file.

    Args:
        data: The file's content.

    Raises:
        InputError: It is no HAR file.
    """
    from eventlint.inputs.json_spans import elements, find
    from eventlint.jsontext.positions import Lines

    start = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    entries = find(data, ("log", "entries"), start)
    if entries is None:
        raise InputError("not a HAR file: it has no /log/entries")
    number = 0
    found = [
        (begin, end)
        for begin, end in elements(data, entries[0])
        if re.search(ENDPOINT, data[begin:end].decode("utf-8", "replace"))
    ]
    places = Lines(Decoded(data=data, start=start)).positions(begin for begin, _ in found)
    for begin, end in found:
        request = _har_request(data[begin:end])
        if request is not None:
            number += 1
            at = places[begin]
            place = Place(line=at.line, column=at.column, offset=at.offset, fixed=True)
            yield Record(body=request.body, place=place, number=number, request=request, head=place)


def _har_request(raw: bytes) -> Request | None:
    import base64
    import json

    try:
        told = json.loads(raw)["request"]
        method, uri = str(told["method"]).upper(), _path(str(told["url"]))
        if uri is None or method == "OPTIONS":
            return None
        headers = {
            str(header["name"]): str(header["value"])
            for header in told.get("headers", ())
            if not str(header["name"]).startswith(":")
        }
        data = told.get("postData") or {}
        text = str(data.get("text", ""))
        body = base64.b64decode(text) if data.get("encoding") == "base64" else text.encode("utf-8", "surrogatepass")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return Request(method=method, uri=uri, headers=headers, body=body)
