"""Findings become what is shown of them.

:func:`render` is the boundary at which secrets are redacted: every finding that is shown passes through it. It redacts
the pointer, the message, the hint, the line and the answer, and escapes characters that are not printable in messages.

What is the same for many findings of an archive is redacted once: a line for all findings in it, and the pointer, the
message and the hint for all findings that have the same ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from eventlint.escaping import printable
from eventlint.jsontext.decoding import decode
from eventlint.jsontext.syntax_error import JsonSyntaxError
from eventlint.model import changed
from eventlint.named_tuples import NamedTuple
from eventlint.output.base import Rendered
from eventlint.output.quotations import SHORTEST, may_quote
from eventlint.redact import redact, redact_part, redact_pointer
from eventlint.redact.names import Kind, is_secret, kind_of_name

if TYPE_CHECKING:
    from eventlint.model import Answer, Finding, Fix, Position
    from eventlint.output.groups import Event

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


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


class Wording(NamedTuple):
    """What a finding says, without secrets; characters of the message and the hint that are not printable are escaped.

    Attributes:
        kind: Whether the key that leads to the value indicates a secret.
    """

    pointer: str
    message: str
    hint: str | None
    kind: Kind | None = None


LONG = 4000
"""The number of characters from which only a part of a line is redacted and shown."""

_AROUND = 1000

_BLOCK = 4000
"""The number of characters of a long line that are redacted at once, before those that only later findings show."""

_KEPT = 100
"""The number of excerpts that are kept for further findings."""

NOTHING = Excerpt()
"""What is shown of a finding that is in no line."""


class RedactedLines:
    """The lines of a text, without secrets; each line is redacted once for all findings in it.

    Of a long line, only the part around a finding is read, so that many findings in it take linear time.
    """

    def __init__(self, text: object = b"") -> None:
        """Take a string or bytes in any encoding of JSON; anything else has no lines."""
        self._text = text
        self._lines: list[bytes] | None = None
        self._decoded: tuple[int, str] = (0, "")
        self._whole: dict[int, Excerpt] = {}
        self._parts: dict[tuple[int, int, int], Excerpt] = {}
        self._blocks: dict[tuple[int, int], str] = {}

    def excerpt(self, number: int, column: int = 1) -> Excerpt:
        """A line by its number, or the part around a column, both from 1; empty when there is no such line."""
        known = self._whole.get(number)
        if known is not None:
            return known
        line = self._line(number)
        if len(line) > LONG:
            return self._part(line, number, max(0, column - _AROUND), min(column + _AROUND, len(line)))
        return _noted(self._whole, number, _excerpt(line, redact(line), 0))

    def _line(self, number: int) -> str:
        if self._decoded[0] != number:
            if self._lines is None:
                self._lines = _utf8(self._text).splitlines()
            exists = number <= len(self._lines)
            self._decoded = (number, self._lines[number - 1].decode("utf-8", "replace") if exists else "")
        return self._decoded[1]

    def _part(self, line: str, number: int, first: int, last: int) -> Excerpt:
        """A part of a long line; more is redacted at once, so that findings in it share the work."""
        key = (number, first, last)
        if key in self._parts:
            return self._parts[key]
        start = first // _BLOCK * _BLOCK
        if (number, start) not in self._blocks:
            until = min(start + _BLOCK + 2 * _AROUND, len(line))
            _noted(self._blocks, (number, start), redact_part(line, start, until))
        text = self._blocks[number, start][first - start : last - start]
        return _noted(self._parts, key, _excerpt(line, text, first))


def _noted(kept: dict[_Key, _Value], key: _Key, value: _Value) -> _Value:
    """Keep a value for further findings."""
    if len(kept) > _KEPT:
        kept.clear()
    kept[key] = value
    return value


def _excerpt(line: str, text: str, first: int) -> Excerpt:
    """The excerpt of a line from an offset, whose redacted form is known."""
    if "*" not in text:
        return Excerpt(text, first)
    hidden = {line[first + one.start() : first + one.end()]: None for one in re.finditer(r"\*+", text)}
    return Excerpt(text, first, tuple(hidden))


_BYTES = (bytes, bytearray, memoryview)
"""The types of bytes; ``isinstance`` is faster with a tuple than with a union."""


def _utf8(text: object) -> bytes:
    """A text as UTF-8 without a byte order mark."""
    if type(text) is bytes and text.isascii() and 0 not in text[:4]:  # it has no mark, and no wider encoding
        return text
    if isinstance(text, str):
        return text.encode("utf-8", "replace")
    if not isinstance(text, _BYTES):
        return b""
    try:
        decoded = decode(bytes(text))
    except JsonSyntaxError:
        return bytes(text)
    return decoded.data[decoded.start :]


def _redacted(finding: Finding, excerpt: Excerpt, column: int | None) -> tuple[Wording, Excerpt, int]:
    """What a finding says, the line or part that is shown of it, and its column there.

    Args:
        finding: The finding.
        excerpt: The line or part that the finding is in.
        column: Its column in the line; None when no line is shown.
    """
    wording = _wording(finding.pointer, finding.message, finding.hint)
    if column is None:
        return wording, NOTHING, 1
    caret = column - excerpt.first
    if wording.kind is not None:
        excerpt = _without_value(excerpt, caret, wording.kind)
    if excerpt.secrets and may_quote(finding):
        message, hint = (_shown(text or "", excerpt.secrets) for text in (finding.message, finding.hint))
        wording = wording._replace(message=message, hint=finding.hint and hint)
    return wording, excerpt, caret


def without_secrets(finding: Finding, lines: RedactedLines) -> Finding:
    """A finding as it is shown; its position is that in the text. The line is read only if the finding may quote it."""
    at = finding.position
    if at is None or not may_quote(finding):
        wording = _wording(finding.pointer, finding.message, finding.hint)
    else:
        wording = _redacted(finding, lines.excerpt(at.line, at.column), at.column)[0]
    pointer, message, hint, _ = wording
    return _reworded(finding, pointer, message, hint)


def redacted(findings: Iterable[Finding], text: bytes) -> list[Finding]:
    """The findings in a text, without secrets."""
    lines = RedactedLines(text)
    return [without_secrets(finding, lines) for finding in findings]


def in_ordinary_line(finding: Finding) -> tuple[Finding, Kind | None]:
    """A finding as it is shown in a line without secrets, if its own value is none.

    Also the kind of the key that leads to its value, for :func:`secret_value`.
    """
    pointer, message, hint, kind = _wording(finding.pointer, finding.message, finding.hint)
    return _reworded(finding, pointer, message, hint), kind


def _reworded(finding: Finding, pointer: str, message: str, hint: str | None) -> Finding:
    if message == finding.message and pointer == finding.pointer and hint == finding.hint:
        return finding
    return changed(finding, pointer, message, hint, finding.position, finding.fix, finding.path, finding.record)


_LONGEST_KEPT = 600
"""The number of characters of the longest wording that is kept."""


def _wording(pointer: str, message: str, hint: str | None) -> Wording:
    """What a finding says if its line has no secrets."""
    if len(pointer) + len(message) + len(hint or "") > _LONGEST_KEPT:
        return _known_wording.__wrapped__(pointer, message, hint)
    return _known_wording(pointer, message, hint)


@lru_cache(512)
def _known_wording(pointer: str, message: str, hint: str | None) -> Wording:
    key = next((part for part in reversed(pointer.split("/")) if not part.isdigit()), "")
    return Wording(redact_pointer(pointer), _shown(message), hint and _shown(hint), kind_of_name(key))


def _shown(text: str, secrets: Sequence[str] = ()) -> str:
    """A message or a hint without secrets, also without those of the line that it is about."""
    return printable(_without(redact(text), secrets))


def _without_value(excerpt: Excerpt, caret: int, kind: Kind) -> Excerpt:
    """The excerpt with the value at a column redacted, if the key that leads to it indicates a secret.

    The key may be in another line.
    """
    value = secret_value(excerpt.text, caret, kind)
    if value is None:
        return excerpt
    text = excerpt.text[: value.start(1)] + "*" * len(value[1]) + excerpt.text[value.end(1) :]
    return Excerpt(text, excerpt.first, (*excerpt.secrets, value[1]))


def secret_value(text: str, column: int, kind: Kind) -> re.Match[str] | None:
    """The value at a column, from 1, if it is a secret after a key of some kind; its first group has no quotes."""
    value = re.compile(r'"?((?:[^"\\]|\\.)*+)"?(?!\s*:)').match(text, column - 1)
    return value if value is not None and is_secret(kind, value[1]) else None


def _without(text: str, secrets: Sequence[str]) -> str:
    """A text without the secrets of the line that it is about."""
    for secret in secrets:
        if len(secret) < SHORTEST or secret not in text:
            continue
        around = ("['\\[\"]", "['\\]\"…]") if secret.isalpha() else (r"(?<!\w)", r"(?!\w)")
        text = re.sub(f"({around[0]}){re.escape(secret)}({around[1]})", rf"\g<1>{'*' * len(secret)}\g<2>", text)
    return text


class InFile(NamedTuple):
    """Where a finding in an event is in its file.

    Attributes:
        fix: The fix of the finding, with offsets in the file.
        record: The number of the event in the file.
    """

    position: Position | None
    fix: Fix | None
    path: str | None
    record: int | None


def render(
    finding: Finding,
    lines: RedactedLines | None = None,
    at: Position | None = None,
    answer: Answer | str | None = None,
    whole_answer: bool = False,
    refused: str | None = None,
    event: Event | None = None,
    place: InFile | None = None,
) -> Rendered:
    """Turn a finding into what is shown, with all secrets redacted.

    Args:
        finding: The finding, with its path and its position in the file, unless these are given as its place.
        lines: The text that the finding is in: a payload or a whole document.
        at: The position in that text; None when no line is shown.
        answer: The server's answer, or one line of it; None when it is not about this finding.
        whole_answer: Whether to show the whole answer instead of its innermost reason.
        refused: Why the fix of the finding is not offered or was not applied.
        event: What the event of the finding belongs to.
        place: Where the finding is in its file, and its fix there; None when the finding has these.
    """
    lines = lines or RedactedLines()
    number, column = (1, None) if at is None else (at.line, at.column)
    content = lines.excerpt(number, column or 1)
    wording, excerpt, caret = _redacted(finding, content, column)
    pointer, message, hint, _ = wording
    position, fix, path, record = place or (finding.position, finding.fix, finding.path, finding.record)
    if answer is not None:
        answer = _without(_answer_text(answer, whole=whole_answer), excerpt.secrets)
    shown = changed(finding, pointer, message, hint, position, fix, path, record)
    return Rendered(shown, excerpt.text, caret, answer, content.text, refused, event)


def _answer_text(answer: Answer | str, *, whole: bool) -> str:
    if isinstance(answer, str) or not whole:
        return str(answer)
    return f"{answer.status} {redact(answer.body.decode('utf-8', 'backslashreplace'))}"
