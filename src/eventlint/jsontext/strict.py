"""Reads strict JSON into objects: RFC 8259 in UTF-8, with distinct keys and without NaN and Infinity."""

from __future__ import annotations

import json
import marshal
from collections.abc import Callable
from typing import Any, NoReturn, cast

_BLANKS = " \t\n\r"

_LARGE, _DENSE = 10_000, 16
"""A text with more characters, and with a bracket in less than so many of them, is not parsed: the objects that Python
makes of it would need much more memory than the text."""

_Read = Callable[[str], tuple[Any, int]]


def parse(event: object) -> object:
    """The event as an object; only strict JSON with distinct keys can be parsed, and without too many brackets.

    Raises:
        ValueError: It is not strict JSON in UTF-8, or is long and has many brackets.
    """
    kind = type(event)  # not isinstance, because an object's __class__ may raise
    if issubclass(kind, bytes):
        return _decoded(bytes.decode(event))  # type: ignore[arg-type]
    if issubclass(kind, str):
        str.encode(event)  # type: ignore[arg-type]
        return _decoded(str.__str__(cast(str, event)))
    return event


def is_plain(value: Any) -> bool:
    """Whether a value has only the types of JSON, and no subclasses of them, whose methods may lie."""
    try:
        marshal.dumps(value)  # it raises for other types
    except ValueError:
        return False
    return True


def _decoded(text: str) -> object:
    """The value that a text is. ``JSONDecoder.decode`` would search for white space with regular expressions."""
    if len(text) > _LARGE and (text.count("{") + text.count("[")) * _DENSE > len(text):
        raise ValueError
    text = text if text[:1] not in _BLANKS else text.lstrip(_BLANKS)
    value, end = read_value(text)
    if end < len(text) and text[end:].strip(_BLANKS):
        raise ValueError
    return value


def read_value(text: str) -> tuple[Any, int]:
    """The value at the start of a text, and its end.

    Each member has one quote followed by a colon, unless there is white space between them; strings may have more. So
    all keys are distinct if the objects have as many keys as there are such quotes.
    """
    try:
        pair = _idle.pop()
    except IndexError:  # the first one, or all others are in use by threads
        pair = _counting_reader()
    lengths, read = pair
    found = read(text)
    members = sum(lengths)
    lengths.clear()
    _idle.append(pair)
    return _read_distinct(text) if may_repeat_key(text, members) else found


def may_repeat_key(text: str, members: int) -> bool:
    """Whether an object in a text may have a key twice; ``members`` is the number of keys of all parsed objects."""
    return members != text.count('":') or _has_blank_before_colon(text)


def _has_blank_before_colon(text: str) -> bool:
    # Searching for one character is much faster than searching for two.
    return (
        (" " in text and " :" in text)
        or ("\n" in text and "\n:" in text)
        or ("\r" in text and "\r:" in text)
        or ("\t" in text and "\t:" in text)
    )


def _counting_reader() -> tuple[list[int], _Read]:
    """A list, and a function that reads JSON and appends the number of keys of each object to the list."""
    lengths: list[int] = []

    def note(value: dict[str, Any]) -> dict[str, Any]:
        lengths.append(len(value))
        return value

    return lengths, json.JSONDecoder(object_hook=note, parse_constant=_refuse_constant).raw_decode


_idle: list[tuple[list[int], _Read]] = []
"""The readers that no thread uses; one that raised is not used again."""


def _object_of_distinct_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


_distinct = json.JSONDecoder(object_pairs_hook=_object_of_distinct_keys, parse_constant=_refuse_constant)
_read_distinct = _distinct.raw_decode
