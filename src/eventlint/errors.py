"""The exceptions of the package, by whose fault they are; it must know no other module but the model.

What is wrong with an event is never an exception of ``check``: it is a finding. What is left:

- the caller's: an argument that cannot be (:class:`UsageError`), or a wish to be stopped (:class:`InvalidEvent`);
- the schema author's: a document that cannot be used (:class:`SchemaError`);
- the configuration author's: a setting that cannot be (:class:`ConfigError`);
- the environment's: a file that cannot be read (:class:`InputError`).
"""

from __future__ import annotations

from typing import Any

from eventlint.mask import masked
from eventlint.model import Answer, Finding


class EventlintError(Exception):
    """The root of all exceptions that this package raises on purpose."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return self.message


class UsageError(EventlintError, ValueError):
    """An argument of a call cannot be: an unknown release, event type, format."""


class SchemaError(EventlintError):
    """A schema or the catalog cannot be used."""


class ConfigError(EventlintError):
    """The configuration cannot be used; the message names the file and the key."""


class InputError(EventlintError):
    """A file cannot be read; the message names it."""


class InvalidEvent(EventlintError, ValueError):  # noqa: N818 - the name says what is wrong, and is public
    """An event that the server would refuse, raised by :func:`eventlint.validate`.

    A guard whose policy says so raises it for an event that the server takes, too: then no finding is an error.

    Attributes:
        findings: All that is wrong with it, as in :attr:`eventlint.Report.findings`.
        event_type: The type it was checked as.
        answer: The server's answer; None when the event could not be sent at all.
    """

    def __init__(self, findings: tuple[Finding, ...], event_type: str, answer: Answer | None = None) -> None:
        self.answer = answer
        self.findings = findings
        self.event_type = event_type
        refused = [finding for finding in findings if finding.tier == "error"]
        what = f"{event_type} event" if event_type else "request"
        lines = [f"the server would refuse this {what}:" if refused else f"this {what} was stopped by a policy:"]
        told = refused or findings
        lines += [
            f"  {masked(finding.pointer) or '(event)'}: {finding.message} [{finding.rule}]" for finding in told[:10]
        ]
        if len(told) > 10:
            lines.append(f"  and {len(told) - 10} more")
        super().__init__("\n".join(lines))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.findings, self.event_type, self.answer)
