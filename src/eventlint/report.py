"""What a check has found; it must not know how it is found.

The server's answer is made when it is asked for: most who check an event never ask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from eventlint.model import Answer, Finding
from eventlint.spec import Release

if TYPE_CHECKING:
    from eventlint.mirror.rendering import Refusal


class Report:
    """What :func:`check` found.

    Attributes:
        event_type: The type that the event was checked as.
        release: The release that it was checked for: as it was asked for, and what it was taken as.
        findings: All that is wrong, what is about the request first, then in the order of the input.
        first_error: The finding that the server's answer would be about: the first that it meets. None when it accepts.
    """

    __slots__ = ("_answer", "_refusal", "event_type", "findings", "first_error", "release")

    def __init__(
        self,
        event_type: str,
        release: Release,
        findings: tuple[Finding, ...] = (),
        first_error: Finding | None = None,
        refusal: Refusal | Answer | None = None,
    ) -> None:
        self.event_type = event_type
        self.release = release
        self.findings = findings
        self.first_error = first_error
        self._refusal = refusal
        self._answer: Answer | None = None

    @property
    def ok(self) -> bool:
        """Whether the event may be sent: no finding is of the tiers ``error`` and ``contract``."""
        return self.first_error is None and not any(finding.tier == "contract" for finding in self.findings)

    @property
    def accepted(self) -> bool:
        """Whether the server accepts the event, whatever a contract of one's own says: no finding is an ``error``."""
        return self.first_error is None

    @property
    def answer(self) -> Answer | None:
        """The server's answer to a request with this payload; None when the event could not be sent at all."""
        if isinstance(self._refusal, Answer):
            return self._refusal
        if self._answer is None and (self.first_error is None or self._refusal is not None):
            from eventlint.mirror.plain_answer import payload_answer

            self._answer = payload_answer(self._refusal, self.release)
        return self._answer

    def __repr__(self) -> str:
        return f"Report({self.event_type!r}, ok={self.ok}, findings={len(self.findings)})"
