"""What the strategies for invalid and lossy events draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class InvalidExample:
    """An event that violates one rule, at one place.

    Attributes:
        event: The event: a parsed object, the bytes of a payload, a request, or the name and content of a file.
        rule: The name of the rule.
        pointer: A JSON Pointer to the place; the empty string is the whole event.
    """

    event: Any
    rule: str
    pointer: str
