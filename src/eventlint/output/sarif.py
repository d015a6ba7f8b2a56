"""Findings as SARIF 2.1.0, for code scanning.

The shape is that of the OASIS standard (https://docs.oasis-open.org/sarif/sarif/v2.1.0/).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from eventlint._version import __version__
from eventlint.escaping import printable
from eventlint.findings_json import fix_to_dict
from eventlint.model import Finding
from eventlint.output.base import JsonArrayRenderer, Rendered, Style, Summary
from eventlint.rules import Rule
from eventlint.rules.manual import manual, page
from eventlint.schemas.lint_rules import ALL_RULES
from eventlint.tiers import Tier

_LEVELS: dict[Tier, str] = {"error": "error", "contract": "error", "loss": "warning", "lint": "note"}
_INDEXES = {rule.name: number for number, rule in enumerate(ALL_RULES)}


class Sarif(JsonArrayRenderer):
    """One run with all results."""

    def __init__(self, write: Callable[[str], object], style: Style) -> None:
        super().__init__(write, style)
        self._indexes = dict(_INDEXES)

    def start(self) -> None:
        """Begin the run."""
        self._write(
            '{"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [{'
            '"columnKind": "unicodeCodePoints", "results": ['
        )

    def element(self, one: Rendered) -> dict[str, Any]:
        """The result for one finding."""
        if one.finding.rule in self._style.rules:
            self._indexes.setdefault(one.finding.rule, len(self._indexes))
        path = self._style.path_in_repository(one.finding.path) if one.finding.path else None
        return _result(one, path, self._indexes)

    def finish(self, summary: Summary) -> None:
        """End the run with the tool and the list of its rules, all of which are known now."""
        for name in sorted(self._style.rules):
            self._indexes.setdefault(name, len(self._indexes))
        custom = list(self._indexes)[len(ALL_RULES) :]
        driver = {
            "name": "eventlint",
            "version": __version__,
            "semanticVersion": __version__,
            "rules": [_rule(rule) for rule in ALL_RULES]
            + [_contract_rule(name, self._style.rules[name]) for name in custom],
        }
        self._write(f'\n], "tool": {json.dumps({"driver": driver})}}}]}}\n')


def _rule(rule: Rule) -> dict[str, Any]:
    text, content = page(rule), manual(rule)
    return {
        "id": rule.name,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": content.summary},
        "fullDescription": {"text": content.sections["What it does"]},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": _LEVELS[rule.tier]},
        "properties": {"tags": [rule.tier]},
    }


def _contract_rule(name: str, text: str) -> dict[str, Any]:
    """A rule of a custom contract."""
    return {
        "id": name,
        "shortDescription": {"text": printable(text)},
        "defaultConfiguration": {"level": _LEVELS["contract"]},
        "properties": {"tags": ["contract"]},
    }


def _result(one: Rendered, path: str | None, indexes: Mapping[str, int]) -> dict[str, Any]:
    finding = one.finding
    message = finding.message + (f"; {finding.hint}" if finding.hint else "")
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": indexes.get(finding.rule, -1),  # the standard's value for a rule that is not listed
        "level": _LEVELS[finding.tier],
        "message": {"text": _plain(message)},
        "locations": [_location(finding, path)] if path else [],
        "partialFingerprints": {"eventlint/v1": one.fingerprint} if one.fingerprint else {},
        "properties": {
            key: value
            for key, value in (
                ("eventType", finding.event_type),
                ("effect", finding.effect),
                ("record", finding.record),
                ("releases", list(finding.releases)),
                ("answer", printable(one.answer or "")),
            )
            if value
        },
    }
    fix = fix_to_dict(finding.fix)
    if fix is not None and path:
        result["fixes"] = [_fix(path, fix)]
    return result


def _plain(text: str) -> str:
    """A message in which nothing is a link or mentions somebody.

    Section 3.11.6 of the standard escapes brackets, which embed links, with a backslash.
    """
    return re.sub(r"([\\\[\]])", r"\\\1", re.sub(r"@(?=\w)", r"\\u0040", printable(text)))


def _artifact(path: str) -> dict[str, str]:
    return {"uri": quote(path.encode("utf-8", "surrogatepass"))}


def _location(finding: Finding, path: str) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(path)}
    if finding.position is not None:
        physical["region"] = {"startLine": finding.position.line, "startColumn": finding.position.column}
    location: dict[str, Any] = {"physicalLocation": physical}
    if finding.pointer:
        location["logicalLocations"] = [{"fullyQualifiedName": printable(finding.pointer)}]
    return location


def _fix(path: str, fix: Mapping[str, Any]) -> dict[str, Any]:
    replacements = [
        {
            "deletedRegion": {"byteOffset": edit["start"], "byteLength": edit["end"] - edit["start"]},
            "insertedContent": {"text": edit["content"]},
        }
        for edit in fix["edits"]
    ]
    return {
        "description": {"text": f"{fix['title']} ({fix['safety']})"},
        "artifactChanges": [{"artifactLocation": _artifact(path), "replacements": replacements}],
    }
