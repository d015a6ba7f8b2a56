"""The values that renderers take; it must not know formats."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from eventlint.model import TIERS, Finding, Tier


class Shown(NamedTuple):
    """A finding, and what a person needs to see with it.

    Attributes:
        finding: The finding, with its place in the file.
        line: The line that it stands in, without the line's end; empty when there is none to show.
        caret: The character of that line that it is about, from 1.
        answer: What the server would say, when the finding is the one that it would tell; else None.
    """

    finding: Finding
    line: str = ""
    caret: int = 1
    answer: str | None = None


class Summary:
    """Counts for the end of a run; they grow as it goes on.

    Attributes:
        files: How many files were read.
        events: How many events were checked.
        skipped: How many events were passed over, since nothing tells their type.
        tiers: How many findings there are of each tier.
    """

    __slots__ = ("events", "files", "skipped", "tiers")

    def __init__(self, *, files: int = 0, events: int = 0, skipped: int = 0) -> None:
        self.files = files
        self.events = events
        self.skipped = skipped
        self.tiers: dict[Tier, int] = dict.fromkeys(TIERS, 0)

    def add(self, other: "Summary") -> None:
        """Add the counts of a part of the run."""
        self.files += other.files
        self.events += other.events
        self.skipped += other.skipped
        for tier, count in other.tiers.items():
            self.tiers[tier] += count


class Style(NamedTuple):
    """How text for people looks.

    Attributes:
        colour: Whether it has colours.
        width: The screen's width in characters.
        quiet: Whether the summary is left out.
    """

    colour: bool = False
    width: int = 100
    quiet: bool = False


class Renderer(Protocol):
    """Writes findings as they come, so that nothing has to be kept."""

    def start(self) -> None:
        """Before the first finding."""

    def findings(self, shown: Sequence[Shown]) -> None:
        """The findings of one event."""

    def finish(self, summary: Summary) -> None:
        """After the last finding."""
