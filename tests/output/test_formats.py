"""Each output is what programs of others read, and shows no secret."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import junitparser
import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator

import eventlint
from eventlint import Finding, Position
from eventlint.cli import main
from eventlint.model import Edit, Fix
from eventlint.output import RENDERERS, Rendered, Style, Summary, renderer
from eventlint.rules import RULES, rule

SCHEMAS = Path(__file__).parent / "schemas"
SARIF = Draft7Validator(json.loads((SCHEMAS / "sarif-2.1.0.json").read_bytes()))
JUNIT = xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd")
OWN = Draft202012Validator(
    json.loads((Path(eventlint.__file__).parent / "output/findings.schema.json").read_bytes()),
    format_checker=Draft202012Validator.FORMAT_CHECKER,
)
# What GitLab needs of an issue, from https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
GITLAB = Draft202012Validator(
    {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "properties": {
                "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
                "location": {
                    "type": "object",
                    "required": ["path", "lines"],
                    "properties": {
                        "path": {"type": "string"},
                        "lines": {"type": "object", "required": ["begin"]},
                    },
                },
            },
        },
    }
)
# The form of a workflow command, from GitHub's documentation.
COMMAND = re.compile(r"::(error|warning|notice) ((?:[a-zA-Z]+=[^:,\r\n]*(?:,|(?=::)))*)::([^\r\n]*)")

TEXTS = st.text(st.characters(), max_size=20)
FINDINGS = st.builds(
    Finding,
    rule=st.sampled_from([known.name for known in RULES]),
    tier=st.sampled_from(eventlint.model.TIERS),
    message=TEXTS,
    pointer=TEXTS,
    position=st.none() | st.builds(Position, line=st.integers(1, 99), column=st.integers(1, 99), offset=st.integers(0)),
    hint=st.none() | TEXTS,
    path=st.none() | TEXTS.filter(bool),
    record=st.none() | st.integers(1, 9),
    event_type=st.none() | st.just("search"),
    releases=st.lists(st.just("9.1")).map(tuple),
    fix=st.none() | st.just(Fix("safe", "write 7", (Edit(1, 2, b"7"),))),
)
SHOWN = st.builds(
    Rendered, finding=FINDINGS, line=TEXTS, caret=st.integers(1, 20), answer=st.none() | TEXTS, fingerprint=TEXTS
)


def rendered(name: str, events: list[list[Rendered]]) -> str:
    """The whole output of a format."""
    out = io.StringIO()
    one = renderer(name, out.write, Style())
    one.start()
    summary = Summary(files=1, events=len(events))
    for shown in events:
        one.findings(shown)
        for each in shown:
            summary.count(each.finding)
    one.finish(summary)
    return out.getvalue()


def sarif(text: str) -> None:
    """SARIF is valid under the schema of the standard."""
    assert list(SARIF.iter_errors(json.loads(text))) == []


def junit(text: str) -> None:
    """A JUnit report is valid under the schema, and a parser of others counts the same."""
    JUNIT.validate(io.StringIO(text.partition("?>")[2]))
    suites = junitparser.JUnitXml.fromstring(text.encode())
    assert [len(list(suite)) for suite in suites] == [suite.tests for suite in suites] != [0]


def gitlab(text: str) -> None:
    """A report of code quality has what GitLab needs, and each fingerprint once."""
    issues = json.loads(text)
    assert list(GITLAB.iter_errors(issues)) == []
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def github(text: str) -> None:
    """Each line is one workflow command."""
    assert all(COMMAND.fullmatch(line) for line in text.split("\n")[:-1])


def own(text: str) -> None:
    """The document is valid under the schema that comes with the package."""
    assert list(OWN.iter_errors(json.loads(text))) == []


def lines(text: str) -> None:
    """Each line is one finding."""
    found = [json.loads(line) for line in text.split("\n")[:-1]]
    document = {"version": 1, "tool": {"name": "eventlint", "version": "0"}, "findings": found}
    summary = {"files": 0, "events": 0, "skipped": 0, "error": 0, "loss": 0, "lint": 0}
    assert list(OWN.iter_errors({**document, "summary": summary})) == []


def table(text: str) -> None:
    """Each row of the table has four cells."""
    rows = [line for line in text.split("\n") if line.startswith("|")]
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 5 for row in rows)


def people(text: str) -> None:
    """No control character reaches the screen."""
    assert all(character.isprintable() or character == "\n" for character in text)


CHECKS: dict[str, Callable[[str], None]] = {
    "text": people,
    "concise": people,
    "json": own,
    "jsonl": lines,
    "sarif": sarif,
    "github": github,
    "gitlab": gitlab,
    "junit": junit,
    "markdown": table,
}


def test_each_format_is_checked() -> None:
    """No format is without a check."""
    assert set(CHECKS) == set(RENDERERS)


@pytest.mark.parametrize("name", CHECKS)
@given(events=st.lists(st.lists(SHOWN, min_size=1, max_size=3), max_size=3))
def test_any_findings_are_rendered_well(name: str, events: list[list[Rendered]]) -> None:
    """Whatever stands in a finding, the output has the form that its readers need."""
    CHECKS[name](rendered(name, events))


EVENT = (
    '{"session": {"id": 7}, "user": {"id": "ann.lee@example.com"}, "search": {"query": "call +49 170 1234567",\n'
    '"https://ann:hunter2@example.com/": 1, "sort": "x?api_key=k-hunter2&y=1",\n'
    '"filters": {"Bearer hunter2hunter2": 1, "token=hunter2": [1]},\n'
    '"results": {"total_results": "password=hunter2", "items": [{"page": {"url": "https://ann:hunter2@example.com/"}}]}}}'
)
PAGE = (
    '{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "page": {"url": "https://www.example.com/?session=hunter2&x=1",'
    ' "referrer": "https://ann:hunter2@example.com/?mail=ann.lee%40example.com"}} ?password=hunter2'
)
SECRETS = ("hunter2", "ann.lee", "1234567")


@pytest.fixture
def secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with events that are full of secrets."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "search.json").write_text(EVENT)
    (tmp_path / "page_view.json").write_text(PAGE)
    return tmp_path


@pytest.mark.parametrize("name", CHECKS)
def test_no_format_shows_a_secret(name: str, secrets: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Credentials, tokens, addresses and numbers are in no output; the rules that speak of them are told."""
    assert main(["check", "--isolated", "--format", name, "--output", f"{name}:out.txt", "--show-answer", "."]) == 1
    out = capsys.readouterr().out + (secrets / "out.txt").read_text()
    assert [secret for secret in SECRETS if secret in out] == []
    for told in ("credentials-in-url", "secret-in-url", "personal-data"):
        assert told in out


def test_a_difference_shows_no_secret(secrets: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a fix would change is shown without secrets."""
    main(["check", "--isolated", "--diff", "--unsafe-fixes", "."])
    out = capsys.readouterr().out
    assert "+" in out
    assert [secret for secret in SECRETS if secret in out] == []


def test_a_baseline_holds_no_secret(secrets: Path) -> None:
    """What is written for later runs holds none either."""
    main(["check", "--isolated", "--write-baseline", "."])
    written = (secrets / "eventlint-baseline.json").read_text()
    assert "credentials-in-url" in written
    assert [secret for secret in SECRETS if secret in written] == []


def test_sarif_tells_all_rules_with_their_pages() -> None:
    """The table has each rule with its manual; a result points into it, and names its fix in bytes of the file."""
    finding = Finding(
        rule="coerced-integer",
        tier="loss",
        message="m",
        path="a b/search.json",
        position=Position(line=1, column=2, offset=1),
        fix=Fix("safe", "write 7", (Edit(1, 4, b"7"),)),
    )
    run: dict[str, Any] = json.loads(rendered("sarif", [[Rendered(finding, fingerprint="f")]]))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [one["id"] for one in rules] == [known.name for known in RULES]
    assert all("## Why is this bad?" in one["help"]["markdown"] for one in rules)
    (result,) = run["results"]
    assert rules[result["ruleIndex"]]["id"] == "coerced-integer" == rule("coerced-integer").name
    assert result["partialFingerprints"] == {"eventlint/v1": "f"}
    (change,) = result["fixes"][0]["artifactChanges"]
    assert change["artifactLocation"] == {"uri": "a%20b/search.json"}
    assert change["replacements"][0]["deletedRegion"] == {"byteOffset": 1, "byteLength": 3}
