"""The page about contracts is correct: its code, configuration, documents and commands are run."""

from __future__ import annotations

import json
import re
import shlex
import textwrap
from pathlib import Path

import pytest

import eventlint
from eventlint.cli import main
from eventlint.config import load
from eventlint.schemas.string_formats import FORMATS
from tests.contract.conftest import ROOT

PAGE = (ROOT / "docs/contracts.md").read_text()
BLOCKS = [
    (kind, textwrap.dedent(text))
    for kind, text in re.findall(r"^ *```(\w+)\n(.*?)^ *```$", PAGE, re.MULTILINE | re.DOTALL)
]


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """The paths on the page are relative to the repository."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "120")


@pytest.mark.parametrize("code", [text for kind, text in BLOCKS if kind == "python"])
def test_the_code_runs(code: str) -> None:
    """Each block runs by itself, and its assertions hold."""
    exec(compile(code, "contracts.md", "exec"), {})  # noqa: S102


@pytest.mark.parametrize("block", [text for kind, text in BLOCKS if kind == "console"])
def test_the_commands_print_what_is_shown(block: str, capfd: pytest.CaptureFixture[str]) -> None:
    """A command prints exactly the lines below it."""
    command, _, expected = block.partition("\n")
    main(shlex.split(command.removeprefix("$ eventlint ")))
    assert capfd.readouterr().out == expected


@pytest.mark.parametrize("text", [text for kind, text in BLOCKS if kind == "toml"])
def test_the_configuration_is_valid(text: str, tmp_path: Path) -> None:
    """The configuration is valid, and names the folder."""
    (tmp_path / "pyproject.toml").write_text(text)
    assert load(str(tmp_path / "pyproject.toml")).get("contracts") == ["contracts"]


@pytest.mark.parametrize("text", [text for kind, text in BLOCKS if kind == "json"])
def test_the_documents_can_be_used(text: str, tmp_path: Path) -> None:
    """Each schema on the page can be used without findings; parts are put where they belong."""
    document = json.loads(text)
    if "$schema" not in document and "x-applies-to" not in document:
        field = "filters" if "properties" in document else "query"
        document = {"x-applies-to": {}, "properties": {"search": {"properties": {field: document}}}}
    if "$schema" not in document:
        document = {"$id": "urn:acme:part:1-0-0", "title": "A part", "description": "A part.", **document}
    (tmp_path / "one.json").write_text(json.dumps(document))
    contract = eventlint.load_contract(tmp_path)
    assert (len(contract.identifiers), contract.warnings) == (1, ())


def test_all_formats_are_listed() -> None:
    """The page lists all formats."""
    section = PAGE.partition("`format` is asserted:")[2].partition("Other formats")[0]
    assert re.findall(r"`([a-z0-9-]+)`", section) == list(FORMATS)


@pytest.mark.parametrize("link", re.findall(r"\]\(#(.*?)\)", PAGE))
def test_each_anchor_exists(link: str) -> None:
    """Each link on the page leads to one of its headings."""
    headings = re.findall(r"^## (.*)$", PAGE, re.MULTILINE)
    assert link in [re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings]
