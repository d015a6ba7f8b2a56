"""Checks a request before its payload, in the server's order.

The server stops at the first fault. Here all faults that do not depend on each other are found; the first is the one
that the server answers with.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from eventlint.arguments import plain_request
from eventlint.mirror import media_types as media
from eventlint.mirror import query_string as query
from eventlint.mirror import transport
from eventlint.mirror.headers import Headers
from eventlint.mirror.messages import problem, text
from eventlint.mirror.plain_answer import majors
from eventlint.mirror.rendering import Problem, Refusal
from eventlint.mirror.request_fault import Answered, RequestFault
from eventlint.mirror.suggestions import did_you_mean
from eventlint.model import Request
from eventlint.spec import Release

METHOD = "POST"
PATH = ("_application", "analytics", None, "event", None)
"""The segments of the endpoint's path; None is first the collection, then the event type."""
BOOLEANS = ("pretty", "human")
COMMON = ("error_trace", "filter_path", "format", "human", "pretty")
SOURCE = ("source", "source_content_type")
OWN = ("collection_name", "debug", "event_type")
"""The parameters of this endpoint: those in its path, and its query parameter."""
_REFUSED_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data", "text/plain")
INDEX_PREFIX = "behavioral_analytics-events-"
"""What precedes the name of a collection in the name of its data stream."""
ILLEGAL = frozenset('\\/*?"<>| ,#:')
"""The characters that the name of a data stream does not have."""
MAX_INDEX_BYTES = 255
"""The limit of the name of a data stream, in bytes of UTF-8."""
_PLAIN_TEXT = {"Content-Type": "text/plain; charset=UTF-8"}
_METHODS = frozenset({"GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "CONNECT"})
_SINGLE_VALUED = ("X-Opaque-Id", "traceparent", "X-elastic-product-origin")
_NO_REFUSAL: Answered = (400, None)
"""Stands for the answer to a fault until all faults of its kind are known."""


class Examined(NamedTuple):
    """A request after the checks before its payload.

    Attributes:
        faults: What is wrong; the first is the one that the server answers with.
        collection: The collection's name, decoded; None when the path has none.
        event_type: The event type; None when it is unknown.
        debug: Whether the answer includes the event.
        filter_path: The parts to include in the answer to an accepted event.
        content_format: The format of the payload: ``json``, ``yaml``, ``cbor`` or ``smile``.
        in_query: Whether the payload comes from the query string.
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
    in_query: bool = False
    form: str = "json"
    content_type: str = "application/json"


def is_legal(collection: str) -> bool:
    """Whether a collection can have this name, that is, whether its data stream could be created.

    Source: https://www.elastic.co/guide/en/elasticsearch/reference/current/indices-create-data-stream.html
    """
    return (
        bool(collection)
        and collection == collection.lower()
        and ILLEGAL.isdisjoint(collection)
        and "\0" not in collection
        and len((INDEX_PREFIX + collection).encode("utf-8", "surrogatepass")) <= MAX_INDEX_BYTES
    )


def exists(collection: str, collections: Collection[str] | None) -> bool:
    """Whether a collection exists; with ``collections=None`` every legal name does. None has an empty name."""
    return is_legal(collection) if collections is None else bool(collection) and collection in collections


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
    request = plain_request(request)
    headers = Headers(request.headers)
    early, body = transport.check(request, headers)
    if early is not None:
        return Examined((early,))
    found = _examined(_Head(request.method, request.uri, headers.pairs, bool(body)), release, collections)
    return found._replace(body=body) if found.body and body else found


class _Head(NamedTuple):
    """A request without its body.

    Attributes:
        method: The method.
        uri: The target as it is in the request line.
        headers: The names and values of the headers.
        has_body: Whether there is a body.
    """

    method: str
    uri: str
    headers: tuple[tuple[str, str], ...]
    has_body: bool


_heads: dict[Any, Examined] = {}
"""What is known of requests without their bodies: those of a file differ mostly in their bodies."""

_MAX_HEADS = 256
_LONGEST_HEAD = 8_192
"""How many characters the headers of a request have at most whose checks are kept for the next request."""

_HASHABLE = (frozenset, tuple, type(None))


def _examined(head: _Head, release: Release, collections: Collection[str] | None) -> Examined:
    """As :func:`_examined_head`, but the same head is checked only once. Threads share what is kept."""
    size = sum(len(name) + len(value) for name, value in head.headers)
    if size > _LONGEST_HEAD or type(collections) not in _HASHABLE:
        return _examined_head(head, release, collections)
    events = tuple(release.era.events)
    key = head, release.name, release.era.traits, events, collections
    found = _heads.get(key)
    if found is None:
        found = _examined_head(head, release, collections)
        if len(_heads) >= _MAX_HEADS:
            _heads.clear()
        _heads[key] = found
    return found


def _examined_head(head: _Head, release: Release, collections: Collection[str] | None) -> Examined:
    """Check a request up to its payload; of its body, only whether there is one has an influence."""
    headers = Headers(head.headers)
    body = b"?" if head.has_body else b""
    types = media.read(headers, majors(release), has_body=head.has_body)
    target = transport.read_target(head.uri)
    path, _, query_string = target.partition("#")[0].partition("?")
    errors = [error.problem for error in types.errors]
    faults = [RequestFault("invalid-media-type", _subject(error, headers), _NO_REFUSAL) for error in types.errors]
    parameters: dict[str, str] = {}
    try:
        parameters = query.parameters(query_string)
    except query.EscapeError as error:
        cause = Problem("illegal_argument_exception", str(error))
        errors.append(problem("bad-parameter", reason=error)._replace(caused_by=cause))
        faults.append(RequestFault("invalid-parameter", query_string, _NO_REFUSAL))
    shown = parameters
    for name in BOOLEANS:
        if parameters.get(name, "") not in ("", "true", "false"):
            errors.append(problem("invalid-parameter", value=parameters[name]))
            faults.append(RequestFault("invalid-parameter", name, _NO_REFUSAL))
            shown = {}  # the server then ignores all parameters of the answer
            break
    if not errors:
        errors, faults = _repeated_headers(headers)
    if errors:
        refusal = _refusal(400, errors[0]._replace(suppressed=tuple(errors[1:])))
        faults = [fault._replace(answer=refusal) for fault in faults]
    method = head.method
    examination = _Examination(method, target, release, headers, types, path, parameters, collections, body, faults)
    return examination.result(shown)


def _repeated_headers(headers: Headers) -> tuple[list[Problem], list[RequestFault]]:
    """The headers that are sent with different values but may have only one."""
    for name in _SINGLE_VALUED:
        if len(set(headers.all(name))) > 1:
            return [problem("repeated-header", header=name)], [RequestFault("repeated-header", name, _NO_REFUSAL)]
    return [], []


def _subject(error: media.HeaderError, headers: Headers) -> str:
    return ", ".join(", ".join(headers.all(name)) for name in error.names.split(", "))


def _refusal(status: int, error: Problem) -> Refusal:
    return Refusal(status=status, problem=error, root=error)


@dataclass(slots=True)
class _Examination:
    """The checks of one request whose headers and query string are valid."""

    method: str
    uri: str
    release: Release
    headers: Headers
    types: media.MediaTypes
    path: str
    parameters: dict[str, str]
    collections: Collection[str] | None
    body: bytes
    faults: list[RequestFault]
    content_format: str = "json"
    in_query: bool = False

    def result(self, shown: Mapping[str, str]) -> Examined:
        """The request after all checks; ``shown`` are the parameters that the answer is rendered by."""
        form, content_type = self.types.answer_type(shown.get("format"))
        collection, name, body = (None, None, self.body) if self.faults else self.checks()
        return Examined(
            faults=tuple(self.faults),
            collection=collection,
            event_type=event_type_of(name, self.release) if name is not None else None,
            body=body,
            debug=self.parameters.get("debug") in ("", "true"),
            pretty=shown.get("pretty") in ("", "true"),
            filter_path=self.parameters.get("filter_path"),
            content_format=self.content_format,
            in_query=self.in_query,
            form=form,
            content_type=content_type,
        )

    def checks(self) -> tuple[str | None, str | None, bytes]:
        """Do all checks in the server's order; the collection, the name of the event type, and the payload."""
        trace = self.parameters.get("error_trace", "false")
        if trace not in ("", "true", "false"):
            document = {"error": text("invalid-parameter", value=trace), "status": 400}
            self.fault("invalid-parameter", "error_trace", (400, document))
        found = self.route()
        if found is None:
            return None, None, b""
        collection, name = found
        self.content_type()
        body = self.payload()
        value = self.parameters.get("debug", "")
        if value not in ("", "true", "false"):
            self.fault("invalid-parameter", "debug", _refusal(400, problem("invalid-parameter", value=value)))
        self.unknown_parameters()
        self.faults += target_faults(collection, name, self.release, self.collections)
        return collection, name, body

    def route(self) -> tuple[str, str] | None:
        """The collection and the event type in the path, decoded; None for another path or method."""
        method, uri = self.method, self.uri
        try:
            query.decode(self.path)
        except query.EscapeError as error:
            refusal = _refusal(400, Problem("illegal_argument_exception", str(error)))
            self.fault("unknown-path", self.path, refusal)
            return None
        parts = query.segments(self.path)
        is_here = len(parts) == len(PATH) and all(want in (None, part) for want, part in zip(PATH, parts, strict=True))
        if method not in _METHODS:
            key = "unknown-method-on-path" if is_here else "unknown-method"
            document = {"error": text(key, method=method, allowed=METHOD), "status": 405}
            self.fault("wrong-method", method, (405, document), {"Allow": METHOD} if is_here else None)
        elif method == "OPTIONS":
            allow = {"Allow": METHOD} if is_here else {}
            self.fault("wrong-method", method, (200, None), {**allow, **_PLAIN_TEXT})
        elif not is_here:
            document = {"error": text("unknown-path", uri=uri, method=method)}
            self.fault("unknown-path", self.path, (400, document))
        elif method != METHOD:
            document = {"error": text("wrong-method", uri=uri, method=method, allowed=METHOD), "status": 405}
            self.fault("wrong-method", method, (405, document), {"Allow": METHOD})
        else:
            return query.decode(parts[2]), query.decode(parts[4])
        return None

    def content_type(self) -> None:
        content = self.types.content
        if content is not None and content.format is not None:
            self.content_format = content.format
        if not self.body or (content and content.format and content.name not in _REFUSED_TYPES):
            return
        value = self.headers.first("Content-Type") or ""
        document = {"error": text("unsupported-media-type", value=value), "status": 406}
        self.fault("unsupported-media-type", value, (406, document))

    def unknown_parameters(self) -> None:
        known = {*COMMON, *OWN}
        ignored = known if self.body else known | set(SOURCE)
        unknown = sorted(set(self.parameters) - ignored, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
        if not unknown:
            return
        listed = ", ".join(f"[{name}]" + did_you_mean(name, known).replace(" did", " -> did", 1) for name in unknown)
        plural = "s" if len(unknown) > 1 else ""
        refusal = _refusal(400, problem("unknown-parameter", path=self.path, plural=plural, parameters=listed))
        for name in unknown:
            self.fault("unknown-parameter", name, refusal)

    def payload(self) -> bytes:
        """The payload: the body, or else the query string's ``source``."""
        if self.body:
            return self.body
        source = self.parameters.get("source")
        if source is None:
            self.faults.append(missing_body())
            return b""
        self.in_query = True
        wanted = self.parameters.get("source_content_type")
        if wanted is None:
            self.source_fault("missing-source-type", "")
            return source.encode("utf-8", "replace")
        try:
            content_format = media.source_format(wanted)
        except media.SourceTypeError as error:
            refusal = _refusal(400, problem(error.kind, value=wanted))
            self.fault("invalid-parameter", "source_content_type", refusal)
        else:
            if content_format is None:
                self.source_fault("unknown-source-type", wanted)
            else:
                self.content_format = content_format
        return source.encode("utf-8", "replace")

    def source_fault(self, key: str, value: str) -> None:
        is_raw = "raw-source-errors" in self.release.era.traits
        key, status = (f"older-{key}", 500) if is_raw else (key, 400)
        self.fault("invalid-parameter", "source_content_type", _refusal(status, problem(key, value=value)))

    def fault(self, kind: str, subject: str, answer: Answered, headers: Mapping[str, str] | None = None) -> None:
        self.faults.append(RequestFault(kind, subject, answer, headers))
