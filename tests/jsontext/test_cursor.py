"""The cursor over the tokens of a value."""

from __future__ import annotations

import json
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint.jsontext.cursor import ARRAY, KEY, OBJECT, Cursor, path_to_error, skip_value
from eventlint.jsontext.locate import end_of, locate
from eventlint.jsontext.reader import Reader
from eventlint.jsontext.syntax_error import JsonSyntaxError
from tests.jsontext.test_reader import VALUES


def naive_paths(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The paths to all values, in the order of the text."""
    found = [path]
    if isinstance(value, dict | list):
        for part, child in value.items() if isinstance(value, dict) else enumerate(value):
            found += naive_paths(child, (*path, part))
    return found


def get(value: Any, path: tuple[str | int, ...]) -> Any:
    """The value at a path."""
    for part in path:
        value = value[part]
    return value


@given(VALUES, st.sampled_from([None, 2]))
def test_each_token_has_its_path_and_its_first_byte(value: Any, indent: int | None) -> None:
    """The cursor visits every value once, and its offset is where the value begins."""
    raw = json.dumps(value, indent=indent).encode()
    value = json.loads(raw)
    reader = Reader(raw)
    cursor = Cursor(reader, reader.first())
    found = [(tuple(cursor.path), offset) for _, offset in cursor]
    assert [path for path, _ in found] == naive_paths(value)
    for path, offset in found:
        end = end_of(raw, offset)
        assert json.dumps(json.loads(raw[offset:end])) == json.dumps(get(value, path))
    assert locate(raw, 0, [path for path, _ in found]) == dict(found)


@given(VALUES)
def test_a_value_may_be_read_by_the_caller(value: Any) -> None:
    """After a value that the caller skips, the cursor goes on behind it."""
    raw = json.dumps([value, {"a": value}, value]).encode()
    reader = Reader(raw)
    cursor = Cursor(reader, reader.first())
    visited = []
    for token, _ in cursor:
        visited.append(tuple(cursor.path))
        if cursor.path and token in (OBJECT, ARRAY):
            skip_value(reader, token)
    assert visited == [(), (0,), (1,), (2,)]
    assert reader.pos == len(raw)


@given(VALUES)
def test_keys_come_before_their_values(value: Any) -> None:
    """With ``keys``, the token before each member's value is its key, at the opening quote."""
    raw = json.dumps(value).encode()
    reader = Reader(raw)
    cursor = Cursor(reader, reader.first(), keys=True)
    before = None
    for token, offset in cursor:
        if token == KEY:
            before = json.loads(raw[offset : end_of(raw, offset)])
            assert before == cursor.path[-1]
        else:
            assert not cursor.path or isinstance(cursor.path[-1], int) or before == cursor.path[-1]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('[1, 2  ,  "a"  ,  {}  , nul]', [4]),
        ("[[]\r\n,[]\r\n,01]", [2]),
        ('[[[1],[2]],[{"a":[1]}], [[[[]]]], x]', [3]),
        ("[[[[[1,2,x]]]]]", [0, 0, 0, 0, 2]),
        ('[{"a":[]},{"a":1,"b":[[],[]],"c":[[1],x]}]', [1, "c", 1]),
        ("[[[]],[[[[]]]],[[]]]]]", []),
    ],
)
def test_plain_values_are_counted(text: str, path: list[str | int]) -> None:
    """The path to an error is right after values that are read in one step."""
    raw = text.encode()
    reader = Reader(raw)
    reader.first()
    assert path_to_error(reader, 0, 1) == path


@given(VALUES, st.data())
def test_the_path_to_an_error_is_that_of_the_cut_value(value: Any, data: st.DataObject) -> None:
    """Where a text is cut off, bulk reading and reading step by step lead to the same value."""
    raw = json.dumps([value, 1, "a", [value, 2]]).encode()
    cut = raw[: data.draw(st.integers(1, len(raw) - 1))]
    reader = Reader(cut)
    cursor = Cursor(reader, reader.first())
    with pytest.raises(JsonSyntaxError):
        list(cursor)
    failed = Reader(cut)
    token = failed.first()
    with pytest.raises(JsonSyntaxError):
        skip_value(failed, token)
    assert path_to_error(failed, 0, 1) == cursor.path


@pytest.mark.parametrize("element", [b"[]", b"{}", b"1", b"1,{}", b'{"a":1}', b"[" * 90 + b"]" * 90])
def test_the_time_is_linear(element: bytes) -> None:
    """Four times the elements take about four times as long."""

    def seconds(count: int) -> float:
        raw = b"[" + element + (b"," + element) * count + b"]"
        best = 9.0
        for _ in range(3):
            start = process_time()
            reader = Reader(raw)
            skip_value(reader, reader.first())
            best = min(best, process_time() - start)
        return best

    count = 20_000 // len(element)
    assert seconds(4 * count) < 12 * seconds(count) + 0.05


@given(VALUES, st.sampled_from([None, 2]), st.randoms(use_true_random=False))
def test_some_values_are_located_without_the_others(value: Any, indent: int | None, chosen: Any) -> None:
    """A value has the same offset whichever values are located with it; one that is missing has that of the last."""
    raw = json.dumps({"a": [value, value], "b": value}, indent=indent, ensure_ascii=False).encode()
    paths = naive_paths(json.loads(raw))
    every = locate(raw, 0, paths)
    some = chosen.sample(paths, k=min(len(paths), 3))
    missing = [(*path, "none") for path in some]
    found = locate(raw, 0, [*some, *missing])
    assert [found[path] for path in some] == [every[path] for path in some]
    assert [found[path] for path in missing] == [every[path[:-1]] for path in missing]
