"""The examples in the README run as shown."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest

from eventlint.cli import main
from eventlint.config import load
from eventlint.selection import selection

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("block", [text for kind, text in BLOCKS if kind == "console"], ids=lambda text: text[2:40])
def test_commands_print_what_the_readme_shows(
    block: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A command prints exactly the output below it; ``python -m tools.generate`` updates the README."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "120")
    command, _, expected = block.partition("\n")
    main(shlex.split(command.removeprefix("$ eventlint ")))
    assert capfd.readouterr().out == expected


def test_the_python_example_runs() -> None:
    """Each expression has the value shown below it."""
    (code,) = [text for kind, text in BLOCKS if kind == "python"]
    test = doctest.DocTestParser().get_doctest(code, {}, "README", "README.md", 0)
    assert doctest.DocTestRunner().run(test).failed == 0


def test_the_configuration_can_be_loaded(tmp_path: Path) -> None:
    """The configuration has no errors, and names only known rules."""
    (text,) = [text for kind, text in BLOCKS if kind == "toml"]
    (tmp_path / "pyproject.toml").write_text(text)
    config = load(str(tmp_path / "pyproject.toml"))
    assert config.get("release") == ["8.19"]
    assert len(selection((), (), config).suppressions) == 1


def test_set_up_is_two_commands() -> None:
    """The section "Set up" has exactly two shell blocks, each with one command line."""
    section = README.partition("## Set up")[2].partition("\n## ")[0]
    blocks = re.findall(r"^```(\w+)\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    assert [kind for kind, _ in blocks] == ["shell", "shell"]
    assert all(text.count("\n") == 1 for _, text in blocks)
