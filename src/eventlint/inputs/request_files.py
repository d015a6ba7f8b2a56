"""Requests in text files: the form of a dev console, and ``.http`` files."""

import re
from collections.abc import Iterator
from itertools import accumulate, takewhile

from eventlint.inputs.endpoint import endpoint_path
from eventlint.inputs.record import Place, Record, SuppressionComment
from eventlint.jsontext.lazy_regex import Lazy
from eventlint.model import Request

_REQUEST_LINE = Lazy(rb"^(GET|POST|PUT|DELETE|HEAD|PATCH|OPTIONS)[ \t]+(\S+)[ \t]*(?:HTTP/[\d.]+)?[ \t]*\r?$")
_HEADER = Lazy(rb"^([A-Za-z][A-Za-z0-9-]*):[ \t]*(.*?)[ \t]*\r?$")
_COMMENT = Lazy(rb"^[ \t]*(#|//)")
_IGNORE = Lazy(rb"^[ \t]*(?:#|//)[ \t]*eventlint:[ \t]*ignore\[([a-z0-9, \t-]+)\]")


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
        uri = endpoint_path(match[2].decode("utf-8", "replace"))
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


def _parts(lines: list[bytes], start: int, stop: int) -> tuple[list[tuple[str, str]], int, int]:
    """The headers of a request, the first line of its body, and the line after its body."""
    headers: list[tuple[str, str]] = []
    while start < stop:
        header = _HEADER.match(lines[start].rstrip(b"\n"))
        if header:
            headers.append((header[1].decode(), header[2].decode("utf-8", "replace")))
        elif lines[start].strip() and not _COMMENT.match(lines[start]):
            break
        start += 1
    while stop > start and (not lines[stop - 1].strip() or _COMMENT.match(lines[stop - 1])):
        stop -= 1
    if not any(name.lower() == "content-type" for name, _ in headers):
        headers.insert(0, ("Content-Type", "application/json"))
    return headers, start, stop
