"""``eventlint generate``: fixtures by a seed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eventlint import check, load_contract
from eventlint.cli import main
from eventlint.rules import RULES
from eventlint.spec import event_types
from eventlint.strategies import PRODUCERS, can_produce

CONTRACT = str(Path(__file__).parent.parent.parent / "examples/contracts/schemas")
RULE_NAMES = [rule.name for rule in RULES if rule.tier in ("error", "loss")]
IN_PYTHON = ("unserializable-value", "unencodable-string", "key-too-long")
"""Rules that no file can hold, or that the newest release does not have."""


def _format(rule: str) -> str:
    producers = PRODUCERS[rule]
    if "invalid_requests" in producers:
        return "console"
    return "files" if "files_without_event_type" in producers else "ndjson"


def test_valid_events_come_one_a_line(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """As many lines as asked for, each an event without a finding."""
    assert main(["generate", "search", "-n", "7", "--seed", "1"]) == 0
    lines = capfdbinary.readouterr().out.splitlines()
    assert len(lines) == 7
    assert all(check(line, "search").findings == () for line in lines)


@pytest.mark.parametrize("form", ["ndjson", "files", "console"])
def test_the_same_seed_writes_the_same_files(form: str, tmp_path: Path) -> None:
    """Two runs are alike, byte for byte; another seed differs."""
    written = []
    for name, seed in (("a", "1"), ("b", "1"), ("c", "2")):
        folder = tmp_path / name
        assert main(["generate", "search_click", "-n", "5", "--seed", seed, "--format", form, "-o", str(folder)]) == 0
        written.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert written[0] == written[1] != written[2]
    assert len(written[0]) == (5 if form == "files" else 1)


@pytest.mark.parametrize("rule", [name for name in RULE_NAMES if name not in IN_PYTHON])
def test_check_finds_the_rule_that_was_asked_for(
    rule: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is generated for a rule has that rule's finding, read back from the file."""
    monkeypatch.chdir(tmp_path)
    kind = next(kind for kind in event_types() if any(can_produce(one, kind, rule) for one in PRODUCERS[rule]))
    assert main(["generate", kind, "--rule", rule, "-n", "3", "--format", _format(rule), "-o", "."]) == 0
    main(["check", "--isolated", "--format", "json", "."])
    document = json.loads(capsys.readouterr().out)
    tier = next(one.tier for one in RULES if one.name == rule)
    found = [one["rule"] for one in document["findings"] if one["tier"] in ("error", tier)]
    assert found == [rule] * 3


@pytest.mark.parametrize("rule", IN_PYTHON)
def test_what_no_file_can_hold_is_told(rule: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Such a rule is a usage error that names it."""
    assert main(["generate", "search", "--rule", rule]) == 2
    assert rule in capsys.readouterr().err


def test_lossy_events_are_taken_and_lost(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Each has a finding of the tier loss and none of the tier error."""
    assert main(["generate", "search", "--lossy", "-n", "20"]) == 0
    for line in capfdbinary.readouterr().out.splitlines():
        tiers = [finding.tier for finding in check(line, "search").findings]
        assert "loss" in tiers
        assert "error" not in tiers


def test_odd_payloads_are_taken(tmp_path: Path) -> None:
    """Each is accepted, and some have a finding."""
    assert main(["generate", "search", "--edge-cases", "-n", "30", "--format", "files", "-o", str(tmp_path)]) == 0
    reports = [check(path.read_bytes(), "search") for path in tmp_path.iterdir()]
    assert all(report.accepted for report in reports)
    assert any(report.findings for report in reports)


def test_invalid_events_are_refused(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Each has one finding of the tier error."""
    assert main(["generate", "search", "--invalid", "-n", "20"]) == 0
    for line in capfdbinary.readouterr().out.splitlines():
        assert [finding.tier for finding in check(line, "search").findings if finding.tier == "error"] == ["error"]


def test_events_fit_ones_own_contract(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """What is generated passes the check that the same configuration makes."""
    assert main(["generate", "search", "--contract", CONTRACT, "-n", "20"]) == 0
    own = load_contract(CONTRACT)
    for line in capfdbinary.readouterr().out.splitlines():
        assert check(line, "search", contract=own).ok


def test_a_rule_of_ones_own_is_broken(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Each event breaks the rule that was asked for, and no other of the contract."""
    assert main(["generate", "search", "--contract", CONTRACT, "--rule", "unknown-filter", "-n", "5"]) == 0
    own = load_contract(CONTRACT)
    for line in capfdbinary.readouterr().out.splitlines():
        found = check(line, "search", contract=own).findings
        assert [finding.rule for finding in found if finding.tier == "contract"] == ["unknown-filter"]


def test_files_are_not_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is there stays as it is, unless it is forced."""
    words = ["generate", "search", "--format", "files", "-n", "2", "-o", str(tmp_path)]
    (tmp_path / "search.valid.2.json").write_text("mine")
    assert main(words) == 4
    assert "--force" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["search.valid.2.json"]
    assert main([*words, "--force"]) == 0
    assert (tmp_path / "search.valid.2.json").read_text() != "mine"


@pytest.mark.parametrize(
    "words",
    [
        ["search", "--format", "files"],
        ["search", "-n", "-1"],
        ["search", "--rule", "missing-body"],
        ["search", "--rule", "undetermined-event-type"],
        ["page_view", "--rule", "invalid-filter"],
        ["click"],
        ["search", "--rule", "empty-query"],
        ["search", "--rule", "uuid-user"],
        ["search", "--valid", "--lossy"],
    ],
)
def test_options_that_do_not_go_together_are_told(words: list[str]) -> None:
    """Each is a usage error."""
    assert main(["generate", *words]) == 2
