"""The exceptions of the package.

A problem in an event is a finding, never an exception of ``check``. Exceptions report everything else:

- :class:`UsageError`: the caller passed a wrong argument;
- :class:`InvalidEvent`: the caller asked to be stopped by an invalid event;
- :class:`SchemaError`: a schema document is unusable;
- :class:`ConfigError`: a setting in the configuration is wrong;
- :class:`InputError`: a file cannot be read;
- :class:`MissingExtraError`: an extra of the package is not installed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from eventlint.escaping import printable
from eventlint.redact import redact

if TYPE_CHECKING:
    from eventlint.model import Answer, Finding, Position

_SHOWN = 10


class EventlintError(Exception):
    """The base class of all exceptions that this package raises on purpose.

    Attributes:
        message: The message, also ``str(error)``. Secrets in it are redacted, and characters that are not printable are
            escaped.
    """

    def __init__(self, message: str) -> None:
        message = printable(redact(message), keep="\n")
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return self.message


class UsageError(EventlintError, ValueError):
    """An argument is wrong, for example an unknown release or a string where a list is expected."""


class SchemaError(EventlintError):
    """A schema document or the catalog is unusable.

    Attributes:
        path: The path of the file; None if the error is not about one file.
        position: The position in the file; None if the error is about the whole file.
        pointer: A JSON Pointer into the document.
    """

    def __init__(
        self, message: str, *, path: str | None = None, position: Position | None = None, pointer: str = ""
    ) -> None:
        super().__init__(message)
        self.path = path
        self.position = position
        self.pointer = pointer


class ContractWarning(UserWarning):
    """Schema lint reports something about a document of a custom contract, which can be used nevertheless."""


class ConfigError(EventlintError):
    """The configuration is wrong. The message names the file and the key."""


class InputError(EventlintError):
    """A file cannot be read. The message names it."""


class InvalidEvent(EventlintError, ValueError):  # noqa: N818 - a public name for what is wrong
    """The server would reject the event, or the event violates the custom contract; see :func:`eventlint.validate`.

    A guard also raises this exception for other findings if its policy requires it.

    Attributes:
        findings: The findings, as in :attr:`eventlint.Report.findings`.
        event_type: The event type that was checked.
        answer: The server's answer; None if the event cannot be sent.
    """

    def __init__(self, findings: tuple[Finding, ...], event_type: str, answer: Answer | None = None) -> None:
        self.answer = answer
        self.findings = findings
        self.event_type = event_type
        what = f"{event_type} event" if event_type else "request"
        listed, headline = findings, f"the policy stops this {what}:"
        for tier, text in (
            ("error", "the server would reject this {}:"),
            ("contract", "this {} violates the contract:"),
        ):
            severest = tuple(finding for finding in findings if finding.tier == tier)
            if severest:
                listed, headline = severest, text.format(what)
                break
        lines = [headline]
        lines += [
            f"  {redact(finding.pointer) or '(event)'}: {finding.message} [{finding.rule}]"
            for finding in listed[:_SHOWN]
        ]
        if len(listed) > _SHOWN:
            lines.append(f"  and {len(listed) - _SHOWN} more")
        super().__init__("\n".join(lines))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.findings, self.event_type, self.answer)


class MissingExtraError(EventlintError, ImportError):
    """An extra of the package must be installed.

    Attributes:
        what: What needs it.
        extra: The name of the extra.
    """

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f'{what} cannot be read without the extra: pip install "eventlint[{extra}]"')
        self.what = what
        self.extra = extra

    def __reduce__(self) -> tuple[type[MissingExtraError], tuple[str, str]]:
        return type(self), (self.what, self.extra)
