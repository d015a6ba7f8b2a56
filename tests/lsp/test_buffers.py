"""The text of an open document, and the bytes that its file would have."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint.lsp.buffers import Buffer, Change
from eventlint.lsp.positions import PositionEncoding, Positions, TextPosition

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
        before = buffer.text
        change = buffer.replace(places.position(first), places.position(last), new)
        text = text[:start] + new + text[end:]
        assert buffer.text.decode() == text
        assert change == Change(first, last, len(new.encode()))
        assert buffer.text == before[:first] + new.encode() + before[last:]


@given(old=TEXTS, new=TEXTS)
def test_an_edit_of_the_whole_text_is_the_part_that_differs(old: str, new: str) -> None:
    """A client that always sends the whole text does not make everything new."""
    buffer = Buffer("/none/a.json", old, "json", 1, "utf-16")
    change = buffer.replace_all(new)
    before, after = old.encode(), new.encode()
    assert buffer.text == after
    assert before[: change.start] == after[: change.start]
    assert before[change.end :] == after[change.start + change.size :]


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
    buffer.replace(TextPosition(0, 1), TextPosition(0, 1), " ")
    assert buffer.data == mark + '{ "é": "😀"}'.encode(encoding)


def test_invalid_bytes_are_those_of_the_file_until_the_text_changes(tmp_path: Path) -> None:
    """What is not UTF-8 in the file is reported, until the editor replaces it."""
    path = tmp_path / "search.json"
    path.write_bytes(b'{"a": "\xff"}')
    buffer = Buffer(str(path), '{"a": "\ufffd"}', "json", 1, "utf-16")
    assert buffer.data == b'{"a": "\xff"}'
    buffer.replace(TextPosition(0, 0), TextPosition(0, 0), " ")
    assert buffer.data == ' {"a": "\ufffd"}'.encode()
