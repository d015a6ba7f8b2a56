"""What came of trying fixes is the same for similar events."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest

from eventlint import fix_trials, report_templates
from eventlint.cli import main
from tests.test_report_templates import faulty, variants

Findings = Callable[[Path], str]


@pytest.fixture
def findings(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Findings:
    """Checks a file of search events without what earlier checks have taught."""

    def check(path: Path) -> str:
        monkeypatch.setattr(report_templates, "_shapes", report_templates.Shapes())
        monkeypatch.setattr(fix_trials, "_known", {})
        main(["check", "--isolated", "--jobs", "1", "--format", "jsonl", str(path)])
        return capsys.readouterr().out

    return check


def test_similar_events_have_the_same_refused_fixes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, findings: Findings
) -> None:
    """The findings are those of a run in which the fixes of each event are tried."""
    source = random.Random(3)
    events = [data for kind, data in islice(faulty(7), 150) if kind == "search"]
    typos = [
        b'{"session":{"id":%d},"user":{"id":"u-%d"},"search":{"query":"a","querry":%s,"page":{"size":{"a":"b%d"}}}}'
        % (number, number, source.choice([b'"x"', b'"{{x}}"', b'""', b"7"]), number)
        for number in range(40)
    ]
    lines = [line for data in [*events, *typos] for line in variants(data, source)]
    path = tmp_path / "search.ndjson"
    path.write_bytes(b"\n".join(lines) + b"\n")
    tried: list[object] = []

    def every(similar: object, job: object, file: object, find: Callable[..., fix_trials.Reasons]) -> object:
        tried.append(similar)
        return find(fix_trials.ignore)

    found = findings(path)
    assert len(fix_trials._known) > 3
    monkeypatch.setattr(fix_trials, "known_or_tried", every)
    assert found == findings(path)
    assert len(tried) - len(set(tried)) > 30
    assert '"fix_refused": "it would' in found


def test_an_event_that_becomes_acceptable_is_tried_each_time(tmp_path: Path, findings: Findings) -> None:
    """Its values are compared with each other then."""
    lines = [
        b'{"session":{"id":"s-%d"},"user":{"id":%d},"search":{"query":"shoes %d"}}' % (number, number, number)
        for number in range(60)
    ]
    path = tmp_path / "search.ndjson"
    path.write_bytes(b"\n".join(lines) + b"\n")
    assert findings(path).count('"fix_refused": null') == len(lines)
    assert fix_trials._known == {}
