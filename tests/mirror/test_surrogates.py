"""Surrogates in keys and values, which some releases accept and others do not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint import Server, check, is_valid
from eventlint.cli import main

BEFORE, SINCE = "9.5.3", "9.5.4"
PATH = "/_application/analytics/site/event/search"
EVENT = '{"session": {"id": "s"}, "user": {"id": "u"}, "search": {"query": "%s", "filters": {"%s": "%s"}}}'
PIECES = ("a", "é", "😀", r"\ud83d", r"\ude00", r"\ud83d\ude00", r"\n", r"\\", "\ud83d", "\ude00")


def event(query: str, key: str, value: str) -> bytes:
    """A search; a lone surrogate is encoded in UTF-8, as no strict encoder does."""
    return (EVENT % (query, key, value)).encode("utf-8", "surrogatepass")


@pytest.mark.parametrize(
    ("payload", "rule"),
    [
        (event(r"\ud83d", "k", r"\ude00"), None),
        (event("\ud83d", "k", "v"), "invalid-encoding"),
        (event("q", "\ude00", "v"), "invalid-encoding"),
        (event("q", "k", "\ud83d"), "invalid-encoding"),
        (event("q", r"\ud83d", "v"), "invalid-json"),
        (event("q", r"\ude00", "v"), "invalid-json"),
        (event("q", r"\ud83d\u0041", "v"), "invalid-json"),
        (event("q", "k", "v").replace(b'"k"', b'"\xf5\x80\x80\x80"'), "invalid-json"),
    ],
)
def test_only_the_older_release_accepts(payload: bytes, rule: str | None) -> None:
    """The newer one rejects them with one finding."""
    assert is_valid(payload, "search", release=BEFORE)
    first = check(payload, "search", release=SINCE).first_error
    assert (first and first.rule) == rule
    assert is_valid(payload, "search", release=SINCE) == (rule is None)


def test_a_check_for_both_releases_names_the_one_that_rejects(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The finding of the error is that of the newer release only."""
    file = tmp_path / "search.json"
    file.write_bytes(event("q", r"\ud83dx", "v"))
    assert main(["check", "--format", "json", "--release", BEFORE, "--release", SINCE, str(file)]) == 1
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert [(one["rule"], one["releases"]) for one in findings if one["tier"] == "error"] == [("invalid-json", [SINCE])]


@given(*[st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join)] * 3)
def test_the_fast_path_and_the_server_agree(query: str, key: str, value: str) -> None:
    """In both releases; and what the newer one accepts, the older one accepts as well."""
    payload = event(query, key, value)
    accepted = {}
    for release in (BEFORE, SINCE):
        answer = Server(release).respond("POST", PATH, {"Content-Type": "application/json"}, payload, now=0)
        accepted[release] = answer.status == 202
        assert is_valid(payload, "search", release=release) == accepted[release]
        assert check(payload, "search", release=release).answer == answer
    assert accepted[BEFORE] or not accepted[SINCE]
