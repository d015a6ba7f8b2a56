"""What is measured relative to a bar."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Row(NamedTuple):
    """One figure.

    Attributes:
        what: What is measured.
        figure: The figure.
        bar: The largest allowed figure.
        at_least: Whether the bar is the smallest allowed figure instead.
        detail: What the figure was made of.
    """

    what: str
    figure: float
    bar: float
    at_least: bool = False
    detail: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the figure is within the bar."""
        return self.figure >= self.bar if self.at_least else self.figure <= self.bar


def show(rows: Iterable[Row]) -> int:
    """Print each row as soon as it is measured; return how many miss their bar."""
    missed = 0
    for row in rows:
        missed += not row.is_met
        bar = f"{'>=' if row.at_least else '<='} {row.bar:g}"
        verdict = "ok" if row.is_met else "MISSED"
        print(f"{row.what:58} {row.figure:8.2f}  {bar:8} {verdict:6}  {row.detail}".rstrip(), flush=True)
    return missed
