"""The command line itself: help, unknown words, lists, and the targets of ``--output``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from eventlint.cli import main
from eventlint.output.targets import target
from tests.cli.test_check import GOOD, Write, write

__all__ = ["write"]


@pytest.mark.parametrize(("words", "command"), [([], "explain"), (["schema"], "export")])
def test_a_bare_command_shows_its_help(words: list[str], command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The help lists the commands; the exit code is that of a usage error."""
    assert main(words) == 2
    err = capsys.readouterr().err
    assert f"    {command} " in err
    assert "error" not in err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["chekc"], "unknown command 'chekc'; did you mean 'check'?"),
        (["validate"], "unknown command 'validate'; did you mean 'check'?"),
        (["fix"], "unknown command 'fix'; did you mean 'check --fix'?"),
        (["search.json"], "unknown command 'search.json'; to check files, run: eventlint check search.json"),
        (["schema", "dif"], "unknown command 'dif'; did you mean 'diff'?"),
        (["--verson"], "unknown option '--verson'; did you mean '--version'?"),
        (["check", "--stat"], "unknown option '--stat'; did you mean '--statistics'?"),
        (["check", "--format", "JUnit"], "--format: unknown value 'JUnit'; did you mean 'junit'?"),
        (["check", "--event-type", "serch"], "--event-type: unknown value 'serch'; did you mean 'search'?"),
        (["check", "--color", "x"], "--color: unknown value 'x'; choose from: auto, always, never"),
        (["check", "--fail-on", "error,los"], "--fail-on: unknown tier 'los'; did you mean 'loss'?"),
        (["check", "--fail-on", "error,"], "--fail-on: 'error,' has an empty tier"),
        (["check", "--select", "blnk-id"], "unknown rule 'blnk-id'; did you mean 'blank-id'?"),
        (["check", "--output", "sarfi:x"], "--output: unknown format 'sarfi'; did you mean 'sarif:x'?"),
        (["check", "--jobs", "0"], "--jobs: '0' is not a positive integer or 'auto'"),
        (["schema", "lint", "--fail-on", "eror"], "--fail-on: unknown tier 'eror'; did you mean 'error'?"),
        (["answer"], "the following arguments are required: FILE; run: eventlint answer --help"),
    ],
)
def test_a_wrong_word_gets_one_line(
    words: list[str], message: str, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line names the word and the most similar one; no usage follows."""
    write("search.json", GOOD)
    assert main(words) == 2
    assert capsys.readouterr() == ("", f"eventlint: error: {message}\n")


def test_lists_may_be_separated_by_commas(write: Write) -> None:
    """One option with a list is the same as several options."""
    write("search.json", GOOD.replace('"q"', '""'))
    assert main(["check", "--fail-on", "error,loss", "search.json"]) == 0
    assert main(["check", "--fail-on", "error, lint", "search.json"]) == 1
    assert main(["check", "--fail-on", "error", "--fail-on", "lint", "search.json"]) == 1
    request = "POST _application/analytics/b/event/search\n"
    write("r.http", request + GOOD)
    assert main(["check", "--collection", "a,b", "r.http"]) == 0
    assert main(["check", "--collection", "a,c", "r.http"]) == 1


def test_releases_in_a_list_are_compared(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """A finding of one release only names it."""
    page = f'"q","page":{{"size":"{"0" * 1001}"}}'
    write("search.json", GOOD.replace('"q"', page))
    main(["check", "--release", "8.18,9.5", "--format", "concise", "search.json"])
    assert " [9.5]\n" in capsys.readouterr().out


def test_help_is_also_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    """``eventlint help check`` is ``eventlint check --help``."""
    assert main(["help", "check"]) == 0
    assert capsys.readouterr().out.startswith("usage: eventlint check ")
    assert main(["help"]) == 0
    assert capsys.readouterr().out.startswith("usage: eventlint [-h]")


@pytest.mark.parametrize("option", ["-V", "--version"])
def test_the_version(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The version is printed to standard output."""
    assert main([option]) == 0
    assert capsys.readouterr().out.startswith("eventlint ")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sarif:report.out", ("sarif", "report.out")),
        ("report.sarif", ("sarif", "report.sarif")),
        ("out/Report.JSON", ("json", "out/Report.JSON")),
        ("gl-code-quality-report.json", ("gitlab", "gl-code-quality-report.json")),
        ("report.sarif.json", ("sarif", "report.sarif.json")),
        ("findings.ndjson", ("jsonl", "findings.ndjson")),
        ("C:\\reports\\x.sarif", ("sarif", "C:\\reports\\x.sarif")),
        ("junit:C:\\reports\\x.sarif", ("junit", "C:\\reports\\x.sarif")),
        ("text:a:b", ("text", "a:b")),
        ("./a:b.md", ("markdown", "./a:b.md")),
    ],
)
def test_the_target_of_an_output(text: str, found: tuple[str, str]) -> None:
    """The format is written before the file, or the name of the file indicates it."""
    assert target(text) == found


@pytest.mark.parametrize("text", ["report", "report.pdf", "sarif", "sarif:", "nope:x.sarif", "", ":x.json"])
def test_an_output_without_a_format(text: str) -> None:
    """A name that indicates no format is an error."""
    with pytest.raises(ValueError, match="format"):
        target(text)


def test_an_output_with_a_guessed_format(write: Write, tmp_path: Path) -> None:
    """The file has the format of its suffix, on the command line and in the configuration."""
    write("search.json", GOOD)
    write("eventlint.toml", 'output = ["b.xml"]')
    assert main(["check", "--output", "a.sarif", "search.json"]) == 0
    assert '"2.1.0"' in (tmp_path / "a.sarif").read_text()
    assert main(["check", "search.json"]) == 0
    assert "<testsuites>" in (tmp_path / "b.xml").read_text()


def test_the_details_of_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    """The engine and the plan decide how fast an installation is; each has a line."""
    assert main(["--version", "--verbose"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["eventlint", "python", "engine", "plan"]


def test_details_of_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """An option before the command is not silently ignored."""
    assert main(["--verbose", "check"]) == 2
    assert "--verbose must follow the command" in capsys.readouterr().err


def test_the_engine_that_is_turned_off() -> None:
    """The environment variable is named, so that nobody looks for a missing library."""
    command = [sys.executable, "-m", "eventlint", "--version", "--verbose"]
    environment = {**os.environ, "EVENTLINT_NATIVE": "0"}
    finished = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert "engine python (turned off by EVENTLINT_NATIVE=0)" in finished.stdout
