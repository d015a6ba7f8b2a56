"""Strict JSON, as the fast path reads it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint.jsontext.strict import is_plain, parse

BLANKS = st.sampled_from(["", "", "", " ", "\n", "\t", "\r", "  "])
STRINGS = st.sampled_from(['"a"', '"b"', '":a"', '"a :"', r'"\":"', r'"\\"', '""', '":"', '"é"', r'"\u0061"', '" :"'])


def values(below: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """JSON texts of arrays and objects, which may have a key twice."""
    members = st.tuples(BLANKS, STRINGS, BLANKS, BLANKS, below, BLANKS).map(
        lambda parts: f"{parts[0]}{parts[1]}{parts[2]}:{parts[3]}{parts[4]}{parts[5]}"
    )
    objects = st.lists(members, max_size=4).map(lambda found: "{" + ",".join(found) + "}")
    return objects | st.lists(below, max_size=3).map(lambda found: "[" + ",".join(found) + "]")


TEXTS = st.recursive(STRINGS | st.sampled_from(["1", "-0.5", "null", "true", "NaN", "01"]), values, max_leaves=12)


def distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, if its keys are distinct."""
    if len(dict(pairs)) < len(pairs):
        raise ValueError
    return dict(pairs)


def refuse(name: str) -> None:
    """Reject NaN and Infinity."""
    raise ValueError(name)


@given(st.tuples(BLANKS, TEXTS, BLANKS, st.sampled_from(["", "", "{}", "x"])).map("".join))
def test_a_text_is_read_as_the_standard_library_reads_it(text: str) -> None:
    """With a hook that compares the keys of each object."""
    try:
        expected = json.loads(text, object_pairs_hook=distinct, parse_constant=refuse)
    except ValueError:
        for event in (text, text.encode()):
            with pytest.raises(ValueError):  # noqa: PT011 - the message differs
                parse(event)
        return
    assert parse(text) == parse(text.encode()) == expected


def test_a_reader_is_used_again_after_an_error() -> None:
    """What was read before the error is not counted for the next text."""
    for text in ('{"a": {"b": 1}, "a"', '{"a": 1, "a": 1}'):
        with pytest.raises(ValueError):  # noqa: PT011 - the message differs
            parse(text)
        assert parse('{"a": 1}') == {"a": 1}


def test_a_parser_can_interrupt_another_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a signal handler does: the one that is interrupted still finds the key that occurs twice."""
    from eventlint.jsontext import strict

    monkeypatch.setattr(strict, "_idle", [])
    lengths, read = strict._counting_reader()

    def interrupted(text: str) -> tuple[Any, int]:
        found = read(text)
        assert parse('{"x": {"y": 1}}') == {"x": {"y": 1}}
        return found

    strict._idle.append((lengths, interrupted))
    with pytest.raises(ValueError):  # noqa: PT011 - the message differs
        parse('{"a": 1, "a": 1}')


@pytest.mark.parametrize("value", [type("Text", (str,), {})("a"), type("Map", (dict,), {})(), object()])
def test_a_subclass_is_not_plain(value: object) -> None:
    """Neither as a value nor as a key."""
    assert is_plain({"a": ["b", 1, 1.5, None, True]})
    assert not is_plain({"a": [value]})
    if isinstance(value, str):
        assert not is_plain({value: 1})
