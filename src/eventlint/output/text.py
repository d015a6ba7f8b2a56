"""Findings as text for people.

Nothing from an event reaches the terminal unchanged: control characters are escaped, and long lines are cut around
the position of the finding.
"""

from __future__ import annotations

import unicodedata

from eventlint.model import Finding, Tier, concise, printable
from eventlint.output.base import Rendered, Renderer, Summary

_COLORS = {"error": "red", "contract": "magenta", "loss": "yellow", "lint": "cyan"}
_NOUNS = {
    "error": ("error", "errors"),
    "contract": ("contract violation", "contract violations"),
    "loss": ("loss", "losses"),
    "lint": ("lint finding", "lint findings"),
}


def display_width(text: str) -> int:
    """The number of columns that a text takes in a terminal."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def counted(count: int, singular: str, plural: str | None = None) -> str:
    """A count with its noun."""
    return f"{count} {singular if count == 1 else plural or singular + 's'}"


def summary_line(summary: Summary) -> str:
    """The counts of a run as one line."""
    found = [counted(count, *_NOUNS[tier]) for tier, count in summary.tiers.items() if count]
    where = f"{counted(summary.events, 'event')} in {counted(summary.files, 'file')}"
    parts = [f"{', '.join(found) or 'nothing found'} in {where}"]
    if summary.skipped:
        parts[0] += f" ({counted(summary.skipped, 'event')} of unknown type skipped)"
    if summary.unchecked:
        parts.append(f"{counted(summary.unchecked, 'event')} not checked")
    others = {"known": summary.known, "suppressed": summary.suppressed, "fixed": summary.fixed}
    parts += [f"{count} {name}" for name, count in others.items() if count]
    safe, unsafe = summary.fixable["safe"], summary.fixable["unsafe"]
    if safe:
        parts.append(f"{safe} fixable with `--fix`" + (f" ({unsafe} more with `--unsafe-fixes`)" if unsafe else ""))
    elif unsafe:
        parts.append(f"{unsafe} fixable with `--fix --unsafe-fixes`")
    return "; ".join(parts)


class Concise(Renderer):
    """Each finding on one line."""

    def finding(self, one: Rendered) -> None:
        """Write one finding."""
        self._write(self.title(one.finding))

    def colored(self, text: str, color: str | None = None, *, bold: bool = False) -> str:
        """The text in a color, when the style has colors."""
        if not self._style.color:
            return text
        from termcolor import colored

        return colored(text, color, attrs=["bold"] if bold else None, force_color=True)

    def title(self, finding: Finding) -> str:
        """The line with the location, the rule and the message."""
        return concise(finding, self._painted) + "\n"

    def _painted(self, text: str, tier: Tier | None) -> str:
        return self.colored(text, _COLORS[tier] if tier else None, bold=True)

    def finish(self, summary: Summary) -> None:
        """Write the summary."""
        if not self._style.quiet:
            self._write(self.colored(summary_line(summary), bold=True) + "\n")


class Text(Concise):
    """Each finding with its line, the server's answer and a hint."""

    def finding(self, one: Rendered) -> None:
        """Write one finding."""
        finding = one.finding
        number = str(finding.position.line) if finding.position else ""
        margin = f" {' ' * len(number)} "
        lines = []
        if one.line:
            line, before = self._cut(one.line, one.caret)
            lines.append(f" {self.colored(f'{number} |', 'blue')} {line}")
            caret = self.colored("^", "red", bold=True)
            lines.append(f"{margin}{self.colored('|', 'blue')} {' ' * before}{caret}")
        if finding.fatal:
            lines.append(f"{margin}= the server stops reading here")
        if one.answer:
            lines.append(f"{margin}= server: {printable(one.answer)}")
        if finding.hint:
            lines.append(f"{margin}= hint: {printable(finding.hint)}")
        self._write(self.title(finding) + "".join(f"{line}\n" for line in lines) + "\n")

    def _cut(self, line: str, caret: int) -> tuple[str, int]:
        """The part of a line around a column, and the display width of what is before the column."""
        line = line.replace("\t", " ")
        room = max(self._style.width - 12, 40)
        start = max(0, caret - 1 - room // 2) if len(line) > room else 0
        lead = "…" if start else ""
        before = lead + printable(line[start : max(caret - 1, start)])
        after = printable(line[max(caret - 1, start) : start + room])
        return before + after + ("…" if start + room < len(line) else ""), display_width(before)


class Statistics(Concise):
    """The number of findings of each rule."""

    def finding(self, one: Rendered) -> None:
        """Write nothing: the counts are known at the end."""

    def finish(self, summary: Summary) -> None:
        """Write the counts, largest first."""
        width = len(str(max(summary.rules.values(), default=0)))
        for rule, count in sorted(summary.rules.items(), key=lambda pair: (-pair[1], pair[0])):
            self._write(f"{count:>{width}}  {rule}\n")
        super().finish(summary)
