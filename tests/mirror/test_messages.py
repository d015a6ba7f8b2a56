"""The messages of the server, and their recognition."""

from __future__ import annotations

from string import Formatter
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint.jsontext import syntax_error
from eventlint.mirror import faults
from eventlint.mirror.explain_message import recognize
from eventlint.mirror.messages import MESSAGES, WRAPPER, text
from eventlint.rules.reasons import is_wrapper, rule_of_reason

BARE = [key for key, message in MESSAGES.items() if message.text == "{reason}"]
TEMPLATES = [key for key in MESSAGES if key not in BARE]
SINGLE = ("header", "newer", "older", "parser", "version")
WORDS = st.text(st.sampled_from("abc _é[]{}'\"\n0"), max_size=12)


def test_each_kind_of_fault_has_a_message() -> None:
    """Every kind of the reader and of the walk is a key of the messages."""
    assert {*syntax_error.KINDS, *faults.KINDS} <= set(MESSAGES)


@pytest.mark.parametrize("key", TEMPLATES)
@given(st.data())
def test_a_message_is_recognized(key: str, data: st.DataObject) -> None:
    """A message with any values, alone or with a position, is recognized as a message of its kind."""
    fields = {field: spec for _, field, spec, _ in Formatter().parse(MESSAGES[key].text) if field}
    values = {
        field: data.draw(st.integers(0, 255)) if spec else "word" if field in SINGLE else data.draw(WORDS)
        for field, spec in fields.items()
    }
    message = text(key, **values)
    kind = MESSAGES[key].kind if MESSAGES[key].kind is not None else key
    same_text = {other.kind or name for name, other in MESSAGES.items() if other.text == MESSAGES[key].text}
    for prefix in ("", "[3:14] "):
        found = recognize(prefix + message)
        assert found is not None
        assert found.kind == kind or found.kind in same_text or kind == WRAPPER


@pytest.mark.parametrize(
    ("message", "rule"),
    [
        ("field [id] can't be blank", "blank-id"),
        ("field [name] can't be blank", "blank-name"),
        ("Unexpected character ('x' (co", "invalid-json"),
        ("2026-01-01 ERROR [3:14] [search] unknown field [quer", "unknown-field"),
        ("Validation Failed: 1: invalid event type: [x];", "unknown-event-type"),
        ("java.lang.IllegalArgumentException: unterminated escape sequence at end of string: %", "invalid-parameter"),
        ("[1:2] [search] failed to parse field [query]", None),
        ("connection refused", None),
    ],
)
def test_the_rule_of_a_message(message: str, rule: str | None) -> None:
    """Messages lead to rules, also cut off or in a line of a log."""
    assert rule_of_reason(message) == rule
    assert is_wrapper(message) == ("failed to parse" in message)


@pytest.mark.parametrize(
    "piece", ["[", "field [", "request [] ", "[a] unknown ", "Incorrect HTTP method for uri [] and method ["]
)
def test_hostile_messages_take_little_time(piece: str) -> None:
    """A text of pieces of messages is recognized in bounded time."""
    start = process_time()
    recognize(piece * 10_000)
    assert process_time() - start < 10
