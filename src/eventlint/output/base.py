"""What renderers receive, and their base classes: rendered findings, the summary of a run, the style.

:func:`render` is the boundary at which secrets are redacted: every finding that is shown passes through it. It redacts
the pointer, the message, the hint, the line and the answer, and escapes characters that are not printable in messages.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from eventlint.escaping import printable
from eventlint.named_tuples import NamedTuple
from eventlint.redact import redact, redact_part, redact_pointer
from eventlint.tiers import TIERS, Tier

if TYPE_CHECKING:
    from eventlint.model import Answer, Finding, Position
    from eventlint.output.groups import Event, Groups


class Rendered(NamedTuple):
    """A finding and what is shown with it, without secrets.

    Attributes:
        finding: The finding, with its path and its position in the file.
        line: The line that the finding is in, without the line ending, or a part of it; empty when none is shown.
        caret: The column of the finding in that line or part, from 1.
        answer: The server's answer, when it is about this finding; else None.
        fingerprint: Identifies the finding in its file, even when its line moves.
        event: What the event of the finding belongs to; None for a finding about the run.
        refused: Why the fix of the finding is not offered or was not applied; None when there is none, or it helps.
    """

    finding: Finding
    line: str = ""
    caret: int = 1
    answer: str | None = None
    fingerprint: str = ""
    refused: str | None = None
    event: Event | None = None


class Excerpt(NamedTuple):
    """A line, or the part of a long line around a column, without secrets.

    Attributes:
        text: The line or part.
        first: The offset of its first character in the line, from 0.
        secrets: What was redacted in it.
    """

    text: str = ""
    first: int = 0
    secrets: tuple[str, ...] = ()


_LONG = 4000
"""The number of characters from which only a part of a line is redacted and shown."""

_AROUND = 1000


class RedactedLines:
    """The lines of a text, without secrets; each line is redacted once for all findings in it.

    Of a long line, only the part around a finding is read, so that many findings in it take linear time.
    """

    def __init__(self, text: object = b"") -> None:
        """Take a string or bytes in any encoding of JSON; anything else has no lines."""
        self._text = text
        self._lines: list[bytes] | None = None
        self._decoded: tuple[int, str] = (0, "")
        self._excerpts: dict[tuple[int, int, int], Excerpt] = {}
        self._blocks: dict[tuple[int, int], str] = {}

    def _line(self, number: int) -> str:
        if self._decoded[0] != number:
            if self._lines is None:
                self._lines = _utf8(self._text).splitlines()
            exists = number <= len(self._lines)
            self._decoded = (number, self._lines[number - 1].decode("utf-8", "replace") if exists else "")
        return self._decoded[1]

    def excerpt(self, number: int, column: int = 1) -> Excerpt:
        """A line by its number, or the part around a column, both from 1; empty when there is no such line."""
        line = self._line(number)
        first, last = 0, len(line)
        if len(line) > _LONG:
            first, last = max(0, column - _AROUND), min(column + _AROUND, len(line))
        key = (number, first, last)
        if key not in self._excerpts:
            if len(self._excerpts) > _KEPT:
                self._excerpts.clear()
            text = self._redacted(line, number, first, last)
            hidden = {line[first + one.start() : first + one.end()]: None for one in re.finditer(r"\*+", text)}
            self._excerpts[key] = Excerpt(text, first, tuple(hidden))
        return self._excerpts[key]

    def _redacted(self, line: str, number: int, first: int, last: int) -> str:
        """A part of a line; of a long line, more is redacted at once, so that findings in it share the work."""
        start = first // _BLOCK * _BLOCK
        if (number, start) not in self._blocks:
            if len(self._blocks) > _KEPT:
                self._blocks.clear()
            self._blocks[number, start] = redact_part(line, start, min(start + _BLOCK + 2 * _AROUND, len(line)))
        return self._blocks[number, start][first - start : last - start]

    def digest(self, number: int, column: int = 1) -> bytes:
        """A hash of a line, or of the part of a long line around a column, that ignores white space and secrets."""
        from hashlib import sha256

        line = "".join(self.excerpt(number, column).text.split())
        return sha256(line.encode("utf-8", "surrogatepass")).digest()


_BLOCK = 4000
"""The number of characters of a long line that are redacted at once, before those that only later findings show."""

_KEPT = 100
"""The number of excerpts that are kept for further findings."""


def _utf8(text: object) -> bytes:
    """A text as UTF-8 without a byte order mark."""
    if isinstance(text, str):
        return text.encode("utf-8", "replace")
    if not isinstance(text, bytes | bytearray | memoryview):
        return b""
    from eventlint.jsontext.decoding import decode
    from eventlint.jsontext.syntax_error import JsonSyntaxError

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
    answer: Answer | str | None = None,
    whole_answer: bool = False,
) -> Rendered:
    """Turn a finding into what is shown, with all secrets redacted.

    Args:
        finding: The finding, with its path and its position in the file.
        lines: The text that the finding is in: a payload or a whole document.
        at: The position in that text; None when no line is shown.
        answer: The server's answer, or one line of it; None when it is not about this finding.
        whole_answer: Whether to show the whole answer instead of its innermost reason.
    """
    lines = lines or RedactedLines()
    finding, excerpt, caret = _redacted(finding, lines, at)
    return Rendered(
        finding=finding,
        line=excerpt.text,
        caret=caret,
        answer=None if answer is None else _without(_answer_text(answer, whole=whole_answer), excerpt.secrets),
        fingerprint=_fingerprint(finding, lines.digest(at.line if at else 1, at.column if at else 1)),
    )


def without_secrets(finding: Finding, lines: RedactedLines) -> Finding:
    """A finding as :func:`render` shows it; its position is that in the text."""
    return _redacted(finding, lines, finding.position)[0]


def _redacted(finding: Finding, lines: RedactedLines, at: Position | None) -> tuple[Finding, Excerpt, int]:
    """A finding without secrets, the line or part that it is in, and its column there."""
    excerpt = lines.excerpt(at.line, at.column) if at else Excerpt()
    caret = at.column - excerpt.first if at else 1
    excerpt = _without_value(excerpt, caret, finding.pointer)

    def shown(text: str) -> str:
        return printable(_without(redact(text), excerpt.secrets))

    pointer, message = redact_pointer(finding.pointer), shown(finding.message)
    hint = shown(finding.hint) if finding.hint else finding.hint
    if (pointer, message, hint) != (finding.pointer, finding.message, finding.hint):
        from eventlint.light_dataclasses import replace

        finding = replace(finding, pointer=pointer, message=message, hint=hint)
    return finding, excerpt, caret


def _without_value(excerpt: Excerpt, caret: int, pointer: str) -> Excerpt:
    """The excerpt with the value at a column redacted if the key that leads to it indicates a secret.

    The key may be in another line.
    """
    from eventlint.redact.names import is_secret, kind_of_name

    key = next((part for part in reversed(pointer.split("/")) if not part.isdigit()), "")
    value = re.compile(r'"?((?:[^"\\]|\\.)*+)"?(?!\s*:)').match(excerpt.text, caret - 1) if kind_of_name(key) else None
    if value is None or not is_secret(kind_of_name(key), value[1]):
        return excerpt
    text = excerpt.text[: value.start(1)] + "*" * len(value[1]) + excerpt.text[value.end(1) :]
    return Excerpt(text, excerpt.first, (*excerpt.secrets, value[1]))


def _without(text: str, secrets: Sequence[str]) -> str:
    """A text without the secrets of the line that it is about."""
    for secret in secrets:
        if len(secret) < 4 or secret not in text:
            continue
        around = ("['\\[\"]", "['\\]\"…]") if secret.isalpha() else (r"(?<!\w)", r"(?!\w)")
        text = re.sub(f"({around[0]}){re.escape(secret)}({around[1]})", rf"\g<1>{'*' * len(secret)}\g<2>", text)
    return text


def _fingerprint(finding: Finding, digest: bytes) -> str:
    from hashlib import sha256

    key = f"{finding.rule}\0{finding.pointer}"
    return sha256(key.encode("utf-8", "surrogatepass") + b"\0" + digest).hexdigest()[:32]


def _answer_text(answer: Answer | str, *, whole: bool) -> str:
    if isinstance(answer, str) or not whole:
        return str(answer)
    return f"{answer.status} {redact(answer.body.decode('utf-8', 'backslashreplace'))}"


def posix_path(path: str) -> str:
    """A path with forward slashes on every system."""
    return path.replace(os.sep, "/")


class Summary:
    """The counts of a run; they grow while it goes on.

    Attributes:
        is_interrupted: Whether the user interrupted the run.
        has_time: Whether events have a pointer to their time, so that days can be counted.
        groups: The counts by tier, rule, event type, collection and day; None if they are not wanted.
        skipped: Events that were skipped because they were not meant to be checked: their type is unknown.
        unchecked: Events that could not be checked, although they were meant to be.
        reasons: Why events were skipped or left unchecked: the number of events for each reason.
        known: Findings that are not shown because the baseline has them.
        suppressed: Findings that are not shown because a suppression covers them.
        size: Bytes of events that were read.
        fixable: Shown findings that have a fix, by its safety.
        not_fixed: Why fixes that were asked for were not applied: the number of shown findings for each reason.
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
        self.is_interrupted = False
        self.has_time = False
        self.groups: Groups | None = None
        self.skipped = skipped
        self.unchecked = 0
        self.reasons: dict[str, int] = {}
        self.known = self.suppressed = self.fixed = self.size = 0
        self.fixable = fixable or {"safe": 0, "unsafe": 0}
        self.not_fixed: dict[str, int] = {}
        self.tiers: dict[Tier, int] = dict.fromkeys(TIERS, 0)
        self.rules: dict[str, int] = {}
        self.used: set[tuple[str | None, int]] = set()
        self.seen: set[tuple[str | None, int]] = set()

    def add(self, other: Summary) -> None:
        """Add the counts of another part of the run, except those of shown findings."""
        self.files += other.files
        self.events += other.events
        self.size += other.size
        self.skipped += other.skipped
        self.unchecked += other.unchecked
        self.known += other.known
        self.suppressed += other.suppressed
        self.fixed += other.fixed
        for reason, count in other.reasons.items():
            self.reasons[reason] = self.reasons.get(reason, 0) + count
        if other.groups is not None:
            self.start_groups().add(other.groups)
        self.used |= other.used
        self.seen |= other.seen

    def count_event(self, event: Event, number: int = 1) -> None:
        """Count an event by what it belongs to, or a number of events that belong to the same."""
        self.start_groups().count_event(event, number)

    def start_groups(self) -> Groups:
        """The counts by tier, rule and so on, from now on."""
        if self.groups is None:
            from eventlint.output.groups import Groups

            self.groups = Groups()
        return self.groups

    def skip(self, reason: str, number: int = 1) -> None:
        """Count events that were skipped on purpose."""
        self.skipped += number
        self.reasons[reason] = self.reasons.get(reason, 0) + number

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
        path_in_repository: Turns a path into one relative to the root of the repository, with forward slashes.
    """

    color: bool = False
    width: int = 100
    quiet: bool = False
    rules: Mapping[str, str] = MappingProxyType({})
    path_in_repository: Callable[[str], str] = posix_path


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
    return printable(finding.message + (f" ({finding.pointer})" if finding.pointer else ""))
