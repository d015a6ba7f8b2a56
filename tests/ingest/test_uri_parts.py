"""URLs are parsed as by the server."""

from __future__ import annotations

import gzip
import json
import re
from ipaddress import ip_address
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eventlint.ingest.java_uri import ABSOLUTE
from eventlint.ingest.uri_parts import uri_parts
from tests.corpus import file

PIECES = st.sampled_from(
    [
        *"http:/?#[]@%.-_|{} \t\\^é\u3000😀�0a!",
        "//",
        "http://",
        "jar:",
        "file:",
        "mailto:",
        "url:",
        "::1",
        "1.2.3.4",
        "%41",
        "%ed%a0%80",
        ":80",
        "example.com",
        "a-b",
        "!/",
        "℀",
        "٣",
    ]
)
URLS = st.lists(PIECES, max_size=12).map("".join)


def cases() -> list[dict[str, Any]]:
    """The strings of the corpus, and the results of the server's parsers."""
    path = file("urls")
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in raw.splitlines()]


def test_each_string_has_the_same_parser_and_parts() -> None:
    """The parser of a string, and each part, are those of the server's library."""
    wrong = []
    for case in cases():
        parts = uri_parts(case["url"])
        ours = {name: getattr(parts, name, None) for name in case if name != "url"}
        if ours != {name: value for name, value in case.items() if name != "url"}:
            wrong.append(case["url"])
    assert wrong == []


@given(st.text(st.characters(), max_size=30) | URLS)
@example("[\ud800]")
@example("jar:" * 50)
def test_no_text_raises(text: str) -> None:
    """Any string is parsed or rejected; lone surrogates are allowed."""
    parts = uri_parts(text)
    assert parts is None or parts.original == text


@pytest.mark.parametrize("piece", ["http://[", "a.", "-", "%", "@", "jar:", "[::1]", "0", "1.", "/../"])
def test_a_megabyte_of_anything_is_read(piece: str) -> None:
    """A long string does not exceed the recursion limit."""
    for before in ("", "http://", "http://[", "http://a:", "jar:file:"):
        text = before + piece * (1_000_000 // len(piece))
        parts = uri_parts(text)
        assert parts is None or parts.original == text


@pytest.mark.parametrize(
    ("url", "username", "password", "extension"),
    [
        ("http://ann:x:y@example.com/a.b/c.tar.gz", "ann", "x:y", "gz"),
        ("http://ann@example.com/a.b/c", None, None, None),
        ("http://ann:@example.com/c.", "ann", "", ""),
    ],
)
def test_what_the_processor_adds(url: str, username: str, password: str, extension: str) -> None:
    """The user is split at the first colon; the extension follows the last dot of the last segment."""
    parts = uri_parts(url)
    assert parts is not None
    assert (parts.username, parts.password, parts.extension) == (username, password, extension)


_HOSTS = st.sampled_from(
    ["a_b", "[1::2]", "[::1]", "[0:0::0:1]", "[1:2:3:4:5:6:7:8]", "[::1:2:3:4:5:6:7:8]", "u@a", ""]
)


@given(st.tuples(st.sampled_from(["ftp:", "http:", "x:", "1:"]), st.sampled_from(["//", "/", ""]), _HOSTS, URLS))
@example(("http:", "//", "[::1]", ""))
@example(("http:", "//", "[1::2]", ":80/?a#b"))
@example(("x:", "", "", "#a"))
def test_absolute_uris_have_a_scheme_and_no_user(parts: tuple[str, ...]) -> None:
    """What the expression matches can be parsed, is absolute, and names neither a user nor a loopback address."""
    url = "".join(parts)
    if re.search(ABSOLUTE, url):
        found = uri_parts(url)
        assert found is not None
        assert found.by == "URI"
        assert found.scheme is not None
        assert found.user_info is None
        host = found.domain or ""
        assert not host.startswith("[") or not ip_address(host.strip("[]")).is_loopback


def test_most_odd_urls_that_can_be_parsed_are_absolute_uris() -> None:
    """The expression is useful: it matches URLs with uncommon hosts, schemes and paths."""
    urls = [
        "http://[2001:db8::1]:8080/a",
        "http://a_b.c/",
        "ftp://a.b/é",
        "mailto:a@b.c",
        "urn:a:b",
        "file:/a",
    ]
    assert [url for url in urls if not re.search(ABSOLUTE, url)] == []
