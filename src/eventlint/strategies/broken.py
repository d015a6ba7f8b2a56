"""Strategies for events that break exactly one rule, and say which; it must not know how findings are found.

A breaker is made from places of the contract: it draws an event that has such a place, and changes it there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from hypothesis import strategies as st

from eventlint import contract
from eventlint.contract import Entries, Integer, Object, Objects, Text
from eventlint.errors import UsageError
from eventlint.ingest.uri_parts import uri_parts
from eventlint.model import BLANKS, pointer
from eventlint.strategies.events import Path, event_with
from eventlint.strategies.sites import Broken, Site, get, put, where
from eventlint.strategies.writing import Raw, Twice, written

_HARMLESS = ("order", "white-space", "comments", "escapes")
"""The oddities that change neither what is found nor where."""

_WRONG: dict[type, list[Any]] = {
    Text: [7, -1.5, True, False, None, [], {}, ["x"]],
    Integer: [True, None, [], {}, {"value": 3}],
    Object: ["x", 1, None, True, [], [{}]],
    Objects: ["x", 1, None, False],
    Entries: ["x", 1, None, [], [{"field": "a", "value": "b"}]],
}
_BAD_TEXT = [b"nope", b"'x'", b"01", b"NaN", b"+1", b'"\\x"', b'"\x01"', b"tru", b".5", b"-", b"Infinity"]
_BAD_URLS = ["a b", "{{ url }}", "http://[", "/search?q=%", "http://a b/", "1http://x/", "|", "https://exa{mple.com/"]
_LONG_NUMBER = Raw(b"9" * 1001)
_CUT = b"\xff<cut>"
"""Stands where a payload ends too early."""
_DEEP = 1001


class _Breaker(NamedTuple):
    """How a rule is broken.

    Attributes:
        wanted: Whether it can be broken at a place.
        change: Changes an event at a place; it gives what is drawn instead, the way that the finding points to, and how
            many names of that way are made by the change.
        is_payload: Whether only bytes can break it.
        trait: What an era of the server must have for it.
    """

    wanted: Callable[[Site], bool]
    change: Callable[[Any, Site], st.SearchStrategy[tuple[Any, Path]]]
    is_payload: bool = False
    trait: str | None = None


def _is(*kinds: type) -> Callable[[Site], bool]:
    return lambda site: isinstance(site.node, kinds)


def _inside(*kinds: type) -> Callable[[Site], bool]:
    return lambda site: isinstance(site.node, kinds) and bool(site.path)


def _replaced(choices: Callable[[Site], Iterable[Any]]) -> Callable[[Any, Site], st.SearchStrategy[tuple[Any, Path]]]:
    """A change that puts one of some values at the place."""
    return lambda event, site: st.sampled_from(list(choices(site))).map(
        lambda value: (put(event, site.path, value), site.path)
    )


def _added(names: list[str], values: list[Any]) -> Callable[[Any, Site], st.SearchStrategy[tuple[Any, Path]]]:
    """A change that adds a member to the object at the place."""

    def change(event: Any, site: Site) -> st.SearchStrategy[tuple[Any, Path]]:
        def add(drawn: tuple[str, Any]) -> tuple[Any, Path]:
            name, value = drawn
            put(get(event, site.path), (name,), value)
            return event, (*site.path, name)

        return st.tuples(st.sampled_from(names), st.sampled_from(values)).map(add)

    return change


def _without(event: Any, site: Site) -> st.SearchStrategy[tuple[Any, Path]]:
    assert isinstance(site.node, Object)  # noqa: S101 - only objects are wanted

    def remove(names: tuple[str, ...]) -> tuple[Any, Path]:
        owner = get(event, site.path)
        for name in names:
            owner.pop(name, None)
        return event, site.path

    return st.sampled_from(site.node.required).map(remove)


def _twice(event: Any, site: Site) -> st.SearchStrategy[tuple[Any, Path]]:
    """A change that writes a member of the object at the place twice."""
    owner = get(event, site.path)

    def double(name: str) -> tuple[Any, Path]:
        first = {name: owner[name], **owner}
        return put(event, site.path, Twice(first)), (*site.path, name)

    return st.sampled_from(sorted(owner)).map(double)


def _dropped(event: Any, site: Site) -> st.SearchStrategy[tuple[Any, Path]]:
    items = get(event, site.path)
    scalars = st.sampled_from([None, 1, "x", True, -1.5])

    def insert(drawn: tuple[int, Any]) -> tuple[Any, Path]:
        index, scalar = drawn
        items.insert(index, scalar)
        return event, (*site.path, index)

    return st.tuples(st.integers(0, len(items) - 1), scalars).map(insert)


def _long_name(event: Any, site: Site) -> st.SearchStrategy[tuple[Any, Path]]:
    get(event, site.path)["n" * 50_001] = "x"
    return st.just((event, site.path))


def _deep(event: Any, site: Site) -> st.SearchStrategy[tuple[Any, Path]]:
    name = "a"
    room = _DEEP - len(site.path) - 1
    get(event, site.path)[name] = Raw(b"[" * room + b"]" * room)
    return st.just((event, (*site.path, name, *[0] * (room - 1))))


def _converted(event: Any, site: Site) -> st.SearchStrategy[tuple[Any, Path]]:
    number = max(0, min(get(event, site.path), 2_000_000_000))
    forms = [str(number), f" {number} ", f"{number}.9", number + 0.5, hex(number) + "p0"]
    return st.sampled_from(forms).map(lambda form: (put(event, site.path, form), site.path))


def _immense(event: Any, site: Site) -> st.SearchStrategy[tuple[Any, Path]]:
    owner = get(event, site.path)
    long = st.sampled_from(["x" * 32_766, "é" * 16_383, "日" * 10_922])

    def add(drawn: tuple[str, str]) -> tuple[Any, Path]:
        shape, text = drawn
        name = {"nul": "a\0b", "nul list": "\0"}.get(shape, "a")
        owner.pop(name, None)
        owner[name] = {"text": text, "list": ["x", text], "nul": "x", "nul list": ["x", "y"]}[shape]
        return event, (*site.path, name, 1) if shape == "list" else (*site.path, name)

    return st.tuples(st.sampled_from(["nul", "nul list", "text", "list"]), long).map(add)


def _texts(*values: Any) -> Callable[[Site], Iterable[Any]]:
    return lambda _: values


def _is_url(site: Site) -> bool:
    return isinstance(site.node, Text) and site.node.ingest.is_taken_apart


def _is_id(site: Site) -> bool:
    return isinstance(site.node, Text) and site.node.blank_refused and "padded-id" in site.node.lint


def _is_name(site: Site) -> bool:
    return isinstance(site.node, Text) and site.node.blank_refused and "padded-id" not in site.node.lint


def _is_keyword(site: Site) -> bool:
    return isinstance(site.node, Text) and site.node.ingest.mapping in ("keyword", "uri_parts")


def _is_free(site: Site) -> bool:
    return isinstance(site.node, Text) and "relative-url" not in site.node.lint


def _needs_something(site: Site) -> bool:
    return isinstance(site.node, Object) and bool(site.node.required)


def _too_long(site: Site) -> Iterable[Any]:
    if _is_url(site):
        return [
            "https://example.com/" + "a" * 1025,
            "https://example.com/?" + "x=1&" * 300,
            "https://e.com/#" + "%41" * 1030,
        ]
    return ["a" * 1025, "é" * 1025, "😀" * 513]


def _wrong(site: Site) -> Iterable[Any]:
    """Values of a wrong kind; a scalar in a list would be read away."""
    return [[], [{}]] if isinstance(site.path[-1], int) else _WRONG[type(site.node)]


def _not_a_number(_: Site) -> Iterable[Any]:
    return ["x", "", "1.2.3", "0x", "1 2", "١"]


_BLANK_TEXTS = ["", " ", "\t\n", BLANKS[-1]]

_ERRORS: dict[str, _Breaker] = {
    "wrong-type": _Breaker(_inside(Text, Integer, Object, Objects, Entries), _replaced(_wrong)),
    "unknown-field": _Breaker(_is(Object), _added(["a", "ID", "é", "x-y", ""], [1, "x", None, [], {}])),
    "missing-field": _Breaker(_needs_something, _without),
    "blank-id": _Breaker(_is_id, _replaced(_texts(*_BLANK_TEXTS))),
    "blank-name": _Breaker(_is_name, _replaced(_texts(*_BLANK_TEXTS))),
    "negative-number": _Breaker(
        lambda site: isinstance(site.node, Integer) and site.node.negative_refused,
        _replaced(_texts(-1, -7.5, "-1", -(2**31))),
    ),
    "number-out-of-range": _Breaker(
        _is(Integer), _replaced(_texts(2**31, -(2**31) - 1, 1e10, "2147483648", "-1e99", 10**30))
    ),
    "unreadable-number": _Breaker(_is(Integer), _replaced(_not_a_number)),
    "invalid-filter": _Breaker(_is(Entries), _added(["a", "é", ""], [1, True, None, {}, [1], ["x", None], [[]]])),
    "unserializable-value": _Breaker(_inside(Text, Object), _replaced(_texts({1, 2}, b"x", 1j))),
    "unencodable-text": _Breaker(_is_free, _replaced(_texts("\ud800", "a\udfff"))),
    "over-long-number": _Breaker(
        _inside(Integer, Text, Object, Objects), _replaced(_texts(_LONG_NUMBER)), is_payload=True
    ),
    "too-deep": _Breaker(_is(Entries), _deep, is_payload=True),
    "invalid-json": _Breaker(_is(Text), _replaced(_texts(*map(Raw, _BAD_TEXT))), is_payload=True),
    "invalid-encoding": _Breaker(
        _is_free, _replaced(_texts(*map(Raw, [b'"\xff"', b'"a\x80"', b'"caf\xe9"', b'"\xe2\x82"']))), is_payload=True
    ),
    "truncated-json": _Breaker(
        _is(Text), _replaced(_texts(*map(Raw, [b'"' + _CUT, b'"a' + _CUT, b'"\\' + _CUT]))), is_payload=True
    ),
    "duplicate-key": _Breaker(_needs_something, _twice, is_payload=True),
    "over-long-name": _Breaker(_is(Entries), _long_name, is_payload=True, trait="name-length-limited"),
    "missing-body": _Breaker(lambda site: not site.path, lambda _, site: st.just((Raw(b""), ())), is_payload=True),
}

_LOSSES: dict[str, _Breaker] = {
    "unparsable-url": _Breaker(_is_url, _replaced(_texts(*(url for url in _BAD_URLS if uri_parts(url) is None)))),
    "url-with-credentials": _Breaker(
        _is_url, _replaced(_texts("https://u@example.com/", "https://u:p@example.com/a?b", "//u:@x", "ftp://:@h/"))
    ),
    "immense-session-id": _Breaker(
        lambda site: isinstance(site.node, Text) and site.node.ingest.routing,
        _replaced(_texts("s" * 32_767, "é" * 16_384)),
    ),
    "immense-filter": _Breaker(_is(Entries), _immense),
    "over-long-keyword": _Breaker(_is_keyword, _replaced(_too_long)),
    "converted-integer": _Breaker(_is(Integer), _converted),
    "dropped-item": _Breaker(_is(Objects), _dropped),
    "malformed-utf-8": _Breaker(
        _is_free,
        _replaced(_texts(*map(Raw, [b'"a\xc0\xaf"', b'"\xed\xa0\x80"', b'"\xf4\x90\x80\x80"']))),
        is_payload=True,
    ),
    "trailing-content": _Breaker(lambda site: not site.path, lambda event, _: st.just((event, ())), is_payload=True),
}

_UNSENDABLE = frozenset({"unserializable-value", "unencodable-text"})
"""What stands in the way of any payload."""


def _producers(rule: str, breaker: _Breaker, kind: str) -> tuple[str, ...]:
    both = (() if breaker.is_payload else (f"{kind}_events",), () if rule in _UNSENDABLE else (f"{kind}_payloads",))
    return (*both[0], *both[1])


PRODUCERS: dict[str, tuple[str, ...]] = {
    rule: _producers(rule, breaker, kind)
    for kind, table in (("invalid", _ERRORS), ("lossy", _LOSSES))
    for rule, breaker in table.items()
}
"""The functions that can break each rule; those about whole requests are in ``requests.RULES``."""


def invalid_events(event_type: str, rule: str | None = None) -> st.SearchStrategy[Broken]:
    """Parsed events with exactly one finding of the tier error.

    Args:
        event_type: One of the contract's event types.
        rule: The rule to break; None breaks any that a parsed event of this type can break.

    Raises:
        UsageError: There is no such event type, or the rule cannot be broken so.
    """
    return _broken(_ERRORS, "invalid_events", event_type, rule)


def invalid_payloads(event_type: str, rule: str | None = None) -> st.SearchStrategy[Broken]:
    """Payloads with exactly one finding of the tier error; the arguments are those of :func:`invalid_events`.

    ``over-long-name`` is broken only when it is asked for: few releases have the limit.

    Raises:
        UsageError: There is no such event type, or the rule cannot be broken so.
    """
    return _broken(_ERRORS, "invalid_payloads", event_type, rule)


def lossy_events(event_type: str, rule: str | None = None) -> st.SearchStrategy[Broken]:
    """Parsed events that are accepted, with exactly one finding of the tier loss.

    Args:
        event_type: One of the contract's event types.
        rule: The rule to break; None breaks any that a parsed event of this type can break.

    Raises:
        UsageError: There is no such event type, or the rule cannot be broken so.
    """
    return _broken(_LOSSES, "lossy_events", event_type, rule)


def lossy_payloads(event_type: str, rule: str | None = None) -> st.SearchStrategy[Broken]:
    """Payloads that are accepted, with exactly one finding of the tier loss; as :func:`lossy_events`.

    Raises:
        UsageError: There is no such event type, or the rule cannot be broken so.
    """
    return _broken(_LOSSES, "lossy_payloads", event_type, rule)


def breakable(function: str, event_type: str) -> tuple[str, ...]:
    """The rules that a function can break in events of a type."""
    table = _ERRORS if function.startswith("invalid") else _LOSSES
    return tuple(
        rule for rule, breaker in table.items() if function in PRODUCERS[rule] and where(event_type, breaker.wanted)
    )


def _broken(table: dict[str, _Breaker], function: str, event_type: str, rule: str | None) -> st.SearchStrategy[Broken]:
    contract.event(event_type)  # tells an event type that there is not
    known = breakable(function, event_type)
    if rule is None:
        rules = [name for name in known if table[name].trait is None]
    elif rule in known:
        rules = [rule]
    else:
        raise UsageError(f"{function} cannot break {rule!r} in {event_type}; it can break {', '.join(known)}")
    is_payload = function.endswith("payloads")
    return st.one_of([_one(name, table[name], event_type, is_payload=is_payload) for name in rules])


def _one(rule: str, breaker: _Breaker, event_type: str, *, is_payload: bool) -> st.SearchStrategy[Broken]:
    """What breaks one rule, at any place where it can be broken."""

    def at(site: Site) -> st.SearchStrategy[tuple[Any, Path]]:
        # The event is fresh in each draw, so it may be changed in place; a list of items needs one.
        path = (*site.path, 0) if isinstance(site.node, Objects) else site.path
        return event_with(event_type, path).flatmap(lambda event: breaker.change(event, site))

    changed = st.one_of([at(site) for site in where(event_type, breaker.wanted)])
    if not is_payload:
        return changed.map(lambda drawn: Broken(event=drawn[0], rule=rule, pointer=pointer(drawn[1])))
    return changed.flatmap(lambda drawn: _in_bytes(rule, event_type, *drawn))


def _in_bytes(rule: str, event_type: str, event: Any, path: Path) -> st.SearchStrategy[Broken]:
    node: Object = contract.event(event_type)
    if rule == "missing-body":
        raw: st.SearchStrategy[bytes] = st.just(b"")
    else:
        raw = written(st.just(event), node, _HARMLESS)
    if rule == "truncated-json":
        raw = raw.map(lambda body: body.partition(_CUT)[0])
    if rule == "trailing-content":
        after = st.sampled_from([b" x", b"{}", b"\n{}\n", b"}", b"\x00", b" \xff", b"/* open"])
        return st.builds(lambda body, rest: Broken(event=body + rest, rule=rule, pointer=""), raw, after)
    return raw.map(lambda body: Broken(event=body, rule=rule, pointer=pointer(path)))
