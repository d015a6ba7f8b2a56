"""Regular expressions: which are supported, what they mean, and samples of what they match."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint.schemas.patterns import encodable, original, search, why_unsupported
from eventlint.schemas.regex_samples import matching_strings
from eventlint.schemas.regex_tree import Unreadable, parse


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("^(?=a)", "lookaround"),
        ("(?<!a)b", "lookaround"),
        (r"(a)\1", "backreferences"),
        (r"(?<n>a)\k<n>", "backreferences"),
        ("(?>a)b", "atomic"),
        (r"[\uD800-\uDFFF]", "surrogates"),
        ("[^]", "empty sets"),
        ("[a&&b]", "escape"),
        ("[[a]]", "escape"),
        ("[a--b]", "escape"),
        ("(", "unterminated subpattern"),
        ("*", "nothing to repeat"),
        ("a{2,1}", "min repeat greater than max repeat"),
        ("(a{1000}){1000}", "too large"),
        (r"\Z", "not part of the supported syntax"),
    ],
)
def test_an_unsupported_pattern_has_a_reason(pattern: str, reason: str) -> None:
    """Patterns that need a backtracking engine, or that engines read differently, are rejected."""
    assert reason in (why_unsupported(pattern) or "")
    assert reason == "escape" or search(pattern, "a") is None


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "^a+$",
        "^(a+)+$",
        r"^[a-z]+(-[a-z]+)*$",
        r"^(\d{1,3}\.){3}\d{1,3}$",
        r"^[^@]+@[^@]+\.[^@]+$",
        "^(foo|bar|baz)$",
        r"^(?:[01]\d|2[0-3]):[0-5]\d$",
        r"^\p{L}+$",
        "(?<year>[0-9]{4})",
        "(?i)abc",
        "[^\\u0009-\\u000D]",
        r"^[^\[\]]{0,64}$",
        r"\\[1]",
    ],
)
def test_usual_patterns_are_supported(pattern: str) -> None:
    """Patterns that people write are supported."""
    assert why_unsupported(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("b", "abc", True),
        ("^b", "abc", False),
        ("a$", "a\n", False),
        (r"^\d$", "7", True),
        (r"^\d$", "٣", False),
        (r"^\w$", "é", False),
        (r"^\W$", "é", True),
        (r"^\s$", "\u3000", True),
        (r"^\s$", "\ufeff", True),
        ("^.$", "\n", False),
        ("^.$", "\u2028", False),
        ("^.$", "😀", True),
        ("^.$", "\ud800", True),
        ("^[\ud800-\udfff]$", "\udc00", True),
        (r"^\p{Lu}$", "É", True),
    ],
)
def test_patterns_mean_the_same_as_in_ecmascript(pattern: str, text: str, matches: bool) -> None:
    r"""Classes are those of ECMAScript: ``\d`` and ``\w`` are ASCII, ``\s`` is Unicode, ``$`` is the very end."""
    assert search(pattern, text) is matches


@pytest.mark.parametrize("pattern", ["^(a+)+$", "^(a|a)*$", "a*a*a*a*b", "^(a|b|ab)*c$", "^(([a-z])+.)+[A-Z]([a-z])+$"])
def test_matching_takes_linear_time(pattern: str) -> None:
    """A long string is quick, whatever the pattern; the limit leaves room for a slow machine."""
    search(pattern, "a")
    started = time.process_time()
    assert search(pattern, "a" * 50_000 + "!") is False
    assert time.process_time() - started < 10


@given(st.text(st.characters() | st.characters(categories=["Cs"])))
def test_lone_surrogates_are_replaced_one_for_one(text: str) -> None:
    """A string with lone surrogates gets an encoding, keeps its length, and can be restored."""
    found = encodable(text)
    found.encode()
    assert len(found) == len(text)
    assert original(found) == text or re.search("[\U000fd800-\U000fdfff]", text)


ATOMS = st.sampled_from(["a", "b", "[ab]", ".", "\\w", "(?:)", "\\b", "^", "$"])


def grown(below: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Larger expressions from smaller ones."""
    several = st.lists(below, min_size=1, max_size=3)
    counts = st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "*?"])
    return (
        several.map("".join)
        | several.map(lambda parts: f"({'|'.join(parts)})")
        | st.tuples(below, counts).map(lambda pair: f"(?:{pair[0]}){pair[1]}")
    )


PATTERNS = st.recursive(ATOMS, grown, max_leaves=8)


@given(PATTERNS, st.text("ab", max_size=14))
def test_matching_agrees_with_python(pattern: str, text: str) -> None:
    """In the common part of the languages, the answer is that of :mod:`re`."""
    assert search(pattern, text) == bool(re.search(pattern, text))


@pytest.mark.filterwarnings("ignore::FutureWarning")
@given(st.text("ab()[]|*+?{}1,\\dw^$.-&~", max_size=12))
def test_any_string_is_supported_or_has_a_reason(text: str) -> None:
    """No string raises; a supported pattern has an answer, and its tree can be read or is unknown."""
    if why_unsupported(text) is None:
        assert search(text, "ab") is not None
        try:
            parse(text)
        except Unreadable:
            return


SAMPLED = [
    "^[a-c]+$",
    r"^\d{4}-\d{2}$",
    "^(foo|bar)$",
    "^[^ ]{3,5}$",
    r"^\$[A-Z]",
    "a|b",
    "^x?y*z+$",
    "^x+?y{2,}?$",
    "^(?:ab|)$",
    "^(?P<name>ab)$",
    "^(?<name>ab)$",
    r"\Aab\z",
    r"^\bab\b$",
    r"^[\d_]{3}$",
    r"^[\]\\\-]$",
    r"^[\x41-\u0043]\U00000044$",
    "^[一-丐]$",
    "^[^a0A _.é~bz9\n-]$",
    "(?i)^ab$",
    "(?i)^[a-c]x$",
    "(?i)^[a-\u0200]$",
]


@pytest.mark.parametrize("pattern", SAMPLED)
def test_samples_match(pattern: str) -> None:
    """Most sampled strings match, and there is at least one."""
    found = matching_strings(pattern)
    assert sum(bool(search(pattern, text)) for text in found) >= max(1, len(found) - 1)


@pytest.mark.parametrize("pattern", [r"^\p{Lu}$", r"^\x{41}$", "(?i:a)", "(?-i)a"])
def test_an_unknown_syntax_has_no_samples(pattern: str) -> None:
    """A supported pattern whose tree cannot be read has no samples, and none that are wrong."""
    assert search(pattern, "A") is not None
    with pytest.raises(Unreadable):
        parse(pattern)
    assert matching_strings(pattern) == []


def test_an_unsupported_pattern_has_no_samples() -> None:
    """Its tree is not read."""
    assert matching_strings("(?=a)") == []


def test_a_sample_has_no_lone_surrogates() -> None:
    """No schema document can contain one."""
    assert matching_strings("[\ud800-\udfff]") == []
