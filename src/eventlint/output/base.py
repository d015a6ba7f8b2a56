"""The values that renderers take; it must not know formats."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, Protocol

from eventlint.model import TIERS, Finding, Tier


class Rendered(NamedTuple):
    """A finding, and what a person needs to see with it.

    Attributes:
        finding: The finding, with its place in the file.
        line: The line that it stands in, without the line's end; empty when there is none to show.
        caret: The character of that line that it is about, from 1.
        answer: What the server would say, when the finding is the one that it would tell; else None.
        fingerprint: Tells the finding from others of its file, wherever its line moves to.
    """

    finding: Finding
    line: str = ""
    caret: int = 1
    answer: str | None = None
    fingerprint: str = ""


class Summary:
    """Counts for the end of a run; they grow as it goes on.

    Attributes:
        files: How many files were read.
        events: How many events were checked.
        skipped: How many events were passed over, since nothing tells their type.
        known: How many findings are not shown, since a baseline has them.
        suppressed: How many findings are not shown, since somebody has said why.
        fixed: How many findings were mended, or would be where only the difference is shown.
        fixable: How many of the findings that are shown have a fix, by its safety.
        size: How many bytes of events were read.
        tiers: How many findings there are of each tier.
        rules: How many findings there are of each rule that has any.
        used: Which suppressions of the configuration suppressed something, by their places in the list.
        seen: Which of them are about a file that was read.
    """

    __slots__ = (
        "events",
        "files",
        "fixable",
        "fixed",
        "known",
        "rules",
        "seen",
        "size",
        "skipped",
        "suppressed",
        "tiers",
        "used",
    )

    def __init__(self, *, files: int = 0, events: int = 0, skipped: int = 0, fixed: int = 0, size: int = 0) -> None:
        self.files = files
        self.events = events
        self.skipped = skipped
        self.known = 0
        self.suppressed = 0
        self.fixed = fixed
        self.size = size
        self.fixable: dict[str, int] = {"safe": 0, "unsafe": 0}
        self.tiers: dict[Tier, int] = dict.fromkeys(TIERS, 0)
        self.rules: dict[str, int] = {}
        self.used: set[int] = set()
        self.seen: set[int] = set()

    def add(self, other: "Summary") -> None:
        """Add the counts of a part of the run."""
        self.files += other.files
        self.events += other.events
        self.skipped += other.skipped
        self.known += other.known
        self.suppressed += other.suppressed
        self.fixed += other.fixed
        self.size += other.size
        self.used |= other.used
        self.seen |= other.seen

    def count(self, finding: Finding) -> None:
        """Add a finding that is shown."""
        self.tiers[finding.tier] += 1
        if finding.fix is not None:
            self.fixable[finding.fix.safety] += 1
        self.rules[finding.rule] = self.rules.get(finding.rule, 0) + 1


class Style(NamedTuple):
    """How text for people looks.

    Attributes:
        colour: Whether it has colours.
        width: The screen's width in characters.
        quiet: Whether the summary is left out.
        rules: The rules that the authors of contracts have named, and what each says; for formats that list rules.
    """

    colour: bool = False
    width: int = 100
    quiet: bool = False
    rules: Mapping[str, str] = MappingProxyType({})


class Renderer(Protocol):
    """Writes findings as they come, so that nothing has to be kept."""

    def start(self) -> None:
        """Before the first finding."""

    def findings(self, shown: Sequence[Rendered]) -> None:
        """The findings of one event."""

    def finish(self, summary: Summary) -> None:
        """After the last finding."""
