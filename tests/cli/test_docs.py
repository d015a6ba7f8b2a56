"""``eventlint docs``: what it writes, and where."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from eventlint import load_contract
from eventlint.cli import exit_codes as exits
from eventlint.cli import main
from eventlint.docs import build
from eventlint.docs import markdown_pages as markdown
from eventlint.docs.html_page import page

CONTRACT = str(Path(__file__).parent.parent.parent / "examples/contracts/schemas")


def test_one_document_on_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a folder, the whole document is printed."""
    assert main(["docs"]) == exits.CLEAN
    assert capsys.readouterr().out == markdown.whole(build())


def test_html_on_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    """HTML is one file, so it can be printed too."""
    assert main(["docs", "--format", "html", "--release", "8.19"]) == exits.CLEAN
    assert capsys.readouterr().out == page(build("8.19"))


def test_pages_in_a_folder(tmp_path: Path) -> None:
    """In a folder, each event and each rule has a page, and there is an index."""
    assert main(["docs", "-o", str(tmp_path / "a" / "b")]) == exits.CLEAN
    files = (path for path in tmp_path.rglob("*.md"))
    found = {path.relative_to(tmp_path / "a/b").as_posix(): path.read_text(encoding="utf-8") for path in files}
    assert found == markdown.pages(build())


def test_one_html_file_in_a_folder(tmp_path: Path) -> None:
    """HTML in a folder is one file, the index."""
    assert main(["docs", "--format", "html", "-o", str(tmp_path)]) == exits.CLEAN
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


def test_an_unknown_release_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    """The message names the release."""
    assert main(["docs", "--release", "7.1"]) == exits.USAGE
    assert "7.1" in capsys.readouterr().err


def test_a_folder_that_cannot_be_created(tmp_path: Path) -> None:
    """A file in place of the folder is an I/O error."""
    (tmp_path / "file").write_text("")
    assert main(["docs", "-o", str(tmp_path / "file")]) == exits.FAILED


def test_without_its_libraries_html_names_the_extra(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Markdown needs no extra; HTML names the extra to install."""
    monkeypatch.setitem(sys.modules, "jinja2", None)
    assert main(["docs", "--format", "html"]) == exits.USAGE
    assert "pip install 'eventlint[docs]'" in capsys.readouterr().err
    assert main(["docs"]) == exits.CLEAN


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_rules_of_a_custom_contract_are_listed_with_their_fields(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each rule of a custom contract is listed with the document that defines it."""
    contract = load_contract(CONTRACT)
    assert main(["docs", "--isolated", "--format", form, "--contract", CONTRACT]) == exits.CLEAN
    text = capsys.readouterr().out
    assert [name for name in contract.rule_names if name not in text] == []
    lines = [line for line in text.splitlines() if "uuid-user" in line]
    assert any("urn:acme:contract:visitors:1-0-0" in line and "a UUID" in line for line in lines)


def test_the_configuration_names_the_contract(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The documentation covers the contract in the configuration."""
    shutil.copytree(CONTRACT, tmp_path / "contracts")
    (tmp_path / "eventlint.toml").write_text('contracts = ["contracts"]')
    monkeypatch.chdir(tmp_path)
    assert main(["docs"]) == exits.CLEAN
    assert "uuid-user" in capsys.readouterr().out
    assert main(["docs", "--isolated"]) == exits.CLEAN
    assert "uuid-user" not in capsys.readouterr().out
