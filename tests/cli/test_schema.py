"""``eventlint schema``: documents in, findings and changes out, and an exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from eventlint.cli import main

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
    """Write a document below an empty current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")

    def writer(name: str, value: Any) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(value if isinstance(value, str) else json.dumps(value))
        return path

    return writer


def test_the_packaged_schemas_are_clean(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a path the packaged documents are linted."""
    assert main(["schema", "lint"]) == 0
    assert "nothing found in 14 documents" in capsys.readouterr().out


def test_findings_for_people(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """A finding shows its place, the line, a caret and a hint."""
    write("order.json", '{"$id": "urn:x:order:1-0-0",\n "requierd": []}')
    assert main(["schema", "lint", "order.json"]) == 1
    out = capsys.readouterr().out
    assert 'order.json:2:2: error[misspelled-keyword]: "requierd" is no keyword (/requierd)' in out
    assert " 2 |  \"requierd\": []}\n   |  ^\n   = hint: did you mean 'required'?\n" in out


def test_findings_for_programs(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """Findings are told in the formats of a check, in the same shape."""
    write("order.json", '{"$id": "urn:x:order:1-0-0", "requierd": []}')
    assert main(["schema", "lint", "--format", "json", "order.json"]) == 1
    told = json.loads(capsys.readouterr().out)
    shape = json.loads((ROOT / "src/eventlint/output/findings.schema.json").read_text())
    Draft202012Validator(shape).validate(told)
    assert {"misspelled-keyword", "missing-title"} <= {finding["rule"] for finding in told["findings"]}


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
        (["--against", "HEAD", "good.json"], 2),
        (["--against", "git:HEAD", "good.json"], 4),
    ],
)
def test_exit_codes_of_a_lint(write: Write, words: list[str], code: int) -> None:
    """The exit codes are those of the other commands."""
    write("good.json", {"$id": "urn:x:order:1-0-0", "type": "string"})
    write("empty/notes.txt", "")
    assert main(["schema", "lint", *words]) == code


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


def test_strict_fails_on_what_was_not_found_out(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """Where nothing was shown and nothing proven, that is said, and only a strict run fails."""
    write("old.json", {"$id": "urn:x:a:1-0-0", "pattern": "^(ab|cd)$"})
    write("new.json", {"$id": "urn:x:a:1-0-0", "pattern": "^(cd|ab)$"})
    assert main(["schema", "diff", "old.json", "new.json"]) == 0
    assert "not verified" in capsys.readouterr().out
    assert main(["schema", "diff", "--strict", "old.json", "new.json"]) == 1


def test_changes_for_people(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """A change is a sentence with its bump and a value that shows it."""
    write("old.json", OLD)
    write("new.json", new("1-1-0", 5))
    assert main(["schema", "diff", "old.json", "new.json"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "new.json: 1-0-0 -> 1-1-0, which is too low for model: 2-0-0 is the least",
        "  model     n: maximum was 9, and is 5 now (/properties/n/maximum)",
        '            was accepted, is refused now: {"n": 6}',
        "",
        "1 document differs, 1 too low in version",
    ]


def test_changes_for_programs(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """Each change has its bump and its counterexample."""
    write("old.json", OLD)
    write("new.json", new("1-1-0", 5))
    assert main(["schema", "diff", "--format", "json", "old.json", "new.json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["documents"][0]["changes"] == [
        {
            "document": "new.json",
            "pointer": "/properties/n/maximum",
            "sentence": "n: maximum was 9, and is 5 now",
            "bump": "model",
            "direction": "narrows",
            "has_counterexample": True,
            "counterexample": {"n": 6},
            "verified": True,
            "certain": True,
        }
    ]


def test_changes_as_findings(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """In the other formats a version that is too low is a finding at the $id."""
    write("old.json", OLD)
    write("new.json", new("1-1-0", 5))
    assert main(["schema", "diff", "--format", "jsonl", "old.json", "new.json"]) == 1
    told = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (told["rule"], told["pointer"], told["hint"]) == ("version-too-low", "/$id", "make it 2-0-0")


def test_a_lint_against_a_commit(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """As a hook does: what changed since the commit needs a greater version; new documents are no matter."""

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
    assert "error[version-too-low]: from 1-0-0 to 1-0-1 is less than the revision that the change asks for" in out
    assert "hint: make it 1-1-0" in out


@pytest.mark.parametrize("words", [["schema"], ["schema", "nothing"], ["schema", "diff", "a.json"]])
def test_a_wrong_command_line(words: list[str]) -> None:
    """What is no command line is told as such."""
    assert main(words) == 2


def test_help_imports_nothing_heavy() -> None:
    """The help of the group needs no library that reads schemas."""
    program = (
        "from eventlint.cli import main; import sys; main(['schema', 'lint', '--help']); "
        "print(sorted({'jsonschema', 'referencing', 'subprocess'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")
