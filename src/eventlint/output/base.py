"""What renderers receive, and their base classes: rendered findings, the summary of a run, the style.

:func:`render` is the boundary at which secrets are redacted: every finding that is shown passes through it. It redacts
the pointer, the line and the answer. Messages and hints quote values with :func:`eventlint.rules.diagnostic.shown`,
which redacts them.
"""

from __future__ import annotations

import dataclasses
import json
import os
import posixpath
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from eventlint.jsontext.decoding import decode
from eventlint.jsontext.syntax_error import JsonSyntaxError
from eventlint.model import TIERS, Answer, Finding, Position, Tier
from eventlint.redact import redact


class Rendered(NamedTuple):
    """A finding and what is shown with it, without secrets.

    Attributes:
        finding: The finding, with its path and its position in the file.
        line: The line that the finding is in, without the line ending; empty when there is no line to show.
        caret: The column of the finding in that line, from 1.
        answer: The server's answer, when it is about this finding; else None.
        fingerprint: Identifies the finding in its file, even when its line moves.
    """

    finding: Finding
    line: str = ""
    caret: int = 1
    answer: str | None = None
    fingerprint: str = ""


class RedactedLines:
    """The lines of a text, without secrets; each line is redacted once for all findings in it."""

    def __init__(self, text: object = b"") -> None:
        """Take a string or bytes in any encoding of JSON; anything else has no lines."""
        self._text = text
        self._lines: list[bytes] | None = None
        self._redacted: dict[int, str] = {}
        self._digests: dict[int, bytes] = {}

    def line(self, number: int) -> str:
        """A line by its number, from 1; empty when there is no such line."""
        if self._lines is None:
            self._lines = _utf8(self._text).splitlines()
        if number > len(self._lines):
            return ""
        if number not in self._redacted:
            self._redacted[number] = redact(self._lines[number - 1].decode("utf-8", "replace"))
        return self._redacted[number]

    def digest(self, number: int) -> bytes:
        """A hash of a line that ignores white space and secrets."""
        if number not in self._digests:
            from hashlib import sha256

            line = "".join(self.line(number).split())
            self._digests[number] = sha256(line.encode("utf-8", "surrogatepass")).digest()
        return self._digests[number]


def _utf8(text: object) -> bytes:
    """A text as UTF-8 without a byte order mark."""
    if isinstance(text, str):
        return text.encode("utf-8", "replace")
    if not isinstance(text, bytes | bytearray | memoryview):
        return b""
    try:
        decoded = decode(bytes(text))
    except JsonSyntaxError:
        return bytes(text)
    return decoded.data[decoded.start :]


def render(
    finding: Finding,
    lines: RedactedLines | None = None,
    *,
    at: Position | None = None,
    answer: Answer | None = None,
    whole_answer: bool = False,
) -> Rendered:
    """Turn a finding into what is shown, with all secrets redacted.

    Args:
        finding: The finding, with its path and its position in the file.
        lines: The text that the finding is in: a payload or a whole document.
        at: The position in that text; None when no line is shown.
        answer: The server's answer; None when it is not about this finding.
        whole_answer: Whether to show the whole answer instead of its innermost reason.
    """
    lines = lines or RedactedLines()
    pointer = redact(finding.pointer)
    if pointer != finding.pointer:
        finding = dataclasses.replace(finding, pointer=pointer)
    return Rendered(
        finding=finding,
        line=lines.line(at.line) if at else "",
        caret=at.column if at else 1,
        answer=None if answer is None else _answer_text(answer, whole=whole_answer),
        fingerprint=_fingerprint(finding, lines.digest(at.line if at else 1)),
    )


def _fingerprint(finding: Finding, digest: bytes) -> str:
    from hashlib import sha256

    key = f"{finding.rule}\0{finding.pointer}"
    return sha256(key.encode("utf-8", "surrogatepass") + b"\0" + digest).hexdigest()[:32]


def _answer_text(answer: Answer, *, whole: bool) -> str:
    return f"{answer.status} {redact(answer.body.decode('utf-8', 'backslashreplace'))}" if whole else str(answer)


def posix_path(path: str) -> str:
    """A path with forward slashes on every system."""
    return path.replace(os.sep, "/")


class Summary:
    """The counts of a run; they grow while it goes on.

    Attributes:
        skipped: Events that were skipped because they were not meant to be checked: their type is unknown.
        unchecked: Events that could not be checked, although they were meant to be.
        reasons: Why events were skipped or left unchecked: the number of events for each reason.
        known: Findings that are not shown because the baseline has them.
        suppressed: Findings that are not shown because a suppression covers them.
        size: Bytes of events that were read.
        fixable: Shown findings that have a fix, by its safety.
        tiers: Shown findings of each tier.
        rules: Shown findings of each rule.
        used: The suppressions of configurations that suppressed something: the configuration file, and the index of
            the entry.
        seen: The suppressions of configurations that apply to a file that was read.
    """

    def __init__(
        self, *, files: int = 0, events: int = 0, skipped: int = 0, fixable: dict[str, int] | None = None
    ) -> None:
        self.files = files
        self.events = events
        self.skipped = skipped
        self.unchecked = 0
        self.reasons: dict[str, int] = {}
        self.known = self.suppressed = self.fixed = self.size = 0
        self.fixable = fixable or {"safe": 0, "unsafe": 0}
        self.tiers: dict[Tier, int] = dict.fromkeys(TIERS, 0)
        self.rules: dict[str, int] = {}
        self.used: set[tuple[str | None, int]] = set()
        self.seen: set[tuple[str | None, int]] = set()

    def add(self, other: Summary) -> None:
        """Add the counts of another part of the run, except those of shown findings."""
        for name in ("files", "events", "skipped", "unchecked", "known", "suppressed", "fixed", "size"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for reason, count in other.reasons.items():
            self.reasons[reason] = self.reasons.get(reason, 0) + count
        self.used |= other.used
        self.seen |= other.seen

    def skip(self, reason: str) -> None:
        """Count an event that was skipped on purpose."""
        self.skipped += 1
        self.reasons[reason] = self.reasons.get(reason, 0) + 1

    def leave_unchecked(self, reason: str) -> None:
        """Count an event that could not be checked."""
        self.unchecked += 1
        self.reasons[reason] = self.reasons.get(reason, 0) + 1

    def count(self, finding: Finding) -> None:
        """Count a finding that is shown."""
        self.tiers[finding.tier] += 1
        if finding.fix is not None:
            self.fixable[finding.fix.safety] += 1
        self.rules[finding.rule] = self.rules.get(finding.rule, 0) + 1


class Style(NamedTuple):
    """The look of text for people, and what formats with a list of rules need.

    Attributes:
        rules: The rules of custom contracts, each with its description. It grows during a run.
        folder: The current folder, relative to the root of its repository, with forward slashes; empty if they are
            the same folder, or if there is no repository.
    """

    color: bool = False
    width: int = 100
    quiet: bool = False
    rules: Mapping[str, str] = MappingProxyType({})
    folder: str = ""

    def path_in_repository(self, path: str) -> str:
        """A path relative to the root of the repository; a path outside of it stays as it is."""
        joined = posixpath.normpath(posixpath.join(self.folder, posix_path(path)))
        return posix_path(path) if joined.startswith("../") else joined


class Renderer:
    """Writes findings as they come, so that nothing is kept in memory."""

    def __init__(self, write: Callable[[str], object], style: Style) -> None:
        self._write = write
        self._style = style

    def start(self) -> None:
        """Write what comes before the first finding."""

    def findings(self, rendered: Sequence[Rendered]) -> None:
        """Write the findings of one event."""
        for one in rendered:
            self.finding(one)

    def finding(self, one: Rendered) -> None:
        """Write one finding."""

    def finish(self, summary: Summary) -> None:
        """Write what comes after the last finding."""


class JsonArrayRenderer(Renderer):
    """A renderer whose findings are the elements of a JSON array."""

    _separator = "\n"

    def element(self, one: Rendered) -> dict[str, Any]:
        """The element for a finding."""
        raise NotImplementedError

    def finding(self, one: Rendered) -> None:
        """Write the element for a finding."""
        self._write(self._separator + json.dumps(self.element(one)))
        self._separator = ",\n"


def message_with_pointer(finding: Finding) -> str:
    """The message of a finding, followed by its pointer in parentheses."""
    return finding.message + (f" ({finding.pointer})" if finding.pointer else "")
