"""Serializing objects, and the findings for those that cannot be serialized."""

from __future__ import annotations

import enum
import json
from collections import OrderedDict, UserDict
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint import check, is_valid, model
from eventlint.jsontext.serialize import NotSerializable, find_surrogate, serialize

HUGE = 10**5000  # Python writes no integer of so many digits


def doubled(levels: int) -> list[Any]:
    """A small object that is huge when it is written: each level holds the one below twice."""
    value: list[Any] = ["x"]
    for _ in range(levels):
        value = [value, value]
    return value


def itself() -> list[Any]:
    """A list that contains itself."""
    value: list[Any] = []
    value.append(value)
    return value


@pytest.mark.parametrize(
    ("event", "pointer", "words"),
    [
        ({"a": {"b": itself()}}, "/a/b/0", "contains itself"),
        ({"a": HUGE}, "/a", "not serializable"),
        ({"a": {HUGE: 1}}, "/a/(16610 bits)", "not serializable"),
        ({"a": [1, HUGE], "b": doubled(60)}, "/a/1", "not serializable"),
        ({"a": object(), "b": doubled(60)}, "/a", "not serializable"),
        ({"a": itself(), "b": object()}, "/a/0", "contains itself"),
        ({"a": object(), "b": itself()}, "/a", "not serializable"),
        ({"a": Decimal("1.5")}, "/a", "not serializable"),
        ({"a": UserDict(b=1)}, "/a", "not serializable"),
        ({"a": SimpleNamespace(b=1)}, "/a", "not serializable"),
    ],
    ids=range(10),
)
def test_the_first_value_that_cannot_be_serialized_is_reported(event: object, pointer: str, words: str) -> None:
    """The finding points to the value where serializing fails; later values are not searched."""
    with pytest.raises(NotSerializable) as caught:
        serialize(event)
    assert (model.pointer(caught.value.path), words in caught.value.message) == (pointer, True)


def test_one_object_in_two_places_does_not_hold_itself() -> None:
    """An event may contain an object twice."""
    shared = {"id": "x"}
    assert is_valid({"session": shared, "user": shared, "search": {"query": "q"}}, "search")


@pytest.mark.parametrize(("key", "name"), [(None, "null"), (True, "true"), (1.5, "1.5"), (7, "7"), ("a", "a")])
def test_keys_are_named_as_json_writes_them(key: object, name: str) -> None:
    """A key that is not a string is in the pointer as JSON writes it."""
    assert find_surrogate({key: "\ud800"}) == [name]


def test_kinds_that_json_writes_are_taken() -> None:
    """Subclasses of what JSON holds are sent as what they are."""

    class Page(enum.IntEnum):
        FIRST = 1

    class Query(str):
        __slots__ = ()

    search = {"query": Query("q"), "page": {"current": Page.FIRST, "size": 2}, "filters": {"a": ("x", "y")}}
    assert is_valid(OrderedDict(session={"id": "s"}, user={"id": "u"}, search=search), "search")


def test_two_keys_that_are_written_alike() -> None:
    """Keys that differ to Python and not to JSON are a duplicate."""
    assert check({1: "a", "1": "b"}, "search").first_error is not None
    assert "duplicate-key" in {finding.rule for finding in check({1: "a", "1": "b"}, "search").findings}


ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.text(st.characters(categories=["Cs"]))
    | st.binary() | st.decimals() | st.dates() | st.sampled_from([object(), int, ...]),
    lambda below: st.lists(below, max_size=3)
    | st.tuples(below, below)
    | st.dictionaries(
        st.sampled_from(["id", "page", "session", "user", "search", "query", "filters", None, True, b"x", (1,)])
        | st.floats(),
        below,
        max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


@given(ANYTHING)
def test_any_object_is_judged_as_what_would_be_sent(event: Any) -> None:
    """An object is rejected as unsendable exactly when ``json`` cannot write it, and else judged as the bytes."""
    report = check(event, "search")
    assert report.ok == is_valid(event, "search")
    if isinstance(event, bytes | str):
        return
    try:
        raw = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
    except Exception:
        assert report.answer is None
        assert report.findings[0].rule in ("unserializable-value", "unencodable-string")
        return
    reported = [[(f.rule, f.pointer, f.message) for f in found.findings] for found in (report, check(raw, "search"))]
    assert reported[0] == reported[1]


class _OddText(str):
    """A string with methods that fail."""

    def encode(self, encoding: str = "utf-8", errors: str = "strict") -> bytes:
        raise RuntimeError("no")


def test_a_text_whose_own_code_fails_is_read_as_text() -> None:
    """What a subclass of ``str`` does is not asked for."""
    assert check(_OddText("{}"), "search") is not None


def test_a_view_whose_memory_was_given_back() -> None:
    """Bytes that cannot be had any more are a finding."""
    view = memoryview(b"{}")
    view.release()
    assert [finding.rule for finding in check(view, "search").findings] == ["unserializable-value"]
