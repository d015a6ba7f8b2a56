"""Containers that are skipped in one step are skipped as token by token."""

from __future__ import annotations

import sys
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from eventlint.jsontext import plain_values
from eventlint.jsontext.cursor import Cursor, skip_value
from eventlint.jsontext.lazy_regex import PATIENCE, Lazy
from eventlint.jsontext.reader import Reader, ReaderLimits
from eventlint.jsontext.syntax_error import JsonSyntaxError

_PIECES = [
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b'"a":',
    b'"b" : ',
    b"1",
    b"01",
    b'"x"',
    b"null",
    b"\n",
    b"/**/",
    b'"\xc3\xa9"',
]


def _by_tokens(reader: Reader, token: int) -> None:
    for _ in Cursor(reader, token):
        pass


def _state(data: bytes, limits: ReaderLimits, *, at_once: bool) -> object:
    reader = Reader(data, 0, limits)
    error = None
    try:
        (skip_value if at_once else _by_tokens)(reader, reader.first())
    except JsonSyntaxError as failed:
        error = (failed.kind, failed.at, failed.args)
    return error, reader.pos, reader.opened, reader.token_start, reader.last_token, reader.in_key


@given(st.lists(st.sampled_from(_PIECES), max_size=20), st.one_of(st.none(), st.integers(1, 6)))
def test_the_reader_is_in_the_same_state_after_both(pieces: list[bytes], depth: int | None) -> None:
    """The place, the open brackets, and the error are the same."""
    data = b'[{"a":1,"b":[1]},{"a":' + b"".join(pieces)
    limits = ReaderLimits(nesting_depth=depth)
    expected = _state(data, limits, at_once=False)
    assert _state(data, limits, at_once=True) == expected
    never = Lazy(b"", sys.maxsize)
    with patch.multiple(plain_values, _CONTAINER=never, _PLAIN_FIRST=never, _PLAIN_ENTRIES=never, _PLAIN_VALUE=never):
        assert _state(data, limits, at_once=True) == expected


def test_an_expression_is_compiled_when_it_is_worth_it() -> None:
    """Before that, it matches nothing; one large text is enough, but of a short one only an eighth counts."""
    patient, data = Lazy(b"a", 10), b"a" * 41
    assert [patient.match(data, 1) is not None for _ in range(3)] == [False, True, True]
    assert Lazy(b"a", PATIENCE).match(b"a" * PATIENCE) is not None
    assert Lazy(b"a", 10).match(b"a" * 99, 0, 79) is None
