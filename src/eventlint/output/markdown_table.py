"""Findings as a Markdown table, for comments and job summaries."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from eventlint.escaping import printable
from eventlint.output.base import Rendered, Renderer, Style, Summary
from eventlint.output.summary import summary_line


def cell(text: str) -> str:
    """Escape a string so that it stays in its cell, and is neither markup, a link, a mention nor a reference."""
    text = re.sub(r"([\\`*_{}\[\]()|#~])", r"\\\1", printable(text))
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(_LINKS, rf"\g<0>{_NOTHING}", text)


_LINKS = r"(?i)@(?=\w)|#(?=\w)|:(?=//)|\b(?:www(?=\.)|gh(?=-\d)|mailto(?=:)|xmpp(?=:))"
_NOTHING = "<!-- -->"
"""An empty comment, which keeps GitHub and GitLab from making a link of what surrounds it."""


class Markdown(Renderer):
    """A table with one row per finding."""

    def __init__(self, write: Callable[[str], object], style: Style) -> None:
        super().__init__(write, style)
        self._has_head = False

    def start(self) -> None:
        """Write the heading; the table begins with its first row."""
        self._write("## eventlint\n")

    def findings(self, rendered: Sequence[Rendered]) -> None:
        """Write the rows for the findings of one event."""
        if rendered and not self._has_head:
            self._write("\n| place | tier | rule | finding |\n|---|---|---|---|\n")
            self._has_head = True
        super().findings(rendered)

    def text(self, one: Rendered) -> str:
        """The row for one finding."""
        finding = one.finding
        place = cell(finding.path or "")
        if finding.position is not None:
            place += f":{finding.position.line}:{finding.position.column}"
        text = cell(finding.message)
        text += f" ({cell(finding.pointer)})" if finding.pointer else ""
        text += f"<br>server: {cell(one.answer)}" if one.answer else ""
        text += f"<br>hint: {cell(finding.hint)}" if finding.hint else ""
        return f"| {place} | {finding.tier} | {finding.rule} | {text} |\n"

    def finish(self, summary: Summary) -> None:
        """Write the summary."""
        self._write(f"\n{summary_line(summary)}\n")
