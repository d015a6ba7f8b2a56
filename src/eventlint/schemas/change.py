"""A change between two versions of a schema document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from eventlint.schemas.versions import Bump

Direction = Literal["narrows", "widens", "both", "neither", "unknown"]
"""Whether the new schema rejects more values, accepts more, both, or neither."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A difference between two versions of a document.

    Attributes:
        document: The document's name.
        pointer: A JSON Pointer into the schema with references resolved; for annotations, into the document.
        sentence: What changed.
        bump: The part of the version that the change must increase.
        direction: Whether the new schema rejects or accepts more.
        has_counterexample: Whether a value shows the change.
        counterexample: That value; None without one (None may also be the value).
        verified: Whether the bump is shown by the counterexample, or proven.
        certain: Whether a larger bump is ruled out.
    """

    document: str
    pointer: str
    sentence: str
    bump: Bump
    direction: Direction
    has_counterexample: bool = False
    counterexample: Any = None
    verified: bool = True
    certain: bool = True
