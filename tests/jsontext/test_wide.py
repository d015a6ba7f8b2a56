"""Payloads in UTF-16 and UTF-32, which the server reads with another reader than UTF-8."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint import Server, check
from eventlint.jsontext.decoding import decode, decode_start
from eventlint.jsontext.positions import Lines
from eventlint.mirror.error_chain import refusal
from eventlint.mirror.reading import Reading
from eventlint.spec import catalog

ENCODINGS = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
EVENT = '{"session": {"id": "s"}, "user": {"id": "u"}, "page": {"url": "https://example.com/"}}'
FEWEST_TRAITS = min((catalog().release(era.name) for era in catalog().eras), key=lambda one: len(one.era.traits))
OLDER_LIBRARY = next(catalog().release(era.name) for era in catalog().eras if "older-json-reader" in era.traits)


def reader_error(body: bytes, release: Any = FEWEST_TRAITS) -> tuple[str, int]:
    """The JSON reader's message for a payload that it cannot read, and its column."""
    reading = Reading(body, "page_view", release, first_only=False)
    assert reading.faults[-1].fatal
    problem = refusal(reading.faults[-1], release, reading.lines).problem
    while problem.caused_by is not None:
        problem = problem.caused_by
    message, _, place = problem.reason.partition("\n at ")
    found = re.search(r"column: (\d+)\]$", place)
    return message, int(found[1]) if found else 0


# The output of Jackson 2.17.2 for what its two readers report in different ways.
DIFFERENCES = [
    ('{"session": "s', "Unexpected end-of-input: was expecting closing quote for a string value", 15),
    ('{"', "Unexpected end-of-input in field name", 3),
    ('{"session": -', "Unexpected end-of-inputNo digit following sign", 14),
    ('{"session": 1e+', "Unexpected end-of-inputexpected a digit for number exponent", 16),
    ('{"session": nul}', "Unrecognized token 'nul'", 16),
    ('{"session": nulé}', "Unrecognized token 'nulé'", 17),
    ('{"session": trué', "Unrecognized token 'trué'", 17),
    ('{"session": é}', "Unrecognized token 'é'", 14),
    ('{"session": Ã}', "Unrecognized token 'Ã'", 14),
    ('{"session": 😀}', "Unexpected character ('\ud83d' (code 55357 / 0xd83d)): expected a valid value", 13),
    ('{"session": €x€ }', "Unrecognized token '€x€'", 16),
    ('{"session" é}', "Unexpected character ('é' (code 233)): was expecting a colon", 12),
    ('{"session": 1 é}', "Unexpected character ('é' (code 233)): was expecting comma", 15),
    ('{"session": /é', "Unexpected character ('é' (code 233)): was expecting either '*' or '/'", 14),
    ('{"session": "\\é"}', "Unrecognized character escape 'é' (code 233)", 15),
    ('{"session": "\\u00é0"}', "Unexpected character ('é' (code 233)): expected a hex-digit", 18),
    ('{"session": "\\u0𝐀d"}', "Unexpected character ('\udc00' (code 56320 / 0xdc00)): expected a hex-digit", 18),
    ('{"session": "😀\t"}', "Illegal unquoted character ((CTRL-CHAR, code 9))", 16),
    ('{"session": }', "Unexpected character ('}' (code 125)): expected a valid value", 13),
    ('{"session": {"id": [,]', "Unexpected character (',' (code 44)): expected a valid value", 21),
    ('{"session": ["", ]', "Unexpected character (']' (code 93)): expected a valid value", 18),
    ('{"session": ["", }', "Unexpected character ('}' (code 125)): expected a value", 18),
    ('{"session": {"x": {"x": }', "Unexpected character ('}' (code 125)): expected a value", 25),
    ('{"session": -Ié', "Unexpected character ('é' (code 233)) in numeric value: expected digit", 15),
    ('{"session": -é', "Unexpected character ('é' (code 233)) in numeric value: expected digit", 14),
    ('{"session": 12.x}', "Unexpected character ('x' (code 120)) in numeric value: Decimal point", 15),
    ('{"session": 1.5e-é}', "Unexpected character ('é' (code 233)) in numeric value: Exponent", 14),
    ('{"session": 1e}', "Unexpected character ('}' (code 125)) in numeric value: Exponent", 14),
    ('{"session": 0.x}', "Unexpected character ('x' (code 120)) in numeric value: Decimal point", 15),
    ('{"session": -0e}', "Unexpected character ('}' (code 125)) in numeric value: Exponent", 16),
    ('{"session": 1.', "Unexpected character ('.' (code 46)) in numeric value: Decimal point", 14),
    ("1é", "Unexpected character ('é' (code 233)): Expected space separating root-level values", 2),
]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(("text", "message", "column"), DIFFERENCES, ids=[text for text, _, _ in DIFFERENCES])
def test_errors_are_those_of_the_second_reader(text: str, message: str, column: int, encoding: str) -> None:
    """Messages and columns are those of the reader of UTF-16 units."""
    found, at = reader_error(text.encode(encoding))
    assert found.startswith(message)
    assert at == column


def test_an_older_library_has_other_words_after_a_sign() -> None:
    """The older JSON library calls the sign a minus sign."""
    assert reader_error('{"session": -'.encode("utf-16-le"), OLDER_LIBRARY)[0].endswith("following minus sign")


@pytest.mark.parametrize(("escape", "value"), [("\\u0İC1", "Á"), ("\\u00é9", None), ("\\u\U0001c0304A", "J")])
def test_digits_of_escapes_are_low_bytes_of_units(escape: str, value: str | None) -> None:
    """The reader looks only at the low byte of a UTF-16 unit in a hexadecimal escape."""
    event = EVENT.replace('"s"', f'"{escape}"')
    answer = Server().respond(
        "POST",
        "/_application/analytics/c/event/page_view?debug=true",
        {"Content-Type": "application/json"},
        event.encode("utf-16-be"),
    )
    assert answer.status == (202 if value else 400)
    if value:
        assert json.loads(answer.body)["event"]["session"]["id"] == value


def test_a_number_across_buffers_has_other_columns() -> None:
    """A number that is not complete in one buffer is read again from its first digit, and the columns move."""
    start = '{"session": '
    padding = " " * (4000 - len(start) - 2)
    complete = (start + padding[1:] + "1.x").encode("utf-16-le")
    split = (start + padding + "1.x").encode("utf-16-le")
    assert reader_error(complete)[1] == 3999
    assert reader_error(split)[1] == 4001


@pytest.mark.parametrize(("digits", "accepted"), [("0." + "9" * 1000, True), ("7." + "9" * 1000, False)])
def test_a_fraction_after_zero_counts_one_digit_less(digits: str, accepted: bool) -> None:
    """The reader subtracts one for a part that a number does not have, if it reads the number in parts."""
    body = f'{{"session": {digits}}}'.encode("utf-32-le")
    reading = Reading(body, "page_view", FEWEST_TRAITS, first_only=True)
    assert (reading.faults[0].kind == "wrong-type") == accepted


# ---- what cannot be decoded ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("0041d8000042", "A\ufffd"),
        ("d800d800dc00", "\ufffd\ufffd"),
        ("dc000041", "\ufffdA"),
        ("0041d800", "A\ufffd"),
        ("0041d80042", "A\ufffd"),
        ("004142", "A\ufffd"),
        ("d83dde00fffe", "😀\ufffe"),
    ],
)
def test_invalid_utf_16_is_replaced_as_by_java(raw: str, text: str) -> None:
    """A high surrogate is replaced together with the unit after it; all else is replaced alone."""
    assert decode(bytes.fromhex("feff" + raw)).data.decode() == text


@pytest.mark.parametrize("invalid", ["", "d8000041", "dc00", "d800d800dc00", "d800d800d8000041dc00"])
def test_positions_after_replaced_characters(invalid: str) -> None:
    """Offsets count the bytes of the payload, also those that were replaced."""
    before = '{"'.encode("utf-16-be") + bytes.fromhex(invalid)
    text = decode(before + 'é😀": 1}'.encode("utf-16-be"))
    quote = text.data.rindex(b'"')
    assert Lines(text).positions([quote])[quote].offset == len(before) + 6


UNKNOWN = bytes.fromhex("00001100")  # a code point beyond Unicode


@pytest.mark.parametrize(
    ("tail", "accepted"),
    [
        (b"", True),
        (b" ", True),
        (UNKNOWN, False),
        ("x".encode("utf-32-le") * 2000 + UNKNOWN, True),
    ],
)
def test_what_follows_the_event_must_be_valid_only_in_its_buffer(tail: bytes, accepted: bool) -> None:
    """The reader decodes a whole buffer before it reads it; what is in later buffers is never decoded."""
    report = check(EVENT.encode("utf-32-le") + tail, event_type="page_view")
    assert report.accepted == accepted
    assert ("trailing-content" in [finding.rule for finding in report.findings]) == bool(tail and accepted)


def test_a_fault_in_an_earlier_buffer_comes_before_one_of_the_encoding() -> None:
    """The reader reads what precedes the buffer that it cannot decode."""
    body = ('{"session": nul, "x": "' + "x" * 2000).encode("utf-32-le") + UNKNOWN
    assert reader_error(body)[0].startswith("Unrecognized token")
    body = ('{"session": nul, "x": "' + "x" * 1900).encode("utf-32-le") + UNKNOWN
    assert reader_error(body)[0].startswith("Invalid UTF-32 character")


def test_the_position_is_that_of_the_invalid_character() -> None:
    """The finding shows the invalid character, not the start of its buffer."""
    before = '\ufeff{\n"é'
    body = before.encode("utf-32-be") + b"\x00\x11\x00\x00" + '"}'.encode("utf-32-be")
    finding = check(body, event_type="page_view").findings[-1]
    assert finding.rule == "invalid-encoding"
    assert finding.position is not None
    assert (finding.position.line, finding.position.column, finding.position.offset) == (2, 3, 4 * len(before))


@pytest.mark.parametrize("encoding", ENCODINGS[2:])
def test_an_incomplete_character_is_an_error_of_the_server(encoding: str) -> None:
    """The message counts UTF-16 units and bytes."""
    body = '{"😀'.encode(encoding) + b"\x00"
    reading = Reading(body, "page_view", FEWEST_TRAITS, first_only=True)
    answer = refusal(reading.faults[0], FEWEST_TRAITS, reading.lines)
    assert answer.status == 500
    assert answer.problem.caused_by is not None
    assert answer.problem.caused_by.type == "char_conversion_exception"
    assert answer.problem.caused_by.reason.endswith("got 1, needed 4, at char #4, byte #13)")


# ---- any text --------------------------------------------------------------------------------------------------------

PARTS = st.sampled_from(
    [*'{}[]",:\\/*-.01eEINtn \n\tx', "é", "😀", "\u2028", "\ufffe", "\ud800", "\\u", "1.", "nul", "𝐀"]
)
EDITS = st.lists(st.tuples(st.integers(0, len(EVENT)), st.integers(0, 2), PARTS), max_size=3)


@st.composite
def bodies(draw: st.DrawFn) -> bytes:
    """An event in a wider encoding, mostly with faults in its text or its bytes."""
    text = EVENT
    for at, removed, added in draw(EDITS):
        text = text[:at] + added + text[at + removed :]
    mark = draw(st.sampled_from(["", "\ufeff"]))
    body = (mark + text).encode(draw(st.sampled_from(ENCODINGS)), "surrogatepass")
    for at, added in draw(st.lists(st.tuples(st.integers(8, len(body)), st.binary(max_size=4)), max_size=2)):
        body = body[:at] + added + body[at + draw(st.integers(0, 4)) :]
    return body


@given(bodies())
def test_any_text_is_accepted_by_the_check_if_and_only_if_by_the_server(body: bytes) -> None:
    """Nothing raises, the check and the server agree, and positions are in the payload."""
    report = check(body, event_type="page_view")
    answer = Server().respond(
        "POST", "/_application/analytics/c/event/page_view", {"Content-Type": "application/json"}, body
    )
    assert report.accepted == (answer.status == 202)
    for finding in report.findings:
        if finding.position is not None:
            assert 0 <= finding.position.offset <= len(body)
            assert finding.position.line >= 1
            assert finding.position.column >= 1


@given(EDITS, st.sampled_from(ENCODINGS))
def test_a_text_is_accepted_in_all_encodings_or_in_none(edits: list[tuple[int, int, str]], encoding: str) -> None:
    """The two readers accept the same JSON, apart from digits of escapes that are not ASCII."""
    text = EVENT
    for at, removed, added in edits:
        text = text[:at] + added + text[at + removed :]
    text = text.encode("utf-8", "replace").decode().replace("\\u", "")
    wide = check(text.encode(encoding), event_type="page_view")
    assert wide.accepted == check(text.encode(), event_type="page_view").accepted


@given(st.text(st.sampled_from("ab\n\ré😀\ud800\udc00"), max_size=30), st.sampled_from(ENCODINGS[2:]))
def test_positions_count_characters_of_utf_32(text: str, encoding: str) -> None:
    """Offsets are four bytes for each character, also for surrogates; the server's columns count UTF-16 units."""
    decoded = decode_start(('{"' + text).encode(encoding, "surrogatepass"))
    end = len(decoded.data)
    assert Lines(decoded).positions([end])[end].offset == 4 * len(text) + 8
    line = re.split("\r\n|\r|\n", '{"' + text)[-1]
    assert Lines(decoded).server(end)[1] == len(line.encode("utf-16-le", "surrogatepass")) // 2 + 1
