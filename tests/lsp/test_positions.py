"""Offsets in bytes and positions of editors."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint.lsp import positions
from eventlint.lsp.positions import PositionEncoding, Positions, TextPosition, utf8

ENCODINGS: tuple[PositionEncoding, ...] = ("utf-8", "utf-16", "utf-32")
TEXTS = st.text(st.sampled_from("a{\n\r\t é€\u2028\u0085\x0b\U0001f600"), max_size=60)


def units(text: str, encoding: PositionEncoding) -> int:
    """The number of units in a text."""
    return (
        len(text.encode(encoding.replace("utf-8", "utf-8") + ("-le" if encoding != "utf-8" else "")))
        // {
            "utf-8": 1,
            "utf-16": 2,
            "utf-32": 4,
        }[encoding]
    )


def places(text: str, encoding: PositionEncoding) -> Iterator[tuple[int, TextPosition]]:
    """The offset and the position of each character, and of the end, found one by one."""
    offset, line, start = 0, 0, 0
    for index, character in enumerate(text):
        yield offset, TextPosition(line, units(text[start:index], encoding))
        offset += len(character.encode())
        if character == "\n" or (character == "\r" and text[index + 1 : index + 2] != "\n"):
            line, start = line + 1, index + 1
    yield offset, TextPosition(line, units(text[start:], encoding))


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=TEXTS, step=st.integers(1, 8), order=st.randoms(use_true_random=False))
def test_positions_are_those_of_a_simple_count(encoding: PositionEncoding, text: str, step: int, order: object) -> None:
    """Whatever the text, each offset has its position, and each position its offset, in any order of the questions."""
    original = positions._STEP
    positions._STEP = step
    try:
        found = Positions(text.encode(), encoding)
        expected = list(places(text, encoding))
        order.shuffle(expected)  # type: ignore[attr-defined]
        for offset, position in expected:
            is_in_pair = text.encode()[max(offset - 1, 0) : offset + 1] == b"\r\n"
            assert found.position(offset) == position._replace(character=position.character - is_in_pair)
            assert found.offset(found.position(offset)) == offset - is_in_pair
        assert found.line_count == len(re.split("\r\n|\r|\n", text))
        assert found.line_start(found.line_count) == len(text.encode())
    finally:
        positions._STEP = original


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_position_after_the_end_of_its_line_is_the_end(encoding: PositionEncoding) -> None:
    """An editor may name a position that does not exist."""
    found = Positions("é\r\nab".encode(), encoding)
    assert found.offset(TextPosition(0, 99)) == 2
    assert found.offset(TextPosition(1, 99)) == 6
    assert found.offset(TextPosition(9, 0)) == 6
    assert found.offset(TextPosition(-1, 5)) == 0


def test_a_position_inside_of_a_character_is_its_start() -> None:
    """Half of a character of two UTF-16 units, or a byte inside of one, is no place to cut a text."""
    assert Positions("a😀b".encode(), "utf-16").offset(TextPosition(0, 2)) == 1
    assert Positions("a😀b".encode(), "utf-8").offset(TextPosition(0, 3)) == 1
    assert Positions("a😀b".encode(), "utf-16").position(3) == TextPosition(0, 1)


def test_half_of_a_character_is_replaced() -> None:
    """A text of an editor may have a lone surrogate, which no file can contain."""
    assert utf8("a\ud800b") == "a\ufffdb".encode()
    assert utf8("\ud83d\ude00") == "😀".encode()


def test_many_positions_in_one_long_line_take_linear_time() -> None:
    """A minified file is one line."""

    def seconds(size: int) -> float:
        found = Positions(("é" * size).encode())
        begun = time.process_time()
        for offset in range(0, 2 * size, 2 * size // 1000):
            found.position(offset)
        return time.process_time() - begun

    seconds(10_000)
    assert min(seconds(1_000_000) for _ in range(3)) < 100 * min(seconds(100_000) for _ in range(3)) + 1
