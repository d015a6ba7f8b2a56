"""An event that arrived: the request, the server's answer, and what becomes of the event."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, NoReturn

from eventlint.escaping import printable
from eventlint.model import Answer, Finding, Request, header_pairs
from eventlint.redact import redact
from eventlint.report import Report

Verdict = Literal["accepted", "lost", "rejected", "unchecked"]
VERDICTS: tuple[Verdict, ...] = ("accepted", "lost", "rejected", "unchecked")
"""What becomes of an event: it is stored, dropped after it is accepted, rejected, or its format cannot be read."""

SHOWN_HEADERS = frozenset(
    {
        *("accept", "accept-encoding", "content-encoding", "content-length", "content-type", "expect", "origin"),
        *("transfer-encoding", "user-agent", "x-elastic-client-meta", "x-opaque-id"),
    }
)
"""The headers that are kept, in lower case; those with credentials and cookies never are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A part of a real server's answer that differs from the expected one.

    Attributes:
        part: ``status``, ``type``, ``reason``, or ``connection``.
        expected: What eventlint expects.
        actual: What the server sent.
    """

    part: str
    expected: str
    actual: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """An event that arrived.

    Attributes:
        id: A number that grows with each event, from 1.
        time: The time of arrival, in milliseconds since the epoch.
        request: The request, without the parameter ``eventlint`` and with the headers of :data:`SHOWN_HEADERS` only.
        payload: The payload in bytes, without a content encoding; None if it was too large to be kept.
        event_type: The event type as the request names it; None if the path has none.
        collection: The collection as the request names it; None if the path has none.
        verdict: ``accepted``, ``lost`` (answered with 202, but not stored), ``rejected``, or ``unchecked``.
        answer: The answer, without a content encoding.
        sent: The answer as it was sent.
        report: The report of the request.
        document: Returns the event as it is stored; None if it is not.
        forwarded: The differences between the answer of the server that the event was forwarded to and the expected
            one; None if it was not forwarded.
    """

    id: int = 0
    time: int
    request: Request = field(repr=False)  # it may contain secrets, and pytest shows representations
    payload: bytes | None = field(repr=False)
    event_type: str | None
    collection: str | None
    verdict: Verdict
    answer: Answer = field(repr=False)
    sent: Answer = field(repr=False)
    report: Report = field(repr=False)
    document: Callable[[], dict[str, Any] | None] | None = field(default=None, repr=False)
    forwarded: tuple[Difference, ...] | None = None

    def number(self, number: int) -> None:
        """Set the ID. Only the store that keeps the event does so, before anything else sees it."""
        object.__setattr__(self, "id", number)

    @property
    def stored(self) -> dict[str, Any] | None:
        """The event as it is stored; None if it is not."""
        return None if self.document is None else self.document()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings of the request and its event, in all tiers."""
        return self.report.findings

    @property
    def rules(self) -> tuple[str, ...]:
        """The names of the rules that have findings, sorted."""
        return tuple(sorted({finding.rule for finding in self.findings}))

    @property
    def event(self) -> Any:
        """The parsed event.

        Raises:
            ValueError: Python cannot parse the payload as JSON.
        """
        return json.loads(self.payload or b"")

    @property
    def size(self) -> int:
        """About how much memory it takes, in bytes."""
        bodies = len(self.payload or b"") + (len(self.request.body) if self.request.body is not self.payload else 0)
        return 4096 + 3 * bodies + len(self.answer.body) + 512 * len(self.findings)

    def to_dict(self, *, is_redacted: bool = False) -> dict[str, Any]:
        """The event as a value for :func:`json.dumps`.

        Args:
            is_redacted: Whether to redact secrets in the payload, the stored event, the answer, the collection and the
                event type, too. Each character becomes an asterisk, so that places stay the same. Findings are always
                redacted.
        """
        hide = redact if is_redacted else str
        body = _text(self.payload)
        value = None if body is None else _json(hide(body))
        return {
            "id": self.id,
            "time": timestamp(self.time),
            "release": self.report.release.name,
            "method": self.request.method,
            "uri": redact(self.request.uri),
            "headers": [[name, redact(value)] for name, value in header_pairs(self.request.headers)],
            "event_type": None if self.event_type is None else hide(self.event_type),
            "collection": None if self.collection is None else hide(self.collection),
            "verdict": self.verdict,
            "status": self.answer.status,
            "answer": answer_to_dict(self.answer, is_redacted=is_redacted),
            "payload": value,
            "body": None if body is None else hide(body),
            "body_base64": _base64(self.payload) if body is None and self.payload and not is_redacted else None,
            "size": None if self.payload is None else len(self.payload),
            "findings": findings_to_list(self.report),
            "rules": list(self.rules),
            "stored": _redacted(self.stored) if is_redacted else self.stored,
            "unchecked": self.report.unchecked,
            "forwarded": None if self.forwarded is None else [difference_to_dict(one) for one in self.forwarded],
        }


def findings_to_list(report: Report) -> list[dict[str, Any]]:
    """The findings of a report, as in the JSON report."""
    if not report.findings:
        return []
    findings: list[dict[str, Any]] = report.to_dict()["findings"]
    return findings


def answer_to_dict(answer: Answer, *, is_redacted: bool = False) -> dict[str, Any]:
    """An answer as a value for :func:`json.dumps`; ``body`` is None if it is not text."""
    body = _text(answer.body)
    hide = redact if is_redacted else str
    return {
        "status": answer.status,
        "headers": {name: hide(value) for name, value in answer.headers.items()},
        "body": None if body is None else hide(body),
        "body_base64": _base64(answer.body) if body is None and not is_redacted else None,
        "reason": str(answer),
    }


def timestamp(milliseconds: int) -> str:
    """A time in UTC, as ``2024-05-31T08:30:00.000Z``."""
    time = datetime.fromtimestamp(milliseconds / 1000, UTC)
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def payload_fields(payload: bytes) -> str:
    """The member of a JSON object that holds a payload, in one line.

    A payload that is one JSON value is there as it came, except that line breaks are spaces; any other is in Base64.
    """
    text = _text(payload)
    if text is not None and _json(text) is not None and not payload.startswith(b"\xef\xbb\xbf"):
        # In a JSON value, line breaks are only between tokens.
        return f'"payload": {text.strip().replace(chr(13), " ").replace(chr(10), " ")}'
    return f'"payload_base64": "{_base64(payload)}"'


def difference_to_dict(one: Difference) -> dict[str, str]:
    """A difference as a value for :func:`json.dumps`, redacted."""
    return {"part": one.part, "expected": printable(redact(one.expected)), "actual": printable(redact(one.actual))}


def _base64(content: bytes | None) -> str:
    return base64.b64encode(content or b"").decode()


def _text(content: bytes | None) -> str | None:
    try:
        return None if content is None else content.decode()
    except UnicodeDecodeError:
        return None


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)


_DECODER = json.JSONDecoder(parse_constant=_refuse)


def _json(text: str) -> Any:
    """The value of a text in strict JSON; None if it is not."""
    try:
        return _DECODER.decode(text)
    except (ValueError, RecursionError):
        return None


def _redacted(value: Any) -> Any:
    return None if value is None else _json(redact(json.dumps(value, ensure_ascii=False)))
