"""Checks events that are about to be sent, and applies a policy to the findings.

The fast path for clean events examines each combination of target and media types once, and then only the payload
(:meth:`eventlint.Checker.check`). All other requests go through :meth:`eventlint.Checker.check_request`.
"""

from __future__ import annotations

import functools
import random
from dataclasses import replace
from typing import Any, NamedTuple, Unpack

from eventlint.arguments import instance, shown
from eventlint.checker import Checker, checker_of
from eventlint.checker_options import CheckerOptions
from eventlint.errors import EventlintError, InvalidEvent
from eventlint.guard.counters import Counters
from eventlint.guard.incident_log import log_failure, log_incident, warn_of_incident
from eventlint.guard.policy import ACTIONS, Action, GuardError, Incident, Policy, UnknownEncodingError
from eventlint.guard.release_choice import log_unknown
from eventlint.mirror.content_encoding import DECOMPRESSED, coding
from eventlint.mirror.headers import Headers
from eventlint.mirror.request_checks import examine
from eventlint.model import Answer, HeadersLike, Request, header_pairs
from eventlint.report import Report
from eventlint.tiers import TIERS

_CACHED = 512
_LONGEST_CACHED_URI = 2_000
_CLEAN = ("checked", "sent")
_SKIPPED = ("unchecked", "sent")
_STRINGS = {str}
_DECIDING = ("content-type", "accept")
"""The headers that the fast path depends on."""


class Verdict(NamedTuple):
    """The decision about one event.

    Attributes:
        sent: Whether to send the event.
        error: The exception to raise instead; None if the event is sent or dropped.
        report: The report; None if the event was not checked.
    """

    sent: bool
    error: EventlintError | None = None
    report: Report | None = None


_PASSED = Verdict(sent=True)


class Guard:
    """Checks events before they are sent. A guard can be pickled and shared between threads.

    Attributes:
        checker: What it checks for.
        policy: What it does about findings.
        counters: Where it counts events.
    """

    def __init__(
        self,
        *,
        checker: Checker | None = None,
        policy: Policy | None = None,
        counters: Counters | None = None,
        **options: Unpack[CheckerOptions],
    ) -> None:
        """Create a guard.

        Args:
            checker: What to check for. By default, the newest release.
            policy: What to do about findings. By default, ``Policy()``.
            counters: Where to count events. By default, new counters.
            **options: The arguments of :class:`eventlint.Checker`, instead of ``checker``. An unknown release is
                logged, and means the newest known release before it.

        Raises:
            UsageError: An argument is wrong.
        """
        self.checker = checker_of(checker, options)
        self.policy = Policy() if policy is None else instance("policy", policy, Policy, 'Policy(error="log")')
        self.counters = Counters() if counters is None else instance("counters", counters, Counters, "Counters()")
        self._target = functools.lru_cache(_CACHED)(self._examined)
        log_unknown(self.checker.release)

    def with_release(self, release: str) -> Guard:
        """The same guard for another release, with the same counters.

        Raises:
            UsageError: There is no such release.
        """
        return Guard(checker=self.checker.with_release(release), policy=self.policy, counters=self.counters)

    def allows(self, method: str, uri: str, headers: HeadersLike, body: bytes | None) -> bool:
        """Whether to send a request; False if its event is dropped. The arguments are those of :meth:`judge`.

        Raises:
            InvalidEvent: The policy raises for the findings.
            GuardError: The guard failed, and the policy is to fail closed.
        """
        verdict = self.judge(method, uri, headers, body)
        if verdict.error is not None:
            raise verdict.error
        return verdict.sent

    def judge(self, method: str, uri: str, headers: HeadersLike, body: bytes | None) -> Verdict:
        """Decide about a request that sends an event.

        Args:
            method: The HTTP method.
            uri: The path of the endpoint and the query string, percent-encoded, as the server receives them.
            headers: The headers: a mapping, or pairs if a header is sent several times. Names in any case.
            body: The body as the client sends it, in bytes; None if it cannot be read.

        Raises:
            Exception: A handler of the policy raised it, or a warning is turned into an error.
        """
        if body is None or not self._is_sampled():
            return self.skip()
        try:
            headers = _kept(headers)
            report = self._clean_report(method, uri, headers, body)
            if report is not None:
                return self._clean(report)
            request = Request(method=method, uri=uri, headers=headers, body=body)
            encoding = coding(Headers(headers).first("content-encoding"))
            if encoding and encoding not in DECOMPRESSED and self.policy.unknown_encoding == "raise":
                return self._refused(encoding)
            report = self._full_report(request)
        except Exception as error:  # a failure of the guard must not stop the sender
            return self._failed(error)
        if report.unchecked is not None:
            return self.skip()
        return self._found(report, request) if report.findings else self._clean(report)

    def judge_payload(self, payload: object, event_type: str, collection: str | None = None) -> Verdict:
        """Decide about an event whose request is unknown. The arguments are those of :meth:`eventlint.Checker.check`.

        Raises:
            Exception: A handler of the policy raised it, or a warning is turned into an error.
        """
        if not self._is_sampled():
            return self.skip()
        try:
            report = self.checker.check(payload, event_type, collection=collection)
        except Exception as error:  # as above
            return self._failed(error)
        return self._found(report, None) if report.findings else self._clean(report)

    def skip(self) -> Verdict:
        """Count an event as unchecked, and send it."""
        self.counters.add(_SKIPPED)
        return _PASSED

    def report(self, method: str, uri: str, headers: HeadersLike, body: bytes) -> Report:
        """The report of :meth:`eventlint.Checker.check_request`; the answer of a clean event is a plain one."""
        headers = _kept(headers)
        report = self._clean_report(method, uri, headers, body)
        return report or self._full_report(Request(method=method, uri=uri, headers=headers, body=body))

    def _clean_report(self, method: str, uri: str, headers: HeadersLike, body: bytes) -> Report | None:
        """The report of a request without findings, if the fast path finds it clean; otherwise None."""
        found = _by_name(headers)
        if not body or found is None or "expect" in found or len(uri) > _LONGEST_CACHED_URI:
            return None
        if "content-encoding" in found and coding(found["content-encoding"]):
            return None
        target = self._target(method, uri, *map(found.get, _DECIDING))
        if target is None:
            return None
        event_type, collection = target
        # The collection exists. Only the contract still depends on its name.
        known = collection if self.checker.contract is not None else None
        report = self.checker.check(body, event_type, collection=known)
        return None if report.findings or not report.accepted else report

    def _full_report(self, request: Request) -> Report:
        # The client decompresses answers, so findings come with a readable one.
        readable = [(name, value) for name, value in header_pairs(request.headers) if name.lower() != "accept-encoding"]
        return self.checker.check_request(replace(request, headers=readable))

    def _examined(
        self, method: str, uri: str, content_type: str | None, accept: str | None
    ) -> tuple[str, str | None] | None:
        """The event type and the collection of a request without faults outside its payload; None for others."""
        pairs = zip(_DECIDING, (content_type, accept), strict=True)
        headers = {name: value for name, value in pairs if value is not None}
        request = Request(method=method, uri=uri, headers=headers, body=b"{}")
        examined = examine(request, self.checker.release, self.checker.collections)
        if examined.faults or examined.event_type is None or examined.content_format != "json":
            return None
        return examined.event_type, examined.collection

    def __reduce__(self) -> tuple[Any, ...]:
        return functools.partial(type(self), checker=self.checker, policy=self.policy, counters=self.counters), ()

    def _is_sampled(self) -> bool:
        share = self.policy.sample
        return share >= 1 or random.random() < share  # noqa: S311 - a sample, not a secret

    def _clean(self, report: Report) -> Verdict:
        """Send an event without findings; the server can still reject it, because of an ignored rule."""
        if report.accepted:
            self.counters.add(_CLEAN)
        else:
            self._count(report, sent=True)
        return Verdict(True, None, report)

    def _found(self, report: Report, request: Request | None) -> Verdict:
        verdict = Verdict(False)
        try:
            verdict = self._apply_policy(report, request)
        finally:
            self._count(report, sent=verdict.sent)
        return verdict

    def _apply_policy(self, report: Report, request: Request | None) -> Verdict:
        chosen: set[Action] = set()
        tiers = {finding.tier for finding in report.findings}
        for tier in sorted(tiers, key=lambda name: TIERS.index(name) if name in TIERS else -1):
            findings = tuple(finding for finding in report.findings if finding.tier == tier)
            incident = Incident(tier=tier, findings=findings, report=report, request=request)
            configured = self.policy.action(tier)
            action = (configured(incident) or "send") if callable(configured) else configured
            if action not in ACTIONS:
                log_failure("a handler of the policy returned %r, which is not an action", str(action)[:40])
                continue
            chosen.add(action)
            if action == "warn":
                warn_of_incident(incident)
            elif action == "log":
                log_incident(incident)
        if "raise" in chosen:
            return Verdict(False, InvalidEvent(report.findings, report.event_type, _answer(report)), report)
        return Verdict("drop" not in chosen, None, report)

    def _refused(self, encoding: str) -> Verdict:
        """Block an event with a content encoding that the server does not decompress."""
        self.counters.add(("unchecked", "blocked"))
        return Verdict(False, UnknownEncodingError(f"unknown content encoding {shown(encoding)}"))

    def _failed(self, error: Exception) -> Verdict:
        log_failure("the guard failed", error=error)
        if not self.policy.fail_closed:
            self.counters.add(("failed", "sent"))
            return _PASSED
        self.counters.add(("failed", "blocked"))
        failure = GuardError(f"the event was not checked, so it is not sent ({type(error).__name__})")
        failure.__cause__ = error
        return Verdict(False, failure)

    def _count(self, report: Report, *, sent: bool) -> None:
        names = ["checked", "sent" if sent else "blocked"]
        if not report.accepted:
            names.append("refused")
        elif not report.ok:
            names.append("violated")
        elif any(finding.effect == "lost" for finding in report.findings):
            names.append("lost")
        self.counters.add(names, sorted({finding.rule for finding in report.findings}))


def _kept(headers: HeadersLike) -> HeadersLike:
    """A copy of headers that can be read several times."""
    return headers.copy() if type(headers) is dict else header_pairs(headers)


def _by_name(headers: HeadersLike) -> dict[str, str] | None:
    """Headers by their names in lower case; None if they are unusual, for example if one is sent several times."""
    given: Any = headers
    pairs = given.items() if type(given) is dict else given
    try:
        found = {name.lower(): value for name, value in pairs}
    except Exception:  # the check of the request reports it
        return None
    is_usual = len(found) == len(pairs) and {*map(type, found), *map(type, found.values())} == _STRINGS
    return found if is_usual else None


def _answer(report: Report) -> Answer | None:
    """The server's answer; None if building it fails, which must not hide the findings."""
    try:
        return report.answer
    except Exception as error:
        log_failure("the server's answer could not be built", error=error)
        return None
