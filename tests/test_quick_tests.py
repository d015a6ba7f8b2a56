"""Redaction tries only expressions that can match: the quick tests before them miss nothing."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from eventlint.redact import credentials, pairs, quick_tests, scan, service_keys
from eventlint.redact.names import kind_of_key
from eventlint.redact.personal import EMAIL, PHONE

NAMES = ("token", "session", "value", "Value", "apiKey", "user", "a-b.c$", "password2", "st", "x", "12", "token_10")
SIGNS = (
    *("=", ":", "=>", ":=", "= ", " : ", '":', "']=", "[12]=", "[]:", ")]'=", '"  :', "==", ":=>", "=:", ">=", "\n:"),
    *('" :', '")]: ', "`:", "\u200b="),
)
OTHERS = (
    *(" ", '"', "'", ",", "{", "}", "[", "]", "(", ")", "-", "--", "_", "/", "?", "&", ".", ":", "+", "%2B", "@", "<"),
    *("is ", " is:", "was", " was ", "website", "1", "12", "555", " 555-0199", "+1 202 555 0143", "2024-05-31", "AA"),
    *(
        "a" * 30,
        "Ab3" * 11,
        "0f" * 16,
        "my_",
        "svc-",
        ":AA" + "x" * 30,
        "é",
        "４５",
        "\u3000",
        "\x1c",
        "sk_live_",
        "AKIA",
    ),
    *(
        "Bearer ",
        "ba\u017fic ",
        "to\u212aen+",
        "d\u0130gest ",
        "Hawk id=1",
        "-u",
        " -p",
        "--user ",
        "login",
        "mysql",
        ":pw12",
    ),
    *(
        "(at)",
        "[AT]",
        "at}",
        '","',
        "', '",
        "٣",
        "bot123456789:",
        "123456789",
        "-us12",
        "00D",
        "!",
        "FlyV1 fm2_",
        "x y ",
    ),
    *("ghp_", "xoxb-", "hooks.slack.com/services/", "1//0", "v^1.1#i^1#", "eyJ", "dp.pt.", "sess-", "secret_", "cio"),
)
PARTS = st.one_of(st.sampled_from(NAMES), st.sampled_from(SIGNS), st.sampled_from(OTHERS))
TEXTS = st.lists(PARTS, max_size=14).map("".join) | st.text(st.sampled_from("token=:>[]()\"'`12 .-_\n$é"), max_size=40)


@given(TEXTS)
def test_names_of_secrets_are_found(text: str) -> None:
    """The matches that are looked for one by one are those of a search through the whole text."""
    every = [
        match.span()
        for match in re.finditer(scan._NAME, text)
        if match[1] in quick_tests.PAIRED or kind_of_key(match[1]) is not None
    ]
    names = quick_tests.names_of_secrets(text)
    assert [match.span() for match in scan._names(text, names)] == every


@given(TEXTS)
def test_a_negative_test_means_no_match(text: str) -> None:
    """Of every expression that is only tried after a quick test."""
    shape, words, runs = quick_tests.shape(text), quick_tests.words_of(text), service_keys.long_runs(text)
    for expression, test in (
        (pairs._SENTENCE, quick_tests.may_have_sentence(text, words)),
        (scan._UNKNOWN_KEY, quick_tests.may_have_unknown_key(text, shape, runs)),
        (f"(?x){PHONE}", quick_tests.may_have_phone(text, shape)),
        (credentials._SCHEME, quick_tests.may_have_scheme(text, words)),
        (credentials._DIGEST, quick_tests.may_have_scheme(text, words)),
        (pairs._ARGUMENT, quick_tests.may_have_arguments(text)),
        (pairs._OF_PROGRAMS[0], quick_tests.may_have_arguments(text)),
        (pairs._OF_PROGRAMS[1], quick_tests.may_have_arguments(text)),
    ):
        assert test or re.search(expression, text) is None
    if '",' in text or "'," in text:
        assert quick_tests.may_have_list_of_pairs(text) or re.search(pairs._IN_LIST, text) is None
    lower = text.lower()
    assert quick_tests.may_have_at_in_brackets(shape) == ("at)" in lower or "at]" in lower or "at}" in lower)


ADDRESSES = st.sampled_from(
    [
        "@",
        "//",
        ":",
        '"',
        "'",
        "/",
        "a",
        "b.c",
        "x1",
        ".de",
        "12",
        "10.0.0.1",
        "localhost",
        "[::1]",
        "%40",
        "＠",
        " ",
        "\\",
    ]
)


@given(st.lists(ADDRESSES, max_size=16).map("".join) | TEXTS)
def test_the_part_with_at_signs_has_all_addresses_and_users(text: str) -> None:
    """Each expression has the same matches there as in the whole text."""
    if "@" not in text:
        return
    part = quick_tests.part_with_at_signs(text)
    expressions = [credentials._USER, credentials._USER_WITH_SIGNS, credentials._USER_WITHOUT_SCHEME]
    if "%40" not in text and "＠" not in text:
        expressions.append(EMAIL)
    for expression in expressions:
        found = [match.span() for match in re.compile(expression).finditer(text)]
        assert [match.span() for match in re.compile(expression).finditer(text, *part)] == found
    if re.search(credentials._USER_WITHOUT_SCHEME, text):
        assert re.search(credentials._COLON_BEFORE_AT, text)


@given(TEXTS)
def test_all_keys_of_services_are_found(text: str) -> None:
    """Also in a text without a long run of the characters of keys."""
    assert service_keys.find_keys(text) == service_keys.keys(text)


def test_a_prefix_begins_with_a_letter_or_digit() -> None:
    """Keys are looked for where words begin."""
    assert all(re.match("[0-9A-Za-z]", prefix) for prefix in service_keys.PREFIXES)


def test_few_characters_equal_letters_of_ascii_when_case_is_ignored() -> None:
    """The names of schemes have no other letters."""
    every = "".join(map(chr, range(128, 0x110000)))
    assert tuple(re.findall("(?i)[a-z]", every)) == quick_tests.LIKE_ASCII
