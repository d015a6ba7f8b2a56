"""Makes records of the requests in a text file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from eventlint.inputs.endpoint import MAY_HAVE_PREFIX
from eventlint.inputs.record import Place, Record, SuppressionComment, place_of
from eventlint.inputs.requests import suppression_comments
from eventlint.inputs.requests.grammar import Target
from eventlint.inputs.requests.http_file import HttpBody
from eventlint.inputs.requests.unknown_values import has_known_structure
from eventlint.inputs.requests.variables import FileVariables, has_variable, keep, unknown
from eventlint.inputs.source_map import EventBuilder, SourceMap, SourceText
from eventlint.model import Finding, Request

TYPE_IS_UNKNOWN = "the event type is a variable"
BODY_IS_UNKNOWN = "the event is a variable"
FILE_IS_UNKNOWN = "the name of the body's file is a variable"
"""Why an event is unchecked."""

Comments = list[tuple[int, int]]
"""Comments: for each, its first byte and the byte after it."""


class RequestHead(NamedTuple):
    """A request line, and what its URL leads to.

    Attributes:
        start: The first byte of the method.
        end: The byte after the line, and after the lines that continue it.
        method: The method, in upper case; a variable is taken for POST.
        is_http: Whether only an HTTP file can have this line.
        type_at: The offset of the event type in the file, and the event type; None when it is not written there.
        above: The comments directly above it.
    """

    start: int
    end: int
    method: str
    target: Target
    is_http: bool
    type_at: tuple[int, str] | None
    above: tuple[tuple[int, int], ...]


def record(
    text: SourceText,
    head: RequestHead,
    number: int,
    headers: Mapping[str, str],
    body: bytes = b"",
    source_map: SourceMap | None = None,
    comments: Sequence[tuple[int, int]] = (),
) -> Record:
    """The record of a request to the endpoint."""
    at = head.start if source_map is None or not source_map.segments else source_map.segments[0].at
    position = text.position(at)
    place = Place(position.line, position.column, position.offset, source_map=source_map)
    return _record(text, head, number, headers, body, place, comments, unknown(body))


def _record(
    text: SourceText,
    head: RequestHead,
    number: int,
    headers: Mapping[str, str],
    body: bytes,
    place: Place,
    comments: Sequence[tuple[int, int]],
    spans: tuple[tuple[int, int], ...],
) -> Record:
    uri = head.target.uri or ""
    unchecked = None
    if has_variable("/".join(uri.partition("?")[0].split("/")[4:])):
        unchecked = TYPE_IS_UNKNOWN
    elif spans and not has_known_structure(body, spans):
        unchecked = BODY_IS_UNKNOWN
    return Record(
        body=body,
        place=place,
        number=number,
        request=Request(method=head.method, uri=uri, headers=dict(headers), body=body),
        head=place_of(text.position(head.start)),
        type_at=head.type_at if text.is_editable else None,
        suppressions=_suppressions(text, head, comments),
        prefix=head.target.prefix,
        unchecked=unchecked,
        unknown=spans,
        has_variables=any(map(has_variable, (uri, *headers, *headers.values()))),
    )


def _suppressions(
    text: SourceText, head: RequestHead, comments: Sequence[tuple[int, int]]
) -> tuple[SuppressionComment, ...]:
    if not head.above and not comments:
        return ()
    above = suppression_comments.of_request(text, head.above)
    return (*above, *suppression_comments.of_lines(text, comments))


def record_with_file(
    text: SourceText,
    head: RequestHead,
    number: int,
    headers: Mapping[str, str],
    body: HttpBody,
    comments: Sequence[tuple[int, int]],
    variables: FileVariables,
    path: str | None,
) -> Record:
    """The record of a request whose body is the content of a file, or contains it."""
    from eventlint.inputs.requests.body_file import read_body_file

    parts = [(start, text.data[start:end]) for start, end in body.lines if text.data[start:end].strip()]
    place, source = place_of(text.position(body.includes[0].start), encoded=True), None
    spans: tuple[tuple[int, int], ...] = ()
    for include in body.includes:
        name = variables.applied(include.path.encode("utf-8", "surrogateescape"))
        if unknown(name):
            return _record(text, head, number, headers, b"", place, comments, ())._replace(unchecked=FILE_IS_UNKNOWN)
        found = read_body_file(name.decode("utf-8", "surrogateescape"), path)
        if found.problem is not None:
            from eventlint.rules.error.unreadable_request import body_file

            position = text.position(include.start)
            return _with_problem(text, head.above, number, body_file(found.path, found.problem, position))
        content = found.content
        if len(body.includes) == 1 and not parts:
            source = found.path
            place, content = _place_in_file(content, variables if include.has_variables else None)
        elif include.has_variables:
            content = variables.applied(content)
        spans = unknown(content) if include.has_variables and source else spans
        parts.append((include.start, content))
    content = b"\n".join(part for _, part in sorted(parts))
    spans = spans if source else unknown(content)
    return _record(text, head, number, headers, content, place, comments, spans)._replace(source=source)


def _place_in_file(content: bytes, variables: FileVariables | None) -> tuple[Place, bytes]:
    """The place of a body that is the whole content of another file, and the body with the known variables replaced."""
    if not variables or not unknown(content):
        return Place(), content
    text = SourceText(content, is_editable=False)
    builder = EventBuilder(text)
    keep(builder, content, 0, len(content), variables)
    body, source_map = builder.build()
    return Place(source_map=source_map), body


def maybe_behind_prefix(text: SourceText, head: RequestHead, number: int) -> Record:
    """The record of a request that may go to the endpoint through a proxy."""
    place = place_of(text.position(head.start))
    return Record(body=b"", place=place, number=number, unchecked=MAY_HAVE_PREFIX)


def unreadable_line(text: SourceText, offset: int, number: int, above: Sequence[tuple[int, int]] = ()) -> Record:
    """The record of a line that names the endpoint, but is not a request."""
    from eventlint.rules.error.unreadable_request import line

    start = offset + len(text.data[offset : text.end(offset)]) - len(text.data[offset : text.end(offset)].lstrip())
    content = text.data[start : text.end(start)].decode("utf-8", "replace").strip()
    return _with_problem(text, above, number, line(content, text.position(start)))


def _with_problem(text: SourceText, above: Sequence[tuple[int, int]], number: int, problem: Finding) -> Record:
    suppressions = tuple(suppression_comments.of_request(text, above)) if above else ()
    head = Place() if problem.position is None else place_of(problem.position)
    return Record(body=b"", number=number, head=head, suppressions=suppressions, problem=problem)
