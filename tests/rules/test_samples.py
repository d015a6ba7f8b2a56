"""Every rule reports the expected findings in its samples, and clean samples have no findings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eventlint.rules import RULES, Rule
from tests.rules.samples import FOLDER, as_expected, files, findings

BY_COMMAND_LINE = ("undetermined-event-type", "event-too-large")
IN_FILES = [rule for rule in RULES if rule.examines not in ("run", "contract") and rule.name not in BY_COMMAND_LINE]
"""The rules that examine one event or request. The other rules are tested with the command line."""

BAD = [(rule, path) for rule in IN_FILES for path in files(rule.name, "bad")]
GOOD = [(rule, path) for rule in IN_FILES for path in files(rule.name, "good")]


def name(value: object) -> str:
    """A rule or a file as a test ID."""
    return value.name if isinstance(value, (Rule, Path)) else str(value)


@pytest.mark.parametrize(("rule", "path"), BAD, ids=name)
def test_bad_sample_has_the_expected_findings(rule: Rule, path: Path) -> None:
    """The findings of the rule have the expected pointer, position, and effect."""
    expected = json.loads((FOLDER / rule.name / "expected.json").read_bytes())[path.name]
    assert expected
    assert [as_expected(finding) for finding in findings(path, rule) if finding.rule == rule.name] == expected


@pytest.mark.parametrize(("rule", "path"), GOOD, ids=name)
def test_good_sample_is_clean(rule: Rule, path: Path) -> None:
    """A good sample has no findings of any rule."""
    assert findings(path, rule) == []


def test_every_rule_has_samples() -> None:
    """Every rule that examines events has good and bad samples, and no other folders exist."""
    assert all(files(rule.name, "bad") and files(rule.name, "good") for rule in IN_FILES)
    folders = {path.name for path in FOLDER.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders == {rule.name for rule in IN_FILES}
