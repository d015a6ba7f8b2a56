"""Patterns for paths match what pathspec and git match, in linear time."""

from __future__ import annotations

import os

import pathspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint.inputs.path_patterns import compile_patterns, matches

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


SIMPLE_NAMES = st.lists(st.sampled_from(["a", "b", "ab", "*", "-", ".b", "**", ".", "é"]), min_size=1, max_size=4)
SIMPLE_PATTERNS = st.tuples(
    st.sampled_from(["", "/"]),
    st.lists(SIMPLE_NAMES.map("".join), min_size=1, max_size=3).map("/".join),
    st.sampled_from(["", "/"]),
).map("".join)
SIMPLE_PATHS = st.lists(st.sampled_from(["a", "b", "ab", "aab", "a.b", "-", ".b", ".."]), min_size=1, max_size=4)


@given(st.lists(SIMPLE_PATTERNS, min_size=1, max_size=2), SIMPLE_PATHS.map("/".join))
def test_simple_patterns_match_the_same_paths(patterns: list[str], path: str) -> None:
    """Simple patterns are matched without pathspec."""
    name = os.path.normpath(path)
    expected = pathspec.GitIgnoreSpec.from_lines(patterns)
    assert matches(tuple(patterns), path, ".") == (expected.match_file(name) or expected.match_file(name + "/"))


def test_a_hostile_simple_pattern_ends() -> None:
    """With backtracking, it would take years."""
    assert not matches(("*a" * 40 + "b",), "a" * 200, ".")


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
