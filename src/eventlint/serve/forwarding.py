"""Passes events on to a real server, and compares its answers with the expected ones."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httpx

from eventlint.errors import UsageError
from eventlint.mirror.content_encoding import TooLargeError, UnreadableError, decompressed
from eventlint.model import Answer, Finding, Request, header_pairs
from eventlint.redact import redact
from eventlint.report import Report
from eventlint.serve.judge import ACCEPTED
from eventlint.serve.received import Difference, Received

TIMEOUT = 30.0
"""How long a server may take, in seconds."""
_LARGEST_ANSWER = 16 * 2**20
_OF_CONNECTION = frozenset(
    {
        *("connection", "content-length", "expect", "host", "keep-alive", "proxy-authenticate", "proxy-authorization"),
        *("te", "trailer", "transfer-encoding", "upgrade"),
    }
)
"""The headers that are about a connection, in lower case; they are not passed on."""
_UNREACHABLE = 502


class Forwarder:
    """Passes events on to a server, once each.

    Attributes:
        shown_url: The URL of the server, redacted.
    """

    def __init__(self, url: str, *, verify: bool = True, transport: httpx.AsyncBaseTransport | None = None) -> None:
        """Choose a server.

        Args:
            url: Its URL; a path in it is put in front of the targets.
            verify: Whether to verify its certificate.
            transport: How to reach it; over the network by default.

        Raises:
            UsageError: The URL is not one of HTTP.
        """
        self._base = base_url(url, "--forward")
        self.shown_url = redact(url)
        self._client = httpx.AsyncClient(verify=verify, timeout=TIMEOUT, transport=transport, trust_env=False)

    async def forward(self, request: Request, event: Received) -> Received:
        """Pass a request on.

        Args:
            request: The request, with all of its headers.
            event: The event with the expected answer.

        Returns:
            The event with the answer of the server, how it differs, and the findings about that.
        """
        try:
            sent = await self._send(request)
        except (httpx.HTTPError, ValueError) as error:
            reason = f"{type(error).__name__}: {error}"
            difference = Difference(part="connection", expected=str(event.answer), actual=reason)
            document = {"error": f"eventlint: the server of --forward did not answer: {reason}", "status": _UNREACHABLE}
            answer = Answer(
                status=_UNREACHABLE, headers={"Content-Type": "application/json"}, body=json.dumps(document).encode()
            )
            found = Comparison(answer, (difference,), _connection_finding(reason))
            return _compared(event, answer, found)
        return _compared(event, sent, compare(event.answer, sent))

    async def _send(self, request: Request) -> Answer:
        outgoing = self._client.build_request(
            request.method,
            self._base.url,
            headers=[
                (name.encode("latin-1", "replace"), value.encode("latin-1", "replace"))
                for name, value in passed_on(header_pairs(request.headers))
            ],
            content=request.body,
            extensions={"target": self._base.path + request.uri.encode("utf-8", "surrogatepass")},
        )
        response = await self._client.send(outgoing, stream=True)
        try:
            body = bytearray()
            async for piece in response.aiter_raw():
                body += piece
                if len(body) > _LARGEST_ANSWER:
                    raise ValueError(f"the answer has more than {_LARGEST_ANSWER} bytes")
        finally:
            await response.aclose()
        if not 200 <= response.status_code < 600:
            raise ValueError(f"the status {response.status_code} is not one of HTTP")
        lines = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers.raw]
        return Answer(status=response.status_code, headers=dict(passed_on(lines)), body=bytes(body))


class Base(NamedTuple):
    """Where a server is: its URL without a path, and the path, without a slash at the end."""

    url: str
    path: bytes


def base_url(url: str, option: str) -> Base:
    """The parts of the URL of a server.

    Args:
        url: The URL.
        option: The option that it comes from, for the message.

    Raises:
        UsageError: It is not a URL of HTTP, or it has a query string or credentials.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise UsageError(f"{option}: {error}") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise UsageError(f"{option}: not the URL of a server: {redact(url)!r}; write http://HOST:PORT")
    if parts.username or parts.password:
        raise UsageError(f"{option}: the URL has credentials; clients send them in the header Authorization")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    netloc = host if port is None else f"{host}:{port}"
    return Base(f"{parts.scheme}://{netloc}", parts.path.rstrip("/").encode())


def passed_on(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The headers that are not about a connection."""
    return [(name, value) for name, value in headers if name.lower() not in _OF_CONNECTION]


class Comparison(NamedTuple):
    """The comparison of two answers.

    Attributes:
        answer: The actual answer, without a content encoding.
        differences: How it differs from the expected one.
        finding: The finding if one accepts and the other rejects the event; else None.
    """

    answer: Answer
    differences: tuple[Difference, ...]
    finding: Finding | None


def compare(expected: Answer, sent: Answer) -> Comparison:
    """Compare the answer that a server sent with the expected one: the status, and the type and reason of an error."""
    answer = decoded(sent)
    differences = tuple(
        Difference(part=part, expected=wanted, actual=actual)
        for part, wanted, actual in zip(_PARTS, _parts(expected), _parts(answer), strict=True)
        if wanted != actual
    )
    finding = None
    if answer.status >= 400 and expected.status < 300:
        from eventlint.rules.error import recorded_rejection

        finding = recorded_rejection.finding(answer)
    elif answer.status < 300 and expected.status >= 400:
        from eventlint.rules.lint import recorded_acceptance

        finding = recorded_acceptance.finding(answer)
    return Comparison(answer, differences, finding)


_PARTS = ("status", "type", "reason")


def _parts(answer: Answer) -> tuple[str, str, str]:
    """The status of an answer, and the type and the reason of its error, with their causes."""
    try:
        document: Any = json.loads(answer.body)
        error = document["error"]
        if isinstance(error, str):
            return str(answer.status), "", error
        types, reasons = [], []
        while error is not None:
            types.append(str(error["type"]))
            reasons.append(str(error["reason"]))
            error = error.get("caused_by")
        return str(answer.status), " < ".join(types), " < ".join(reasons)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return str(answer.status), "", ""


def decoded(answer: Answer) -> Answer:
    """The answer of another program without its content encoding, if that can be decoded."""
    encoding = next((value for name, value in answer.headers.items() if name.lower() == "content-encoding"), None)
    if encoding is None:
        return answer
    headers = {name: value for name, value in answer.headers.items() if name.lower() != "content-encoding"}
    try:
        return Answer(status=answer.status, headers=headers, body=decompressed(answer.body, encoding))
    except (UnreadableError, TooLargeError):
        return answer


def _connection_finding(reason: str) -> Finding:
    from eventlint.rules.loss import failed_request

    return failed_request.finding(reason)


def _compared(event: Received, sent: Answer, found: Comparison) -> Received:
    """The event with the answer of a server."""
    report = event.report
    if found.finding is not None:
        findings = (*report.findings, found.finding)
        report = Report(
            report.event_type, report.release, findings, report.first_error, report.answer, report.unchecked
        )
    is_accepted = sent.status == ACCEPTED
    verdict = event.verdict
    if not is_accepted:
        verdict = "rejected"
    elif verdict in ("rejected", "unchecked"):
        verdict = "accepted"
    return dataclasses.replace(
        event,
        answer=found.answer,
        sent=sent,
        report=report,
        verdict=verdict,
        document=event.document if is_accepted else None,
        forwarded=found.differences,
    )
