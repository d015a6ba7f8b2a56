"""Contracts in installed packages, which are found and not imported."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

import eventlint
from eventlint.cli import main
from tests.contract.conftest import SEARCH, of_search, search

SHARED = {
    "$id": "urn:shared:search:1-0-0",
    "title": "Shared",
    "description": "Shared rules.",
    "allOf": [{"$ref": SEARCH}],
    **of_search({"properties": {"query": {"$ref": "#/$defs/query"}}}),
    "$defs": {"query": {"x-rule": {"name": "long-query", "message": "the query is too long"}, "maxLength": 3}},
}
OWN = {
    "$id": "urn:own:click:1-0-0",
    "title": "Own",
    "description": "Rules that build on those of the package.",
    "x-applies-to": {"events": ["search_click"]},
    **of_search({"properties": {"query": {"$ref": "urn:shared:search:1-0-0#/$defs/query"}}}),
}


@pytest.fixture(autouse=True)
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package whose import fails, with a contract in it."""
    folder = tmp_path / "site" / "acme_events"
    (folder / "contracts" / "search").mkdir(parents=True)
    (folder / "__init__.py").write_text("raise RuntimeError('it was imported')")
    (folder / "contracts/search/1-0-0.json").write_text(json.dumps(SHARED))
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    monkeypatch.chdir(tmp_path)
    return folder


def test_a_contract_is_loaded_from_a_package() -> None:
    """The package is not imported."""
    contract = eventlint.load_contract("package:acme_events/contracts")
    assert contract.identifiers == ("urn:shared:search:1-0-0",)
    assert "acme_events" not in sys.modules


def test_the_configuration_and_options_name_packages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Documents of the repository may refer to those of the package."""
    (tmp_path / "contracts").mkdir()
    (tmp_path / "contracts/own.json").write_text(json.dumps(OWN))
    click = {**search(), "document": {"id": "42"}}
    (tmp_path / "search_click.json").write_text(json.dumps(click))
    (tmp_path / "eventlint.toml").write_text('contracts = ["package:acme_events/contracts", "contracts"]')
    assert main(["check", "--format", "concise"]) == 1
    assert "contract[long-query]: the query is too long (/search/query)" in capsys.readouterr().out
    (tmp_path / "search.json").write_text(json.dumps(search()))
    assert main(["check", "--isolated", "--contract", "package:acme_events", "search.json"]) == 1
    assert main(["schema", "lint", "--isolated", "package:acme_events/contracts"]) == 0


@pytest.mark.parametrize(
    ("path", "error", "words"),
    [
        ("package:acme_evnts/contracts", eventlint.InputError, "no package acme_evnts is installed"),
        ("package:acme_events/schemas", eventlint.InputError, "has no schemas"),
        ("package:acme_events/../..", eventlint.UsageError, "write package:acme_events/contracts"),
        ("package:", eventlint.UsageError, "write package:acme_events/contracts"),
        ("package:os", eventlint.InputError, "has no folder"),
    ],
)
def test_what_is_missing_has_a_message(path: str, error: type[Exception], words: str) -> None:
    """A missing package or folder is an input error, and another way to write it a usage error."""
    with pytest.raises(error, match=words):
        eventlint.load_contract(path)
