"""The names that the server suggests for unknown ones."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint.mirror.suggestions import did_you_mean, suggestions

LETTERS = "aé😀_"
NAMES = st.text(st.sampled_from(LETTERS), max_size=4)
KNOWN = st.lists(st.text(st.sampled_from("aé_"), min_size=1, max_size=5), min_size=1, max_size=4, unique=True)


def edits(one: bytes, other: bytes) -> int:
    """The edits between two texts of units of two bytes, by the definition."""
    if not one or not other:
        return (len(one) + len(other)) // 2
    if one[:2] == other[:2]:
        return edits(one[2:], other[2:])
    return 1 + min(edits(one[2:], other), edits(one, other[2:]), edits(one[2:], other[2:]))


@given(NAMES, KNOWN)
def test_suggestions_agree_with_the_definition(unknown: str, known: list[str]) -> None:
    """A name is suggested when the edits are less than half of the longer length, in UTF-16 units."""
    units = unknown.encode("utf-16-le")
    near = []
    for name in known:
        other = name.encode("utf-16-le")
        share = 1 - Fraction(edits(units, other), max(len(units), len(other)) // 2)
        if share > Fraction(1, 2):
            near.append((-share, name))
    assert suggestions(unknown, known) == [name for _, name in sorted(near)]


@pytest.mark.parametrize(
    ("unknown", "question"),
    [
        ("x", ""),
        ("serch", " did you mean [search]?"),
        ("Page", " did you mean any of [page, paged]?"),
        ("PAGE", ""),
    ],
)
def test_the_question(unknown: str, question: str) -> None:
    """Names are case-sensitive; several similar names are listed."""
    assert did_you_mean(unknown, ["paged", "page", "search"]) == question
