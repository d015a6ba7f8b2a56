"""Each rule finds what it should in its samples, and nothing else anywhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eventlint.rules import RULES, Rule
from tests.rules.samples import FOLDER, files, findings, told

IN_FILES = [
    rule for rule in RULES if rule.examines not in ("run", "contract") and rule.name != "undetermined-event-type"
]
"""The rules that look at one event or request; the others are tested with the command line."""

BAD = [(rule, path) for rule in IN_FILES for path in files(rule.name, "bad")]
GOOD = [(rule, path) for rule in IN_FILES for path in files(rule.name, "good")]


def name(value: object) -> str:
    """A rule or a file in a test's name."""
    return value.name if isinstance(value, (Rule, Path)) else str(value)


@pytest.mark.parametrize(("rule", "path"), BAD, ids=name)
def test_what_is_bad_is_found_at_its_place(rule: Rule, path: Path) -> None:
    """The findings of the rule in a bad sample are those that are expected, with pointer, place and effect."""
    expected = json.loads((FOLDER / rule.name / "expected.json").read_bytes())[path.name]
    assert expected
    assert [told(finding) for finding in findings(path, rule) if finding.rule == rule.name] == expected


@pytest.mark.parametrize(("rule", "path"), GOOD, ids=name)
def test_what_is_good_is_clean(rule: Rule, path: Path) -> None:
    """Nothing at all is found in a good sample."""
    assert findings(path, rule) == []


def test_each_rule_has_samples() -> None:
    """Each rule that looks at an event has a bad and a good sample, and no folder is left over."""
    assert all(files(rule.name, "bad") and files(rule.name, "good") for rule in IN_FILES)
    folders = {path.name for path in FOLDER.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders == {rule.name for rule in IN_FILES}
