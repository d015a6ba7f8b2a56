"""The values that every room speaks of; it must know no other module of the package.

All of them are immutable. None of them opens a file, prints, or knows how it was made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Tier = Literal["error", "contract", "loss", "lint"]
"""How grave a finding is: the server refuses the event; it takes one that breaks a contract of one's own; it loses it;
or it stores what was not meant."""

Effect = Literal["lost", "unsearchable", "changed"]
"""What a loss does: the event is dropped, a field cannot be searched, or something is stored otherwise than sent."""

TIERS: tuple[Tier, ...] = ("error", "contract", "loss", "lint")

FAILING: tuple[Tier, ...] = ("error", "contract", "loss")
"""The tiers whose findings make a run fail unless told otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A place in a text that came as bytes.

    Attributes:
        line: The line, from 1. Lines end at a line feed, a carriage return, or both together.
        column: The character in the line, from 1: code points, as editors count them.
        offset: The byte, from 0.
    """

    line: int
    column: int
    offset: int


class Edit(NamedTuple):
    """A part of a text, and what stands there instead.

    Attributes:
        start: The first byte of the part, from 0.
        end: The byte after it.
        content: The bytes that take its place.
    """

    start: int
    end: int
    content: bytes


class Fix(NamedTuple):
    """A mechanical way to mend what a finding is about.

    Attributes:
        safety: ``safe`` when the event means the same afterwards; else ``unsafe``.
        title: What it does, in a few words.
        edits: The parts that change, in the order of the text; they do not overlap.
    """

    safety: Literal["safe", "unsafe"]
    title: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong with an event, or with the request around it.

    The wording of ``message`` and ``hint`` may change between releases; the fields and the rules' names may not.

    Attributes:
        rule: The rule's name, in kebab-case (``unknown-field``); in the tier ``contract`` its author's.
        tier: ``error``, ``contract``, ``loss`` or ``lint``.
        message: One sentence. Values in it are shortened.
        pointer: A JSON Pointer (RFC 6901) into the event; the empty string is the whole event or the request.
        position: Where it stands, when the event came as bytes; None when it came as an object.
        hint: What to write instead, or None.
        effect: For the tier ``loss``: what happens to the event; else None.
        fatal: Whether reading stopped here, so that what follows was not looked at.
        path: The file that the event came from, as it was named, or None.
        record: Which event of the file (line of NDJSON, element of an array, request), from 1, or None.
        event_type: The event's type where it is known, else None.
        releases: The releases of the server in which it holds, when several were asked for; else empty.
        fix: How it can be mended mechanically, when the event came as bytes; its offsets are those of ``position``.
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
        """The rule's page, relative to the root of the project's repository; rules of others share one."""
        return f"docs/rules/{'contract-violation' if self.tier == 'contract' else self.rule}.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the server says to a request.

    Attributes:
        status: The HTTP status.
        headers: The headers, by their names as the server writes them.
        body: The body, in bytes.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request as it goes over the wire.

    Attributes:
        method: The HTTP method, in upper case.
        uri: The path and the query string, still percent-encoded (``/_application/analytics/site/event/search``).
        headers: The headers; names in any case.
        body: The body, in bytes.
    """

    method: str
    uri: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


def pointer(parts: Iterable[str | int]) -> str:
    """A JSON Pointer (RFC 6901) from names and indexes."""
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in parts)
