"""The JSON reader: tokens, strings, numbers and positions."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint.jsontext.cursor import skip_value
from eventlint.jsontext.decoding import Decoded, decode
from eventlint.jsontext.integer import OutOfRangeError, of_number, of_string
from eventlint.jsontext.positions import Lines
from eventlint.jsontext.reader import Reader
from eventlint.jsontext.syntax_error import JsonSyntaxError
from eventlint.mirror.error_chain import refusal
from eventlint.mirror.reading import Reading
from eventlint.mirror.suggestions import suggestions
from eventlint.spec import catalog

VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(st.text(), below, max_size=4),
    max_leaves=20,
)


def read(reader: Reader, token: int) -> Any:
    """The value whose first token was read."""
    if token == ord("{"):
        found: dict[str, Any] = {}
        while (name := reader.member(not found)) is not None:
            reader.accept_key()
            found[name] = read(reader, reader.value())
        return found
    if token == ord("["):
        values: list[Any] = []
        while (token := reader.element(not values)) != ord("]"):
            values.append(read(reader, token))
        return values
    if token == ord('"'):
        return reader.read_string()
    return json.loads(reader.data[reader.start : reader.pos])


@given(VALUES, st.sampled_from([None, 2, "\t"]), st.booleans())
def test_strict_json_is_read_as_by_json(value: Any, indent: int | str | None, ascii_only: bool) -> None:
    """What ``json`` writes is read back as the same value, whatever the white space and the escapes."""
    raw = json.dumps(value, indent=indent, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    reader = Reader(raw)
    assert json.dumps(read(reader, reader.first())) == json.dumps(json.loads(json.dumps(value)))


@given(VALUES, st.sampled_from([None, 1]))
def test_skipping_ends_where_reading_ends(value: Any, indent: int | None) -> None:
    """Skipping a value ends where reading it ends."""
    raw = json.dumps([value, 0], indent=indent).encode()
    reader = Reader(raw)
    reader.first()
    token = reader.element(True)
    skip_value(reader, token)
    start = raw.index(b"[") + 1 if token in b"[{" else reader.start
    assert json.loads(raw[start : reader.pos]) in (
        value,
        json.loads(json.dumps(value)),
    )


@given(st.binary(max_size=60))
def test_bytes_raise_only_syntax_errors(raw: bytes) -> None:
    """Any bytes are read, or raise ``JsonSyntaxError``."""
    try:
        text = decode(raw)
        reader = Reader(text.data, text.start)
        token = reader.first()
        skip_value(reader, token)
    except JsonSyntaxError:
        pass


@given(st.text(st.sampled_from("ab\n\ré😀\u2028"), max_size=30))
def test_positions_agree_with_a_naive_count(text: str) -> None:
    """Lines end at a line feed, a carriage return, or both together; columns count characters."""
    raw = text.encode()
    lines = Lines(Decoded(data=raw))
    starts = [len(text[:index].encode()) for index in range(len(text) + 1)]
    found = lines.positions(starts)
    for index, offset in enumerate(starts):
        before = text[:index]
        ended = before.replace("\r\n", "\n").replace("\r", "\n")
        if before.endswith("\r") and text[index : index + 1] == "\n":
            ended = ended[:-1] + "."  # between the two the line has not ended
        line = ended.count("\n") + 1
        column = len(ended) - (ended.rfind("\n") + 1) + 1
        position = found[offset]
        assert (position.line, position.column, position.offset) == (line, column, offset)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_wider_encodings_are_detected(encoding: str, mark: str) -> None:
    """A wider encoding is detected from the first bytes, with and without a mark."""
    text = decode((mark + '{"a": "é😀"}').encode(encoding))
    assert text.data.decode() == '{"a": "é😀"}'


@pytest.mark.parametrize(
    ("text", "value"),
    [("7", 7), (" 7 ", 7), ("1e3", 1000), ("0x1p3", 8), ("10d", 10), ("NaN", 0), ("-0.9", 0), (".5e1", 5), ("7.", 7)],
)
def test_strings_that_java_parses_as_numbers(text: str, value: int) -> None:
    """``Double.parseDouble`` reads more than JSON does."""
    assert of_string(text) == value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty String"),
        ("1.2.3", "multiple points"),
        ("x", 'For input string: "x"'),
        ("1_0", 'For input string: "1_0"'),
        ("٧", 'For input string: "٧"'),
        ("7\u00a0", 'For input string: "7\u00a0"'),
        ("inf", 'For input string: "inf"'),
    ],
)
def test_strings_that_java_rejects(text: str, words: str) -> None:
    """What Java rejects is rejected with its message, even where Python is more lenient."""
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - the words are compared below
        of_string(text)
    assert str(raised.value) == words


@pytest.mark.parametrize("text", ["2147483648", "-2147483649", "2147483647.9", "1e400", "9" * 900])
def test_numbers_that_do_not_fit(text: str) -> None:
    """The range is checked before the fraction is dropped."""
    with pytest.raises(OutOfRangeError):
        of_number(text)


@given(st.text(st.sampled_from("abcdef"), max_size=8), st.text(st.sampled_from("abcdef"), min_size=1, max_size=8))
def test_suggestions_against_a_naive_distance(unknown: str, known: str) -> None:
    """A name is suggested when the edits are less than half of the longer length."""

    def distance(one: str, other: str) -> int:
        if not one or not other:
            return len(one) + len(other)
        return min(
            distance(one[1:], other) + 1,
            distance(one, other[1:]) + 1,
            distance(one[1:], other[1:]) + (one[0] != other[0]),
        )

    unknown, known = unknown[:5], known[:5]
    near = 1 - distance(unknown, known) / max(len(unknown), len(known)) > 0.5
    assert suggestions(unknown, [known]) == ([known] if near else [])


FEWEST_TRAITS = min((catalog().release(era.name) for era in catalog().eras), key=lambda one: len(one.era.traits))
# The output of Jackson 2.17.2 for unusual bodies.
UNUSUAL = [
    (b"}", "Unexpected close marker '}': expected ']' (for root starting at [Source: ", (1, 1)),
    (b"+", "Unexpected end-of-input in a Number value", (1, 2)),
    (b"[-I", "Unexpected end-of-input in a Number value", (1, 4)),
    (b"[-", "Unexpected end-of-input in START_ARRAY", (1, 3)),
    (b"[true\xc3\xa9]", "Invalid UTF-8 middle byte 0xc3", (1, 7)),
    (b'["\\u12', "Unexpected end-of-input in character escape sequence", (1, 7)),
    (b"[+Infinityx]", "Unrecognized token '+Infinityx'", (1, 13)),
    (b"[-I\xb2]", "Unexpected character ('\uffb2' (code -78)) in numeric value", (1, 4)),
    (b'{"ab\xe2\x28\xa1": 1}', "Invalid UTF-8 middle byte 0x6162e228", (1, 9)),
    (b"9" * 1001 + b"x", "Unexpected character ('x' (code 120)): Expected space", (1, 1002)),
]


@pytest.mark.parametrize(("raw", "message", "place"), UNUSUAL, ids=[str(raw[:12]) for raw, _, _ in UNUSUAL])
def test_unusual_bodies_have_the_messages_of_the_servers_reader(
    raw: bytes, message: str, place: tuple[int, int]
) -> None:
    """Messages and positions are those of the server's JSON library."""
    reading = Reading(b'{"x":' + raw if raw[:1] in b"[{" else raw, "search", FEWEST_TRAITS, first_only=False)
    fault = reading.faults[-1]
    offset = 5 if raw[:1] in b"[{" else 0
    problem = refusal(fault, FEWEST_TRAITS, reading.lines).problem
    while problem.caused_by is not None:
        problem = problem.caused_by
    assert problem.reason.startswith(message)
    assert reading.lines.server(fault.server_offset, fault.column_shift) == (place[0], place[1] + offset)
