"""Globs find the same as those of Python, but never follow a cycle of links."""

from __future__ import annotations

import glob
from pathlib import Path

import pytest

from eventlint.inputs.globs import expand

PATTERNS = ["*", "**", "**/*", "**/*.json", "a/**/x.json", "*/x.json", "a/../*.json", "[ab]/*", ".h/*", ".*", "**/b/**"]
PATTERNS += ["**/**/x.json", "./*", "a/*/", "none/*", "?", "**/.x.json"]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folders and files, some of them hidden."""
    for path in ("a/x.json", "a/b/x.json", "a/b/c/y.json", "b/z.json", ".h/x.json", "x.json", ".x.json", "a/.x.json"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("{}")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("is_absolute", [True, False])
def test_without_links_it_finds_what_python_finds(pattern: str, is_absolute: bool, tree: Path) -> None:
    """Files only, as the command line uses it."""
    if is_absolute:
        pattern = f"{tree}/{pattern}"
    expected = {str(Path(path)) for path in glob.glob(pattern, recursive=True) if Path(path).is_file()}
    assert {str(Path(path)) for path in expand(pattern) if Path(path).is_file()} == expected


def test_a_cycle_of_links_is_not_followed(tree: Path) -> None:
    """Two links that lead up would give 2 to the power of 40 paths."""
    (tree / "a/up").symlink_to("..")
    (tree / "a/again").symlink_to("..")
    assert sorted(expand("**/y.json")) == ["a/b/c/y.json"]


def test_a_link_in_a_named_place_is_followed(tree: Path) -> None:
    """Only ``**`` stays out of links."""
    (tree / "l").symlink_to("a")
    assert sorted(expand("l*/x.json")) == ["l/x.json"]
