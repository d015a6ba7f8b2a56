"""``eventlint schema lint`` and ``eventlint schema diff``: output and exit codes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from eventlint.cli import main
from eventlint.cli.schema_diff import SCHEMAVER

ROOT = Path(__file__).parent.parent.parent
Write = Callable[[str, Any], Path]
OLD: dict[str, Any] = {
    "$id": "urn:x:order:1-0-0",
    "type": "object",
    "properties": {"n": {"type": "integer", "maximum": 9}},
}
PROSE = {"title": "Order", "description": "An order.", "examples": [{}]}


def new(version: str, maximum: int) -> dict[str, Any]:
    """The document with another version and another limit."""
    return {
        "$id": f"urn:x:order:{version}",
        "type": "object",
        "properties": {"n": {"type": "integer", "maximum": maximum}},
    }


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write documents into an empty current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")

    def writer(name: str, value: Any) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(value if isinstance(value, str) else json.dumps(value))
        return path

    return writer


def test_the_packaged_schemas_are_clean(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a path, the packaged documents are linted."""
    assert main(["schema", "lint"]) == 0
    assert "no findings in 14 documents" in capsys.readouterr().out


def test_findings_for_people(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """A finding has its position, the line, a caret and a hint."""
    write("order.json", '{"$id": "urn:x:order:1-0-0",\n "requierd": []}')
    assert main(["schema", "lint", "order.json"]) == 1
    out = capsys.readouterr().out
    assert 'order.json:2:2: error[misspelled-keyword]: unknown keyword "requierd" (/requierd)' in out
    assert " 2 |  \"requierd\": []}\n   |  ^\n   = hint: did you mean 'required'?\n" in out


def test_findings_for_programs(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """Findings have the JSON format of ``eventlint check``."""
    write("order.json", '{"$id": "urn:x:order:1-0-0", "requierd": []}')
    assert main(["schema", "lint", "--format", "json", "order.json"]) == 1
    report = json.loads(capsys.readouterr().out)
    shape = json.loads((ROOT / "src/eventlint/output/findings.schema.json").read_text())
    Draft202012Validator(shape).validate(report)
    assert {"misspelled-keyword", "missing-title"} <= {finding["rule"] for finding in report["findings"]}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--fail-on", "error", "good.json"], 0),
        (["good.json"], 1),
        (["--exit-zero", "good.json"], 0),
        (["nothing.json"], 4),
        (["empty"], 3),
        (["--explain", "nothing"], 2),
        (["--explain", "empty-enum"], 0),
        (["--list-rules"], 0),
        (["--select", "error", "good.json"], 0),
        (["--ignore", "lint", "good.json"], 0),
        (["--ignore", "missing-title,missing-description", "good.json"], 1),
        (["--select", "missing-titel", "good.json"], 2),
        (["--against", "HEAD", "good.json"], 2),
        (["--against", "git:HEAD", "good.json"], 4),
    ],
)
def test_exit_codes_of_a_lint(write: Write, words: list[str], code: int) -> None:
    """The exit codes are those of the other commands."""
    write("good.json", {"$id": "urn:x:order:1-0-0", "type": "string"})
    write("empty/notes.txt", "")
    assert main(["schema", "lint", *words]) == code


def test_rules_are_selected_by_name_and_tier(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """``--select`` and ``--ignore`` take names and tiers, with commas; SARIF lists all rules with their pages."""
    write("order.json", '{"$id": "urn:x:order:1-0-0", "requierd": []}')

    def found(*words: str) -> set[str]:
        main(["schema", "lint", "--format", "sarif", *words, "order.json"])
        (sarif,) = json.loads(capsys.readouterr().out)["runs"]
        listed = sarif["tool"]["driver"]["rules"]
        assert all(listed[result["ruleIndex"]]["id"] == result["ruleId"] for result in sarif["results"])
        assert all(result["partialFingerprints"] for result in sarif["results"])
        return {result["ruleId"] for result in sarif["results"]}

    assert found() == {"misspelled-keyword", "missing-title", "missing-description", "missing-example"}
    assert found("--select", "error") == found("--ignore", "lint") == {"misspelled-keyword"}
    assert found("--select", "missing-title,missing-example") == {"missing-title", "missing-example"}
    assert main(["schema", "lint", "--ignore", "missing-titel", "order.json"]) == 2
    assert "did you mean 'missing-title'?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("version", "maximum", "words", "code"),
    [
        ("1-0-1", 5, [], 1),
        ("2-0-0", 5, [], 0),
        ("1-1-0", 12, [], 0),
        ("1-0-1", 12, ["--strict"], 1),
        ("1-0-0", 9, ["--strict"], 0),
    ],
)
def test_exit_codes_of_a_diff(write: Write, version: str, maximum: int, words: list[str], code: int) -> None:
    """A version that is too low fails."""
    write("old.json", OLD)
    write("new.json", new(version, maximum))
    assert main(["schema", "diff", *words, "old.json", "new.json"]) == code


def test_strict_fails_on_unverified_changes(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """An unverified change is reported, and only fails with ``--strict``."""
    write("old.json", {"$id": "urn:x:a:1-0-0", "pattern": r"^(ab|cd)\1$"})
    write("new.json", {"$id": "urn:x:a:1-0-0", "pattern": r"^(cd|ab)\1$"})
    assert main(["schema", "diff", "old.json", "new.json"]) == 0
    assert "not verified" in capsys.readouterr().out
    assert main(["schema", "diff", "--strict", "old.json", "new.json"]) == 1


def test_changes_for_people(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """A change has its bump, a sentence, and a value that shows it."""
    write("old.json", OLD)
    write("new.json", new("1-1-0", 5))
    assert main(["schema", "diff", "old.json", "new.json"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "new.json: 1-0-0 -> 1-1-0 is too low for model: use 2-0-0",
        "  model     n: maximum changed from 9 to 5 (/properties/n/maximum)",
        '            rejected now: {"n": 6}',
        "",
        SCHEMAVER,
        "",
        "1 document changed, 1 with a version that is too low",
    ]


def test_changes_for_programs(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """Each change has its bump and its counterexample."""
    write("old.json", OLD)
    write("new.json", new("1-1-0", 5))
    assert main(["schema", "diff", "--format", "json", "old.json", "new.json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["documents"][0]["changes"] == [
        {
            "document": "new.json",
            "pointer": "/properties/n/maximum",
            "sentence": "n: maximum changed from 9 to 5",
            "bump": "model",
            "direction": "narrows",
            "has_counterexample": True,
            "counterexample": {"n": 6},
            "shown": '{"n": 6}',
            "verified": True,
            "certain": True,
        }
    ]


def test_changes_as_findings(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """In the other formats, a version that is too low is a finding at the ``$id``."""
    write("old.json", OLD)
    write("new.json", new("1-1-0", 5))
    assert main(["schema", "diff", "--format", "gitlab", "old.json", "new.json"]) == 1
    (issue,) = json.loads(capsys.readouterr().out)
    assert (issue["check_name"], issue["location"]["path"]) == ("version-too-low", "new.json")


def test_changes_as_json_lines(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """Each line is one change, with the versions of its document."""
    write("old.json", OLD)
    write("new.json", new("2-0-0", 5))
    assert main(["schema", "diff", "--format", "jsonl", "old.json", "new.json"]) == 0
    (change,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (change["bump"], change["old"], change["new"], change["enough"]) == ("model", "1-0-0", "2-0-0", True)


def test_changes_as_markdown(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """Each change is a row of a table, whose cells are escaped."""
    write("old.json", OLD)
    write("new.json", {**new("1-1-0", 5), "required": ["a|b"]})
    assert main(["schema", "diff", "--format", "markdown", "old.json", "new.json"]) == 1
    out = capsys.readouterr().out
    assert "**version too low**: 1-0-0 -&gt; 1-1-0" in out
    rows = [line for line in out.splitlines() if line.startswith("| model")]
    assert len(rows) == 2
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 6 for row in rows)


def test_changes_as_annotations(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """A change is a warning if the version is too low for it, else a notice."""
    write("old.json", OLD)
    write("new.json", new("1-1-0", 5))
    main(["schema", "diff", "--format", "github", "old.json", "new.json"])
    assert [line.partition(" ")[0] for line in capsys.readouterr().out.splitlines()] == ["::error", "::warning"]
    write("new.json", new("2-0-0", 5))
    main(["schema", "diff", "--format", "github", "old.json", "new.json"])
    out = capsys.readouterr().out
    assert out.startswith("::notice file=new.json,title=eventlint (schema diff%2C model),line=")
    assert "n: maximum changed from 9 to 5; rejected now: {" in out


def test_a_lint_against_a_commit(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """Documents that changed since the commit need a higher version; new documents do not."""

    def git(*words: str) -> None:
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *words], check=True, capture_output=True)

    document = {**PROSE, "type": "object", "additionalProperties": False}
    write("schemas/order.json", {"$id": "urn:x:order:1-0-0", **document, "minProperties": 0})
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "one")
    write("schemas/more.json", {"$id": "urn:x:more:1-0-0", **document})
    assert main(["schema", "lint", "--against", "git:HEAD", "schemas"]) == 0
    write("schemas/order.json", {"$id": "urn:x:order:1-0-1", **document, "propertyNames": {"minLength": 1}})
    assert main(["schema", "lint", "--against", "git:HEAD", "schemas"]) == 0
    write("schemas/order.json", {"$id": "urn:x:order:1-0-1", **document, "type": ["object", "null"]})
    capsys.readouterr()
    assert main(["schema", "lint", "--against", "git:HEAD", "schemas"]) == 1
    out = capsys.readouterr().out
    assert "error[version-too-low]: the change from 1-0-0 to 1-0-1 requires a new revision" in out
    assert "hint: use 1-1-0" in out


@pytest.mark.parametrize("words", [["schema"], ["schema", "nothing"], ["schema", "diff"]])
def test_a_usage_error(words: list[str]) -> None:
    """A wrong command line exits with 2."""
    assert main(words) == 2


def test_help_imports_nothing_heavy() -> None:
    """Help does not import the libraries for schemas."""
    program = (
        "from eventlint.cli import main; import sys; main(['schema', 'lint', '--help']); "
        "print(sorted({'jsonschema', 'jsonschema_rs', 'referencing', 'subprocess'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")
