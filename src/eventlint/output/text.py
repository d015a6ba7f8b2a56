"""Findings as text for people.

Nothing from an event reaches the terminal unchanged: control characters are escaped, and long lines are cut around
the position of the finding.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from eventlint.escaping import printable
from eventlint.output.base import Rendered, Renderer, Style, Summary
from eventlint.output.summary import summary_line

if TYPE_CHECKING:
    from eventlint.model import Finding

_COLORS = {"error": "red", "contract": "magenta", "loss": "yellow", "lint": "cyan"}
FIXABLE = "[*] "
"""The mark before the message of a finding that ``--fix`` fixes, as in ruff."""

_KEPT, _LONGEST_KEPT = 512, 600
"""How many descriptions are kept, and the number of characters of the longest one."""


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

    def __init__(self, write: Callable[[str], object], style: Style) -> None:
        super().__init__(write, style)
        self._known: dict[tuple[object, ...], str] = {}

    def text(self, one: Rendered) -> str:
        """The line with the location, the rule and the message."""
        from eventlint.model import place

        finding = one.finding
        located = place(finding)
        return f"{self.colored(located, bold=True) if self._style.color else located} {self._described(finding)}\n"

    def colored(self, text: str, color: str | None = None, *, bold: bool = False) -> str:
        """The text in a color, when the style has colors."""
        if not self._style.color:
            return text
        from termcolor import colored

        return colored(text, color, attrs=["bold"] if bold else None, force_color=True)

    def _described(self, finding: Finding) -> str:
        """The line without the location; it is the same for many findings of an archive."""
        is_fixable = finding.fix is not None and finding.fix.safety == "safe"
        key = finding.rule, finding.message, finding.pointer, finding.tier, finding.releases, is_fixable
        known = self._known.get(key)
        if known is not None:
            return known
        from eventlint.model import description

        label = self.colored(f"{finding.tier}[{finding.rule}]", _COLORS[finding.tier], bold=True)
        text = f"{label}: {FIXABLE if is_fixable else ''}{description(finding)}"
        if len(self._known) >= _KEPT:
            self._known.clear()
        if len(text) <= _LONGEST_KEPT:
            self._known[key] = text
        return text

    def finish(self, summary: Summary) -> None:
        """Write the summary."""
        if not self._style.quiet:
            self._write(self.colored(summary_line(summary), bold=True) + "\n")


class Text(Concise):
    """Each finding with its line, the server's answer and a hint."""

    def __init__(self, write: Callable[[str], object], style: Style) -> None:
        super().__init__(write, style)
        self._bar = self.colored("|", "blue")
        self._caret = self.colored("^", "red", bold=True)

    def text(self, one: Rendered) -> str:
        """The lines for one finding."""
        finding = one.finding
        number = str(finding.position.line) if finding.position else ""
        margin = f" {' ' * len(number)} "
        text = super().text(one)
        if one.line:
            line, before = self._cut(one.line, one.caret)
            bar = self.colored(f"{number} |", "blue")
            text += f" {bar} {line}\n{margin}{self._bar} {' ' * before}{self._caret}\n"
        if finding.fatal:
            text += f"{margin}= the server stops reading here\n"
        if one.answer:
            text += f"{margin}= server: {printable(one.answer)}\n"
        if finding.hint:
            text += f"{margin}= hint: {printable(finding.hint)}\n"
        if one.refused:
            text += f"{margin}= no fix: {printable(one.refused)}\n"
        return text + "\n"

    def _cut(self, line: str, caret: int) -> tuple[str, int]:
        """The part of a line around a column, and the display width of what is before the column."""
        line = line.replace("\t", " ")
        room = max(self._style.width - 12, 40)
        start = max(0, caret - 1 - room // 2) if len(line) > room else 0
        lead = "…" if start else ""
        before = lead + printable(line[start : max(caret - 1, start)])
        after = printable(line[max(caret - 1, start) : start + room])
        return before + after + ("…" if start + room < len(line) else ""), display_width(before)
