"""Links and commands in the docs."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from eventlint.cli import main

ROOT = Path(__file__).parent.parent
PAGES = [*sorted(path for path in ROOT.glob("docs/**/*.md")), *sorted(ROOT.glob("*.md"))]
COMMAND = re.compile(r"eventlint check (--[^\n]*)")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_to_files_exist(path: Path) -> None:
    """Each relative link leads to an existing file."""
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text())
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_the_tests_of_each_promise_exist() -> None:
    """Each promise about security names files that exist."""
    names = re.findall(r"`((?:tests|benchmarks)/[^`]*)`", (ROOT / "SECURITY.md").read_text())
    assert len(names) > 10
    assert [name for name in names if not (ROOT / name).exists()] == []


def test_the_pipeline_commands_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands for pipelines run, and write each output."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "search.json").write_text((ROOT / "examples/good/search.json").read_text())
    commands = COMMAND.findall((ROOT / "docs/ci.md").read_text())
    assert len(commands) == 1
    for command in commands:
        assert main(["check", *shlex.split(command), "search.json"]) == 0
    written = {path.name for path in tmp_path.iterdir()} - {"search.json"}
    assert written == {"eventlint.sarif", "eventlint.md", "eventlint.xml"}


def test_the_hooks_have_valid_commands(capsys: pytest.CaptureFixture[str]) -> None:
    """The command line of each hook can be parsed."""
    entries = re.findall(r"entry: eventlint (.*)", (ROOT / ".pre-commit-hooks.yaml").read_text())
    assert len(entries) == 3
    for entry in entries:
        assert main([*shlex.split(entry), "--help"]) == 0
