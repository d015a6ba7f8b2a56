"""Contracts on the command line: configuration, selection, suppressions, baseline, and formats."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from eventlint.cli import main
from tests.contract.conftest import of_search, search

RULES = {"allOf": [{"x-rule": {"name": "short-query", "message": "A short query."}, "minLength": 9}, {"pattern": "^S"}]}
PROSE = {"title": "Queries", "description": "Rules for queries."}
DOCUMENT = {**PROSE, "$id": "urn:acme:q:1-0-0", "x-applies-to": {}, **of_search({"properties": {"query": RULES}})}
OLDER = {**PROSE, "$id": "urn:acme:q:0-9-0", "x-applies-to": {}}
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Check a folder with one search and a contract, by a configuration."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    (tmp_path / "contracts").mkdir()
    (tmp_path / "contracts/search.json").write_text(json.dumps(DOCUMENT))
    (tmp_path / "contracts/older.json").write_text(json.dumps(OLDER))
    (tmp_path / "search.json").write_text(json.dumps(search()))

    def runner(*words: str, config: str = "", command: str = "check") -> tuple[int, str]:
        (tmp_path / "eventlint.toml").write_text(f'contracts = ["contracts"]\n{config}')
        code = main([command, *words])
        out = capsys.readouterr()
        return code, out.out + out.err

    return runner


def found(run: Run, *words: str, config: str = "") -> list[str]:
    """The rules of the findings."""
    _, out = run("--format", "jsonl", *words, config=config)
    return [json.loads(line)["rule"] for line in out.splitlines() if line.startswith("{")]


def test_the_configuration_names_contracts(run: Run) -> None:
    """A violation makes the run fail; the contract itself is not checked as an event."""
    code, out = run("--format", "concise")
    assert code == 1
    assert out.splitlines() == [
        "search.json:1:71: contract[short-query]: A short query. (/search/query)",
        "search.json:1:71: contract[contract-violation]: 'shoes' does not match the pattern '^S' (/search/query)",
        "2 contract violations in 1 event in 1 file",
    ]


def test_another_version_can_be_chosen(run: Run) -> None:
    """The configuration selects the version; a version that does not exist is an error."""
    assert run(config='contract-versions = {"urn:acme:q" = "0-9-0"}')[0] == 0
    code, out = run(config='contract-versions = {"urn:acme:q" = "7-0-0"}')
    assert code == 4
    assert "there is no version 7-0-0 of urn:acme:q" in out


def test_which_tiers_fail_is_chosen(run: Run) -> None:
    """The tier can be taken out of those that fail."""
    assert run("--fail-on", "contract")[0] == 1
    assert run("--fail-on", "error")[0] == 0


def test_rules_are_selected_by_name_and_tier(run: Run) -> None:
    """Custom rules are selected like built-in ones; a misspelled name gets a suggestion."""
    both = ["short-query", "contract-violation"]
    assert found(run) == found(run, "--select", "contract") == found(run, "--select", "all") == both
    assert found(run, "--select", "short-query") == found(run, "--ignore", "contract-violation") == ["short-query"]
    assert found(run, config='ignore = ["short-query"]') == ["contract-violation"]
    assert found(run, "--select", "error") == found(run, "--ignore", "contract") == []
    assert found(run, config='per-path-ignores = {"*.json" = ["contract"]}') == []
    code, out = run("--select", "short-qery")
    assert code == 2
    assert "did you mean 'short-query'?" in out


def test_findings_are_suppressed_with_a_reason(run: Run) -> None:
    """The configuration can suppress a custom rule; an unused suppression is reported."""
    entry = '[[suppress]]\nrule = "short-query"\nreason = "known"\npointer = "{}"\n'
    assert found(run, config=entry.format("/search")) == ["contract-violation"]
    assert "unused-suppression" in found(run, config=entry.format("/user"))


def test_a_baseline_contains_violations(run: Run) -> None:
    """Violations in the baseline do not fail."""
    assert run("--write-baseline", "search.json")[0] == 0
    assert run("--baseline", "eventlint-baseline.json", "search.json")[0] == 0


def test_sarif_lists_custom_rules(run: Run) -> None:
    """Each result refers to its rule, and has the level error."""
    document = json.loads(run("--format", "sarif")[1])
    (one,) = document["runs"]
    rules = one["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in one["results"]] == ["short-query", "contract-violation"]
    assert {result["level"] for result in one["results"]} == {"error"}
    assert rules[one["results"][0]["ruleIndex"]]["shortDescription"] == {"text": "A short query."}


def _gitlab(out: str) -> Any:
    return {issue["severity"] for issue in json.loads(out)}


def _junit(out: str) -> Any:
    return {case.get("type") for case in ElementTree.fromstring(out).iter("failure")}  # noqa: S314 - our own output


@pytest.mark.parametrize(
    ("form", "look", "expected"),
    [
        ("gitlab", _gitlab, {"critical"}),
        ("junit", _junit, {"contract"}),
        ("github", lambda out: {line.split()[0] for line in out.splitlines()}, {"::error"}),
        ("markdown", lambda out: "| contract | short-query | A short query." in out, True),
        ("text", lambda out: "contract[short-query]" in out, True),
    ],
)
def test_each_format_shows_violations(form: str, look: Callable[[str], Any], expected: Any, run: Run) -> None:
    """A violation has the severity of an error."""
    assert look(run("--format", form)[1]) == expected


def test_colors(run: Run) -> None:
    """On a terminal, violations have their own color."""
    assert "\x1b[1m\x1b[35mcontract[short-query]" in run("--color", "always")[1].replace(
        "\x1b[35m\x1b[1m", "\x1b[1m\x1b[35m"
    )


def test_the_rules_command_lists_custom_rules(run: Run) -> None:
    """The command lists custom rules, also if the configuration ignores them."""
    code, out = run(config='ignore = ["short-query"]', command="rules")
    assert code == 0
    assert "short-query" in out


def test_options_override_the_configuration(run: Run, tmp_path: Path) -> None:
    """``--contract`` replaces the setting; a missing folder is an I/O error."""
    (tmp_path / "other").mkdir()
    (tmp_path / "other/o.json").write_text(json.dumps({**OLDER, "required": ["page"]}))
    assert found(run, "--contract", "other") == ["contract-violation"]
    assert run("--contract", "nowhere")[0] == 4
