"""What a guard does about findings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from eventlint.arguments import instance, shown
from eventlint.errors import EventlintError, UsageError
from eventlint.model import Finding, Request

if TYPE_CHECKING:
    from eventlint.report import Report

Action = Literal["raise", "warn", "log", "drop", "send"]
"""Raise :class:`eventlint.InvalidEvent`; send the event and warn, or log; silently drop the event; send the event."""

ACTIONS: tuple[Action, ...] = get_args(Action)


class EventWarning(UserWarning):
    """An event that is sent has findings."""


class GuardError(EventlintError):
    """The guard itself failed, and its policy is to fail closed. ``__cause__`` is the original exception."""


class UnknownEncodingError(EventlintError):
    """A body has a content encoding that the server does not decompress, and the policy raises for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """The findings of one tier in an event, as a policy's handler receives them.

    Attributes:
        tier: The tier.
        findings: The findings of this tier, in the order of the report.
        report: The whole report, with the server's answer.
        request: The request that would be sent; None if only the event is known.
    """

    tier: str
    findings: tuple[Finding, ...]
    report: Report
    request: Request | None = None


Handler = Callable[[Incident], Action | None]
"""A function that chooses an action for an incident; None means ``send``. The sender gets what it raises."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What a guard does about the findings of each tier: an :data:`Action` or a :data:`Handler`.

    If an event has findings of several tiers, the guard first writes the warning or log record of each tier. Then it
    raises if the action of a tier is ``raise``, otherwise drops the event if one is ``drop``, otherwise sends it.

    Attributes:
        error: For events that the server rejects.
        contract: For events that the server accepts and that violate the custom contract.
        loss: For events that the server accepts and then loses, changes or cannot search.
        lint: For events that the server stores, but that you probably did not mean.
        sample: The share of the events to check, from 0 to 1. The others are sent unchecked.
        fail_closed: Whether to send nothing if the guard itself fails. Otherwise the failure is logged, and the event
            is sent.
        unknown_encoding: For a body with a content encoding that the server does not decompress, such as ``br``:
            ``check`` checks the bytes as they are, because the server reads them so; ``raise`` sends nothing and raises
            :class:`UnknownEncodingError`.

    Raises:
        UsageError: There is no such action, or ``sample`` is not a number from 0 to 1.
    """

    error: Action | Handler = "raise"
    contract: Action | Handler = "raise"
    loss: Action | Handler = "log"
    lint: Action | Handler = "send"
    sample: float = 1.0
    fail_closed: bool = False
    unknown_encoding: Literal["check", "raise"] = "check"

    def __post_init__(self) -> None:
        for action in (self.error, self.contract, self.loss, self.lint):
            if not callable(action) and action not in ACTIONS:
                known = ", ".join(ACTIONS)
                raise UsageError(f"not an action: {str(action)[:40]!r}; use {known}, or a callable")
        if not isinstance(self.sample, int | float) or not 0 <= self.sample <= 1:
            raise UsageError(f"sample must be a number from 0 to 1, not {str(self.sample)[:40]}")
        instance("fail_closed", self.fail_closed, bool)
        if self.unknown_encoding not in ("check", "raise"):
            raise UsageError(f"unknown_encoding must be 'check' or 'raise', not {shown(self.unknown_encoding)}")

    def action(self, tier: str) -> Action | Handler:
        """What to do about the findings of a tier; an unknown tier is treated as ``error``."""
        found: Action | Handler = getattr(self, tier, self.error)
        return found
