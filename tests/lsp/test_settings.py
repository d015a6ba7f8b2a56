"""The configuration of files in an editor."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from eventlint.lsp.settings import ClientOptions, Workspace, client_options


def test_the_closest_configuration_counts(tmp_path: Path) -> None:
    """A file in a folder without one has that of a folder above it."""
    (tmp_path / "eventlint.toml").write_text('ignore = ["lint"]')
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner/eventlint.toml").write_text('release = ["8.19"]')
    workspace = Workspace([str(tmp_path)])
    assert workspace.settings(str(tmp_path / "a/search.json")).job.releases == ("latest",)
    assert "empty-query" not in workspace.settings(str(tmp_path / "a/search.json")).file.on
    assert workspace.settings(str(tmp_path / "inner/search.json")).job.releases == ("8.19",)


def test_a_repository_inside_of_the_workspace_has_the_configuration_of_the_workspace(tmp_path: Path) -> None:
    """As with ``eventlint check`` in the folder of the workspace."""
    (tmp_path / "eventlint.toml").write_text('release = ["8.19"]')
    (tmp_path / "module/.git").mkdir(parents=True)
    path = str(tmp_path / "module/search.json")
    assert Workspace([str(tmp_path)]).settings(path).job.releases == ("8.19",)
    assert Workspace().settings(path).config.path is None


def test_options_of_the_client_have_precedence(tmp_path: Path) -> None:
    """An editor can choose a release, rules and a configuration file."""
    (tmp_path / "eventlint.toml").write_text('release = ["8.19"]')
    (tmp_path / "other.toml").write_text('ignore = ["lint"]')
    path = str(tmp_path / "search.json")
    chosen = Workspace([], ClientOptions(release=("9.0",), ignore=("loss",))).settings(path)
    assert chosen.job.releases == ("9.0",)
    assert "coerced-integer" not in chosen.file.on
    named = Workspace([], ClientOptions(configuration=str(tmp_path / "other.toml"))).settings(path)
    assert (named.job.releases, "empty-query" in named.file.on) == (("latest",), False)


@pytest.mark.parametrize(
    "content", ["relase = 1", "release = ['1.0']", "select = ['no-such-rule']", "x", "contracts = ['none/']"]
)
def test_a_wrong_configuration_is_an_error_of_each_file(tmp_path: Path, content: str) -> None:
    """The server goes on, and says why it cannot check."""
    (tmp_path / "eventlint.toml").write_text(content)
    assert Workspace([str(tmp_path)]).settings(str(tmp_path / "search.json")).error


def test_a_wrong_pattern_is_an_error(tmp_path: Path) -> None:
    """Patterns are compiled when they are used."""
    (tmp_path / "eventlint.toml").write_text("exclude = ['a[']\n[per-path-ignores]\n'**a' = ['lint']\n'!' = ['lint']")
    settings = Workspace([str(tmp_path)]).settings(str(tmp_path / "search.json"))
    assert settings.error is None or "pattern" in settings.error


def _touch(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    os.utime(path, ns=(1, 1))


@pytest.mark.parametrize(
    "changed", ["eventlint.toml", "search/eventlint.toml", "base.toml", "schemas/a.json", "known.json"]
)
def test_a_change_of_a_file_that_the_configuration_is_from_is_noticed(tmp_path: Path, changed: str) -> None:
    """Also of one that did not exist before."""
    _touch(tmp_path / "base.toml", 'ignore = ["lint"]')
    schema = (
        '{"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "urn:a:1-0-0", '
        '"title": "a", "description": "b", "x-applies-to": {"events": ["search"]}, "type": "object"}'
    )
    _touch(tmp_path / "schemas/a.json", schema)
    _touch(tmp_path / "known.json", '{"version": 1, "findings": []}')
    _touch(tmp_path / "eventlint.toml", 'extend = "base.toml"\ncontracts = ["schemas/"]\nbaseline = "known.json"')
    workspace = Workspace([str(tmp_path)])
    workspace.settings(str(tmp_path / "search/a.json"))
    assert not workspace.has_changed()
    path = tmp_path / changed
    path.parent.mkdir(exist_ok=True)
    path.write_text(path.read_text() + " " if path.exists() else "")
    assert workspace.has_changed()
    workspace.reload()
    workspace.settings(str(tmp_path / "search/a.json"))
    assert not workspace.has_changed()


def test_options_that_are_wrong_are_reported() -> None:
    """One that is wrong has its default, and the others are used."""
    options, problems = client_options({"release": "9.0", "maxDiagnostics": "many", "relase": 1, "debounce": True})
    assert options == ClientOptions(release=("9.0",))
    assert [problem.partition(";")[0] for problem in problems] == [
        "option 'maxDiagnostics' has the wrong type",
        "unknown option 'relase'",
        "option 'debounce' has the wrong type",
    ]
    assert client_options(None) == (ClientOptions(), [])
