"""All that the server checks of a request before its payload, in its order; it must not know the payload's contract.

The server stops at the first fault. Here all that do not depend on each other are found; the first is the one told.
"""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from eventlint.mirror import media_types as media
from eventlint.mirror import query_string as query
from eventlint.mirror.rendering import Problem, Refusal
from eventlint.mirror.suggestions import did_you_mean
from eventlint.model import Request
from eventlint.spec import event_types

METHOD = "POST"
PATH = ("_application", "analytics", None, "event", None)
"""The segments of the endpoint's path; None stands for the collection, and then for the event type."""
_BOOLEANS = ("pretty", "human")
COMMON = ("error_trace", "filter_path", "format", "human", "pretty")
SOURCE = ("source", "source_content_type")
OWN = ("collection_name", "debug", "event_type")
"""The names that the endpoint knows besides the common ones: those of its path, and its parameter."""
_REFUSED_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data", "text/plain")
_PREFIX = "behavioral_analytics-events-"
_ILLEGAL = frozenset('\\/*?"<>| ,#:')


class RequestFault(NamedTuple):
    """Something wrong with a request around its payload.

    Attributes:
        rule: The rule's name.
        subject: The text that is wrong.
        answer: What the server says: a refusal, or a document with its status.
        headers: Headers that only this answer has.
    """

    rule: str
    subject: str
    answer: Refusal | tuple[int, Mapping[str, Any] | None]
    headers: Mapping[str, str] | None = None


class Examined(NamedTuple):
    """A request after the checks before its payload.

    Attributes:
        faults: What is wrong, the one that the server tells first.
        collection: The collection's name, decoded; None when the path has none.
        event_type: The event type, or None when it is none.
        body: The payload.
        debug: Whether the event is asked for in the answer.
        pretty: Whether JSON is written in lines.
        filter_path: Which parts of an accepted answer are asked for.
        form: The format of the answer.
        content_type: The answer's ``Content-Type``.
    """

    faults: tuple[RequestFault, ...] = ()
    collection: str | None = None
    event_type: str | None = None
    body: bytes = b""
    debug: bool = False
    pretty: bool = False
    filter_path: str | None = None
    form: str = "json"
    content_type: str = "application/json"


def is_legal(collection: str) -> bool:
    """Whether a collection can have this name: its data stream could be created.

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
    """Whether there is such a collection; when none are named, every legal name exists."""
    return is_legal(collection) if collections is None else collection in collections


def event_type_of(name: str) -> str | None:
    """The event type with a name, as the server looks it up: it must be in lower case, and is found in upper case."""
    if name.lower() != name:
        return None
    return next((known for known in event_types() if known.upper() == name.upper()), None)


def validation(collection: str, name: str) -> list[RequestFault]:
    """What request validation says of a collection's name and an event type."""
    reasons: list[tuple[str, str, str]] = []
    if not collection:
        reasons.append(("missing-collection", collection, "collection name is missing"))
    if event_type_of(name) is None:
        reasons.append(("unknown-event-type", name, f"invalid event type: [{name}]"))
    words = "".join(f"{number}: {reason};" for number, (_, _, reason) in enumerate(reasons, 1))
    refusal = Refusal.of(400, "action_request_validation_exception", f"Validation Failed: {words}")
    return [RequestFault(rule=rule, subject=subject, answer=refusal) for rule, subject, _ in reasons]


def missing_body() -> RequestFault:
    """There is no body."""
    reason = "request body or source parameter is required"
    return RequestFault(rule="missing-body", subject="", answer=Refusal.of(400, "parse_exception", reason))


def unknown_collection(collection: str) -> RequestFault:
    """There is no such collection."""
    refusal = Refusal.of(404, "resource_not_found_exception", f"no such analytics collection [{collection}]")
    return RequestFault(rule="unknown-collection", subject=collection, answer=refusal)


def examine(request: Request, majors: tuple[int, int], collections: Collection[str] | None) -> Examined:
    """Check a request up to its payload.

    Args:
        request: The request.
        majors: The server's major, and the one before.
        collections: The collections that exist; None when every legal name does.
    """
    headers = {name.lower(): value for name, value in request.headers.items()}
    try:
        types = media.read(headers, majors, has_body=bool(request.body))
    except media.HeaderError as error:
        refusal = Refusal(status=400, problem=error.problem, root=error.problem)
        subject = ", ".join(headers.get(name.lower(), "") for name in error.names.split(", "))
        return Examined(faults=(RequestFault(rule="invalid-media-type", subject=subject, answer=refusal),))
    path, _, text = request.uri.partition("?")
    try:
        parameters = query.parameters(text)
    except query.EscapeError as error:
        below = Problem(type="illegal_argument_exception", reason=str(error))
        problem = Problem(
            type="bad_parameter_exception", reason=f"java.lang.IllegalArgumentException: {error}", caused_by=below
        )
        refusal = Refusal(status=400, problem=problem, root=problem)
        return Examined(faults=(RequestFault(rule="invalid-parameter", subject=text, answer=refusal),))
    return _Examination(request, headers, types, path, parameters, collections).result()


class _Examination:
    """The checks of one request whose headers and query string could be read."""

    def __init__(
        self,
        request: Request,
        headers: Mapping[str, str],
        types: media.MediaTypes,
        path: str,
        parameters: dict[str, str],
        collections: Collection[str] | None,
    ) -> None:
        self.request = request
        self.headers = headers
        self.types = types
        self.path = path
        self.parameters = parameters
        self.collections = collections
        self.faults: list[RequestFault] = []

    def result(self) -> Examined:
        pretty = self.parameters.get("pretty") in ("", "true")
        form, content_type = self.types.answer_type(self.parameters.get("format"))
        collection, name, body = self.checks()
        return Examined(
            faults=tuple(self.faults),
            collection=collection,
            event_type=event_type_of(name) if name is not None else None,
            body=body,
            debug=self.parameters.get("debug") in ("", "true"),
            pretty=pretty,
            filter_path=self.parameters.get("filter_path"),
            form=form,
            content_type=content_type,
        )

    def checks(self) -> tuple[str | None, str | None, bytes]:
        """All checks, in the server's order; the collection, the event type's name, and the payload."""
        for name in _BOOLEANS:
            self.boolean(name)
        trace = self.parameters.get("error_trace", "false")
        if trace not in ("", "true", "false"):
            document = {"error": _not_boolean(trace), "status": 400}
            self.faults.append(RequestFault(rule="invalid-parameter", subject="error_trace", answer=(400, document)))
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
        self.faults += validation(collection, name)
        if collection and not exists(collection, self.collections):
            self.faults.append(unknown_collection(collection))
        return collection, name, body

    def boolean(self, name: str) -> None:
        value = self.parameters.get(name, "")
        if value not in ("", "true", "false"):
            refusal = Refusal.of(400, "illegal_argument_exception", _not_boolean(value))
            self.faults.append(RequestFault(rule="invalid-parameter", subject=name, answer=refusal))

    def route(self) -> tuple[str, str] | None:
        """The collection and the event type in the path, decoded; None when the path or the method is another."""
        method, uri = self.request.method, self.request.uri
        parts = query.segments(self.path)
        if len(parts) != len(PATH) or any(want not in (None, part) for want, part in zip(PATH, parts, strict=True)):
            if method == "OPTIONS":
                self.faults.append(
                    RequestFault(
                        rule="wrong-method",
                        subject=method,
                        answer=(200, None),
                        headers={"Content-Type": "text/plain; charset=UTF-8"},
                    )
                )
            else:
                document = {"error": f"no handler found for uri [{uri}] and method [{method}]"}
                self.faults.append(RequestFault(rule="unknown-path", subject=self.path, answer=(400, document)))
            return None
        if method != METHOD:
            self.wrong_method()
            return None
        try:
            return query.decode(parts[2]), query.decode(parts[4])
        except query.EscapeError as error:
            refusal = Refusal.of(400, "illegal_argument_exception", str(error))
            self.faults.append(RequestFault(rule="unknown-path", subject=self.path, answer=refusal))
            return None

    def wrong_method(self) -> None:
        method = self.request.method
        headers = {"Allow": METHOD}
        answer: tuple[int, Mapping[str, Any] | None] = (200, None)
        if method == "OPTIONS":
            headers["Content-Type"] = "text/plain; charset=UTF-8"
        else:
            words = f"Incorrect HTTP method for uri [{self.request.uri}] and method [{method}], allowed: [{METHOD}]"
            answer = (405, {"error": words, "status": 405})
        self.faults.append(RequestFault(rule="wrong-method", subject=method, answer=answer, headers=headers))

    def content_type(self) -> None:
        content = self.types.content
        if not self.request.body or (content and content.format and content.name not in _REFUSED_TYPES):
            return
        text = self.headers.get("content-type")
        words = "Content-Type header is missing" if text is None else f"Content-Type header [{text}] is not supported"
        answer = (406, {"error": words, "status": 406})
        self.faults.append(RequestFault(rule="unsupported-media-type", subject=text or "", answer=answer))

    def unknown_parameters(self) -> None:
        known = {*COMMON, *OWN}
        unknown = sorted(
            set(self.parameters) - known - set(SOURCE), key=lambda name: name.encode("utf-16-be", "surrogatepass")
        )
        if not unknown:
            return
        listed = ", ".join(f"[{name}]" + did_you_mean(name, known).replace(" did", " -> did", 1) for name in unknown)
        path = self.path
        words = f"request [{path}] contains unrecognized parameter{'s' if len(unknown) > 1 else ''}: {listed}"
        refusal = Refusal.of(400, "illegal_argument_exception", words)
        self.faults += [RequestFault(rule="unknown-parameter", subject=name, answer=refusal) for name in unknown]

    def body(self) -> bytes:
        """The payload: the body, or else the query string's ``source``."""
        if self.request.body or "source" not in self.parameters:
            return self.request.body
        kind = self.parameters.get("source_content_type")
        if kind is None:
            words = "source and source_content_type parameters are required"
            refusal = Refusal.of(500, "illegal_state_exception", words)
            self.faults.append(RequestFault(rule="invalid-parameter", subject="source_content_type", answer=refusal))
        return self.parameters["source"].encode("utf-8", "replace")


def _not_boolean(value: str) -> str:
    return f"Failed to parse value [{value}] as only [true] or [false] are allowed."
