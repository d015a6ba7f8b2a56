"""What a strategy for broken events draws; it must not know how an event is broken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class InvalidExample:
    """An event that breaks one rule, at one place.

    Attributes:
        event: The event: a parsed object, a payload's bytes, a request, or a file's name and content.
        rule: The rule's name.
        pointer: A JSON Pointer to the place; the empty string is the whole event.
    """

    event: Any
    rule: str
    pointer: str
