"""Judges a request: the server's answer, the findings, and the event as it is stored."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache, partial
from typing import Any, NamedTuple

from eventlint import spec
from eventlint.checker import Checker, finds_nothing_in
from eventlint.checker_options import CheckerOptions
from eventlint.errors import MissingExtraError
from eventlint.guard.endpoint import ENDPOINT
from eventlint.ingest.pipeline import stored
from eventlint.mirror.content_encoding import TooLargeError, UnreadableError, decompressed
from eventlint.mirror.headers import Headers
from eventlint.mirror.query_string import EscapeError, decode, segments
from eventlint.mirror.request_checks import Examined, examine
from eventlint.mirror.request_fault import RequestFault
from eventlint.mirror.server import Handled, Server
from eventlint.mirror.transport import read_target
from eventlint.model import Answer, Request, header_pairs
from eventlint.report import Report
from eventlint.serve.collections import Collections
from eventlint.serve.received import SHOWN_HEADERS, Received, Verdict

ACCEPTED = 202
UNREADABLE_FORMAT = 501
TOO_LARGE = Answer(status=413)
"""The server's answer to a body over the limit."""
_MOST_CACHED = 4
_MOST_HEADS = 256
_LONGEST_HEAD = 4096
"""Heads of requests with more characters are not remembered."""
_OTHER_HEADERS = frozenset(
    {
        *("authorization", "connection", "content-length", "cookie", "host", "origin", "referer", "user-agent"),
        "x-forwarded-for",
    }
)
"""The headers, in lower case, that change neither the checks before the payload nor the answer to a clean event."""


class Target(NamedTuple):
    """What the path of a request names, decoded; None for what it does not name."""

    collection: str | None
    event_type: str | None


def event_target(uri: str) -> Target | None:
    """The collection and the event type of a request that is meant to send an event; None for other requests.

    A path with another prefix, such as ``//_application``, is one of them: the server rejects it, and it shall be seen.
    """
    return _cached_target(uri) if len(uri) <= _LONGEST_HEAD else _target(uri)


def _target(uri: str) -> Target | None:
    path = read_target(uri).partition("#")[0].partition("?")[0]
    try:
        parts = [decode(part) for part in segments(path)]
    except EscapeError:
        parts = segments(path)
    names = ENDPOINT.strip("/").split("/")
    at = next((index for index in range(len(parts)) if parts[index : index + len(names)] == names), None)
    if at is None:
        return None
    rest = parts[at + len(names) :]
    if len(rest) < 2 or rest[1] != "event":
        return None
    return Target(rest[0], "/".join(rest[2:]) or None)


_cached_target = lru_cache(_MOST_HEADS)(_target)


class _Head(NamedTuple):
    """What is known of a request before its payload is read: the checks passed, and the answer to a clean event."""

    event_type: str
    collection: str | None
    answer: Answer
    plain: Answer
    report: Report


class _Mirror:
    """The checker and the server for the same collections, and the heads of recent requests.

    Clients repeat the method, the target, and most headers of a request; only the payload is new each time.
    """

    def __init__(self, checker: Checker, server: Server) -> None:
        self.checker = checker
        self.server = server
        self._heads: dict[tuple[Any, ...], _Head | None] = {}

    def head(self, request: Request, lines: Iterable[tuple[str, str]]) -> _Head | None:
        """The head of a request with a body; None if it has faults, or not a body in plain JSON."""
        kept = tuple(line for line in lines if line[0] not in _OTHER_HEADERS)
        key = (request.method, request.uri, kept)
        try:
            return self._heads[key]
        except KeyError:
            head = self._examined(request)
        if len(request.uri) + sum(len(name) + len(value) for name, value in kept) <= _LONGEST_HEAD:
            if len(self._heads) >= _MOST_HEADS:
                self._heads.clear()
            self._heads[key] = head
        return head

    def _examined(self, request: Request) -> _Head | None:
        if Headers(request.headers).first("Content-Encoding") is not None:
            return None
        examined = examine(request, self.server.release, self.server.collections)
        if examined.faults or examined.debug or examined.content_format != "json" or examined.event_type is None:
            return None
        answer = self.server.answer(examined, {}, request)
        plain = without_encoding(answer)
        report = Report(examined.event_type, self.server.release, (), None, plain)
        return _Head(examined.event_type, examined.collection, answer, plain, report)


class Judge:
    """Holds the checkers and servers for the collections that exist."""

    def __init__(self, release: str, collections: Collections, build_hash: str, options: CheckerOptions) -> None:
        self.collections = collections
        self.options = options
        self.release = spec.release(release)
        self.build_hash = build_hash
        self._cached: dict[frozenset[str] | None, _Mirror] = {}
        self._of(None)

    def _of(self, name: str | None) -> _Mirror:
        """The checker and the server for a request to a collection."""
        existing = self.collections.visible_to(name)
        found = self._cached.get(existing)
        if found is None:
            if len(self._cached) >= _MOST_CACHED:
                self._cached.clear()
            checker = Checker(self.release.asked, collections=existing, **self._shared())
            server = Server(self.release.asked, existing, build_hash=self.build_hash)
            found = self._cached[existing] = _Mirror(checker, server)
        return found

    def _shared(self) -> Any:
        return {name: value for name, value in self.options.items() if name not in ("release", "collections")}

    def server(self, name: str | None = None) -> Server:
        """The server for a request to a collection."""
        return self._of(name).server

    def with_release(self, release: str) -> Judge:
        """The judge with the same rules for another release, for which every legal collection exists.

        Raises:
            UsageError: There is no such release.
        """
        if release == self.release.asked and self.collections.is_open:
            return self
        return Judge(release, Collections(), self.build_hash, self.options)

    def checker(self, release: str | None = None) -> Checker:
        """The checker for a release, by default the chosen one, for which every legal collection exists."""
        return Checker(release or self.release.asked, **self._shared())

    def judge(self, request: Request, target: Target, peer: str, now: int) -> Received:
        """What the server does with an event, and its findings.

        Args:
            request: The request, with all of its headers.
            target: What its path names.
            peer: The address of the sender.
            now: The time of arrival, in milliseconds since the epoch.
        """
        mirror = self._of(target.collection)
        checker, server = mirror.checker, mirror.server
        shown = _with_shown_headers(request)  # credentials are not kept
        head = mirror.head(request, header_pairs(request.headers)) if request.body else None
        if head is not None and finds_nothing_in(checker, request.body, head.event_type, head.collection):
            return self._clean(server, head, shown, target, peer, now)
        headers = Headers(request.headers)
        try:
            handled = server.handle(request, peer=peer, now=now)
        except MissingExtraError as error:
            handled = Handled(unreadable(str(error)), Examined(), None)
        payload = payload_of(request, headers, handled.examined)
        plain = request
        if payload != request.body and request.body:
            plain = _without_encoding(request, payload)
        report = checker.check_request(plain, now=now)
        verdict: Verdict = "accepted"
        if report.unchecked is not None and handled.answer.status == UNREADABLE_FORMAT:
            verdict = "unchecked"
        elif handled.answer.status != ACCEPTED:
            verdict = "rejected"
        elif any(finding.effect == "lost" for finding in report.findings):
            verdict = "lost"
        return Received(
            time=now,
            request=shown,
            payload=payload,
            event_type=target.event_type,
            collection=target.collection,
            verdict=verdict,
            answer=without_encoding(handled.answer),
            sent=handled.answer,
            report=report,
            document=None if verdict != "accepted" else partial(_document, handled, self.release),
        )

    def _clean(self, server: Server, head: _Head, shown: Request, target: Target, peer: str, now: int) -> Received:
        """An event that certainly has no findings. Its stored form is made when it is asked for."""
        return Received(
            time=now,
            request=shown,
            payload=shown.body,
            event_type=target.event_type,
            collection=target.collection,
            verdict="accepted",
            answer=head.plain,
            sent=head.answer,
            report=head.report,
            document=partial(_document_of, server, shown, peer, now),
        )

    def too_large(self, request: Request, target: Target, now: int, limit: int) -> Received:
        """What the server does with an event whose body is over a limit, in bytes."""
        from eventlint.full_check import of_request

        finding = of_request(RequestFault("body-too-large", f"{limit} bytes", (TOO_LARGE.status, None)))
        return Received(
            time=now,
            request=_with_shown_headers(Request(method=request.method, uri=request.uri, headers=request.headers)),
            payload=None,
            event_type=target.event_type,
            collection=target.collection,
            verdict="rejected",
            answer=TOO_LARGE,
            sent=TOO_LARGE,
            report=Report(target.event_type or "", self.release, (finding,), finding, TOO_LARGE),
        )


def _document(handled: Handled, release: spec.Release) -> dict[str, Any] | None:
    """The event as it is stored."""
    event_type = handled.examined.event_type
    if handled.document is None or event_type is None:
        return None
    return stored(handled.document, spec.event(event_type, release))


def _document_of(server: Server, request: Request, peer: str, now: int) -> dict[str, Any] | None:
    return _document(server.handle(request, peer=peer, now=now), server.release)


def unreadable(reason: str) -> Answer:
    """The answer to a body in a format that an extra reads; it is not the server's."""
    body = f"eventlint: {reason}\n".encode()
    headers = {"Content-Type": "text/plain; charset=UTF-8"}
    return Answer(status=UNREADABLE_FORMAT, headers=headers, body=body)


def without_encoding(answer: Answer) -> Answer:
    """The answer without its content encoding."""
    encoding = answer.headers.get("Content-Encoding")
    if encoding is None:
        return answer
    headers = {name: value for name, value in answer.headers.items() if name != "Content-Encoding"}
    return Answer(status=answer.status, headers=headers, body=decompressed(answer.body, encoding))


def payload_of(request: Request, headers: Headers, examined: Examined) -> bytes:
    """The payload of a request: the body without its content encoding, or else what is in the query string."""
    if not request.body:
        return examined.body
    encoding = headers.first("Content-Encoding")
    if encoding is None:
        return request.body
    try:
        return decompressed(request.body, encoding)
    except (UnreadableError, TooLargeError):
        return request.body


def _without_encoding(request: Request, payload: bytes) -> Request:
    """The request with its payload as it is without a content encoding, so that findings have positions."""
    headers = [pair for pair in header_pairs(request.headers) if pair[0].lower() != "content-encoding"]
    return Request(method=request.method, uri=request.uri, headers=headers, body=payload)


def _with_shown_headers(request: Request) -> Request:
    headers = [pair for pair in header_pairs(request.headers) if pair[0].lower() in SHOWN_HEADERS]
    return Request(method=request.method, uri=request.uri, headers=headers, body=request.body)
