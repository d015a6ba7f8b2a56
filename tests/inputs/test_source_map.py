"""Where the bytes of an event are in its file, and where those of an edited text were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint.fixes.edits import Origins, apply
from eventlint.inputs.source_map import EventBuilder, SourceText
from eventlint.model import Edit

PIECES = st.lists(
    st.tuples(st.sampled_from(["keep", "blank", "replace", "skip"]), st.binary(min_size=1, max_size=5)), max_size=8
)


@given(PIECES)
def test_kept_bytes_are_found_in_the_file(pieces: list[tuple[str, bytes]]) -> None:
    """Each kept byte of an event is the same byte in the file, and only kept bytes can be edited."""
    data = b"".join(content for _, content in pieces) + b"."
    builder = EventBuilder(SourceText(data))
    kinds: list[str] = []
    at = 0
    for kind, content in pieces:
        end = at + len(content)
        if kind == "keep":
            builder.keep(at, end)
        elif kind == "blank":
            builder.blank(at, end)
        elif kind == "replace":
            builder.replace(at, end, b"<>")
        kinds += [kind] * (2 if kind == "replace" else 0 if kind == "skip" else len(content))
        at = end
    builder.keep(at, at + 1)
    body, source_map = builder.build()
    for offset, kind in enumerate([*kinds, "keep"]):
        edits = source_map.edits(Edit(offset, offset + 1, b"x"))
        assert (edits is not None) == (kind == "keep")
        for edit in edits or ():
            assert data[edit.start : edit.end] == body[offset : offset + 1]
            assert source_map.position(offset).offset == edit.start


def test_an_edit_across_a_gap_has_several_parts() -> None:
    """The bytes of the file that the event does not have stay, and an edit across a replaced part is refused."""
    builder = EventBuilder(SourceText(b"ab--cd/*x*/ef"))
    builder.keep(0, 2)
    builder.keep(4, 6)
    builder.blank(6, 11)
    builder.keep(11, 13)
    body, source_map = builder.build()
    assert body == b"abcd     ef"
    assert source_map.edits(Edit(1, 3, b"X")) == [Edit(1, 2, b"X"), Edit(4, 5, b"")]
    assert source_map.edits(Edit(3, 10, b"")) is None


@pytest.mark.parametrize(("removed", "allowed"), [("{}\n", True), (" x", True), ("\n{}", False), ("\n\nprose", False)])
def test_a_fix_does_not_remove_other_lines(removed: str, allowed: bool) -> None:
    """Removing what follows on the same line is allowed; removing what is on another line is not."""
    text = f"{{}}{removed}."
    builder = EventBuilder(SourceText(text.encode()))
    builder.keep(0, len(text))
    _, source_map = builder.build()
    assert source_map.allows(Edit(2, len(text) - 1, b"")) is allowed


@given(st.binary(max_size=20), st.lists(st.tuples(st.integers(0, 20), st.integers(0, 3), st.binary(max_size=3))))
def test_offsets_of_an_edited_text(data: bytes, places: list[tuple[int, int, bytes]]) -> None:
    """Each byte that no edit removed is found where it was."""
    edits: list[Edit] = []
    for start, size, content in sorted(places):
        end = min(start + size, len(data))
        if start <= end and (not edits or start > edits[-1].end):
            edits.append(Edit(start, end, content))
    edited = apply(data, edits)
    origins = Origins(edits)
    shift = 0
    waiting = list(edits)
    for offset in range(len(data)):
        while waiting and waiting[0].end <= offset:
            edit = waiting.pop(0)
            shift += len(edit.content) - (edit.end - edit.start)
        if not any(edit.start <= offset < edit.end for edit in edits):
            assert edited[offset + shift] == data[offset]
            assert origins.offset(offset + shift) == offset
