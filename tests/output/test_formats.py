"""Each output format fits its published schema and shows no secret."""

from __future__ import annotations

import dataclasses
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
from eventlint.output.rendering import RedactedLines, render
from eventlint.output.summary import summary_line
from eventlint.redact import redact_part
from eventlint.rules import RULES, rule
from eventlint.schemas.lint_rules import ALL_RULES

SCHEMAS = Path(__file__).parent / "schemas"
SARIF = Draft7Validator(json.loads((SCHEMAS / "sarif-2.1.0.json").read_bytes()))
JUNIT = xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd")
REPORT = Draft202012Validator(
    json.loads((Path(eventlint.__file__).parent / "output/findings.schema.json").read_bytes()),
    format_checker=Draft202012Validator.FORMAT_CHECKER,
)
# The required parts of an issue, from https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
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
    tier=st.sampled_from(eventlint.tiers.TIERS),
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
RENDERED = st.builds(
    Rendered,
    finding=FINDINGS,
    line=TEXTS,
    caret=st.integers(1, 20),
    answer=st.none() | TEXTS,
    content=st.none() | TEXTS,
)


def rendered(name: str, events: list[list[Rendered]]) -> str:
    """The whole output of a format."""
    out = io.StringIO()
    one = renderer(name, out.write, Style())
    one.start()
    summary = Summary(files=1, events=len(events))
    for event in events:
        one.findings(event)
        for each in event:
            summary.count(each.finding)
    one.finish(summary)
    return out.getvalue()


def sarif(text: str) -> None:
    """The document fits the schema of the SARIF standard."""
    assert list(SARIF.iter_errors(json.loads(text))) == []


def junit(text: str) -> None:
    """The document fits the JUnit schema, and another parser counts the same tests."""
    JUNIT.validate(io.StringIO(text.partition("?>")[2]))
    suites = junitparser.JUnitXml.fromstring(text.encode())
    assert [len(list(suite)) for suite in suites] == [suite.tests for suite in suites] != [0]


def gitlab(text: str) -> None:
    """The report has all that GitLab needs, and each fingerprint once."""
    issues = json.loads(text)
    assert list(GITLAB.iter_errors(issues)) == []
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def github(text: str) -> None:
    """Each line is one workflow command."""
    assert all(COMMAND.fullmatch(line) for line in text.split("\n")[:-1])


def json_report(text: str) -> None:
    """The document fits the schema in the package."""
    assert list(REPORT.iter_errors(json.loads(text))) == []


def json_lines(text: str) -> None:
    """Each line is one finding."""
    found = [json.loads(line) for line in text.split("\n")[:-1]]
    document = {"version": 1, "tool": {"name": "eventlint", "version": "0"}, "findings": found}
    summary = {"files": 0, "events": 0, "skipped": 0, "error": 0, "loss": 0, "lint": 0}
    assert list(REPORT.iter_errors({**document, "summary": summary})) == []


def markdown(text: str) -> None:
    """Each row of the table has four cells."""
    rows = [line for line in text.split("\n") if line.startswith("|")]
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 5 for row in rows)


def plain_text(text: str) -> None:
    """No control character reaches the terminal."""
    assert all(character.isprintable() or character == "\n" for character in text)


CHECKS: dict[str, Callable[[str], None]] = {
    "text": plain_text,
    "concise": plain_text,
    "json": json_report,
    "jsonl": json_lines,
    "sarif": sarif,
    "github": github,
    "gitlab": gitlab,
    "junit": junit,
    "markdown": markdown,
}


def test_each_format_is_checked() -> None:
    """Every format has a check."""
    assert set(CHECKS) == set(RENDERERS)


@pytest.mark.parametrize("name", CHECKS)
@given(events=st.lists(st.lists(RENDERED, min_size=1, max_size=3), max_size=3))
def test_any_findings_are_valid_output(name: str, events: list[list[Rendered]]) -> None:
    """The output is valid whatever a finding contains."""
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
    """A folder with events that contain secrets."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "search.json").write_text(EVENT)
    (tmp_path / "page_view.json").write_text(PAGE)
    return tmp_path


@pytest.mark.parametrize("name", CHECKS)
def test_no_format_shows_a_secret(name: str, secrets: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Credentials, tokens, addresses and telephone numbers are redacted; their rules are reported."""
    assert main(["check", "--isolated", "--format", name, "--output", f"{name}:out.txt", "--show-answer", "."]) == 1
    out = capsys.readouterr().out + (secrets / "out.txt").read_text()
    assert [secret for secret in SECRETS if secret in out] == []
    for name in ("credentials-in-url", "secret-in-url", "personal-data"):
        assert name in out


def test_a_diff_shows_no_secret(secrets: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``--diff`` redacts secrets."""
    main(["check", "--isolated", "--diff", "--unsafe-fixes", "."])
    out = capsys.readouterr().out
    assert "+" in out
    assert [secret for secret in SECRETS if secret in out] == []


def test_a_baseline_contains_no_secret(secrets: Path) -> None:
    """``--write-baseline`` redacts secrets."""
    main(["check", "--isolated", "--write-baseline", "."])
    written = (secrets / "eventlint-baseline.json").read_text()
    assert "credentials-in-url" in written
    assert [secret for secret in SECRETS if secret in written] == []


@pytest.mark.parametrize(
    ("safe", "unsafe", "end"),
    [
        (0, 0, ""),
        (1, 0, "; 1 fixable with `--fix`"),
        (1, 2, "; 1 fixable with `--fix` (2 more with `--unsafe-fixes`)"),
        (0, 2, "; 2 fixable with `--fix --unsafe-fixes`"),
    ],
)
def test_the_summary_line(safe: int, unsafe: int, end: str) -> None:
    """The counts have the right number, and fixes name the options that apply them."""
    summary = Summary(files=2, events=1, skipped=1, fixable={"safe": safe, "unsafe": unsafe})
    summary.known = 3
    summary.tiers["error"], summary.tiers["contract"], summary.tiers["loss"] = 2, 1, 2
    expected = "2 errors, 1 contract violation, 2 losses in 1 event in 2 files; 1 event skipped; 3 known"
    assert summary_line(summary) == expected + end


def test_the_summary_line_when_nothing_was_checked() -> None:
    """The line shows how many events were not checked, and why."""
    summary = Summary(files=1)
    assert summary_line(summary) == "nothing was checked: no events in 1 file"
    summary.skip("no event type")
    summary.skip("no event type")
    summary.leave_unchecked("body not recorded")
    assert summary_line(summary) == (
        "nothing was checked: no events in 1 file; 2 events skipped, 1 event not checked "
        "(no event type: 2, body not recorded: 1)"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32-le"])
def test_a_line_is_redacted_in_every_encoding(encoding: str) -> None:
    """The line is decoded before its secrets are redacted, and the caret is below the right column."""
    payload = '{"user": {"id": 7, "mail": "ann.lee@example.com"}}'.encode(encoding)
    (finding, *_) = [one for one in eventlint.check(payload, "search").findings if one.pointer == "/user/id"]
    one = render(finding, RedactedLines(payload), at=finding.position)
    assert one.line == '{"user": {"id": 7, "mail": "*******************"}}'
    assert one.line[one.caret - 1] == "7"


def test_the_fingerprint_ignores_white_space_and_the_line_number() -> None:
    """A finding is the same after its line moved; another pointer, rule or line makes another one."""
    finding = Finding(rule="wrong-type", tier="error", message="m", pointer="/a", path="a.json")
    first = Position(line=1, column=1, offset=0)
    second = Position(line=2, column=1, offset=1)
    moved = render(finding, RedactedLines('\n{"a" :1}'), at=second).fingerprint
    assert render(finding, RedactedLines('{"a": 1}'), at=first).fingerprint == moved
    others = [
        render(dataclasses.replace(finding, pointer="/b"), RedactedLines('{"a": 1}'), at=first),
        render(dataclasses.replace(finding, rule="blank-id"), RedactedLines('{"a": 1}'), at=first),
        render(finding, RedactedLines('{"a": 2}'), at=first),
    ]
    assert len({moved, *(one.fingerprint for one in others)}) == 4


def test_sarif_lists_all_rules_with_their_pages() -> None:
    """Each rule has its page; a result refers to its rule, and its fix has byte offsets in the file."""
    finding = Finding(
        rule="coerced-integer",
        tier="loss",
        message="m",
        path="a b/search.json",
        position=Position(line=1, column=2, offset=1),
        fix=Fix("safe", "write 7", (Edit(1, 4, b"7"),)),
    )
    one = Rendered(finding, content="f")
    run: dict[str, Any] = json.loads(rendered("sarif", [[one]]))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [one["id"] for one in rules] == [known.name for known in ALL_RULES]
    assert all("## Why is this bad?" in one["help"]["markdown"] for one in rules)
    (result,) = run["results"]
    assert rules[result["ruleIndex"]]["id"] == "coerced-integer" == rule("coerced-integer").name
    assert result["partialFingerprints"] == {"eventlint/v1": one.fingerprint}
    (change,) = result["fixes"][0]["artifactChanges"]
    assert change["artifactLocation"] == {"uri": "a%20b/search.json"}
    assert change["replacements"][0]["deletedRegion"] == {"byteOffset": 1, "byteLength": 3}


def test_findings_in_a_long_line_share_the_work_without_a_difference() -> None:
    """The excerpt of a finding does not depend on the findings before it, and is redacted like a single one."""
    piece = '{"query":"shoes","url":"https://u:pw1234@h.example/?sig=9f8e7d6c5b4a"}, '
    line = piece * 200
    shared = RedactedLines(line)
    for column in range(1, len(line), 977):
        one = shared.excerpt(1, column)
        assert one.text == redact_part(line, max(0, column - 1000), min(column + 1000, len(line)))
        assert one == RedactedLines(line).excerpt(1, column)
