"""What to do with an event in which something was found, as one value; it must not know clients or requests' ways."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from eventlint.errors import UsageError
from eventlint.model import Finding, Request

if TYPE_CHECKING:
    from eventlint.report import Report

Action = Literal["raise", "warn", "log", "drop", "send"]
"""What to do: raise :class:`eventlint.InvalidEvent`; send, and warn or log; do not send, and stay silent; send."""

ACTIONS: tuple[Action, ...] = get_args(Action)


class EventWarning(UserWarning):
    """Something was found in an event that is sent all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """An event in which something of one tier was found, as a policy's callable gets it.

    Attributes:
        tier: The tier.
        findings: The findings of this tier, in the order of the report.
        report: All that was found, and the server's answer.
        request: The request as it would be sent; None when only the payload is known.
    """

    tier: str
    findings: tuple[Finding, ...]
    report: Report
    request: Request | None = None


Handler = Callable[[Incident], Action | None]
"""A callable that says what to do with an incident; None is ``send``. What it raises goes to the sender."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What a guard does for the findings of each tier.

    When an event has findings of several tiers, each tier's warning or log entry is made; then it is raised if one
    tier says ``raise``, else dropped if one says ``drop``, else sent.

    Attributes:
        error: For events that the server refuses.
        contract: For events that the server takes, and that break a contract of one's own; see the guard's contract.
        loss: For events that the server takes, and then loses, changes or cannot search.
        lint: For events that the server stores, but not as they were meant.
        sample: Which share of the events is checked, from 0 to 1; the others are sent unchecked.
        fail_closed: Whether nothing is sent when the guard itself fails. If not, the failure is logged.

    Raises:
        UsageError: An action is none, or the share is not within 0 and 1.
    """

    error: Action | Handler = "raise"
    contract: Action | Handler = "raise"
    loss: Action | Handler = "log"
    lint: Action | Handler = "send"
    sample: float = 1.0
    fail_closed: bool = False

    def __post_init__(self) -> None:
        for action in (self.error, self.contract, self.loss, self.lint):
            if not callable(action) and action not in ACTIONS:
                known = ", ".join(ACTIONS)
                raise UsageError(f"not an action: {str(action)[:40]!r} (one of {known}, or a callable)")
        if not isinstance(self.sample, int | float) or not 0 <= self.sample <= 1:
            raise UsageError(f"the share to check must be from 0 to 1, not {str(self.sample)[:40]}")

    def action(self, tier: str) -> Action | Handler:
        """What to do for a tier; an unknown one is treated as ``error``."""
        found: Action | Handler = getattr(self, tier, self.error)
        return found
