"""Findings as a GitLab Code Quality report, which is a subset of the Code Climate format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from eventlint.model import Tier, printable
from eventlint.output.base import JsonArrayRenderer, Rendered, Style, Summary, message_with_pointer, posix_path

_SEVERITIES: dict[Tier, str] = {"error": "critical", "contract": "critical", "loss": "major", "lint": "minor"}


class GitLab(JsonArrayRenderer):
    """An array with one issue per finding."""

    def __init__(self, write: Callable[[str], object], style: Style) -> None:
        super().__init__(write, style)
        self._fingerprints: Counter[str] = Counter()

    def start(self) -> None:
        """Begin the array."""
        self._write("[")

    def finish(self, summary: Summary) -> None:
        """End the array."""
        self._write("\n]\n")

    def element(self, one: Rendered) -> dict[str, Any]:
        """The issue for one finding."""
        finding = one.finding
        line = finding.position.line if finding.position else 1
        return {
            "type": "issue",
            "check_name": finding.rule,
            "description": message_with_pointer(finding),
            "content": {"body": printable(finding.hint or finding.message)},
            "categories": ["Style" if finding.tier == "lint" else "Bug Risk"],
            "severity": _SEVERITIES[finding.tier],
            "fingerprint": self._unique(one.fingerprint or finding.rule),
            "location": {"path": posix_path(finding.path or "."), "lines": {"begin": line, "end": line}},
        }

    def _unique(self, fingerprint: str) -> str:
        """Number repeated fingerprints: GitLab shows only one issue per fingerprint."""
        self._fingerprints[fingerprint] += 1
        count = self._fingerprints[fingerprint]
        return fingerprint if count == 1 else f"{fingerprint}-{count}"
