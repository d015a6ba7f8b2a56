"""Findings as SARIF 2.1.0, for code scanning; it must not know files.

The shape is that of the OASIS standard (https://docs.oasis-open.org/sarif/sarif/v2.1.0/). Results are written one after
another, so nothing is kept.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from eventlint._version import __version__
from eventlint.findings_json import holds_secret
from eventlint.model import Finding, Fix, Tier
from eventlint.output.base import Rendered, Style, Summary
from eventlint.rules import RULES
from eventlint.rules.manual import manual, page

_LEVELS: dict[Tier, str] = {"error": "error", "contract": "error", "loss": "warning", "lint": "note"}
_NUMBERS = {rule.name: number for number, rule in enumerate(RULES)}


class Sarif:
    """One run with all results."""

    def __init__(self, write: Callable[[str], object], style: Style) -> None:
        self._write = write
        self._between = "\n"
        self._own = style.rules
        self._numbers = _NUMBERS | {name: number for number, name in enumerate(sorted(style.rules), len(RULES))}

    def start(self) -> None:
        """Begin the run: the tool, and the table of its rules."""
        driver = {
            "name": "eventlint",
            "version": __version__,
            "semanticVersion": __version__,
            "rules": [_rule(number) for number in range(len(RULES))]
            + [_own_rule(name, text) for name, text in sorted(self._own.items())],
        }
        head = json.dumps({"driver": driver})
        self._write(
            '{"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [{'
            f'"tool": {head}, "columnKind": "unicodeCodePoints", "results": ['
        )

    def findings(self, shown: Sequence[Rendered]) -> None:
        """Write the results of one event."""
        for one in shown:
            self._write(self._between + json.dumps(_result(one, self._numbers)))
            self._between = ",\n"

    def finish(self, _: Summary) -> None:
        """End the run."""
        self._write("\n]}]}\n")


def _rule(number: int) -> dict[str, Any]:
    rule = RULES[number]
    text = page(rule)
    return {
        "id": rule.name,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": manual(rule).summary},
        "fullDescription": {"text": manual(rule).sections["What it does"]},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": _LEVELS[rule.tier]},
        "properties": {"tags": [rule.tier]},
    }


def _own_rule(name: str, text: str) -> dict[str, Any]:
    """A rule that the author of a contract has named."""
    return {
        "id": name,
        "shortDescription": {"text": text},
        "defaultConfiguration": {"level": _LEVELS["contract"]},
        "properties": {"tags": ["contract"]},
    }


def _result(one: Rendered, numbers: Mapping[str, int]) -> dict[str, Any]:
    finding = one.finding
    message = finding.message + (f"; {finding.hint}" if finding.hint else "")
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": numbers.get(finding.rule, -1),  # the standard's number for a rule that is not listed
        "level": _LEVELS[finding.tier],
        "message": {"text": message},
        "locations": [_location(finding)] if finding.path else [],
        "partialFingerprints": {"eventlint/v1": one.fingerprint} if one.fingerprint else {},
        "properties": {
            key: value
            for key, value in (
                ("eventType", finding.event_type),
                ("effect", finding.effect),
                ("record", finding.record),
                ("releases", list(finding.releases)),
                ("answer", one.answer),
            )
            if value
        },
    }
    if finding.fix is not None and finding.path and not holds_secret(finding.fix):
        result["fixes"] = [_fix(finding.path, finding.fix)]
    return result


def _artifact(path: str) -> dict[str, str]:
    return {"uri": quote(path.replace(os.sep, "/").encode("utf-8", "surrogatepass"))}


def _location(finding: Finding) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(finding.path or "")}
    if finding.position is not None:
        physical["region"] = {"startLine": finding.position.line, "startColumn": finding.position.column}
    location: dict[str, Any] = {"physicalLocation": physical}
    if finding.pointer:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.pointer}]
    return location


def _fix(path: str, fix: Fix) -> dict[str, Any]:
    replacements = [
        {
            "deletedRegion": {"byteOffset": edit.start, "byteLength": edit.end - edit.start},
            "insertedContent": {"text": edit.content.decode("utf-8", "replace")},
        }
        for edit in fix.edits
    ]
    return {
        "description": {"text": f"{fix.title} ({fix.safety})"},
        "artifactChanges": [{"artifactLocation": _artifact(path), "replacements": replacements}],
    }
