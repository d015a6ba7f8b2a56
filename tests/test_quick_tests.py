"""Redaction tries only expressions that can match: the quick tests before them miss nothing."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from eventlint.redact import quick_tests, scan, service_keys
from eventlint.redact.names import kind_of_key
from eventlint.redact.personal import PHONE

NAMES = ("token", "session", "value", "Value", "apiKey", "user", "a-b.c$", "password2", "st", "x", "12", "token_10")
SIGNS = ("=", ":", "=>", ":=", "= ", " : ", '":', "']=", "[12]=", "[]:", ")]'=", '"  :', "==", ":=>", "=:", ">=", "\n:")
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
    assert [match.span() for match in scan._names(text)] == every


@given(TEXTS)
def test_a_negative_test_means_no_match(text: str) -> None:
    """Sentences about secrets, keys of unknown services, and telephone numbers."""
    for expression, test in (
        (scan._SENTENCE, quick_tests.may_have_sentence),
        (scan._UNKNOWN_KEY, quick_tests.may_have_unknown_key),
        (f"(?x){PHONE}", quick_tests.may_have_phone),
    ):
        assert test(text) or re.search(expression, text) is None


@given(TEXTS)
def test_only_prefixes_of_keys_are_read(text: str) -> None:
    """Each place where a prefix begins is found, and no other."""
    starts = [
        at
        for at in range(len(text))
        if text.startswith(service_keys.PREFIXES, at) and not re.match("[0-9A-Za-z]", text[at - 1 : at] if at else "")
    ]
    assert [match.start() for match in re.finditer(service_keys._heads(), text)] == starts
