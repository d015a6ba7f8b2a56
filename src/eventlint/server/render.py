"""Answers as bytes (being written)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One exception of an answer."""

    type: str
    reason: str
    caused_by: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A refusal."""

    status: int
    problem: Problem
    root: Problem
