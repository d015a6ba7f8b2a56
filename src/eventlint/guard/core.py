"""Judges events that are about to be sent by a policy; it must not know any client library.

The short way, for clean events: what is around a payload is judged once for each target and media types, and the
payload by :func:`eventlint.check`. All else goes the long way, :func:`eventlint.check_request`.
"""

from __future__ import annotations

import functools
import random
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from eventlint.checker import check, check_request
from eventlint.errors import EventlintError, InvalidEvent
from eventlint.guard.counters import Counters
from eventlint.guard.guard_error import GuardError
from eventlint.guard.incident_log import log_failure, log_incident, warn_of_incident
from eventlint.guard.policy import ACTIONS, Action, Incident, Policy
from eventlint.guard.release_choice import known
from eventlint.mirror.request_checks import examine
from eventlint.model import TIERS, Answer, Request
from eventlint.report import Report
from eventlint.rules.own import Contract
from eventlint.spec import catalog

_REMEMBERED = 512
_LONGEST_TARGET = 2_000
_CLEAN = ("checked", "sent")
_SKIPPED = ("unchecked", "sent")


class Verdict(NamedTuple):
    """What a guard says of one event.

    Attributes:
        sent: Whether it may be sent.
        error: What to raise instead; None when it is to be sent, or dropped.
        report: What was found; None when it was not checked.
    """

    sent: bool
    error: EventlintError | None = None
    report: Report | None = None


_PASSED = Verdict(sent=True)


def _answer(report: Report) -> Answer | None:
    """The server's answer; None when it cannot be had, which must not hide the findings."""
    try:
        return report.answer
    except Exception as error:
        log_failure("the server's answer could not be made", error)
        return None


class Guard:
    """Judges events; it may be shared between threads.

    Attributes:
        policy: What it does for findings.
        counters: What it counts.
        release: The release that it checks for, as the catalog names it.
        collections: The names of the collections that exist; None when every legal name does.
        contract: The contract of one's own that events should fit besides, or None.
    """

    def __init__(
        self,
        *,
        policy: Policy | None = None,
        release: str = "latest",
        collections: Iterable[str] | None = None,
        contract: Contract | None = None,
        counters: Counters | None = None,
    ) -> None:
        """Choose what is checked, and what is done.

        Args:
            policy: What to do for findings; None is :class:`Policy` as it is.
            release: The server's release, a minor, or ``latest``. One that is not known is logged, and taken as the
                newest known below it.
            collections: The names of the collections that exist; None when every legal name does.
            contract: A contract of one's own that events should fit besides, from :func:`eventlint.load_contract`.
            counters: Where to count; None is counters of its own.

        Raises:
            UsageError: There is no such release.
        """
        self.policy = Policy() if policy is None else policy
        self.counters = Counters() if counters is None else counters
        self.release = known(release)
        self.collections = None if collections is None else frozenset(collections)
        self.contract = contract
        self._server_release = catalog().release(self.release)
        self._remembered = functools.lru_cache(_REMEMBERED)(self._examined)

    def with_release(self, release: str) -> Guard:
        """The same guard for another release; the counters are shared.

        Raises:
            UsageError: There is no such release.
        """
        return Guard(
            policy=self.policy,
            release=release,
            collections=self.collections,
            contract=self.contract,
            counters=self.counters,
        )

    def allows(self, method: str, uri: str, headers: Mapping[str, str], body: bytes | None) -> bool:
        """Whether a request may be sent; the arguments are those of :meth:`judge`. False when it is to be dropped.

        Raises:
            InvalidEvent: The policy says so.
            GuardError: The guard itself failed, and the policy says so.
        """
        verdict = self.judge(method, uri, headers, body)
        if verdict.error is not None:
            raise verdict.error
        return verdict.sent

    def judge(self, method: str, uri: str, headers: Mapping[str, str], body: bytes | None) -> Verdict:
        """Judge a request that would send an event.

        Args:
            method: The HTTP method.
            uri: The endpoint's path and the query string, still percent-encoded, as the server gets them.
            headers: The headers; either a mapping that ignores case, or one with names in lower case.
            body: The body as the client sends it; None when it cannot be looked at.

        Raises:
            Exception: What a callable of the policy raises, or a warning that is turned into an error.
        """
        if body is None or not self._is_chosen() or headers.get("content-encoding", "identity") != "identity":
            return self.skip()
        try:
            report = self.report(method, uri, headers, body)
        except Exception as error:  # whatever is wrong in the guard, the sender is not to suffer from it
            return self._failed(error)
        if not report.findings:
            self.counters.add(_CLEAN)
            return Verdict(True, None, report)
        return self._found(report, Request(method=method, uri=uri, headers=dict(headers), body=body))

    def judge_payload(self, payload: object, event_type: str, collection: str | None = None) -> Verdict:
        """Judge a payload of which the request is not known.

        Args:
            payload: The payload, as :func:`eventlint.check` takes it.
            event_type: Its type.
            collection: The collection that it goes to; None when that is not known.

        Raises:
            Exception: What a callable of the policy raises, or a warning that is turned into an error.
        """
        if not self._is_chosen():
            return self.skip()
        try:
            report = check(payload, event_type, release=self.release, collection=collection, contract=self.contract)
        except Exception as error:  # as above
            return self._failed(error)
        if not report.findings:
            self.counters.add(_CLEAN)
            return Verdict(True, None, report)
        return self._found(report, None)

    def skip(self) -> Verdict:
        """Let an event pass unchecked."""
        self.counters.add(_SKIPPED)
        return _PASSED

    def report(self, method: str, uri: str, headers: Mapping[str, str], body: bytes) -> Report:
        """What :func:`eventlint.check_request` finds, by the short way where that is the same."""
        if body and len(uri) <= _LONGEST_TARGET:
            known = self._remembered(method, uri, headers.get("content-type"), headers.get("accept"))
            if known is not None:
                event_type, collection = known
                # Its name was looked at; it is only told where something depends on it.
                target = collection if self.contract is not None else None
                report = check(body, event_type, release=self.release, collection=target, contract=self.contract)
                if not report.findings:
                    return report
        request = Request(method=method, uri=uri, headers=dict(headers), body=body)
        return check_request(request, release=self.release, collections=self.collections, contract=self.contract)

    def _examined(
        self, method: str, uri: str, content_type: str | None, accept: str | None
    ) -> tuple[str, str | None] | None:
        """The event type and collection of requests around whose payload nothing is wrong; None for others."""
        pairs = (("content-type", content_type), ("accept", accept))
        headers = {name: value for name, value in pairs if value is not None}
        request = Request(method=method, uri=uri, headers=headers, body=b"{}")
        examined = examine(request, self._server_release, self.collections)
        if examined.faults or examined.event_type is None:
            return None
        return examined.event_type, examined.collection

    def _is_chosen(self) -> bool:
        share = self.policy.sample
        return share >= 1 or random.random() < share  # noqa: S311 - a sample, not a secret

    def _found(self, report: Report, request: Request | None) -> Verdict:
        verdict = Verdict(False)
        try:
            verdict = self._act(report, request)
        finally:
            self._count(report, verdict)
        return verdict

    def _act(self, report: Report, request: Request | None) -> Verdict:
        chosen: set[Action] = set()
        tiers = {finding.tier for finding in report.findings}
        for tier in sorted(tiers, key=lambda name: TIERS.index(name) if name in TIERS else -1):
            findings = tuple(finding for finding in report.findings if finding.tier == tier)
            incident = Incident(tier=tier, findings=findings, report=report, request=request)
            wish = self.policy.action(tier)
            action = (wish(incident) or "send") if callable(wish) else wish
            if action not in ACTIONS:
                log_failure(f"a policy's callable returned {str(action)[:40]!r}, which is no action")
                continue
            chosen.add(action)
            if action == "warn":
                warn_of_incident(incident)
            elif action == "log":
                log_incident(incident)
        if "raise" in chosen:
            return Verdict(False, InvalidEvent(report.findings, report.event_type, _answer(report)), report)
        return Verdict("drop" not in chosen, None, report)

    def _failed(self, error: Exception) -> Verdict:
        log_failure("the guard failed", error)
        if not self.policy.fail_closed:
            self.counters.add(("failed", "sent"))
            return _PASSED
        self.counters.add(("failed", "blocked"))
        failure = GuardError(f"the event was not checked, and so not sent ({type(error).__name__})")
        failure.__cause__ = error
        return Verdict(False, failure)

    def _count(self, report: Report, verdict: Verdict) -> None:
        names = ["checked", "sent" if verdict.sent else "blocked"]
        if not report.accepted:
            names.append("refused")
        elif not report.ok:
            names.append("violated")
        elif any(finding.effect == "lost" for finding in report.findings):
            names.append("lost")
        self.counters.add(names, sorted({finding.rule for finding in report.findings}))
