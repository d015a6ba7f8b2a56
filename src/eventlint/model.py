"""The values that every room uses: findings, fixes, positions, requests and answers. All of them are immutable."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from eventlint.escaping import printable
from eventlint.named_tuples import NamedTuple
from eventlint.redact import redact, redact_part, redact_pointer
from eventlint.tiers import Tier

HeadersLike = Mapping[str, str] | Iterable[tuple[str, str]]
"""The headers of a request: a mapping, or pairs of a name and a value."""

Effect = Literal["lost", "unsearchable", "changed"]
"""What a loss does: the event is dropped, a field cannot be searched, or the stored value differs from the sent one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A place in bytes or in a string.

    Attributes:
        line: The line number, from 1. A line ends with a line feed, a carriage return, or both.
        column: The column, from 1, in characters (Unicode code points), as editors count them.
        offset: The offset, from 0, in bytes of UTF-8.
    """

    line: int
    column: int
    offset: int


class Edit(NamedTuple):
    """A replacement of one range of bytes.

    Attributes:
        start: The first byte to replace: an offset from 0, in bytes.
        end: The offset after the last byte to replace.
        content: The new bytes.
    """

    start: int
    end: int
    content: bytes


class Fix(NamedTuple):
    """An automatic fix of a finding.

    Attributes:
        safety: ``safe`` if the fix keeps the meaning of the event, otherwise ``unsafe``.
        title: What the fix does, in a few words.
        edits: The replacements, in the order of their offsets. They do not overlap.
    """

    safety: Literal["safe", "unsafe"]
    title: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One problem in an event or in the request that sends it.

    ``str(finding)`` is one line, as ``eventlint check --format concise`` prints it (without the
    mark of fixable findings). A release may change the
    wording of ``message`` and ``hint``, but not the fields and the names of the rules.

    Attributes:
        rule: The name of the rule, in kebab-case (``unknown-field``). In the tier ``contract``, the author of the
            contract chooses the name.
        tier: ``error``, ``contract``, ``loss`` or ``lint``.
        message: One sentence. Long values are shortened.
        pointer: A JSON Pointer (RFC 6901) into the event. It is empty for the whole event and for the request. Of a key
            of more than 256 characters, it has the first 255 and an ellipsis.
        position: The place of the value if the event was given as bytes or a string; None for an object.
        hint: What to write instead, or None.
        effect: What a loss does: ``lost``, ``unsearchable`` or ``changed``. None in the other tiers.
        fatal: Whether the payload could not be read beyond this finding.
        path: The path of the file that contains the event, as it was given, or None.
        record: The number of the event in the file (line of NDJSON, element of an array, request), from 1, or None.
        event_type: The type of the event, or None if it is unknown.
        releases: The releases of the server that have this finding, if you asked for several and some do not have it;
            otherwise empty.
        fix: The fix, if there is one and the event was given as bytes or a string. Its offsets are in bytes, as that of
            ``position``.
    """

    rule: str
    tier: Tier
    message: str
    pointer: str = ""
    position: Position | None = None
    hint: str | None = None
    effect: Effect | None = None
    fatal: bool = False
    path: str | None = None
    record: int | None = None
    event_type: str | None = None
    releases: tuple[str, ...] = ()
    fix: Fix | None = None

    @property
    def url(self) -> str:
        """The page of the rule, relative to the repository's root. All rules of custom contracts share one page."""
        return f"docs/rules/{'contract-violation' if self.tier == 'contract' else self.rule}.md"

    def __str__(self) -> str:
        return concise(self)

    def __repr__(self) -> str:
        return _safe_repr(self)


def moved(
    finding: Finding, position: Position | None, fix: Fix | None, path: str | None = None, record: int | None = None
) -> Finding:
    """A finding at another place."""
    return changed(finding, finding.pointer, finding.message, finding.hint, position, fix, path, record)


def changed(
    finding: Finding,
    pointer: str,
    message: str,
    hint: str | None,
    position: Position | None,
    fix: Fix | None,
    path: str | None,
    record: int | None,
) -> Finding:
    """A finding with another wording, at another place. It is faster than ``dataclasses.replace``."""
    return new_finding(
        finding.rule,
        finding.tier,
        message,
        pointer,
        position,
        hint,
        finding.effect,
        finding.event_type,
        fix,
        finding.fatal,
        path,
        record,
        finding.releases,
    )


def new_finding(
    rule: str,
    tier: Tier,
    message: str,
    pointer: str,
    position: Position | None,
    hint: str | None,
    effect: Effect | None,
    event_type: str | None,
    fix: Fix | None,
    fatal: bool = False,
    path: str | None = None,
    record: int | None = None,
    releases: tuple[str, ...] = (),
) -> Finding:
    """As ``Finding(...)``, in a third of the time; for findings that many events have."""
    made: Any = _UnfrozenFinding()
    made.rule = rule
    made.tier = tier
    made.message = message
    made.pointer = pointer
    made.position = position
    made.hint = hint
    made.effect = effect
    made.fatal = fatal
    made.path = path
    made.record = record
    made.event_type = event_type
    made.releases = releases
    made.fix = fix
    made.__class__ = Finding
    finding: Finding = made
    return finding


def new_position(line: int, column: int, offset: int) -> Position:
    """As ``Position(...)``, in half the time."""
    made: Any = _UnfrozenPosition()
    made.line = line
    made.column = column
    made.offset = offset
    made.__class__ = Position
    position: Position = made
    return position


class _UnfrozenFinding:
    """A finding while its attributes are set, which takes a frozen dataclass four times as long."""

    __slots__ = Finding.__slots__


class _UnfrozenPosition:
    """A position while its attributes are set."""

    __slots__ = Position.__slots__


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The server's answer to a request.

    ``str(answer)`` is one line: the status and the innermost reason, with secrets redacted.

    Attributes:
        status: The HTTP status; 0 if the server closes the connection without an answer.
        headers: The headers, by name, in the server's spelling.
        body: The body, in bytes.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def __str__(self) -> str:
        return answer_line(self.status, *_reason(self.body))

    def __repr__(self) -> str:
        return _safe_repr(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """An HTTP request.

    Attributes:
        method: The HTTP method, in upper case.
        uri: The path and the query string, percent-encoded (``/_application/analytics/site/event/search``).
        headers: The headers, as a mapping or, if a header is sent several times, as pairs. Names are case-insensitive.
        body: The body, in bytes.
    """

    method: str
    uri: str
    headers: HeadersLike = field(default_factory=dict)
    body: bytes = b""

    def __repr__(self) -> str:
        return _safe_repr(self)


_SHOWN_IN_REPR = 1000


def _safe_repr(value: Any) -> str:
    """The representation of a dataclass, without secrets, as assertions and debuggers show it."""
    parts = []
    for name in value.__dataclass_fields__:
        content = getattr(value, name)
        is_bytes = isinstance(content, bytes)
        text = f"b{content.decode('utf-8', 'backslashreplace')!r}" if is_bytes else repr(content)
        cut = "…" if len(text) > _SHOWN_IN_REPR else ""
        parts.append(f"{name}={redact_part(text, 0, min(len(text), _SHOWN_IN_REPR))}{cut}")
    return printable(f"{type(value).__name__}({', '.join(parts)})")


def header_pairs(headers: HeadersLike) -> list[tuple[str, str]]:
    """Headers as pairs of a name and a value."""
    given: Any = headers
    return list(given.items() if isinstance(headers, Mapping) else given)


MAX_KEY = 256
"""How many characters of a key a pointer has. Thousands of findings can be about values of one key of any length."""


def pointer(parts: Iterable[str | int]) -> str:
    """The JSON Pointer (RFC 6901) of a sequence of keys and indexes; a key of more than 256 characters is cut."""
    keys = ["", *map(str, parts)]
    text = "/".join(keys)
    if len(text) <= MAX_KEY and "~" not in text and text.count("/") < len(keys):  # there is nothing to cut or escape
        return text
    return "/".join([_cut(key).replace("~", "~0").replace("/", "~1") for key in keys])


def _cut(key: str) -> str:
    return key if len(key) <= MAX_KEY else f"{key[: MAX_KEY - 1]}…"


def _unpainted(text: str, tier: Tier | None) -> str:
    return text


def concise(finding: Finding, paint: Callable[[str, Tier | None], str] = _unpainted) -> str:
    """A finding on one line: ``path:line:column: tier[rule]: message (pointer) [releases]``.

    Args:
        finding: The finding.
        paint: Adds color to the place (with the tier None) and to the rule (with its tier).
    """
    label = paint(f"{finding.tier}[{finding.rule}]", finding.tier)
    return f"{paint(place(finding), None)} {label}: {description(finding)}"


def place(finding: Finding) -> str:
    """Where a finding is: ``path:line:column:``."""
    path = printable(finding.path or "eventlint")
    if finding.path and "\n" in finding.path:
        path = path.replace(":", "\\:")
    at = finding.position
    return f"{path}:" if at is None else f"{path}:{at.line}:{at.column}:"


def description(finding: Finding) -> str:
    """What a finding is about: ``message (pointer) [releases]``."""
    where = f" ({printable(redact_pointer(finding.pointer))})" if finding.pointer else ""
    releases = f" [{', '.join(finding.releases)}]" if finding.releases else ""
    return f"{printable(redact(finding.message))}{where}{releases}"


def answer_line(status: int, *reason: str) -> str:
    """An answer on one line: its status, and the innermost type and reason of its error if it has them."""
    text = ": ".join(map(_first_line, reason))
    return f"{status} {text}" if text else str(status)


def _reason(body: bytes) -> tuple[str, ...]:
    return _known_reason(body) if len(body) <= _LONGEST_KEPT else _known_reason.__wrapped__(body)


_LONGEST_KEPT = 4_096
"""The size in bytes of the longest body whose reason is kept: many events of an archive get the same answer."""


@lru_cache(256)
def _known_reason(body: bytes) -> tuple[str, ...]:
    """The innermost type and reason of an error, or its text; empty if the body has none in the server's form."""
    import json

    try:
        error: Any = json.loads(body)["error"]
        if isinstance(error, str):
            return (error,)
        while "caused_by" in error:
            error = error["caused_by"]
        found = error["type"], error["reason"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):  # of another program than the server
        return ()
    return found if all(isinstance(one, str) for one in found) else ()


def _first_line(text: str) -> str:
    line = text.partition("\n")[0]
    return _short_line(line) if len(line) <= _WIDTH else printable(redact_part(line, 0, _WIDTH - 1) + "…")


_WIDTH = 160


@lru_cache(512)
def _short_line(line: str) -> str:
    """A line of at most 160 characters; those of events with the same mistake differ in little else than a column."""
    return printable(redact_part(line, 0, len(line)))
