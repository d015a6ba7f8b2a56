"""Findings as text for people; it must not know files or rules.

Nothing of an event reaches the screen as it is: control characters are replaced, and long lines are cut around the
place.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

from eventlint.model import Finding, Tier, concise
from eventlint.model import printable as harmless
from eventlint.output.base import Rendered, Style, Summary

_COLOURS = {"error": "red", "contract": "magenta", "loss": "yellow", "lint": "cyan"}


def width_of(text: str) -> int:
    """How many columns a text takes on a screen."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def counted(summary: Summary) -> str:
    """The counts of a run, as a sentence."""
    counts = summary.tiers
    names = {"error": "error", "contract": "violation of contract", "loss": "loss", "lint": "lint finding"}
    plural = {"error": "errors", "contract": "violations of contract", "loss": "losses", "lint": "lint findings"}
    found = [f"{count} {(names if count == 1 else plural)[tier]}" for tier, count in counts.items() if count]
    events = f"{summary.events} event{'' if summary.events == 1 else 's'}"
    files = f"{summary.files} file{'' if summary.files == 1 else 's'}"
    skipped = f" ({summary.skipped} of unknown type passed over)" if summary.skipped else ""
    others = {"known": summary.known, "suppressed": summary.suppressed, "fixed": summary.fixed}
    rest = "".join(f"; {count} {name}" for name, count in others.items() if count)
    safe, unsafe = summary.fixable["safe"], summary.fixable["unsafe"]
    rest += f"; {safe} can be mended with --fix" if safe else ""
    rest += f"; {unsafe} with --fix --unsafe-fixes" if unsafe else ""
    return f"{', '.join(found) or 'nothing found'} in {events} of {files}{skipped}{rest}"


class _People:
    """What all text for people has in common."""

    def __init__(self, write: Callable[[str], object], style: Style) -> None:
        self._write = write
        self._style = style

    def start(self) -> None:
        """Text begins with its first finding."""

    def coloured(self, text: str, colour: str | None = None, *, bold: bool = False) -> str:
        if not self._style.colour:
            return text
        from termcolor import colored

        return colored(text, colour, attrs=["bold"] if bold else None, force_color=True)

    def title(self, finding: Finding) -> str:
        return concise(finding, self._painted) + "\n"

    def _painted(self, text: str, tier: Tier | None) -> str:
        return self.coloured(text, _COLOURS[tier] if tier else None, bold=True)

    def finish(self, summary: Summary) -> None:
        """The counts of the run."""
        if self._style.quiet:
            return
        self._write(self.coloured(counted(summary), bold=True) + "\n")


class Text(_People):
    """Each finding with the line it stands in, what the server would say, and a hint."""

    def findings(self, shown: Sequence[Rendered]) -> None:
        """Write the findings of one event."""
        for one in shown:
            self._write(self.title(one.finding) + self._below(one) + "\n")

    def _below(self, one: Rendered) -> str:
        finding = one.finding
        number = str(finding.position.line) if finding.position else ""
        margin = " " * len(number)
        parts: list[str] = []
        if one.line:
            line, before = self._cut(one.line, one.caret)
            parts.append(f" {self.coloured(f'{number} |', 'blue')} {line}\n")
            parts.append(
                f" {margin} {self.coloured('|', 'blue')} {' ' * before}{self.coloured('^', 'red', bold=True)}\n"
            )
        if finding.fatal:
            parts.append(f" {margin} = reading stops here\n")
        if one.answer:
            parts.append(f" {margin} = server: {harmless(one.answer)}\n")
        if finding.hint:
            parts.append(f" {margin} = hint: {harmless(finding.hint)}\n")
        return "".join(parts)

    def _cut(self, line: str, caret: int) -> tuple[str, int]:
        """The part of a line around a place, and how many columns stand before the place."""
        room = max(self._style.width - 12, 40)
        start = max(0, caret - 1 - room // 2) if len(line) > room else 0
        part = harmless(line[start : start + room])
        lead = "…" if start else ""
        before = width_of(lead + part[: caret - 1 - start])
        return lead + part + ("…" if start + room < len(line) else ""), before


class Concise(_People):
    """Each finding on one line."""

    def findings(self, shown: Sequence[Rendered]) -> None:
        """Write the findings of one event."""
        for one in shown:
            self._write(self.title(one.finding))


class Statistics(_People):
    """How many findings each rule has."""

    def findings(self, shown: Sequence[Rendered]) -> None:
        """Nothing is shown before all is counted."""

    def finish(self, summary: Summary) -> None:
        """The counts, largest first."""
        width = len(str(max(summary.rules.values(), default=0)))
        for rule, count in sorted(summary.rules.items(), key=lambda pair: (-pair[1], pair[0])):
            self._write(f"{count:>{width}}  {rule}\n")
        super().finish(summary)
