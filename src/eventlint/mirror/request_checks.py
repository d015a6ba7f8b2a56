"""Checks a request before its payload, in the server's order.

The server stops at the first fault. Here all faults that do not depend on each other are found; the first is the one
that the server answers with.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from eventlint.arguments import instance
from eventlint.mirror import media_types as media
from eventlint.mirror import query_string as query
from eventlint.mirror.messages import problem, text
from eventlint.mirror.plain_answer import majors
from eventlint.mirror.rendering import Problem, Refusal
from eventlint.mirror.suggestions import did_you_mean
from eventlint.model import Request
from eventlint.spec import Release

METHOD = "POST"
PATH = ("_application", "analytics", None, "event", None)
"""The segments of the endpoint's path; None is first the collection, then the event type."""
_BOOLEANS = ("pretty", "human")
COMMON = ("error_trace", "filter_path", "format", "human", "pretty")
SOURCE = ("source", "source_content_type")
OWN = ("collection_name", "debug", "event_type")
"""The parameters of this endpoint: those in its path, and its query parameter."""
_REFUSED_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data", "text/plain")
_PREFIX = "behavioral_analytics-events-"
_ILLEGAL = frozenset('\\/*?"<>| ,#:')
_PLAIN_TEXT = {"Content-Type": "text/plain; charset=UTF-8"}


_Answer = Refusal | tuple[int, Mapping[str, Any] | None]


class RequestFault(NamedTuple):
    """A fault of a request outside its payload.

    Attributes:
        kind: What is wrong: a key of :data:`eventlint.mirror.messages.MESSAGES`.
        subject: The value that is wrong.
        answer: The server's answer: a rejection, or a status with a document.
        headers: Headers that only this answer has.
    """

    kind: str
    subject: str
    answer: _Answer
    headers: Mapping[str, str] | None = None


class Examined(NamedTuple):
    """A request after the checks before its payload.

    Attributes:
        faults: What is wrong; the first is the one that the server answers with.
        collection: The collection's name, decoded; None when the path has none.
        event_type: The event type; None when it is unknown.
        debug: Whether the answer includes the event.
        filter_path: The parts to include in the answer to an accepted event.
        content_format: The format of the body.
        form: The format of the answer.
    """

    faults: tuple[RequestFault, ...] = ()
    collection: str | None = None
    event_type: str | None = None
    body: bytes = b""
    debug: bool = False
    pretty: bool = False
    filter_path: str | None = None
    content_format: str = "json"
    form: str = "json"
    content_type: str = "application/json"


def is_legal(collection: str) -> bool:
    """Whether a collection can have this name, that is, whether its data stream could be created.

    Source: https://www.elastic.co/guide/en/elasticsearch/reference/current/indices-create-data-stream.html
    """
    return (
        bool(collection)
        and collection == collection.lower()
        and _ILLEGAL.isdisjoint(collection)
        and "\0" not in collection
        and len((_PREFIX + collection).encode("utf-8", "surrogatepass")) <= 255
    )


def exists(collection: str, collections: Collection[str] | None) -> bool:
    """Whether a collection exists; with ``collections=None`` every legal name does."""
    return is_legal(collection) if collections is None else collection in collections


def event_type_of(name: str, release: Release) -> str | None:
    """The event type that the server finds for a name: the name must be lowercase, and is compared in uppercase."""
    if name.lower() != name:
        return None
    return next((event_type for event_type in release.era.events if event_type.upper() == name.upper()), None)


def target_faults(
    collection: str | None, name: str, release: Release, collections: Collection[str] | None
) -> list[RequestFault]:
    """What is wrong with a collection and an event type: what the server validates, and whether the collection exists.

    Without a collection (None), only the event type is checked.
    """
    found: list[tuple[str, str]] = []
    if collection == "":
        found.append(("missing-collection", collection))
    if event_type_of(name, release) is None:
        found.append(("unknown-event-type", name))
    reasons = "".join(f"{number}: {text(kind, event_type=name)};" for number, (kind, _) in enumerate(found, 1))
    refusal = _refusal(400, problem("validation", reasons=reasons))
    faults = [RequestFault(kind, subject, refusal) for kind, subject in found]
    if collection and not exists(collection, collections):
        unknown = _refusal(404, problem("unknown-collection", collection=collection))
        faults.append(RequestFault("unknown-collection", collection, unknown))
    return faults


def missing_body() -> RequestFault:
    """The fault of a request without a body."""
    return RequestFault("missing-body", "", _refusal(400, problem("missing-body")))


def examine(request: Request, release: Release, collections: Collection[str] | None) -> Examined:
    """Check a request up to its payload. Every legal collection exists if ``collections`` is None."""
    _check_types(request)
    headers = {name.lower(): value for name, value in request.headers.items()}
    try:
        types = media.read(headers, majors(release), has_body=bool(request.body))
    except media.HeaderError as error:
        subject = ", ".join(headers.get(name.lower(), "") for name in error.names.split(", "))
        return Examined((RequestFault("invalid-media-type", subject, _refusal(400, error.problem)),))
    path, _, query_string = request.uri.partition("?")
    try:
        parameters = query.parameters(query_string)
    except query.EscapeError as error:
        cause = Problem("illegal_argument_exception", str(error))
        refusal = _refusal(400, problem("bad-parameter", reason=error)._replace(caused_by=cause))
        return Examined((RequestFault("invalid-parameter", query_string, refusal),))
    return _Examination(request, release, headers, types, path, parameters, collections).result()


def _check_types(request: Request) -> None:
    instance("method", request.method, str)
    instance("uri", request.uri, str)
    instance("body", request.body, bytes)
    for name, value in instance("headers", request.headers, Mapping).items():  # type: ignore[type-abstract]
        instance("the name of a header", name, str)
        instance("the value of a header", value, str)


def _refusal(status: int, error: Problem) -> Refusal:
    return Refusal(status=status, problem=error, root=error)


@dataclass(slots=True)
class _Examination:
    """The checks of one request whose headers and query string are valid."""

    request: Request
    release: Release
    headers: Mapping[str, str]
    types: media.MediaTypes
    path: str
    parameters: dict[str, str]
    collections: Collection[str] | None
    faults: list[RequestFault] = field(default_factory=list)

    def result(self) -> Examined:
        form, content_type = self.types.answer_type(self.parameters.get("format"))
        collection, name, body = self.checks()
        return Examined(
            faults=tuple(self.faults),
            collection=collection,
            event_type=event_type_of(name, self.release) if name is not None else None,
            body=body,
            debug=self.parameters.get("debug") in ("", "true"),
            pretty=self.parameters.get("pretty") in ("", "true"),
            filter_path=self.parameters.get("filter_path"),
            content_format=(self.types.content and self.types.content.format) or "json",
            form=form,
            content_type=content_type,
        )

    def fault(self, kind: str, subject: str, answer: _Answer, headers: Mapping[str, str] | None = None) -> None:
        self.faults.append(RequestFault(kind, subject, answer, headers))

    def checks(self) -> tuple[str | None, str | None, bytes]:
        """Do all checks in the server's order; the collection, the name of the event type, and the payload."""
        for name in _BOOLEANS:
            self.boolean(name)
        trace = self.parameters.get("error_trace", "false")
        if trace not in ("", "true", "false"):
            document = {"error": text("invalid-parameter", value=trace), "status": 400}
            self.fault("invalid-parameter", "error_trace", (400, document))
        found = self.route()
        if found is None:
            return None, None, b""
        collection, name = found
        self.content_type()
        self.boolean("debug")
        self.unknown_parameters()
        body = self.body()
        if not body:
            self.faults.append(missing_body())
        self.faults += target_faults(collection, name, self.release, self.collections)
        return collection, name, body

    def boolean(self, name: str) -> None:
        value = self.parameters.get(name, "")
        if value not in ("", "true", "false"):
            self.fault("invalid-parameter", name, _refusal(400, problem("invalid-parameter", value=value)))

    def route(self) -> tuple[str, str] | None:
        """The collection and the event type in the path, decoded; None for another path or method."""
        method, uri = self.request.method, self.request.uri
        parts = query.segments(self.path)
        if len(parts) != len(PATH) or any(want not in (None, part) for want, part in zip(PATH, parts, strict=True)):
            if method == "OPTIONS":
                self.fault("wrong-method", method, (200, None), _PLAIN_TEXT)
            else:
                document = {"error": text("unknown-path", uri=uri, method=method)}
                self.fault("unknown-path", self.path, (400, document))
            return None
        if method == "OPTIONS":
            self.fault("wrong-method", method, (200, None), {"Allow": METHOD, **_PLAIN_TEXT})
            return None
        if method != METHOD:
            error = text("wrong-method", uri=uri, method=method, allowed=METHOD)
            self.fault("wrong-method", method, (405, {"error": error, "status": 405}), {"Allow": METHOD})
            return None
        try:
            return query.decode(parts[2]), query.decode(parts[4])
        except query.EscapeError as error:
            refusal = _refusal(400, Problem("illegal_argument_exception", str(error)))
            self.fault("unknown-path", self.path, refusal)
            return None

    def content_type(self) -> None:
        content = self.types.content
        if not self.request.body or (content and content.format and content.name not in _REFUSED_TYPES):
            return
        value = self.headers.get("content-type")
        key = "missing-content-type" if value is None else "unsupported-media-type"
        document = {"error": text(key, value=value), "status": 406}
        self.fault("unsupported-media-type", value or "", (406, document))

    def unknown_parameters(self) -> None:
        known = {*COMMON, *OWN}
        unknown = sorted(
            set(self.parameters) - known - set(SOURCE), key=lambda name: name.encode("utf-16-be", "surrogatepass")
        )
        if not unknown:
            return
        listed = ", ".join(f"[{name}]" + did_you_mean(name, known).replace(" did", " -> did", 1) for name in unknown)
        plural = "s" if len(unknown) > 1 else ""
        refusal = _refusal(400, problem("unknown-parameter", path=self.path, plural=plural, parameters=listed))
        for name in unknown:
            self.fault("unknown-parameter", name, refusal)

    def body(self) -> bytes:
        """The payload: the body, or else the query string's ``source``."""
        if self.request.body or "source" not in self.parameters:
            return self.request.body
        if "source_content_type" not in self.parameters:
            refusal = _refusal(500, problem("missing-source-type"))
            self.fault("invalid-parameter", "source_content_type", refusal)
        return self.parameters["source"].encode("utf-8", "replace")
