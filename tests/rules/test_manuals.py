"""Every rule has one module, one manual, and one page in the docs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import eventlint
from eventlint.cli import main
from eventlint.rules import RULES, Rule
from eventlint.rules import rule as find_rule
from eventlint.rules.manual import HEADINGS, manual, page
from eventlint.schemas.lint_rules import ALL_RULES
from eventlint.spec import catalog
from eventlint.tiers import TIERS
from tests.rules.test_samples import IN_FILES, name

ROOT = Path(__file__).parent.parent.parent
PACKAGE = Path(eventlint.__file__).parent
BLOCKS = re.compile(r"```json (\w+)\n(.*?)\n```", re.DOTALL)


def test_registry_modules_docs_and_command_list_the_same_rules(capsys: pytest.CaptureFixture[str]) -> None:
    """The registry, the modules, the pages in the docs, and ``eventlint rules`` agree."""
    names = [rule.name for rule in RULES]
    modules = {
        (path.parent.name, path.stem.replace("_", "-"))
        for tier in TIERS
        for path in (PACKAGE / "rules" / tier).glob("[!_]*.py")
    }
    assert modules == {(rule.tier, rule.name) for rule in RULES}
    assert {path.stem for path in (ROOT / "docs/rules").glob("[!R]*.md")} == {rule.name for rule in ALL_RULES}
    assert main(["rules", "--isolated", "--format", "json"]) == 0
    assert [listed["rule"] for listed in json.loads(capsys.readouterr().out)] == names


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_manual_has_the_standard_headings(rule: Rule) -> None:
    """The headings are in order; ``Fix safety`` is present only if the rule has a fix."""
    summary, sections = manual(rule)
    assert tuple(sections) == (HEADINGS if rule.fixable else HEADINGS[:-1])
    assert all(sections.values())
    assert summary.endswith(".")


def test_limits_in_manuals_are_those_of_the_specification() -> None:
    """Manuals quote limits in prose; the numbers are the ones that the rules use."""
    limits = catalog().limits
    quoted = {
        "keyword-too-long": limits.keyword_utf16_units,
        "session-id-too-long": limits.term_bytes,
        "filter-too-long": limits.term_bytes,
        "key-too-long": limits.key_bytes,
        "number-too-long": limits.number_digits,
        "nesting-too-deep": limits.nesting_depth,
    }
    missing = [name for name, limit in quoted.items() if f"{limit:,}" not in (find_rule(name).module.__doc__ or "")]
    assert missing == []


@pytest.mark.parametrize("rule", IN_FILES, ids=name)
def test_examples_of_manual_are_correct(rule: Rule) -> None:
    """Events under *Example* have a finding of the rule; events under *Use instead* are clean."""
    sections = manual(rule).sections
    for event_type, event in BLOCKS.findall(sections["Example"]):
        assert rule.name in {finding.rule for finding in eventlint.check(event, event_type).findings}
    for event_type, event in BLOCKS.findall(sections["Use instead"]):
        assert eventlint.check(event, event_type).findings == ()


@pytest.mark.parametrize("rule", ALL_RULES, ids=name)
def test_explain_prints_the_page(rule: Rule, capsys: pytest.CaptureFixture[str]) -> None:
    """``eventlint explain`` prints the page that the docs have."""
    assert main(["explain", rule.name]) == 0
    assert capsys.readouterr().out == page(rule) == (ROOT / f"docs/rules/{rule.name}.md").read_text()
