"""The exceptions of the package, by whose fault they are; it must know no other module but the model.

What is wrong with an event is never an exception of ``check``: it is a finding. What is left:

- the caller's: an argument that cannot be (:class:`UsageError`), or a wish to be stopped (:class:`InvalidEvent`);
- the schema author's: a document that cannot be used (:class:`SchemaError`);
- the configuration author's: a setting that cannot be (:class:`ConfigError`);
- the environment's: a file that cannot be read (:class:`InputError`).
"""

from __future__ import annotations

from typing import Any

from eventlint.model import Answer, Finding, Position
from eventlint.redact import redact


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
    """A schema or the catalog cannot be used.

    Attributes:
        path: The file, as the message names it; None when it is not about one.
        position: The place in the file; None when it is about the whole.
        pointer: A JSON Pointer into the document.
    """

    def __init__(
        self, message: str, *, path: str | None = None, position: Position | None = None, pointer: str = ""
    ) -> None:
        super().__init__(message)
        self.path = path
        self.position = position
        self.pointer = pointer


class ConfigError(EventlintError):
    """The configuration cannot be used; the message names the file and the key."""


class InputError(EventlintError):
    """A file cannot be read; the message names it."""


class InvalidEvent(EventlintError, ValueError):  # noqa: N818 - the name says what is wrong, and is public
    """An event that the server would refuse, or that breaks a contract of one's own; see :func:`eventlint.validate`.

    A guard whose policy says so raises it for other events that the server takes, too.

    Attributes:
        findings: All that is wrong with it, as in :attr:`eventlint.Report.findings`.
        event_type: The type it was checked as.
        answer: The server's answer; None when the event could not be sent at all.
    """

    def __init__(self, findings: tuple[Finding, ...], event_type: str, answer: Answer | None = None) -> None:
        self.answer = answer
        self.findings = findings
        self.event_type = event_type
        what = f"{event_type} event" if event_type else "request"
        told, head = findings, f"this {what} was stopped by a policy:"
        for tier, words in (
            ("error", "the server would refuse this {}:"),
            ("contract", "this {} breaks the contract:"),
        ):
            graver = tuple(finding for finding in findings if finding.tier == tier)
            if graver:
                told, head = graver, words.format(what)
                break
        lines = [head]
        lines += [
            f"  {redact(finding.pointer) or '(event)'}: {finding.message} [{finding.rule}]" for finding in told[:10]
        ]
        if len(told) > 10:
            lines.append(f"  and {len(told) - 10} more")
        super().__init__("\n".join(lines))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.findings, self.event_type, self.answer)
