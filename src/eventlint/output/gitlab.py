"""Findings as a Code Quality report of GitLab, which is a part of Code Climate's format; it must not know files."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from typing import Any

from eventlint.model import Tier
from eventlint.output.base import Rendered, Style, Summary

_SEVERITIES: dict[Tier, str] = {"error": "critical", "contract": "critical", "loss": "major", "lint": "minor"}
_CATEGORIES: dict[Tier, str] = {
    "error": "Bug Risk",
    "contract": "Bug Risk",
    "loss": "Bug Risk",
    "lint": "Style",
}


class GitLab:
    """An array with one issue a finding."""

    def __init__(self, write: Callable[[str], object], _: Style) -> None:
        self._write = write
        self._between = "\n"
        self._seen: dict[str, int] = {}

    def start(self) -> None:
        """Begin the array."""
        self._write("[")

    def findings(self, shown: Sequence[Rendered]) -> None:
        """Write the issues of one event."""
        for one in shown:
            self._write(self._between + json.dumps(self._issue(one)))
            self._between = ",\n"

    def finish(self, _: Summary) -> None:
        """End the array."""
        self._write("\n]\n")

    def _issue(self, one: Rendered) -> dict[str, Any]:
        finding = one.finding
        line = finding.position.line if finding.position else 1
        return {
            "type": "issue",
            "check_name": finding.rule,
            "description": finding.message + (f" ({finding.pointer})" if finding.pointer else ""),
            "content": {"body": finding.hint or finding.message},
            "categories": [_CATEGORIES[finding.tier]],
            "severity": _SEVERITIES[finding.tier],
            "fingerprint": self._unique(one.fingerprint or finding.rule),
            "location": {
                "path": (finding.path or ".").replace(os.sep, "/"),
                "lines": {"begin": line, "end": line},
            },
        }

    def _unique(self, fingerprint: str) -> str:
        """GitLab shows one issue of those with the same fingerprint; so the later ones get a number."""
        count = self._seen[fingerprint] = self._seen.get(fingerprint, 0) + 1
        return fingerprint if count == 1 else f"{fingerprint}-{count}"
