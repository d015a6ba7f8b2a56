"""Fuzzes ``check`` and ``is_valid`` with objects of Python, also with some that misbehave."""

from __future__ import annotations

import collections
import datetime
import decimal
import enum
import json
import types
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from eventlint import Checker
from tools.fuzz.failure import expect
from tools.fuzz.grammar import event, text

_CHECKER = Checker()


class _Color(enum.IntEnum):
    RED = 1


class _Name(enum.StrEnum):
    ID = "id"


class _Text(str):
    """A string that shows itself as another one."""

    def __str__(self) -> str:
        return "other"

    def encode(self, encoding: str = "utf-8", errors: str = "strict") -> bytes:
        raise ZeroDivisionError

    def __eq__(self, other: object) -> bool:
        return self is other

    __hash__ = str.__hash__


class _Number(int):
    """A number that cannot be shown."""

    def __repr__(self) -> str:
        raise ZeroDivisionError

    __str__ = __repr__


class _Mapping(dict[str, Any]):
    """A dictionary whose items differ from its content."""

    def items(self) -> Any:
        return [("session", 1)]

    def __iter__(self) -> Iterator[str]:
        raise ZeroDivisionError


class _Hostile:
    """An object of which nothing can be asked."""

    def __getattribute__(self, name: str) -> Any:
        raise ZeroDivisionError(name)

    def __repr__(self) -> str:
        raise ZeroDivisionError


def _cycle(_: Random) -> Any:
    value: list[Any] = []
    value.append({"a": value})
    return value


def _deep(rand: Random) -> Any:
    value: Any = 1
    for _ in range(rand.choice((500, 1000, 1001, 5000))):
        value = {"a": value} if rand.random() < 0.5 else [value]
    return value


_ODD: tuple[Callable[[Random], Any], ...] = (
    lambda rand: _Text("x"),
    lambda rand: _Number(7),
    lambda rand: _Mapping(a=1),
    lambda rand: _Hostile(),
    lambda rand: _Color.RED,
    lambda rand: _Name.ID,
    lambda rand: {1, 2},
    lambda rand: b"x",
    lambda rand: bytearray(b"x"),
    lambda rand: memoryview(b"x"),
    lambda rand: object(),
    lambda rand: decimal.Decimal("1.5"),
    lambda rand: datetime.date(2024, 1, 1),
    lambda rand: types.MappingProxyType({"id": "x"}),
    lambda rand: collections.OrderedDict(id="x"),
    lambda rand: collections.UserDict(id="x"),
    lambda rand: (one for one in "ab"),
    lambda rand: range(3),
    lambda rand: ("a", 1),
    lambda rand: {1: "a", "1": "b"},
    lambda rand: {None: 1, True: 2, 1.5: 3},
    lambda rand: {("a",): 1},
    lambda rand: {_Text("id"): "x"},
    lambda rand: float("nan"),
    lambda rand: float("inf"),
    lambda rand: 10 ** rand.choice((10, 400, 5000)),
    lambda rand: -(2**31),
    lambda rand: "\ud800",
    lambda rand: "\x00",
    lambda rand: "x" * rand.choice((1025, 32767, 50001)),
    lambda rand: text(rand),
    lambda rand: Exception,
    lambda rand: check_object,
    _cycle,
    _deep,
)
_EVENT_TYPES = ("page_view", "search", "search_click", "", "x", "\ud800", "Search")


def check_object(rand: Random, number: int) -> None:
    """Draw an object, and compare what the public functions report with each other and with its JSON."""
    event_type: str = rand.choice(_EVENT_TYPES)
    value: Any = _random(rand, 0)
    if rand.random() < 0.8:
        drawn = event(rand, number, fault_rate=0)
        event_type = drawn.event_type
        value = json.loads(drawn.body) if b"/*" not in drawn.body and b"//" not in drawn.body else {"session": value}
        for _ in range(rand.choice((0, 1, 1, 2))):
            _put(rand, value)
    report = _CHECKER.check(value, event_type)
    expect(_CHECKER.is_valid(value, event_type) == report.ok, "is_valid differs", event_type)
    str([str(one) for one in report.findings])
    written = _written(value)
    if written is not None:
        other = _CHECKER.check(written, event_type)
        expect(_shown(report) == _shown(other), "an object differs from its JSON", written)


def _written(value: object) -> bytes | None:
    """The JSON of an object, if only values of exactly the types of JSON are in it; else None."""
    try:
        if type(value) is str or not _is_plain(value, 0):  # a string is JSON itself
            return None
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    except (ValueError, TypeError, RecursionError):
        return None


def _is_plain(value: object, depth: int) -> bool:
    if type(value) is dict:
        return depth < 800 and all(type(key) is str and _is_plain(one, depth + 1) for key, one in value.items())
    if type(value) is list:
        return depth < 800 and all(_is_plain(one, depth + 1) for one in value)
    return value is None or type(value) in (str, int, float, bool)


def _shown(report: Any) -> list[Any]:
    return [(one.rule, one.pointer, one.message, one.effect) for one in report.findings]


def _random(rand: Random, depth: int) -> Any:
    kind = rand.randrange(6)
    if kind == 0 and depth < 4:
        return {text(rand, 4): _random(rand, depth + 1) for _ in range(rand.randrange(4))}
    if kind == 1 and depth < 4:
        return [_random(rand, depth + 1) for _ in range(rand.randrange(4))]
    if kind == 2:
        return rand.choice(_ODD)(rand)
    return rand.choice((None, True, False, 0, -1, 1.5, 1e300, "x", "", text(rand)))


def _put(rand: Random, value: Any) -> None:
    """Replace a value somewhere in an event, or add a member."""
    while True:
        if type(value) is dict and value:
            key: Any = rand.choice(list(value))
        elif type(value) is list and value:
            key = rand.randrange(len(value))
        else:
            return
        below = value[key]
        if type(below) not in (dict, list) or rand.random() < 0.3:
            break
        value = below
    if type(value) is dict and rand.random() < 0.3:
        value[rand.choice((1, None, "x", _Name.ID, ("a",), "\ud800", _Text("other"), 1.5, True))] = 1
    else:
        value[key] = _random(rand, 2)
