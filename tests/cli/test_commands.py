"""``rules``, ``explain`` and ``init``, and output files."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

from eventlint import check
from eventlint.cli import main
from eventlint.rules.reasons import innermost, is_wrapper, rule_of_reason
from tests.cli.test_check import GOOD, Write, write
from tests.corpus import payload_cases, sampled_cases

__all__ = ["write"]
NEWEST = "9.5.4"
CONTRACT = str(Path(__file__).parent.parent.parent / "examples/contracts/schemas")


def reasons(body: str) -> list[str]:
    """All reasons in an answer, outermost first."""
    error = json.loads(body)["error"]
    found = []
    while isinstance(error, dict):
        found.append(error["reason"])
        error = error.get("caused_by")
    return [*found, error] if error else found


def test_each_reason_of_the_corpus_names_its_rule() -> None:
    """The innermost reason leads to the reported rule; outer ones lead to it too, or only give the position."""
    wrong = []
    for case in payload_cases():
        for answer in case.answers:
            if answer["status"] < 400 or not answer.get("body", "").startswith("{"):
                continue  # accepted, or in another format
            first = check(case.body, case.event_type, release=answer["eras"][-1]).first_error
            wanted = first.rule if first else "number-too-long"
            listed = reasons(answer["body"])
            names = [rule_of_reason(reason) for reason in listed if not is_wrapper(reason)]
            if not names or {*names} - {wanted, "key-too-long", "number-too-long"}:
                wrong.append((case.id, wanted, names, listed[-1][:80]))
    assert wrong == []


def test_each_error_of_a_request_has_a_rule() -> None:
    """Each error about a request leads to a rule."""
    wrong = []
    for case in sampled_cases():
        for answer in case.answers:
            if answer["status"] >= 400 and answer.get("body", "").startswith('{"error'):
                text = innermost(answer["body"])
                if rule_of_reason(text) is None:
                    wrong.append((case.id, text[:100]))
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("[3:14] [search] sort doesn't support values of type: START_ARRAY", "wrong-type"),
        (
            '{"error":{"reason":"[1:2] [x] failed to parse field [a]","caused_by":{"reason":"empty String"}}}',
            "invalid-number",
        ),
        ("2024-01-01 WARN [node] illegal_argument_exception: field [id] can't be blank", "blank-id"),
        ("blank-id", "blank-id"),
    ],
)
def test_explain_takes_rules_and_messages(text: str, rule: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The argument is a rule, a reason, a whole answer, or a line of a log."""
    assert main(["explain", text]) == 0
    assert f"# {rule}\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("blank-idd", "did you mean 'blank-id'?"),
        ("no such words", "neither a rule nor a known server message"),
        ("[1:2] [search_event] failed to parse field [search]", "caused_by"),
    ],
)
def test_explain_rejects_other_words(text: str, hint: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The usage error explains what to do."""
    assert main(["explain", text]) == 2
    assert hint in capsys.readouterr().err


def test_explain_reads_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """``-`` reads the message from standard input."""
    monkeypatch.setattr("sys.stdin", io.StringIO("Duplicate field 'id'\n"))
    assert main(["explain", "-"]) == 0
    assert "# duplicate-key" in capsys.readouterr().out


def test_rules_shows_what_is_enabled_and_why(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """Each rule is on or off, with the option or setting that decides."""
    write("eventlint.toml", 'ignore = ["empty-query"]')
    assert main(["rules", "--ignore", "loss", "--format", "json"]) == 0
    states = {one["rule"]: (one["on"], one["why"]) for one in json.loads(capsys.readouterr().out)}
    assert states["empty-query"] == (False, "ignore in eventlint.toml")
    assert states["dropped-item"] == (False, "--ignore")
    assert states["blank-id"] == (True, "")
    assert main(["rules", "--tier", "lint"]) == 0
    out = capsys.readouterr().out
    assert re.search(r"^empty-query +lint +off .*ignore in eventlint.toml", out, re.MULTILINE)
    assert "blank-id" not in out


def test_init_finds_events(write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The configuration covers files with events and gives their types; other JSON files are left out."""
    click = (
        '{"session":{"id":"s"},"user":{"id":"u"},"search":{"query":"q"},"document":{"id":"1"}}',
        '{"session":{"id":"s"},"user":{"id":"u"},"search":{"query":"q"},"page":{"url":"https://example.com/"}}',
    )
    write("fixtures/a/1.json", click[0])
    write("fixtures/a/2.json", click[1])
    write("fixtures/b/search.json", GOOD)
    write("fixtures/c/other.json", '{"session":{"id":1},"user":{"id":"u"},"page":{"url":"https://example.com/"}}')
    write("package.json", '{"name": "x", "version": "1.0.0"}')
    write("data/list.json", "[1, 2, 3]")
    assert main(["init"]) == 0
    text = (tmp_path / "eventlint.toml").read_text()
    assert '"fixtures/a/*.json" = "search_click"' in text
    assert '"fixtures/c/other.json" = "page_view"' in text
    assert "package.json" not in text
    assert 'include = ["fixtures/a", "fixtures/b", "fixtures/c"]' in text
    capsys.readouterr()
    assert main(["check", "--format", "json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert [(one["path"], one["rule"]) for one in document["findings"]] == [("fixtures/c/other.json", "wrong-type")]
    assert document["summary"]["events"] == 4


def test_init_does_not_replace(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """An existing configuration stays, unless ``--force`` is given."""
    path = write("eventlint.toml", "")
    assert main(["init"]) == 2
    assert path.read_text() == ""
    assert main(["init", "--force"]) == 0
    assert "include" in path.read_text()
    assert main(["check"]) == 3


def test_several_outputs_at_once(write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Standard output and each file have their format."""
    write("search.json", GOOD.replace('"s"', "1"))
    assert main(["check", "--output", "sarif:a.sarif", "--output", "junit:b.xml", "search.json"]) == 1
    assert "wrong-type" in capsys.readouterr().out
    assert json.loads((tmp_path / "a.sarif").read_text())["version"] == "2.1.0"
    assert "<testsuites>" in (tmp_path / "b.xml").read_text()


@pytest.mark.parametrize(("output", "code"), [("sarif", 2), ("nope:x", 2), ("sarif:", 2), ("sarif:no/such/x", 4)])
def test_an_output_that_cannot_be_written(output: str, code: int, write: Write, tmp_path: Path) -> None:
    """The error leaves no files behind."""
    write("search.json", GOOD)
    assert main(["check", "--output", output, "search.json"]) == code
    assert [path.name for path in tmp_path.iterdir()] == ["search.json"]


def test_explain_shows_rules_of_a_custom_contract(capsys: pytest.CaptureFixture[str]) -> None:
    """The page has the message, the pointer and where the rule is defined."""
    assert main(["explain", "--isolated", "--contract", CONTRACT, "uuid-user"]) == 0
    out = capsys.readouterr().out
    assert "the user ID is not a UUID" in out
    assert "`/user/id` in page_view, search, search_click" in out
    assert "visitors/1-0-0.json:" in out
    assert main(["explain", "--isolated", "uuid-user"]) == 2


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["check", "--selct", "error"], "unknown option '--selct'; did you mean '--select'?"),
        (["schema", "lint", "--explian=a"], "unknown option '--explian=a'; did you mean '--explain'?"),
        (["init", "here"], "unknown argument 'here'; run: eventlint init --help"),
    ],
)
def test_unknown_option_is_reported(words: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The usage error names the option, and the most similar one."""
    assert main(words) == 2
    assert capsys.readouterr().err == f"eventlint: error: {message}\n"
