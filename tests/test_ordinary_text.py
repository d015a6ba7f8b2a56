"""Ordinary text has no secrets: no expression of redaction finds one in it."""

from __future__ import annotations

import re
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint.redact import ordinary, redact, scan
from eventlint.redact.names import all_endings, kind_of_key
from eventlint.redact.quick_tests import DIGEST_SCHEMES, SCHEMES
from eventlint.redact.service_keys import PREFIXES, SERVICE_KEYS
from tests.secret_spellings import spellings

ENDINGS = [ending for ending in all_endings() if ending.isascii()]
STRUCTURE = (
    *(":", ",", ":{", "},", "}", "]", "[", ":[", "],", "{", ": ", ", ", "", " : ", " , ", "]:", ":null,", ":true}"),
    *(":12,", ":-5}", "12,", ": 555,", ":212.555,", ":0.5142}", "[212, 555, 1234]"),
)
NUMBERS = ("1", "42", "212", "555", "0142", "2024", "2125550142", "123456789012345", "00000000")
PLAIN = (
    *("red", "Shoes", "SALE", "t-shirt", "T-Shirt", "is", "was", "at", "user", "u", "p", "x", "-", "|", "&", "us"),
    *(
        "contrase\u00f1a",
        "\u00d6l,",
        "gr\u00f6\u00dfe.",
        "\u0142",
        "\u017f",
        "\u00a0",
        "\u00b5",
        "\u00bd",
        "was,",
        "is!",
    ),
    *("login", "mysql", "bot", "hooks", "services", "webhooks", "catch", "api", "slack", "com", "value", "name", "cat"),
)
SPECIAL = (
    *("2024-05-31T10:00:00Z", "10.0.252.43", "212-555-0142", "212 555 0142", "2024-05-31", "@timestamp", "@token"),
    *("2fa", "72fa00", "0123456789abcdef0123456789abcdef", "0123456789abcdef0123456789abcdef-us12", "a-2fa-1"),
    *("https://shop.example.com/p/1234567", "http://localhost:3000/reset", "https://hooks.slack.com/services/", "/p"),
    *(
        "https://discord.com/api/webhooks/1234567890123456",
        "the password is",
        "the password is ",
        " token ",
        "{{at}}",
        " is ",
        "Basic realm-of-shoes",
        "bearer a-b-c-d",
    ),
    *("0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f", "01234567-0123-0123-0123-012345678901", "(at)", "it's", "a+b", "a=b"),
)
ATOMS = st.one_of(
    st.sampled_from(ENDINGS),
    st.sampled_from(PREFIXES),
    st.sampled_from((*SCHEMES, *DIGEST_SCHEMES)),
    st.sampled_from(PLAIN),
    st.sampled_from(NUMBERS),
    st.from_regex("[a-z]{1,16}|[0-9A-Za-z]{1,14}|[0-9a-f]{30,40}", fullmatch=True),
)
CASES = st.sampled_from((str, str, str.capitalize, str.upper))
WORDS = st.builds(lambda atom, case: case(atom), ATOMS, CASES)
CONTENTS = st.one_of(
    st.builds(
        lambda start, sign, words: (start + sign.join(words))[:200],
        st.sampled_from(("", "", "", "https://shop.example.com/", "/", "http://")),
        st.sampled_from(("", "-", "_", ".", " ", "/", " ")),
        st.lists(WORDS, min_size=1, max_size=6),
    ),
    st.builds("{}?{}={}&{}={}".format, st.sampled_from(("", "/", "https://a.example")), *4 * [WORDS]),
    st.sampled_from(SPECIAL),
    st.from_regex("[0-9a-f]{1,64}|[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", fullmatch=True),
)
PIECES = st.one_of(CONTENTS, CONTENTS, st.sampled_from(STRUCTURE))
STARTS = st.sampled_from(("", "", "{", '{"', '["', '{"session":{"id":', '{"session": {"id":"', '"session"'))
TEXTS = st.builds(lambda start, pieces: start + '"'.join(pieces), STARTS, st.lists(PIECES, max_size=9))
MEMBERS = st.builds('"{}"{}"{}"{}'.format, CONTENTS, st.sampled_from(STRUCTURE), CONTENTS, st.sampled_from(STRUCTURE))
PAIRS = st.builds('"name":"{}","value":"{}"'.format, CONTENTS, CONTENTS)


def with_apostrophes(text: str, places: set[int]) -> str:
    """A text with apostrophes in place of some of its quotation marks."""
    return "".join("'" if one == '"' and at % 32 in places else one for at, one in enumerate(text))


PLACES = st.just(set[int]()) | st.sets(st.integers(0, 31), max_size=32)


def is_harmless(piece: str) -> bool:
    """Whether a piece alone is ordinary text."""
    return '"' not in piece and ordinary.is_ordinary(piece)


HARMLESS = st.lists(PIECES.filter(is_harmless), min_size=1, max_size=9).map('"'.join)


@given(st.one_of(TEXTS, MEMBERS, PAIRS), PLACES)
def test_ordinary_text_has_no_secrets(text: str, places: set[int]) -> None:
    """If a text is ordinary, no expression finds a secret at any level."""
    text = with_apostrophes(text, places)
    if ordinary.is_ordinary(text):
        assert scan.spans_of_levels(text) == []


@given(STARTS, HARMLESS, PLACES)
def test_harmless_pieces_have_no_secrets_together(start: str, text: str, places: set[int]) -> None:
    """A piece is harmless wherever it is."""
    start, text = with_apostrophes(start, places), with_apostrophes(text, places)
    assert ordinary.is_ordinary(text) or ("'" in text and "@" in text)
    assert scan.spans_of_levels(text) == []
    if ordinary.is_ordinary(start + text):
        assert scan.spans_of_levels(start + text) == []


NO_QUOTES = CONTENTS.filter(lambda text: text.isascii() and not {'"', "\\"} & {*text})


@given(
    STARTS, st.lists(st.tuples(st.sampled_from(STRUCTURE), NO_QUOTES), max_size=5), st.sampled_from(STRUCTURE), PLACES
)
def test_a_text_that_stays_ordinary_is_ordinary(
    start: str, members: list[tuple[str, str]], end: str, places: set[int]
) -> None:
    """After strings in it have been replaced."""
    structures = [with_apostrophes(start, places), *(with_apostrophes(f'"key"{sign}', places) for sign, _ in members)]
    strings = [string for _, string in members]
    outline = '""'.join([*structures, end])
    if ordinary.is_ordinary(outline) and ordinary.stays_ordinary(outline, strings):
        pairs = zip(structures, [*(f'"{string}"' for string in strings), end], strict=True)
        assert ordinary.is_ordinary("".join(map("".join, pairs)))


@pytest.mark.parametrize(
    ("outline", "strings"), [("{'a':\"\"}", ["@a"]), ('{"a":""}', ["it's"]), ('{"a":""}', ["token"])]
)
def test_a_text_does_not_stay_ordinary(outline: str, strings: list[str]) -> None:
    """It was, but has an apostrophe and an at sign, an apostrophe in a string, or the name of a secret now."""
    assert ordinary.is_ordinary(outline)
    assert not ordinary.stays_ordinary(outline, strings)


@pytest.mark.parametrize("place", ['{{"user":{{"id":"{}"}}}}', '{{"{}":1}}', "{}", '["{}","x1"]'])
def test_a_secret_is_never_ordinary(place: str) -> None:
    """No text with a known secret is ordinary."""
    texts = [place.format(spelling.text) for spelling in spellings()]
    assert [text for text in texts if ordinary.is_ordinary(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        '{"session":{"id":"0dbb0e6ad682bcf9a4943db6f6391c30"},"user":{"id":"u-59241853"}}',
        '{"session": {"id": "0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f"}, "@timestamp": "2024-05-31T10:00:00.123Z"}',
        '{"search":{"query":"Red T-Shirt 42","results":{"items":[],"total_results":4371},"sort":{"name":"price"}}}',
        '{"search":{"search_application":"website-1839137","page":{"current":-1},"filters":{"size":["xl","red-1"]}}}',
        '{"page":{"url":"https://shop.example.com/p/147352","title":"Shoes & boots | Shop","referrer":"/p/a-b-12/"}}',
        '{"page":{"url":"https://shop.example.com/Search?q=red-shoes&page=2&utm_source=mail","referrer":"/p_1.html"}}',
        '{"search":{"query":"Caf\u00e9-cr\u00e8me, \u00d6l!","title":"10mm, no. 5"}}',
        '{"query":"red shoes ","user":{"id":" u-59241853 "},"url":"{{page.url}}","referrer":"{{ u-94376980 }}"}',
        '{"session":{},"sessionId":{"uid":"u-1"},"session":null}',
        '{"page":{"url":"http://localhost:3000/"},"client":{"ip":"10.0.252.43"},"a":[1.5,true,null,""]',
        "the ID ' u-63576320 ' has leading or trailing whitespace",
        "the URL '/p/287816' has no scheme",
        "{'session':{'id':'u-1'}}",
        '    "id": "3e299e3b940d22436488495e382cb93c",',
    ],
)
def test_most_events_are_ordinary(text: str) -> None:
    """Lines of events with plain values are ordinary."""
    assert ordinary.is_ordinary(text)
    assert redact(text) == text


@pytest.mark.parametrize(
    "text",
    [
        '{"session":"0dbb0e6ad682bcf9a4943db6f6391c30"}',
        '{"session":{"a1b2c3d4":"0dbb0e6ad682bcf9a4943db6f6391c30"}}',
        '{"session":{"uid","0dbb0e6ad682bcf9a4943db6f6391c30":1}}',
        '{"url":"/p?token=abcdef"}',
        '["2fa","0dbb0e6ad682bcf9"]',
        '{"value":"0dbb0e6ad682bcf9","name":"color"}',
        '{"id":"212 555 0142"}',
        '{"url":"https://hooks.slack.com/services/12345678/12345678"}',
        '{"url":"/p/pat-abcdefghijklmno-abcdefghijklmno-abcdefghijklmno-abcdefghijklmno-abcdefghijklmno"}',
        '{"url":"/reset/a1b2c3d4e5f6a7b8c9"}',
        '{"query":"caf\u00e9 \u0142"}',
        '{"contrase\u00f1a":"hunter2"}',
        '{"query":"2\u00a0shoes"}',
        '{"query":"a\\u0020b"}',
        "https://localhost:3000'@timestamp'",
        '{"a":[1 2]}',
    ],
)
def test_unusual_text_is_searched(text: str) -> None:
    """Text that is like a secret, or that is not simple, is not ordinary."""
    assert not ordinary.is_ordinary(text)


@pytest.mark.parametrize(
    "text",
    [
        '{"url":"/p/212-555-0142"}',
        '{"query":"call 212 555 0142"}',
        '["a-2fa","x1y2z3"]',
        '["0a1b12fa00","x1y2z3"]',
        '{"url":"/p?fm2_abcdefghijkl=abcdefghijkl"}',
        '{"query":"Basic abcdefghijklmnopqrstuvwxyz"}',
        '"the password is "0a1b2c3d4e5f6a7b8c9d',
        "https://localhost:3000'@t",
        '{"url":"/p/sess-12345678-12345678"}',
        '{"session":{"token":"hunter22"}}',
        '{"/p?q=st":"hunter-22x"}',
        '{"url":"/Mabcdefghijklmn-abcdefgh.abcdef.abcdefghijklmn-abcdefghijklm"}',
        '{"url":"/p?q=Oabcdefghijklmn_abcdefgh.abcdef.abcdefghijklmn-abcdefghijklm"}',
    ],
)
def test_what_is_just_not_harmless_is_a_secret(text: str) -> None:
    """The limits of the forms are where secrets begin."""
    assert scan.spans_of_levels(text) != []
    assert not ordinary.is_ordinary(text)


def test_names_have_no_digits() -> None:
    """Except for one, which is the only one in hexadecimal digits: a name is the same with zeros for digits."""
    assert {ending for ending in ENDINGS if re.search("[0-9]", ending) and "2fa" not in ending} == set()
    assert {ending for ending in ENDINGS if re.fullmatch("[0-9a-f._-]+", ending)} == {"2fa"}
    assert kind_of_key("session") == "usually"
    assert [kind_of_key(name) for name in ("true", "false", "null", "12", "00Z", "31T10", "https")] == 7 * [None]


def test_keys_are_longer_than_short_words() -> None:
    """And no key has a quotation mark or only hexadecimal digits and hyphens at its start."""
    assert min(len(prefix) + key.length for key in SERVICE_KEYS for prefix in key.prefixes) > ordinary._LONGEST_SHORT
    signs = "".join(chain.from_iterable((key.alphabet, *key.prefixes) for key in SERVICE_KEYS))
    assert not {"'", '"'} & set(signs)
    assert [prefix for prefix in PREFIXES if re.match("[0-9a-f-]+$", prefix)] == []


def test_no_prefix_has_numbers() -> None:
    """A prefix with digits also has a letter next to one. So no parts of a segment of a URL begin with it.

    Nor does a segment that is only letters and digits, with a key that goes on after it.
    """
    prefixes = {prefix for prefix in PREFIXES if re.search("[0-9]", prefix)}
    in_parts = {prefix for prefix in prefixes if re.fullmatch("(?:[0-9A-Za-z._-]|(?<!/)/)+", prefix)}
    assert {prefix for prefix in in_parts if not re.search("[A-Za-z][0-9]|[0-9][A-Za-z]", prefix)} == set(UPPER)
    across = {prefix for key in SERVICE_KEYS if set("/=?&") & set(key.alphabet) for prefix in key.prefixes}
    assert {prefix for prefix in across & prefixes if re.match("[a-z]+[0-9]+(?:[/?]|$)", prefix)} == set()
    assert not any(map(ordinary.is_ordinary, UPPER))


UPPER = ("AGE-SECRET-KEY-1",)
"""The prefixes that begin with capital letters, as no URL does."""
