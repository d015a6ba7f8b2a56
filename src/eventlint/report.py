"""The result of a check. The server's answer is built only when you ask for it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from typing import TYPE_CHECKING, Any

from eventlint.escaping import printable
from eventlint.spec import Release
from eventlint.tiers import TIERS

if TYPE_CHECKING:
    from typing import Protocol

    from eventlint.mirror.rendering import Problem, Refusal
    from eventlint.model import Answer, Finding

    class Rejection(Protocol):
        """What the server's rejection of an event is built from when it is asked for."""

        def refusal(self) -> Refusal | None:
            """The server's answer."""
            ...

        def innermost(self) -> tuple[int, Problem]:
            """The status of the answer, and its innermost exception, without building the answer."""
            ...

    _Found = tuple[tuple[Finding, ...], Finding | None]
    """The findings of a report, and the first error among them."""


class Report:
    """The result of :func:`eventlint.check` and :func:`eventlint.check_request`.

    Attributes:
        event_type: The event type that was checked; empty if a request names none.
        release: The release that was checked: as you asked for it, and the known release that is used.
        unchecked: Why the event was not checked: the body of the request is in a format that an extra of the package
            reads, and the extra is not installed. Otherwise None.
    """

    __slots__ = (
        "_answer",
        "_found",
        "_place",
        "_predicted",
        "_refusal",
        "_similar",
        "event_type",
        "release",
        "unchecked",
    )

    def __init__(
        self,
        event_type: str,
        release: Release,
        findings: tuple[Finding, ...] = (),
        first_error: Finding | None = None,
        refusal: Refusal | Answer | Rejection | None = None,
        unchecked: str | None = None,
    ) -> None:
        self.event_type = event_type
        self.release = release
        self._found = findings, first_error
        # How findings at the positions of a similar event are moved to those of this one, and what that gave.
        self._place: tuple[Callable[[], _Found], list[_Found]] | None = None
        self._predicted: object = None  # see eventlint.report_templates.template.Predicted
        self.unchecked = unchecked
        self._refusal = refusal
        self._answer: Answer | None = None
        self._similar: Callable[[], Hashable] | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings: those of the request first, then those of the event in the order of their positions.

        A :class:`eventlint.Checker` with ``select`` or ``ignore`` leaves out the findings of other rules.
        """
        return self._placed()[0]

    @property
    def first_error(self) -> Finding | None:
        """The finding that the server's answer is about: the first error that the server meets.

        None if the server accepts the event. It does not depend on ``select`` and ``ignore``.
        """
        return self._placed()[1]

    def _placed(self) -> _Found:
        """The findings and the first error, at their positions."""
        place = self._place
        if place is not None:
            move, moved = place
            moved.append(move())
            self._found, self._place = moved[0], None  # all threads get the same findings
        return self._found

    @property
    def ok(self) -> bool:
        """Whether the server accepts the event and no finding is a contract violation.

        Only contract violations that ``select`` and ``ignore`` leave in the report count.
        """
        return self.accepted and not any(finding.tier == "contract" for finding in self.findings)

    @property
    def accepted(self) -> bool:
        """Whether the server accepts the event, regardless of a custom contract; False if it was not checked."""
        return self._found[1] is None and self.unchecked is None

    @property
    def answer(self) -> Answer | None:
        """The server's answer to a request with this event; None if the event cannot be sent, or was not checked."""
        from eventlint.model import Answer

        refusal = self._known_refusal()
        if isinstance(refusal, Answer):
            return refusal
        if self._answer is None and (self.accepted or refusal is not None):
            from eventlint.mirror.plain_answer import payload_answer

            self._answer = payload_answer(refusal, self.release)
        return self._answer

    def _known_refusal(self) -> Refusal | Answer | None:
        from eventlint.mirror.rendering import Refusal
        from eventlint.model import Answer

        if self._refusal is not None and not isinstance(self._refusal, Refusal | Answer):
            self._refusal = self._refusal.refusal()
        return self._refusal

    def restricted(self, rules: Collection[str]) -> Report:
        """The same report with the findings of some rules only.

        Args:
            rules: The names of the rules.
        """
        if all(finding.rule in rules for finding in self._found[0]):
            return self
        findings = tuple(finding for finding in self.findings if finding.rule in rules)
        return Report(self.event_type, self.release, findings, self.first_error, self._refusal, self.unchecked)

    def to_dict(self) -> dict[str, Any]:
        """The report as a value for :func:`json.dumps`, in the shape of ``eventlint check --format json``.

        ``src/eventlint/output/findings.schema.json`` describes the shape. Secrets are redacted. ``path`` and ``record``
        are null and there is no ``fingerprint``, because the event is not part of a file.
        """
        from collections import Counter
        from dataclasses import replace

        from eventlint.findings_json import TOOL, VERSION, finding_to_dict, summary_to_dict
        from eventlint.redact import redact, redact_pointer

        tiers = Counter(finding.tier for finding in self.findings)
        return {
            "version": VERSION,
            "tool": dict(TOOL),
            "findings": [
                finding_to_dict(
                    replace(
                        finding,
                        pointer=redact_pointer(finding.pointer),
                        message=printable(redact(finding.message)),
                        hint=printable(redact(finding.hint)) if finding.hint else finding.hint,
                    ),
                    answer=str(self.answer) if finding is self.first_error and self.answer is not None else None,
                )
                for finding in self.findings
            ],
            "summary": summary_to_dict(
                Counter(finding.rule for finding in self.findings),
                {tier: tiers[tier] for tier in TIERS},
                None if self.unchecked is None else {self.unchecked: 1},
                events=int(self.unchecked is None),
                unchecked=int(self.unchecked is not None),
            ),
        }

    def __reduce__(self) -> tuple[Any, ...]:
        given = self.event_type, self.release, self.findings, self.first_error, self._known_refusal(), self.unchecked
        return Report, given

    def __repr__(self) -> str:
        return f"Report({self.event_type!r}, ok={self.ok}, findings={len(self.findings)})"


def findings_to_count(report: Report) -> tuple[Finding, ...]:
    """The findings of a report in their order; their positions and fixes may be those of a similar event."""
    return report._found[0]


def similarity_of(report: Report) -> Hashable:
    """What the reports of similar events have in common: trying their fixes gives the same; None if that is unknown."""
    return None if report._similar is None else report._similar()


def rejection_of(report: Report) -> Refusal | Answer | None:
    """What the server's answer to a rejected event is built from."""
    return report._known_refusal()


def answer_line_of(report: Report) -> str | None:
    """The server's answer on one line, as ``str(report.answer)``; the answer itself is built only if it must be."""
    from eventlint.model import Answer, answer_line

    refusal = report._refusal
    if refusal is not None and not isinstance(refusal, Answer):
        status, problem = refusal.innermost()
        if problem.reason.isascii():  # else, the answer may escape a part of it
            return answer_line(status, problem.type, problem.reason)
    return None if report.answer is None else str(report.answer)
