"""Which regular expressions may be run on which texts."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint.schemas.patterns import is_affordable, search, why_catastrophic
from eventlint.schemas.regex_samples import texts
from eventlint.schemas.regex_tree import Unreadable, parse


@pytest.mark.parametrize(
    "pattern",
    [
        "^(a+)+$",
        "(a*)*b",
        "^(a|a)*$",
        "^(a|b|ab)*c$",
        "^(\\w+\\s?)*$",
        "^([a-z0-9]+-?)*$",
        "(x+x+)+y",
        "((|a)*c)*$",
        "(a?){50}a{50}",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        "^(a|(?:a))*$",
        "(?i)^(a|A)*$",
        "^(\\d|[0-4])*$",
        "^((ab)*)*$",
        "[",
    ],
)
def test_what_may_take_forever(pattern: str) -> None:
    """An expression whose ways double with each character is refused, with a reason."""
    assert why_catastrophic(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "^a+$",
        "^[a-z]+(-[a-z]+)*$",
        "^(\\d{1,3}\\.){3}\\d{1,3}$",
        "^[^@]+@[^@]+\\.[^@]+$",
        "^(?=.*\\d)(?=.*[a-z]).{8,}$",
        "^(foo|bar|baz)$",
        "^(?:[01]\\d|2[0-3]):[0-5]\\d$",
        "^\\s*\\S.*$",
        "^(a|b)*$",
        "(.*)\\1",
        "[^\\u0009-\\u000D]",
        "^[^\\]]{0,64}$",
    ],
)
def test_what_may_be_run(pattern: str) -> None:
    """Expressions that people write are not refused."""
    assert why_catastrophic(pattern) is None


@pytest.mark.parametrize("pattern", ["^a*a*b$", "a*a*a*a*b", "a?" * 30 + "a" * 30, "^(a+)+$"])
def test_a_text_that_would_take_too_long_is_not_tried(pattern: str) -> None:
    """Where a search could take more steps than the budget, there is no answer instead of a wait."""
    assert search(pattern, "a" * 3000) is None


def test_a_short_text_is_tried() -> None:
    """An expression whose ways grow with a power of the length runs on texts that are short enough."""
    assert (search("^a*a*b$", "a" * 50), search("^a*a*b$", "aab")) == (False, True)


ATOMS = st.sampled_from(["a", "b", "[ab]", ".", "\\w", "(?:)", "(?=a)", "\\b", "^", "$"])


def grown(below: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Larger expressions out of smaller ones."""
    several = st.lists(below, min_size=1, max_size=3)
    counts = st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "*?"])
    return (
        several.map("".join)
        | several.map(lambda parts: f"({'|'.join(parts)})")
        | st.tuples(below, counts).map(lambda pair: f"(?:{pair[0]}){pair[1]}")
    )


PATTERNS = st.recursive(ATOMS, grown, max_leaves=8)


@given(PATTERNS, st.text("ab", max_size=14))
def test_what_is_tried_is_what_the_library_says(pattern: str, text: str) -> None:
    """An answer is the library's; an expression that is read gives texts that it mostly matches."""
    answer = search(pattern, text)
    assert answer is None or answer == bool(re.search(pattern, text))


@given(PATTERNS)
def test_short_texts_are_affordable_unless_refused(pattern: str) -> None:
    """An expression that is not catastrophic can be tried on a text of a few characters."""
    if why_catastrophic(pattern) is None:
        assert is_affordable(pattern, "abab")


@pytest.mark.filterwarnings("ignore::FutureWarning")
@given(st.text("ab()[]|*+?{}1,\\dw^$.-", max_size=12))
def test_any_text_is_read_or_refused(text: str) -> None:
    """What can be compiled is read or refused; nothing else is raised."""
    why_catastrophic(text)
    try:
        re.compile(text)
    except (re.error, OverflowError):
        return
    try:
        parse(text)
    except Unreadable:
        return


@pytest.mark.parametrize(
    "pattern", ["^[a-c]+$", "^\\d{4}-\\d{2}$", "^(foo|bar)$", "^[^ ]{3,5}$", "^\\$[A-Z]", "a|b", "^x?y*z+$", "(?i)^ab$"]
)
def test_samples_match(pattern: str) -> None:
    """Most sampled texts match, and there are several."""
    found = texts(pattern)
    assert sum(bool(re.search(pattern, text)) for text in found) >= max(1, len(found) - 1)
