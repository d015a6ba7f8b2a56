"""Every container in every encoding, compared to what Python's decoder and JSON parser find in it."""

from __future__ import annotations

import codecs
import io
import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventlint.cli import main
from eventlint.errors import InputError
from eventlint.inputs.envelope import Envelope
from eventlint.inputs.files import records
from eventlint.inputs.record import Record
from eventlint.inputs.utf8_view import Utf8View, utf8_view, width
from eventlint.jsontext.decoding import Decoded
from eventlint.jsontext.positions import Lines

ENCODINGS = {
    "utf-8": (b"", "utf-8"),
    "utf-8 with a mark": (codecs.BOM_UTF8, "utf-8"),
    **{
        f"{name}{' with a mark' if mark else ''}": (mark, name)
        for name, bom in (
            ("utf-16-le", codecs.BOM_UTF16_LE),
            ("utf-16-be", codecs.BOM_UTF16_BE),
            ("utf-32-le", codecs.BOM_UTF32_LE),
            ("utf-32-be", codecs.BOM_UTF32_BE),
        )
        for mark in (b"", bom)
    },
}
EVENTS = st.lists(
    st.fixed_dictionaries({"session": st.fixed_dictionaries({"id": st.text(max_size=8)}), "é": st.text(max_size=3)}),
    min_size=2,
    max_size=5,
)


def dumped(value: Any, indent: int | None = None) -> str:
    """A value as JSON, with characters as they are; Python's reader of lines knows more line ends than JSON Lines."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return "".join(f"\\u{ord(one):04x}" if one in "\x85\u2028\u2029\x7f" else one for one in text)


def wrapped(event: Any) -> Any:
    """An event in an envelope."""
    return {"event_type": "search", "collection": "é", "payload": event}


Container = Callable[[list[Any]], str]
CONTAINERS: dict[str, Container] = {
    "lines": lambda events: "\n".join(map(dumped, events)),
    "lines with empty ones": lambda events: "\r\n\r\n".join(map(dumped, events)) + "\n\n",
    "envelopes": lambda events: "".join(dumped(wrapped(event)) + "\n" for event in events),
    "array": lambda events: dumped(events),
    "indented array": lambda events: dumped(events, 2),
    "array of envelopes": lambda events: dumped([wrapped(event) for event in events], 1),
    "indented events": lambda events: "\n".join(dumped(event, 2) for event in events),
    "console": lambda events: "\n\n".join(
        f"POST _application/analytics/site/event/search\n{dumped(event)}" for event in events
    ),
    "markdown": lambda events: "".join(
        f"# é\n\n```http\nPOST /_application/analytics/site/event/search\n\n{dumped(event)}\n```\n" for event in events
    ),
}
NAMES = {"console": "a.http", "markdown": "a.md"}


def read(content: bytes, name: str = "a") -> list[Record]:
    """The records of standard input."""
    return list(records("-", None, Envelope(), lambda: io.BytesIO(content), name=name))


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("container", CONTAINERS)
@settings(max_examples=20)
@given(events=EVENTS)
def test_each_event_is_found_at_its_place(container: str, encoding: str, events: list[Any]) -> None:
    """All events are found; the position of each of their keys is one in the file."""
    mark, codec = ENCODINGS[encoding]
    text = CONTAINERS[container](events)
    content = mark + text.encode(codec)
    found = read(content, NAMES.get(container, "a"))
    assert [json.loads(record.body.decode("utf-8-sig")) for record in found] == events
    for record in found:
        offset = record.body.index(b'"session"')
        position = Lines(Decoded(data=record.body)).positions([offset])[offset]
        at = record.place.of(position)
        before = content[len(mark) : at.offset].decode(codec)
        assert content[at.offset :].decode(codec).startswith('"session"')
        lines = before.replace("\r\n", "\n").split("\n")
        is_marked = mark == codecs.BOM_UTF8 and record is found[0] and record.body.startswith(mark)
        assert (at.line, at.column) == (len(lines), len(lines[-1]) + 1 + is_marked)


@pytest.mark.parametrize("encoding", [name for name in ENCODINGS if not name.startswith("utf-8")])
@given(text=st.text())
def test_offsets_of_views(encoding: str, text: str) -> None:
    """The offset of each character in a view is that in the file."""
    mark, codec = ENCODINGS[encoding]
    text = "{}" + text * 50
    view = utf8_view(mark + text.encode(codec))
    assert view is not None
    offset, expected = 0, len(mark)
    for character in text:
        assert view.in_file(offset) == expected
        offset += len(character.encode())
        expected += len(character.encode(codec))
    assert view.in_file(offset) == expected


@given(st.text(st.characters(codec="utf-8")), st.integers(0, 100), st.sampled_from(["utf-16-le", "utf-32-be"]))
def test_widths_of_pieces_add_up(text: str, cut: int, codec: str) -> None:
    """A character that is cut in two belongs to its first byte."""
    raw = text.encode()
    assert width(raw[:cut], codec) + width(raw[cut:], codec) == len(text.encode(codec))


def test_the_offset_of_a_line_is_relative_to_its_start() -> None:
    """The view of a line knows where the line is."""
    view = Utf8View("é{}".encode(), "utf-16-le", origin=102, start=102)
    assert [view.in_file(offset) for offset in (102, 104, 105)] == [102, 104, 106]


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_one_event_keeps_its_bytes(codec: str) -> None:
    """A file with nothing but an event is what the server reads; so are its encoding and damage in it."""
    for text in ('{"session": {"id": "é"}}', '{\n"session": {"id": "é"}}\n', '{"session": {"id'):
        raw = text.encode(codec)
        assert [record.body for record in read(raw, "search.json")] == [raw]


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-32-be"])
def test_damaged_encodings_are_an_error(codec: str) -> None:
    """Lines before the damage are read; what cannot be decoded is not replaced."""
    raw = "{}\n{}\n{}\n".encode(codec) + b"\x00"
    found = records("-", "ndjson", Envelope(), lambda: io.BytesIO(raw))
    with pytest.raises(InputError, match=f"invalid {codec.upper()}"):
        list(found)


class Endless(io.RawIOBase):
    """A stream without an end."""

    def __init__(self, line: bytes, head: bytes = b"") -> None:
        super().__init__()
        self._pieces = itertools.chain([head], itertools.repeat(line * 100))

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read the next piece."""
        piece = next(self._pieces)[: len(buffer)] or next(self._pieces)
        buffer[: len(piece)] = piece
        return len(piece)


@pytest.mark.parametrize("name", ["a.json", "a.log", "a.ndjson", "a", "a.txt"])
@pytest.mark.parametrize(
    ("line", "head"),
    [
        (b'{"a": 1}\n', b""),
        (b'{"event_type": "search", "payload": {}}\n', b"\xef\xbb\xbf"),
        ("{}\n".encode("utf-16-le"), codecs.BOM_UTF16_LE),
        (b'{"a": 1}\n', b'{"a": \n'),
        (b'{"a": 1}\n', b"\n" * 1000),
    ],
)
def test_lines_are_read_one_by_one(name: str, line: bytes, head: bytes) -> None:
    """The memory for lines does not depend on how many there are, whatever the stream is called."""
    stream = io.BufferedReader(Endless(line, head))
    found = records("-", None, Envelope(), lambda: stream, name=name)
    assert len(list(itertools.islice(found, 2_000))) == 2_000


def test_lines_of_a_pipe_are_not_held_back() -> None:
    """Two lines are enough to recognize NDJSON; the rest may come later."""
    sent = [b'{"a": 1}\n', b'{"a": 2}\n']

    class Pipe(Endless):
        def readinto(self, buffer: Any) -> int:
            assert sent, "nothing more has been written to the pipe"
            piece = sent.pop(0)
            buffer[: len(piece)] = piece
            return len(piece)

    found = records("-", None, Envelope(), lambda: io.BufferedReader(Pipe(b"")))
    assert next(found).body == b'{"a": 1}'


@pytest.mark.parametrize("size", [3, 50_000])
@pytest.mark.parametrize("name", ["search.ndjson", "search.log"])
def test_a_growing_file_ends_where_it_ended(tmp_path: Path, name: str, size: int) -> None:
    """What is written to a file while it is read is not read."""
    path = tmp_path / name
    path.write_bytes(b"{}\n" * size)
    count = 0
    with path.open("ab") as file:
        for _ in records(str(path), None, Envelope()):
            count += 1
            file.write(b"{}\n")
            file.flush()
    assert count == size


def test_redirected_standard_input_ends_where_it_ended(tmp_path: Path) -> None:
    """A regular file as standard input is read from the current position to its end at opening."""
    path = tmp_path / "in"
    path.write_bytes(b'{"skipped": 1}\n{}\n{}\n')
    stream: BinaryIO
    with path.open("rb") as stream, path.open("ab") as more:
        stream.readline()
        found = records("-", None, Envelope(), lambda: stream, name="search.ndjson")
        first = next(found)
        more.write(b"{}\n" * 10)
        more.flush()
        assert len([first, *found]) == 2


def test_the_output_says_why_a_file_is_not_fixed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Fixes of events in a file in UTF-16 are not offered, also without ``--fix``."""
    monkeypatch.chdir(tmp_path)
    line = '{"session": {"id": "s"}, "user": {"id": "u"}, "search": {"quary": "q"}}\n'
    Path("search.ndjson").write_bytes((line * 2).encode("utf-16-le"))
    for options in ([], ["--fix", "--unsafe-fixes"]):
        assert main(["check", "--isolated", *options, "search.ndjson"]) == 1
        assert capsys.readouterr().out.count("no fix: a file in UTF-16-LE with several events is not edited") == 2
