"""Which findings are reported: rules, paths, pointers, suppressions and baselines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eventlint.cli import main
from tests.cli.test_check import GOOD, Write, write

__all__ = ["write"]

BAD = '{"session":{"id":" s"},"user":{"id":7},"search":{"query":"","results":{"total_results":"3"}}}'
RULES = {"padded-id", "wrong-type", "empty-query", "coerced-integer"}


def found(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    """The findings of a run."""
    main(["check", "--format", "json", *words])
    findings: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["findings"]
    return findings


def names(findings: list[dict[str, Any]]) -> set[str]:
    """The rules of the findings."""
    return {finding["rule"] for finding in findings}


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        ([], RULES),
        (["--select", "loss"], {"coerced-integer"}),
        (["--select", "padded-id,empty-query"], {"padded-id", "empty-query"}),
        (["--select", "all", "--ignore", "lint"], {"wrong-type", "coerced-integer"}),
        (["--ignore", "error", "--ignore", "loss,padded-id"], {"empty-query"}),
    ],
)
def test_select_and_ignore(words: list[str], rules: set[str], write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """Rules are selected by name or tier; ignored rules are not reported."""
    write("search.json", BAD)
    assert names(found(capsys, *words, "search.json")) == rules


@pytest.mark.parametrize(
    ("words", "code"),
    [([], 1), (["--ignore", "error"], 1), (["--select", "lint"], 0), (["--select", "lint", "--fail-on", "lint"], 1)],
)
def test_tiers_that_make_the_run_fail(words: list[str], code: int, write: Write) -> None:
    """By default, errors and losses make the run fail; lint findings do not."""
    write("search.json", BAD)
    assert main(["check", *words, "search.json"]) == code


@pytest.mark.parametrize("word", ["--select", "--ignore"])
def test_an_unknown_rule_suggests_the_nearest(word: str, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown rule on the command line is a usage error."""
    write("search.json", GOOD)
    assert main(["check", word, "padded-ids", "search.json"]) == 2
    assert "did you mean 'padded-id'?" in capsys.readouterr().err


@pytest.mark.parametrize(
    "setting",
    [
        'select = ["padded-ids"]',
        'per-path-ignores = { "*.json" = ["padded-ids"] }',
        'per-pointer-ignores = { "/user" = ["padded-ids"] }',
        'suppress = [{ rule = "padded-ids", reason = "x" }]',
    ],
)
def test_an_unknown_rule_in_the_configuration(setting: str, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown rule in the configuration is a configuration error."""
    write("eventlint.toml", setting)
    write("search.json", GOOD)
    assert main(["check", "search.json"]) == 4
    err = capsys.readouterr().err
    assert "eventlint.toml" in err
    assert "did you mean 'padded-id'?" in err


def test_paths_and_pointers(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """Rules are ignored in files that match a pattern, and below JSON Pointers; elsewhere they stay enabled."""
    write(
        "eventlint.toml",
        '[per-path-ignores]\n"old/" = ["lint"]\n[per-pointer-ignores]\n"/search/*/total_results" = ["loss"]\n',
    )
    write("old/search.json", BAD)
    write("new/search.json", BAD)
    findings = found(capsys, ".")
    by_path = {path: names([one for one in findings if one["path"].startswith(path)]) for path in ("old", "new")}
    assert by_path == {"old": {"wrong-type"}, "new": {"wrong-type", "padded-id", "empty-query"}}


def test_a_suppression_covers_its_finding_and_no_other(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """Path, rule and pointer must match; the summary counts suppressed findings."""
    write(
        "eventlint.toml",
        '[[suppress]]\nrule = "wrong-type"\npath = "a/*.json"\npointer = "/user/id"\nreason = "an old fixture"\n',
    )
    write("a/search.json", BAD)
    write("b/search.json", BAD)
    assert main(["check", "--format", "json", "."]) == 1
    document = json.loads(capsys.readouterr().out)
    assert [one["path"] for one in document["findings"] if one["rule"] == "wrong-type"] == ["b/search.json"]
    assert document["summary"]["suppressed"] == 1
    assert "unused-suppression" not in names(document["findings"])


def test_an_unused_suppression_is_reported(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """It is reported if a file was checked that its path matches."""
    write("eventlint.toml", '[[suppress]]\nrule = "blank-id"\npath = "a/*.json"\nreason = "x"\n')
    write("a/search.json", GOOD)
    write("b/search.json", GOOD)
    assert names(found(capsys, "a")) == {"unused-suppression"}
    assert names(found(capsys, "b")) == set()


def test_a_suppression_needs_a_reason(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """The reason is required."""
    write("eventlint.toml", '[[suppress]]\nrule = "blank-id"\n')
    write("search.json", GOOD)
    assert main(["check", "search.json"]) == 4
    assert "key 'reason' is missing" in capsys.readouterr().err


REQUEST = f"POST _application/analytics/site/event/search\n\n{BAD}\n"


def test_a_comment_suppresses_in_a_request(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """A comment directly above a request suppresses the rules that it names, in this request only."""
    write("a.http", f"# eventlint: ignore[wrong-type, padded-id] known\n{REQUEST}\n{REQUEST}")
    findings = found(capsys, "a.http")
    assert {(one["record"], one["rule"]) for one in findings if one["tier"] == "error"} == {(2, "wrong-type")}
    assert {one["record"] for one in findings if one["rule"] == "padded-id"} == {2}


def test_a_comment_suppresses_in_the_next_line(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """A comment in a payload applies to the next line; the same rule on other lines is reported."""
    body = '{"session":{"id":" s"},\n// eventlint: ignore[padded-id]\n"user":{"id":" u"},"search":{"query":"q"}}'
    write("a.http", f"POST _application/analytics/site/event/search\n\n{body}\n")
    assert [one["line"] for one in found(capsys, "a.http") if one["rule"] == "padded-id"] == [3]


def test_an_unused_comment_is_reported_at_its_position(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """The finding has the line of the comment."""
    write("a.http", f"GET other\n\n# eventlint: ignore[blank-id]\n{REQUEST}")
    (finding,) = [one for one in found(capsys, "a.http") if one["rule"] == "unused-suppression"]
    assert finding["line"] == 3


def test_a_baseline_covers_known_findings(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """Known findings do not make the run fail, even if their lines move; a new finding does, and so does a repeat."""
    path = write("search.ndjson", f"{BAD}\n{GOOD}\n")
    assert main(["check", "--write-baseline", "--baseline", "known.json", "."]) == 0
    assert main(["check", "--baseline", "known.json", "search.ndjson"]) == 0
    path.write_text(f"{GOOD}\n{GOOD}\n{BAD}\n")
    assert main(["check", "--baseline", "known.json", "search.ndjson"]) == 0
    capsys.readouterr()
    path.write_text(f"{BAD}\n{BAD}\n")
    assert main(["check", "--baseline", "known.json", "--format", "json", "search.ndjson"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert document["summary"]["known"] == 4
    assert {one["record"] for one in document["findings"]} == {2}


def test_stale_baseline_entries_are_reported(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """They make the run fail only with ``--strict-baseline``; entries of unchecked files are not stale."""
    path = write("search.json", BAD)
    write("b/search.json", BAD)
    main(["check", "--write-baseline", "."])
    path.write_text(GOOD)
    assert main(["check", "--baseline", "eventlint-baseline.json", "search.json"]) == 0
    err = capsys.readouterr().err
    assert "wrong-type in search.json (/user/id) is no longer found; update the baseline with --write-baseline" in err
    assert "b/search.json" not in err
    assert main(["check", "--baseline", "eventlint-baseline.json", "--strict-baseline", "search.json"]) == 1


@pytest.mark.parametrize("text", ["", "[]", '{"version": 1}', '{"version": 2, "findings": []}', "\x00"])
def test_an_invalid_baseline(text: str, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """A baseline that cannot be read stops the run with an error that names it."""
    write("search.json", GOOD)
    write("known.json", text)
    assert main(["check", "--baseline", "known.json", "search.json"]) == 4
    assert "known.json" in capsys.readouterr().err


def test_a_baseline_in_the_configuration(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The path is relative to the configuration file."""
    write("eventlint.toml", 'baseline = "known.json"')
    write("sub/search.json", BAD)
    assert main(["check", "--write-baseline", "."]) == 0
    assert (tmp_path / "known.json").exists()
    assert main(["check", "."]) == 0


def test_a_deprecated_release_is_reported_once(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """It is reported once per run, if the user named the release; it makes the run fail if lint does."""
    write("search.ndjson", f"{GOOD}\n{GOOD}\n")
    assert names(found(capsys, "search.ndjson")) == set()
    assert names(found(capsys, "--release", "8.19", "search.ndjson")) == set()
    (finding,) = found(capsys, "--release", "9.1", "search.ndjson")
    assert (finding["rule"], finding["path"]) == ("deprecated-api", None)
    assert names(found(capsys, "--release", "9.1", "--ignore", "deprecated-api", "search.ndjson")) == set()
    assert main(["check", "--release", "9.1", "search.ndjson"]) == 0
    assert main(["check", "--release", "9.1", "--fail-on", "lint", "search.ndjson"]) == 1
