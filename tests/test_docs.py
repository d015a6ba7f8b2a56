"""The pages of the docs keep their word."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from eventlint.cli import main

ROOT = Path(__file__).parent.parent
PAGES = [*sorted(path for path in ROOT.glob("docs/**/*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
COMMAND = re.compile(r"eventlint check (--[^\n]*)")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_to_files(path: Path) -> None:
    """Each link to a file of the project leads to one."""
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text())
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_the_commands_of_the_snippets_can_be_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The options in the snippets for pipelines are options that there are; each output is written."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "search.json").write_text((ROOT / "examples/good/search.json").read_text())
    commands = COMMAND.findall((ROOT / "docs/ci.md").read_text())
    assert len(commands) == 2
    for command in commands:
        assert main(["check", *shlex.split(command), "search.json"]) == 0
    written = {path.name for path in tmp_path.iterdir()} - {"search.json"}
    assert written == {"eventlint.sarif", "eventlint.md", "gl-code-quality-report.json", "eventlint.xml"}


def test_the_hooks_call_commands_that_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    """Each hook's entry is a command line that can be understood."""
    entries = re.findall(r"entry: eventlint (.*)", (ROOT / ".pre-commit-hooks.yaml").read_text())
    assert len(entries) == 3
    for entry in entries:
        assert main([*shlex.split(entry), "--help"]) == 0
