"""Findings as a table in Markdown, for comments and job summaries; it must not know files."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from eventlint.model import printable as harmless
from eventlint.output.base import Rendered, Style, Summary
from eventlint.output.text import counted


def _cell(text: str) -> str:
    """A text that stays in its cell, and is no markup."""
    return re.sub(r"([\\`*_{}\[\]<>|#~])", r"\\\1", harmless(text))


class Markdown:
    """A table with one row a finding."""

    def __init__(self, write: Callable[[str], object], _: Style) -> None:
        self._write = write
        self._is_headed = False

    def start(self) -> None:
        """A heading; the table begins with its first row."""
        self._write("## eventlint\n")

    def findings(self, shown: Sequence[Rendered]) -> None:
        """Write the rows of one event."""
        if shown and not self._is_headed:
            self._write("\n| place | tier | rule | finding |\n|---|---|---|---|\n")
            self._is_headed = True
        for one in shown:
            finding = one.finding
            place = _cell(finding.path or "")
            if finding.position is not None:
                place += f":{finding.position.line}:{finding.position.column}"
            text = _cell(finding.message)
            text += f" ({_cell(finding.pointer)})" if finding.pointer else ""
            text += f"<br>server: {_cell(one.answer)}" if one.answer else ""
            text += f"<br>hint: {_cell(finding.hint)}" if finding.hint else ""
            self._write(f"| {place} | {finding.tier} | {finding.rule} | {text} |\n")

    def finish(self, summary: Summary) -> None:
        """The counts of the run."""
        self._write(f"\n{counted(summary)}\n")
