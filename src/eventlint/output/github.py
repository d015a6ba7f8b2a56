"""Findings as GitHub Actions workflow commands, which GitHub shows next to the lines.

The form is that of GitHub's documentation of workflow commands (``::error file=…,line=…::message``).
"""

from __future__ import annotations

from eventlint.escaping import printable
from eventlint.output.base import Rendered, Renderer, message_with_pointer
from eventlint.tiers import Tier

_COMMANDS: dict[Tier, str] = {"error": "error", "contract": "error", "loss": "warning", "lint": "notice"}


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


class GitHub(Renderer):
    """One command per finding."""

    def text(self, one: Rendered) -> str:
        """The command for one finding."""
        finding = one.finding
        path = self._style.path_in_repository(finding.path) if finding.path else ""
        properties = {"file": printable(path), "title": f"eventlint ({finding.rule})"}
        if finding.position is not None:
            properties |= {"line": str(finding.position.line), "col": str(finding.position.column)}
        listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
        text = message_with_pointer(finding) + (f"\nhint: {printable(finding.hint)}" if finding.hint else "")
        return f"::{_COMMANDS[finding.tier]} {listed}::{_data(text)}\n"
