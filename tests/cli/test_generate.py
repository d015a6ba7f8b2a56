"""``eventlint generate``: reproducible fixtures."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from eventlint import check, load_contract
from eventlint.cli import main
from eventlint.rules import RULES
from eventlint.spec import event_types
from eventlint.strategies import PRODUCERS, can_produce

CONTRACT = str(Path(__file__).parent.parent.parent / "examples/contracts/schemas")
RULE_NAMES = [rule.name for rule in RULES if rule.tier in ("error", "loss") and rule.examines != "recording"]
IN_PYTHON = ("unserializable-value", "unencodable-string", "key-too-long", "unreadable-request")
"""Rules whose events no file can hold, that the newest release does not have, or that are about more than an event."""


def _format(rule: str) -> str:
    producers = PRODUCERS[rule]
    if "invalid_requests" in producers:
        return "console"
    return "files" if "files_without_event_type" in producers else "ndjson"


def test_valid_events_one_per_line(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Each of the requested lines is an event without findings."""
    assert main(["generate", "search", "-n", "7", "--seed", "1"]) == 0
    lines = capfdbinary.readouterr().out.splitlines()
    assert len(lines) == 7
    assert all(check(line, "search").findings == () for line in lines)


@pytest.mark.parametrize("form", ["ndjson", "files", "console"])
def test_the_same_seed_writes_the_same_files(form: str, tmp_path: Path) -> None:
    """Two runs write the same bytes; another seed writes others."""
    written = []
    for name, seed in (("a", "1"), ("b", "1"), ("c", "2")):
        folder = tmp_path / name
        assert main(["generate", "search_click", "-n", "5", "--seed", seed, "--format", form, "-o", str(folder)]) == 0
        written.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert written[0] == written[1] != written[2]
    assert len(written[0]) == (5 if form == "files" else 1)


@pytest.mark.parametrize("rule", [name for name in RULE_NAMES if name not in IN_PYTHON])
def test_check_finds_the_requested_rule(
    rule: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Checking the generated file reports the requested rule."""
    monkeypatch.chdir(tmp_path)
    kind = next(kind for kind in event_types() if any(can_produce(one, kind, rule) for one in PRODUCERS[rule]))
    assert main(["generate", kind, "--rule", rule, "-n", "3", "--format", _format(rule), "-o", "."]) == 0
    main(["check", "--isolated", "--format", "json", "."])
    document = json.loads(capsys.readouterr().out)
    tier = next(one.tier for one in RULES if one.name == rule)
    found = [one["rule"] for one in document["findings"] if one["tier"] in ("error", tier)]
    assert found == [rule] * 3


@pytest.mark.parametrize("rule", [*IN_PYTHON, "failed-request"])
def test_events_that_no_file_can_hold(rule: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Such a rule is a usage error that names the rule."""
    assert main(["generate", "search", "--rule", rule]) == 2
    assert rule in capsys.readouterr().err


def test_lossy_events_are_accepted(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Each event has a finding of the tier loss and none of the tier error."""
    assert main(["generate", "search", "--lossy", "-n", "20"]) == 0
    for line in capfdbinary.readouterr().out.splitlines():
        tiers = [finding.tier for finding in check(line, "search").findings]
        assert "loss" in tiers
        assert "error" not in tiers


def test_edge_cases_are_accepted(tmp_path: Path) -> None:
    """Each payload is accepted, and some have findings."""
    assert main(["generate", "search", "--edge-cases", "-n", "30", "--format", "files", "-o", str(tmp_path)]) == 0
    reports = [check(path.read_bytes(), "search") for path in tmp_path.iterdir()]
    assert all(report.accepted for report in reports)
    assert any(report.findings for report in reports)


def test_invalid_events_are_rejected(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Each event has one finding of the tier error."""
    assert main(["generate", "search", "--invalid", "-n", "20"]) == 0
    for line in capfdbinary.readouterr().out.splitlines():
        assert [finding.tier for finding in check(line, "search").findings if finding.tier == "error"] == ["error"]


def test_valid_events_conform_to_the_custom_contract(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Generated events pass the check with the same contract."""
    assert main(["generate", "search", "--contract", CONTRACT, "-n", "20"]) == 0
    contract = load_contract(CONTRACT)
    for line in capfdbinary.readouterr().out.splitlines():
        assert check(line, "search", contract=contract).ok


def test_events_violate_a_rule_of_the_custom_contract(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Each event violates the requested rule, and no other rule of the contract."""
    assert main(["generate", "search", "--contract", CONTRACT, "--rule", "unknown-filter", "-n", "5"]) == 0
    contract = load_contract(CONTRACT)
    for line in capfdbinary.readouterr().out.splitlines():
        found = check(line, "search", contract=contract).findings
        assert [finding.rule for finding in found if finding.tier == "contract"] == ["unknown-filter"]


def test_existing_files_are_not_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An existing file stays as it is, unless ``--force`` is given."""
    words = ["generate", "search", "--format", "files", "-n", "2", "-o", str(tmp_path)]
    (tmp_path / "search.valid.2.json").write_text("existing")
    assert main(words) == 4
    assert "--force" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["search.valid.2.json"]
    assert main([*words, "--force"]) == 0
    assert (tmp_path / "search.valid.2.json").read_text() != "existing"


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
def test_conflicting_options(words: list[str]) -> None:
    """Each combination is a usage error."""
    assert main(["generate", *words]) == 2


def test_nothing_but_the_events_is_written(tmp_path: Path) -> None:
    """Hypothesis would leave its cache in the current folder."""
    words = [sys.executable, "-m", "eventlint", "generate", "search", "-n", "1", "-o", "out"]
    subprocess.run(words, cwd=tmp_path, check=True, capture_output=True)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_rule_of_another_event_or_collection_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """The message names the events or collections of the rule; with the collection, its events are drawn."""
    words = ["--isolated", "--contract", "examples/contracts/schemas", "--rule", "shop-application", "-n", "1"]
    assert main(["generate", "page_view", *words]) == 2
    assert "the rule 'shop-application' is for search, not for page_view" in capsys.readouterr().err
    assert main(["generate", "search", *words]) == 2
    assert "is for the collections shop-*; no collection is given" in capsys.readouterr().err
    assert main(["generate", "search", *words, "--collection", "shop-de", "--format", "console"]) == 0
    assert capsys.readouterr().out.startswith("POST /_application/analytics/shop-de/event/search\n")
