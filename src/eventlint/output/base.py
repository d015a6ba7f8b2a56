"""What renderers receive, and their base classes: rendered findings, the summary of a run, the style."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from eventlint.escaping import printable
from eventlint.named_tuples import NamedTuple
from eventlint.tiers import TIERS, Tier

if TYPE_CHECKING:
    from eventlint.model import Finding
    from eventlint.output.groups import Event, Groups


class Rendered(NamedTuple):
    """A finding and what is shown with it, without secrets.

    Attributes:
        finding: The finding, with its path and its position in the file.
        line: The line that the finding is in, without the line ending, or a part of it; empty when none is shown.
        caret: The column of the finding in that line or part, from 1.
        answer: The server's answer, when it is about this finding; else None.
        content: What identifies the finding together with its rule and its pointer: usually the line. None for a
            finding about the run.
        refused: Why the fix of the finding is not offered or was not applied; None when there is none, or it helps.
        event: What the event of the finding belongs to; None for a finding about the run.
    """

    finding: Finding
    line: str = ""
    caret: int = 1
    answer: str | None = None
    content: str | None = None
    refused: str | None = None
    event: Event | None = None

    @property
    def fingerprint(self) -> str:
        """Identifies the finding in its file, even when its line moves; empty for a finding about the run.

        It is computed when it is asked for, because most output formats do not show it.
        """
        if self.content is None:
            return ""
        from hashlib import sha256

        key = f"{self.finding.rule}\0{self.finding.pointer}\0".encode("utf-8", "surrogatepass")
        return sha256(key + _digest(self.content)).hexdigest()[:32]


@lru_cache(1)
def _digest(content: str) -> bytes:
    """A hash of a line, or of a part of it, that ignores white space; the next finding may be in the same line."""
    from hashlib import sha256

    return sha256("".join(content.split()).encode("utf-8", "surrogatepass")).digest()


def posix_path(path: str) -> str:
    """A path with forward slashes on every system."""
    return path.replace(os.sep, "/")


class Summary:
    """The counts of a run; they grow while it goes on.

    Attributes:
        is_interrupted: Whether the user interrupted the run.
        has_time: Whether events have a pointer to their time, so that days can be counted.
        groups: The counts by tier, rule, event type, collection and day; None if they are not wanted.
        skipped: Events that were skipped because they were not meant to be checked: their type is unknown.
        unchecked: Events that could not be checked, although they were meant to be.
        reasons: Why events were skipped or left unchecked: the number of events for each reason.
        known: Findings that are not shown because the baseline has them.
        suppressed: Findings that are not shown because a suppression covers them.
        size: Bytes of events that were read.
        fixable: Shown findings that have a fix, by its safety.
        not_fixed: Why fixes that were asked for were not applied: the number of shown findings for each reason.
        tiers: Shown findings of each tier.
        rules: Shown findings of each rule.
        used: The suppressions of configurations that suppressed something: the configuration file, and the index of
            the entry.
        seen: The suppressions of configurations that apply to a file that was read.
    """

    def __init__(
        self, *, files: int = 0, events: int = 0, skipped: int = 0, fixable: dict[str, int] | None = None
    ) -> None:
        self.files = files
        self.events = events
        self.is_interrupted = False
        self.has_time = False
        self.groups: Groups | None = None
        self.skipped = skipped
        self.unchecked = 0
        self.reasons: dict[str, int] = {}
        self.known = self.suppressed = self.fixed = self.size = 0
        self.fixable = fixable or {"safe": 0, "unsafe": 0}
        self.not_fixed: dict[str, int] = {}
        self.tiers: dict[Tier, int] = dict.fromkeys(TIERS, 0)
        self.rules: dict[str, int] = {}
        self.used: set[tuple[str | None, int]] = set()
        self.seen: set[tuple[str | None, int]] = set()

    def add(self, other: Summary) -> None:
        """Add the counts of another part of the run, except those of shown findings."""
        self.files += other.files
        self.events += other.events
        self.size += other.size
        self.skipped += other.skipped
        self.unchecked += other.unchecked
        self.known += other.known
        self.suppressed += other.suppressed
        self.fixed += other.fixed
        for reason, count in other.reasons.items():
            self.reasons[reason] = self.reasons.get(reason, 0) + count
        if other.groups is not None:
            self.start_groups().add(other.groups)
        self.used |= other.used
        self.seen |= other.seen

    def count_event(self, event: Event, number: int = 1) -> None:
        """Count an event by what it belongs to, or a number of events that belong to the same."""
        self.start_groups().count_event(event, number)

    def start_groups(self) -> Groups:
        """The counts by tier, rule and so on, from now on."""
        if self.groups is None:
            from eventlint.output.groups import Groups

            self.groups = Groups()
        return self.groups

    def skip(self, reason: str, number: int = 1) -> None:
        """Count events that were skipped on purpose."""
        self.skipped += number
        self.reasons[reason] = self.reasons.get(reason, 0) + number

    def leave_unchecked(self, reason: str) -> None:
        """Count an event that could not be checked."""
        self.unchecked += 1
        self.reasons[reason] = self.reasons.get(reason, 0) + 1

    def count(self, finding: Finding) -> None:
        """Count a finding that is shown."""
        self.tiers[finding.tier] += 1
        if finding.fix is not None:
            self.fixable[finding.fix.safety] += 1
        self.rules[finding.rule] = self.rules.get(finding.rule, 0) + 1


class Style(NamedTuple):
    """The look of text for people, and what formats with a list of rules need.

    Attributes:
        rules: The rules of custom contracts, each with its description. It grows during a run.
        path_in_repository: Turns a path into one relative to the root of the repository, with forward slashes.
    """

    color: bool = False
    width: int = 100
    quiet: bool = False
    rules: Mapping[str, str] = MappingProxyType({})
    path_in_repository: Callable[[str], str] = posix_path


class Renderer:
    """Writes findings as they come, so that nothing is kept in memory."""

    def __init__(self, write: Callable[[str], object], style: Style) -> None:
        self._write = write
        self._style = style

    def start(self) -> None:
        """Write what comes before the first finding."""

    def findings(self, rendered: Sequence[Rendered]) -> None:
        """Write the findings of one event."""
        if rendered:
            self._write("".join(map(self.text, rendered)))

    def text(self, one: Rendered) -> str:
        """What to write for one finding, in the order of the findings."""
        raise NotImplementedError

    def finish(self, summary: Summary) -> None:
        """Write what comes after the last finding."""


class JsonArrayRenderer(Renderer):
    """A renderer whose findings are the elements of a JSON array."""

    _separator = "\n"

    def element(self, one: Rendered) -> dict[str, Any]:
        """The element for a finding."""
        raise NotImplementedError

    def text(self, one: Rendered) -> str:
        """The element for a finding, after a separator."""
        separator, self._separator = self._separator, ",\n"
        return separator + json.dumps(self.element(one))


def message_with_pointer(finding: Finding) -> str:
    """The message of a finding, followed by its pointer in parentheses."""
    return printable(finding.message + (f" ({finding.pointer})" if finding.pointer else ""))
