"""Answers a request as the server does."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from eventlint.arguments import plain_request, string, strings
from eventlint.mirror.content_encoding import answer_encoding, compressed
from eventlint.mirror.filter_path import filtered
from eventlint.mirror.headers import Headers
from eventlint.mirror.plain_answer import PRODUCT, UNKNOWN_BUILD, reaches_action, warning
from eventlint.mirror.reading import Reading
from eventlint.mirror.rendering import Refusal, to_bytes
from eventlint.mirror.request_checks import Examined, examine
from eventlint.mirror.request_fault import Answered, RequestFault
from eventlint.mirror.transport import KINDS
from eventlint.model import Answer, HeadersLike, Request
from eventlint.spec import Era, catalog


class Handled(NamedTuple):
    """What the server does with a request.

    Attributes:
        answer: The answer.
        examined: The request after the checks before its payload.
        document: The event as the server sends it to the ingest pipeline; None if it is rejected.
    """

    answer: Answer
    examined: Examined
    document: dict[str, Any] | None


class Server:
    """A server of one release.

    It has no state: the same request always gets the same answer. Threads may share it.
    """

    def __init__(
        self,
        release: str = "latest",
        collections: Iterable[str] | None = None,
        *,
        build_hash: str = UNKNOWN_BUILD,
    ) -> None:
        """Choose a release.

        Args:
            release: A release (``9.1.2``), a minor (``9.1``), or ``latest``. An unknown release is taken as the newest
                known release before it.
            collections: The names of the collections that exist; None when every legal name does.
            build_hash: The hash of the server's build, which the header ``Warning`` contains; zeros by default, because
                it differs from build to build. ``GET /`` shows it as ``version.build_hash``.

        Raises:
            UsageError: It is not a release, or it is older than the API; or an argument has the wrong type.
        """
        self.release = catalog().release(string("release", release))
        names = strings("collections", collections)
        self.build_hash = string("build_hash", build_hash)
        self.collections: Collection[str] | None = None if names is None else frozenset(names)

    @property
    def era(self) -> Era:
        """The era that the release belongs to."""
        return self.release.era

    def respond(
        self,
        method: str,
        uri: str,
        headers: HeadersLike,
        body: bytes,
        *,
        peer: str = "127.0.0.1",
        now: int | None = None,
    ) -> Answer:
        """The server's answer to a request.

        Args:
            method: The HTTP method.
            uri: The path and the query string, still percent-encoded.
            headers: The headers: a mapping, or pairs if a header is sent several times. Names in any case.
            body: The body, in bytes.
            peer: The address of the sender.
            now: The time of arrival, in milliseconds since the epoch; None is the current time.

        Raises:
            UsageError: An argument has the wrong type.
            MissingExtraError: The body is in a format that an extra reads, and the extra is not installed.
        """
        request = plain_request(Request(method=method, uri=uri, headers=headers, body=body))
        return self.handle(request, peer=peer, now=now).answer

    def handle(self, request: Request, *, peer: str = "127.0.0.1", now: int | None = None) -> Handled:
        """What the server does with a request: its answer, and the event that it indexes.

        The arguments and exceptions are those of :meth:`respond`.
        """
        examined = examine(request, self.release, self.collections)
        if examined.event_type is None or examined.faults:
            return Handled(self.answer(examined, {}, request), examined, None)
        added = sender(Headers(request.headers), peer)
        outcome = Reading(
            examined.body,
            examined.event_type,
            self.release,
            first_only=True,
            format_name=examined.content_format,
            in_query=examined.in_query,
            sender=added,
        ).outcome
        now = _milliseconds() if now is None else now
        answer = self.answer(examined, outcome, request, peer=peer, now=now)
        document = None if isinstance(outcome, Refusal) else _stored(outcome, examined, added, now)
        return Handled(answer, examined, document)

    def answer(
        self,
        examined: Examined,
        outcome: Refusal | dict[str, Any],
        request: Request,
        *,
        peer: str = "127.0.0.1",
        now: int | None = None,
    ) -> Answer:
        """The server's answer to a request that is already examined.

        Args:
            examined: The request after the checks before its payload.
            outcome: The rejection of its payload, or the event as it is stored; ignored if the request has faults.
            request: The request.
            peer: The address of the sender.
            now: The time of arrival, in milliseconds since the epoch; None is the current time.
        """
        headers = Headers(request.headers)
        if examined.faults:
            return self._refused(examined, examined.faults[0], request.method, headers)
        status = 202
        document: dict[str, Any] = {"accepted": True}
        if isinstance(outcome, Refusal):
            status, document = outcome.status, outcome.document()
        else:
            if examined.debug:
                document["event"] = _stored(outcome, examined, sender(headers, peer), now)
            if examined.filter_path:
                document = filtered(document, examined.filter_path)
        body = to_bytes(document, examined.form, pretty=examined.pretty)
        own = {"Content-Type": examined.content_type, **warning(self.release, self.build_hash)}
        return _answer(status, own, body, request.method, headers)

    def _refused(self, examined: Examined, fault: RequestFault, method: str, headers: Headers) -> Answer:
        if fault.kind in KINDS and not isinstance(fault.answer, Refusal):
            return Answer(status=fault.answer[0])
        if fault.kind == "request-line-too-long":
            headers = Headers({})
        status, document = _status_and_document(fault.answer)
        own = {"Content-Type": examined.content_type, **(fault.headers or {})}
        if reaches_action(fault.kind):
            own |= warning(self.release, self.build_hash)
        body = b"" if document is None else to_bytes(document, examined.form, pretty=examined.pretty)
        return _answer(status, own, body, method, headers)


def _status_and_document(answered: Answered) -> tuple[int, Mapping[str, Any] | None]:
    return (answered.status, answered.document()) if isinstance(answered, Refusal) else answered


def rendered(
    status: int, document: Mapping[str, Any], examined: Examined, request: Request, own: Mapping[str, str] | None = None
) -> Answer:
    """The answer of another API of the server, rendered as the request asks for it.

    Args:
        status: The status.
        document: The body.
        examined: The request after the checks before its payload.
        request: The request.
        own: Headers that only this answer has.
    """
    if examined.filter_path and status < 400:
        document = filtered(document, examined.filter_path)
    body = to_bytes(document, examined.form, pretty=examined.pretty)
    headers = {"Content-Type": examined.content_type, **(own or {})}
    return _answer(status, headers, body, request.method, Headers(request.headers))


def _answer(status: int, own: Mapping[str, str], body: bytes, method: str, headers: Headers) -> Answer:
    """An answer with the headers that depend on those of the request."""
    found = {**PRODUCT, **own}
    opaque = headers.first("X-Opaque-Id")
    if opaque is not None:
        found["X-Opaque-Id"] = opaque
    if method == "HEAD":
        body = b""
    encoding = answer_encoding(",".join(headers.all("Accept-Encoding"))) if body else None
    if encoding is not None:
        found["Content-Encoding"] = encoding
        body = compressed(body, encoding)
    return Answer(status=status, headers=found, body=body)


def _stored(event: dict[str, Any], examined: Examined, added: Mapping[str, str], now: int | None) -> dict[str, Any]:
    """The event as it is indexed; ``added`` is what the server adds to its session."""
    return {
        "@timestamp": _milliseconds() if now is None else now,
        "event": {"action": examined.event_type},
        "data_stream": {"type": "behavioral_analytics", "dataset": "events", "namespace": examined.collection},
        **event,
        "session": {**event["session"], **added},
    }


def _milliseconds() -> int:
    from time import time

    return int(time() * 1000)


def sender(headers: Headers, peer: str) -> dict[str, str]:
    """What the server adds to the event's session."""
    session = {"ip": _address(headers.first("X-Forwarded-For") or "", peer)}
    agent = headers.first("User-Agent") or ""
    if agent.strip():
        session["user_agent"] = agent
    return session


def _address(forwarded: str, peer: str) -> str:
    """The forwarded address if it is one, else the peer's."""
    from ipaddress import IPv6Address, ip_address

    try:
        address = ip_address(forwarded.partition("%")[0] if ":" in forwarded else forwarded)
    except ValueError:
        return peer
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)
