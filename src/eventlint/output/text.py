"""Findings as text for people.

Nothing from an event reaches the terminal unchanged: control characters are escaped, and long lines are cut around
the position of the finding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from eventlint.escaping import printable
from eventlint.output.base import Rendered, Renderer, Summary
from eventlint.output.summary import summary_line
from eventlint.tiers import Tier

if TYPE_CHECKING:
    from eventlint.model import Finding

_COLORS = {"error": "red", "contract": "magenta", "loss": "yellow", "lint": "cyan"}
FIXABLE = "[*] "
"""The mark before the message of a finding that ``--fix`` fixes, as in ruff."""


def display_width(text: str) -> int:
    """The number of columns that a text takes in a terminal."""
    if text.isascii() or text.replace("…", "").isascii():
        return len(text)
    import unicodedata

    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


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
        from eventlint.model import concise

        is_fixable = finding.fix is not None and finding.fix.safety == "safe"
        return concise(finding, self._painted, FIXABLE if is_fixable else "") + "\n"

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
        if one.refused:
            lines.append(f"{margin}= no fix: {printable(one.refused)}")
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
