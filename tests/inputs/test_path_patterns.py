"""Patterns for paths match what pathspec and git match, in linear time."""

from __future__ import annotations

import os
from pathlib import Path

import pathspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint.errors import ConfigError
from eventlint.inputs.git_ignores import ignores_in, is_ignored
from eventlint.inputs.path_patterns import PathPatterns, compile_patterns, matches

SEGMENTS = st.one_of(
    st.just("**"),
    st.lists(st.sampled_from(["*", "a", "b", "?", "[ab]", "[!a]", ".", "\\*"]), min_size=1, max_size=6).map("".join),
)
PATTERNS = st.tuples(st.sampled_from(["", "/", "!"]), st.lists(SEGMENTS, min_size=1, max_size=5), st.booleans()).map(
    lambda parts: parts[0] + "/".join(parts[1]) + ("/" if parts[2] else "")
)
PATHS = st.lists(st.text("ab.*c", min_size=1, max_size=6), min_size=1, max_size=6).map("/".join)


@given(st.lists(PATTERNS, min_size=1, max_size=3), st.lists(PATHS, min_size=1, max_size=10))
def test_the_same_paths_match(patterns: list[str], paths: list[str]) -> None:
    """As with pathspec, whose patterns backtrack."""
    expected = pathspec.GitIgnoreSpec.from_lines(patterns)
    found = compile_patterns(patterns)
    for path in paths:
        assert found.match_file(path) == expected.match_file(path)


NAMES = st.lists(st.sampled_from(["a", "b", "ab", "*", "?", "-", ".b", "**", ".", "é", "[ab]", "[a-c]"]), min_size=1)
LINES = st.one_of(
    st.tuples(
        st.sampled_from(["", "/", "!", "!/"]),
        st.lists(st.one_of(st.just("**"), NAMES.map("".join)), min_size=1, max_size=4).map("/".join),
        st.sampled_from(["", "/", " "]),
    ).map("".join),
    st.sampled_from(["", "# a", "/", "*.py[cod]", "!*", "**", "*/", "/*", "a/**", "[!a]", "\\#a", "a\tb", "a//b"]),
)
FILES = st.lists(st.sampled_from(["a", "b", "ab", "aab", "a.b", "-", ".b", "a.pyc", "é", "#a"]), min_size=1, max_size=4)


@given(st.lists(LINES, min_size=1, max_size=4), FILES.map("/".join), st.booleans())
def test_usual_patterns_give_the_verdict_of_pathspec(lines: list[str], path: str, is_folder: bool) -> None:
    """Usual patterns are matched without pathspec: files and folders, with negated patterns."""
    path += "/" if is_folder else ""
    assert PathPatterns(lines).includes(path) == pathspec.GitIgnoreSpec.from_lines(lines).check_file(path).include


@given(st.lists(LINES, min_size=1, max_size=2), FILES.map("/".join), st.sampled_from(["", "./", "../", "a/../"]))
def test_paths_are_normalized(patterns: list[str], path: str, start: str) -> None:
    """A path and its folder may contain dots."""
    name = os.path.normpath(start + path)
    expected = pathspec.GitIgnoreSpec.from_lines(patterns)
    assert matches(tuple(patterns), start + path, ".") == (expected.match_file(name) or expected.match_file(name + "/"))


def test_a_hostile_simple_pattern_ends() -> None:
    """With backtracking, it would take years."""
    assert not matches(("*a" * 40 + "b",), "a" * 200, ".")
    assert not matches(("*[a]" * 40 + "b",), "a" * 200, ".")
    assert not matches(("/".join(["**", "a"] * 30) + "/b",), "/".join("a" * 300), ".")


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a" * 40 + "b", "a" * 200),
        ("**/" + "*a*" * 20 + "c", "a" * 200 + "b"),
        ("/".join(["**", "a"] * 30) + "/b", "/".join("a" * 300)),
        ("x/" + "/".join(["**", "*a*"] * 20) + "/b", "x/" + "/".join(["aa"] * 300)),
        ("?*" * 40 + "b", "a" * 200),
        ("[ab]*" * 40 + "c", "ab" * 100),
    ],
)
def test_hostile_patterns_end(pattern: str, path: str) -> None:
    """Each of these would take years with backtracking."""
    assert not compile_patterns([pattern]).match_file(path)


@pytest.mark.parametrize(
    ("patterns", "path", "folder", "expected"),
    [
        (("fixtures/old/",), "fixtures/old/a.json", ".", True),
        (("old/",), "fixtures/old", ".", True),
        (("/a.json",), "x/a.json", "x", True),
        (("/a.json",), "x/a.json", ".", False),
        ((), "a.json", ".", False),
        (("fixtures\\old\\",), "fixtures/old/a.json", ".", True),
        (("old\\*.json",), "old/a.json", ".", True),
        (("x/\\[id\\]\\a.json",), "x/[id]/a.json", ".", True),
        (("\\!a.json",), "!a.json", ".", True),
    ],
)
def test_patterns_are_relative_to_a_folder(
    patterns: tuple[str, ...], path: str, folder: str, *, expected: bool
) -> None:
    """A pattern for a folder also matches what is in it."""
    assert matches(patterns, path, folder) is expected


@pytest.mark.parametrize("pattern", ["!", "[b-a]", "a/\\"])
def test_an_invalid_pattern_is_a_configuration_error(pattern: str) -> None:
    """It names the pattern."""
    with pytest.raises(ConfigError, match="invalid path pattern"):
        PathPatterns(["a", pattern])


def test_git_discards_invalid_patterns(tmp_path: Path) -> None:
    """The other patterns of the file still apply."""
    (tmp_path / ".gitignore").write_text("a.json\n[b-a]\n!\n")
    ignores = ignores_in(str(tmp_path))
    assert is_ignored(ignores, str(tmp_path / "a.json"))
    assert not is_ignored(ignores, str(tmp_path / "b.json"))
