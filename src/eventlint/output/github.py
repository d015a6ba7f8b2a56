"""Findings as commands of GitHub Actions, which shows them beside the lines; it must not know files.

The form is that of GitHub's documentation of workflow commands (``::error file=…,line=…::message``).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from eventlint.model import Tier
from eventlint.output.base import Rendered, Style, Summary

_COMMANDS: dict[Tier, str] = {"error": "error", "contract": "error", "loss": "warning", "lint": "notice"}


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


class GitHub:
    """One command a finding."""

    def __init__(self, write: Callable[[str], object], _: Style) -> None:
        self._write = write

    def start(self) -> None:
        """There is nothing before the first command."""

    def findings(self, shown: Sequence[Rendered]) -> None:
        """Write the commands for one event."""
        for one in shown:
            finding = one.finding
            place = {"file": (finding.path or "").replace(os.sep, "/"), "title": f"eventlint ({finding.rule})"}
            if finding.position is not None:
                place |= {"line": str(finding.position.line), "col": str(finding.position.column)}
            listed = ",".join(f"{name}={_property(value)}" for name, value in place.items() if value)
            text = finding.message + (f" ({finding.pointer})" if finding.pointer else "")
            if finding.hint:
                text += f"\nhint: {finding.hint}"
            self._write(f"::{_COMMANDS[finding.tier]} {listed}::{_data(text)}\n")

    def finish(self, summary: Summary) -> None:
        """There is nothing after the last command."""
