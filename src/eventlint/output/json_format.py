"""Findings as JSON, for programs.

The document is written piece by piece, so that a run of any length needs no memory for it.
"""

from __future__ import annotations

import json
from typing import Any

from eventlint.findings_json import COUNTS, TOOL, VERSION, finding_to_dict, summary_to_dict
from eventlint.output.base import JsonArrayRenderer, Rendered, Renderer, Summary


def _object(one: Rendered) -> dict[str, Any]:
    return finding_to_dict(
        one.finding, answer=one.answer, fingerprint=one.fingerprint, refused=one.refused, event=one.event
    )


class Json(JsonArrayRenderer):
    """One document with all findings."""

    def start(self) -> None:
        """Begin the document."""
        self._write(f'{{"version": {VERSION}, "tool": {json.dumps(TOOL)}, "findings": [')

    def element(self, one: Rendered) -> dict[str, Any]:
        """The object for one finding."""
        return _object(one)

    def finish(self, summary: Summary) -> None:
        """End the document."""
        counts = {name: getattr(summary, name) for name in COUNTS}
        document = summary_to_dict(summary.rules, summary.tiers, summary.reasons, **counts)
        if summary.is_interrupted:
            document["interrupted"] = True
        self._write(f'\n], "summary": {json.dumps(document)}}}\n')


class JsonLines(Renderer):
    """One finding per line."""

    def text(self, one: Rendered) -> str:
        """The line for one finding."""
        return json.dumps(_object(one)) + "\n"
