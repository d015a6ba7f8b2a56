"""Objects whose methods raise or lie: nothing that they do leaves the functions of the package."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint import Checker, InvalidEvent, Request, UsageError, check, check_request, is_valid, validate
from eventlint.guard import Guard, checked

PLAIN: dict[str, Any] = {"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
TEXT = json.dumps(PLAIN)
URI = "/_application/analytics/site/event/search"


class OddError(Exception):
    """Only odd objects raise it."""


def _boom(*_: object, **__: object) -> Any:
    raise OddError


_METHODS = (
    *("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__str__", "__repr__", "__format__", "__bool__"),
    *("__len__", "__iter__", "__getitem__", "__contains__", "__hash__", "__getattribute__", "__index__", "__bytes__"),
)


def raising(base: type, *kept: str) -> Any:
    """A subclass whose methods raise."""
    return type(f"Odd{base.__name__}", (base,), {name: _boom for name in _METHODS if name not in kept})


class RaisingClass:
    """``isinstance`` raises for it."""

    __class__ = property(_boom)  # pyright: ignore[reportIncompatibleMethodOverride]


class LyingClass:
    """``isinstance`` takes it for a string."""

    __class__ = str  # type: ignore[assignment]


class _Meta(type):
    __name__ = property(_boom)  # pyright: ignore[reportAssignmentType]
    __hash__ = _boom
    __subclasscheck__ = _boom


class RaisingType(metaclass=_Meta):
    """Its class cannot be named."""


class Lying(str):
    """A key that claims to be another one."""

    claimed = ""

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return hash(self.claimed)


def _key(text: str, claimed: str) -> str:
    return type("Key", (Lying,), {"claimed": claimed})(text)  # type: ignore[no-any-return]


ODD: dict[str, Callable[[], Any]] = {
    "class": RaisingClass,
    "lying class": LyingClass,
    "type": RaisingType,
    "metaclass": lambda: RaisingType,
    "string": lambda: raising(str)("search"),
    "JSON": lambda: raising(str)(TEXT),
    "surrogate": lambda: raising(str)("\ud800"),
    "hashable string": lambda: raising(str, "__hash__")("session"),
    "bytes": lambda: raising(bytes)(TEXT.encode()),
    "integer": lambda: raising(int)(5),
    "huge integer": lambda: 10**5_000,
    "float": lambda: raising(float)(1.5),
    "dict": lambda: raising(dict)(PLAIN),
    "list": lambda: raising(list)([1]),
    "tuple": lambda: raising(tuple)((1,)),
    "view": lambda: memoryview(bytearray(TEXT.encode()))[::2],
}


def _events(value: Any) -> Iterator[Any]:
    """Events with a value in different places."""
    yield value
    yield [value]
    yield {**PLAIN, "session": value}
    yield {**PLAIN, "session": {"id": value}}
    yield {**PLAIN, "search": {"query": value, "filters": value}}
    yield {**PLAIN, "search": {"query": "q", "filters": {"a": [value]}}}
    yield {**PLAIN, "other": value}
    try:
        yield {**PLAIN, value: {"id": "s"}}
        yield {**PLAIN, "search": {"query": "q", "filters": {value: "a"}}}
    except Exception:  # it cannot be a key
        return


odd = pytest.mark.parametrize("make", ODD.values(), ids=ODD)


@odd
def test_an_event_never_raises(make: Callable[[], Any]) -> None:
    """What is wrong with it is a finding, for every function."""
    for event in _events(make()):
        assert isinstance(check(event, "search").ok, bool)
        assert isinstance(is_valid(event, "search"), bool)
        assert Guard().judge_payload(event, "search").report is not None
        assert _answered(lambda event=event: validate(event, "search"))  # type: ignore[misc]


def _answered(call: Callable[[], object]) -> bool:
    """Whether a call returns, or reports that an argument is wrong."""
    try:
        call()
    except (UsageError, InvalidEvent):
        return True
    return True


@odd
@pytest.mark.parametrize("function", [check, validate, is_valid])
@pytest.mark.parametrize("argument", ["event_type", "release", "collection", "collections"])
def test_an_argument_is_a_string_or_a_usage_error(function: Any, argument: str, make: Callable[[], Any]) -> None:
    """What its methods raise does not reach the caller."""
    for value in (make(), [make()]):
        assert _answered(lambda value=value: function(PLAIN, **{"event_type": "search", argument: value}))  # type: ignore[misc]


@odd
@pytest.mark.parametrize("option", ["release", "collections", "select", "ignore"])
def test_an_option_of_a_checker_is_a_usage_error(option: str, make: Callable[[], Any]) -> None:
    """The message shows the value only if it can be shown."""
    for value in (make(), [make()]):
        assert _answered(lambda value=value: Checker(**{option: value}))  # type: ignore[misc]


@odd
@pytest.mark.parametrize("part", ["method", "uri", "headers", "body"])
def test_a_part_of_a_request_is_used_or_a_usage_error(part: str, make: Callable[[], Any]) -> None:
    """For headers, the names and values, too."""
    plain: dict[str, Any] = {"method": "POST", "uri": URI, "headers": {"a": "b"}, "body": TEXT.encode()}
    for value in (make(), [make()], [("a", make())], [(make(), "a")]):
        assert _answered(lambda value=value: check_request(Request(**{**plain, part: value})))  # type: ignore[misc]
    assert _answered(lambda: check_request(make()))


def test_a_subclass_of_a_string_is_used_as_the_string() -> None:
    """Its methods do not change what it means."""
    kind = raising(str)
    assert check(PLAIN, kind("search"), collection=kind("site"), release=kind("8.19")).ok
    request = Request(
        method=kind("POST"),
        uri=kind(URI),
        headers={"content-type": kind("application/json")},
        body=raising(bytes)(TEXT.encode()),
    )
    assert check_request(request).ok


def test_a_decorated_function_gets_an_odd_object() -> None:
    """The guard does not raise what the object raises."""
    got: list[object] = []
    checked("search", payload="event")(lambda event: got.append(event))(RaisingClass())
    assert len(got) == 1


@pytest.mark.parametrize(
    "event",
    [
        {**PLAIN, "session": {_key("idd", "id"): "s"}},
        {_key("sessiom", "session"): {"id": "s"}, "user": {"id": "u"}, "search": {"query": "q"}},
        {**PLAIN, "search": {_key("quary", "query"): "q"}},
    ],
)
def test_a_key_counts_as_what_json_writes(event: dict[str, Any]) -> None:
    """Not as what it is equal to."""
    assert [finding.rule for finding in check(event, "search").findings] == [
        finding.rule for finding in check(json.dumps(event), "search").findings
    ]
    assert not check(event, "search").ok


def test_a_value_counts_as_what_json_writes() -> None:
    """Not as what its methods return."""
    blank = type("Blank", (str,), {"strip": lambda *_: "x", "__ge__": lambda *_: True})("  ")
    event = {**PLAIN, "session": {"id": blank}}
    assert [finding.rule for finding in check(event, "search").findings] == ["blank-id"]


class Honest(str):
    """A string of another type."""


class Blank(str):
    """A string that claims not to be blank."""

    def __ge__(self, other: str) -> bool:
        return True

    def __lt__(self, other: str) -> bool:
        return False

    def strip(self, *_: Any) -> str:
        """Claim to have a character."""
        return "x"

    def isascii(self) -> bool:
        """Claim to be ASCII."""
        return True


class Mapped(dict[Any, Any]):
    """An object of another type, which claims to be empty."""

    def __len__(self) -> int:
        return 0


FIELDS = ("session", "user", "search", "page", "document", "id", "query", "url", "index", "results", "items", "sort")
TEXTS = st.sampled_from(["s-1", "", " ", "\u00e9", "\ud800", "\u2003", "https://e.example/", "7"])
VALUES: st.SearchStrategy[Any] = st.one_of(
    TEXTS,
    TEXTS.map(Honest),
    TEXTS.map(Blank),
    st.sampled_from([None, True, 7, 1.5, b"s-1", (), ("a",), [], {}, float("nan"), 10**5_000]),
    st.integers(0, 2).map(lambda number: (RaisingClass, LyingClass, RaisingType)[number]()),
)
KEYS = st.one_of(
    st.sampled_from(FIELDS),
    st.sampled_from(FIELDS).map(Honest),
    st.builds(_key, st.sampled_from(["idd", "id", "sessiom", "session", "\ud800"]), st.sampled_from(FIELDS)),
    st.sampled_from([1, None, True]),
)


@st.composite
def odd_events(draw: st.DrawFn) -> Any:
    """Clean events in which a few keys and values are replaced or added."""
    event: Any = {
        "session": {"id": "s-1"},
        "user": {"id": "u-1"},
        "document": {"id": "d-1", "index": "i"},
        "search": {
            "query": "q",
            "sort": {"name": "n"},
            "filters": {"a": ["b"]},
            "results": {"items": [{"document": {"id": "1"}}], "total_results": 1},
        },
    }
    for _ in range(draw(st.integers(1, 3))):
        above: Any = {}
        key: Any = None
        below: Any = event
        for _ in range(draw(st.integers(1, 4))):
            keys: list[Any] = (
                list(below) if type(below) is dict else list(range(len(below))) if type(below) is list else []
            )
            if not keys:
                break
            above, key = below, keys[draw(st.integers(0, len(keys) - 1))]
            below = above[key]
        change = draw(st.sampled_from(["value", "add", "rename", "subclass"]))
        if change == "value":
            above[key] = draw(VALUES)
        elif change == "subclass" and type(below) is dict:
            above[key] = Mapped(below)
        elif change == "rename" and type(above) is dict:
            above[draw(KEYS)] = above.pop(key, 0)
        elif type(above) is dict:
            above[draw(KEYS)] = draw(VALUES)
    return event


@given(odd_events())
def test_is_valid_and_check_agree_on_odd_objects(event: Any) -> None:
    """Both count what JSON writes, also when the function of the fast path is already known."""
    report = check(event, "search_click")
    assert [is_valid(event, "search_click"), is_valid(event, "search_click")] == [report.ok] * 2
    checker = Checker("8.16")
    assert checker.is_valid(event, "search_click") == checker.check(event, "search_click").ok


@pytest.mark.parametrize("key", [_key("idd", "id"), Honest("id")])
def test_a_known_function_does_not_trust_keys(key: str) -> None:
    """The first call of ``is_valid`` remembers the function of the fast path; later calls pass the object to it."""
    assert is_valid(PLAIN, "search")
    event = {**PLAIN, "session": {key: "s"}}
    assert is_valid(event, "search") == check(event, "search").ok == (str.__str__(key) == "id")
