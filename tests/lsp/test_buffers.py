"""The text of an open document, and the bytes that its file would have."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eventlint.lsp.buffers import Buffer
from eventlint.lsp.positions import PositionEncoding, Positions, TextPosition
from eventlint.lsp.range_edits import RangeEdit

TEXTS = st.text(st.sampled_from("ab{\n\r é\u2028😀"), max_size=30)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@given(text=TEXTS, edits=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), TEXTS), max_size=4))
def test_edits_of_ranges(encoding: PositionEncoding, text: str, edits: list[tuple[int, int, str]]) -> None:
    """A buffer has the text that the editor has, whatever characters a range begins and ends at."""
    buffer = Buffer("/none/a.json", text, "json", 1, encoding)
    for start, size, new in edits:
        start = min(start, len(text))
        end = min(start + size, len(text))
        places = Positions(text.encode(), encoding)
        first, last = len(text[:start].encode()), len(text[:end].encode())
        if places.offset(places.position(first)) != first or places.offset(places.position(last)) != last:
            continue  # no position is between a carriage return and a line feed
        edit = RangeEdit(places.position(first), places.position(last), new)
        assert buffer.replace_ranges([edit]) == first
        text = text[:start] + new + text[end:]
        assert buffer.text.decode() == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@given(
    text=TEXTS,
    places=st.lists(st.tuples(*[st.integers(0, 9)] * 4, st.text(st.sampled_from("ab\n\r😀é"), max_size=3)), max_size=6),
    order=st.sampled_from([0, 1, -1]),
)
@example(text="a\rbc", places=[(1, 1, 1, 1, "\nd"), (1, 0, 1, 1, ""), (1, 0, 1, 0, "e")], order=0)  # makes a "\r\n"
def test_edits_of_one_message(
    encoding: PositionEncoding, text: str, places: list[tuple[int, int, int, int, str]], order: int
) -> None:
    """Edits that come together give the text that they give one after another, in any order, wherever they are."""
    edits = [RangeEdit(TextPosition(*one[:2]), TextPosition(*one[2:4]), one[4]) for one in places]
    edits = sorted(edits, reverse=order < 0) if order else edits
    together, alone = (Buffer("/none/a.json", text, "json", 1, encoding) for _ in range(2))
    first = together.replace_ranges(edits)
    starts = [alone.replace_ranges([edit]) for edit in edits]
    assert together.text == alone.text
    assert first == min(starts, default=0)


@pytest.mark.parametrize("step", [1, -1])
def test_many_edits_of_a_large_text_are_one_pass(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor sends one edit for each place that it has replaced: the text is not copied for each of them."""
    text = "".join(f"line {number}\n" for number in range(1000))
    buffer = Buffer("/none/a.json", text, "json", 1, "utf-16")
    places = [TextPosition(number, 4) for number in range(1000)][::step]
    texts: list[bytes] = []
    monkeypatch.setattr(buffer, "_set", texts.append)
    buffer.replace_ranges(RangeEdit(place, TextPosition(place.line, 5), "-") for place in places)
    assert texts == [text.replace(" ", "-").encode()]


@given(old=TEXTS, new=TEXTS)
def test_an_edit_of_the_whole_text_begins_where_it_differs(old: str, new: str) -> None:
    """A client that always sends the whole text does not hide where the text has changed."""
    buffer = Buffer("/none/a.json", old, "json", 1, "utf-16")
    start = buffer.replace_all(new)
    before, after = old.encode(), new.encode()
    assert buffer.text == after
    assert before[:start] == after[:start]
    assert before[start : start + 1] != after[start : start + 1] or before == after


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b""), ("utf-32-be", b"")],
)
def test_the_content_of_the_file_keeps_its_encoding(tmp_path: Path, encoding: str, mark: bytes) -> None:
    """An editor shows the same text for each encoding, and saves it in the same one."""
    path = tmp_path / "search.json"
    path.write_bytes(mark + '{"é": "😀"}'.encode(encoding))
    buffer = Buffer(str(path), '{"é": "😀"}', "json", 1, "utf-16")
    assert buffer.data == path.read_bytes()
    buffer.replace_ranges([RangeEdit(TextPosition(0, 1), TextPosition(0, 1), " ")])
    assert buffer.data == mark + '{ "é": "😀"}'.encode(encoding)


def test_invalid_bytes_are_those_of_the_file_until_the_text_changes(tmp_path: Path) -> None:
    """What is not UTF-8 in the file is reported, until the editor replaces it."""
    path = tmp_path / "search.json"
    path.write_bytes(b'{"a": "\xff"}')
    buffer = Buffer(str(path), '{"a": "\ufffd"}', "json", 1, "utf-16")
    assert buffer.data == b'{"a": "\xff"}'
    buffer.replace_ranges([RangeEdit(TextPosition(0, 0), TextPosition(0, 0), " ")])
    assert buffer.data == ' {"a": "\ufffd"}'.encode()
