"""Findings as a GitLab Code Quality report, which is a subset of the Code Climate format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from eventlint.escaping import printable
from eventlint.output.base import JsonArrayRenderer, Rendered, Style, Summary, message_with_pointer
from eventlint.tiers import Tier

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
        path = self._style.path_in_repository(finding.path or ".")
        line = finding.position.line if finding.position else 1
        return {
            "type": "issue",
            "check_name": finding.rule,
            "description": message_with_pointer(finding),
            "content": {"body": printable(finding.hint or finding.message)},
            "categories": ["Style" if finding.tier == "lint" else "Bug Risk"],
            "severity": _SEVERITIES[finding.tier],
            "fingerprint": self._unique(path, one.fingerprint or finding.rule),
            "location": {"path": path, "lines": {"begin": line, "end": line}},
        }

    def _unique(self, path: str, fingerprint: str) -> str:
        """A fingerprint for the whole report: GitLab shows only one issue for each, so repeated ones get a number."""
        from hashlib import sha256

        fingerprint = sha256(f"{path}\0{fingerprint}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
        self._fingerprints[fingerprint] += 1
        count = self._fingerprints[fingerprint]
        return fingerprint if count == 1 else f"{fingerprint}-{count}"
