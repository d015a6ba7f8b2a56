"""Ways to break each rule of the tier error by what stands in an event; it must not know how an event is written.

Each way breaks one rule and no other: what it leaves is as it was.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from eventlint.jsontext import integer
from eventlint.jsontext.java_text import BLANKS
from eventlint.spec import catalog
from eventlint.spec.nodes import Entries, Integer, Node, Object, Objects, Text
from eventlint.strategies import values
from eventlint.strategies.drawing import Draw, pick, upto
from eventlint.strategies.locations import Parts, Place, get, put
from eventlint.strategies.mutation import Break, Mutation

LIMITS = catalog().limits
"""How many digits a number may have."""

Make = Callable[[Draw, Node], Any]


def _at(*kinds: type) -> Callable[[Place], bool]:
    return lambda place: isinstance(place.node, kinds)


def _with(make: Make) -> Break:
    """Put something else where a value stands."""

    def how(draw: Draw, event: Any, parts: Parts, node: Node) -> tuple[Any, Parts]:
        return put(event, parts, make(draw, node)), parts

    return how


def _in_entry(make: Make) -> Break:
    """Put something else where the value of a filter stands."""

    def how(draw: Draw, event: Any, parts: Parts, node: Node) -> tuple[Any, Parts]:
        below = (*parts, pick(draw, tuple(get(event, parts))))
        return put(event, below, make(draw, node)), below

    return how


# ---- names ----------------------------------------------------------------------------------------------------------


def _odd_name(draw: Draw, node: Object) -> str:
    fields = tuple(node.fields)
    kind = draw(upto(5))
    one = pick(draw, fields)
    if kind == 0:
        name = draw(values.words)
    elif kind == 1:
        name = one[:-1]
    elif kind == 2:
        name = one.upper()
    elif kind == 3:
        name = pick(draw, (one + "s", f" {one}", f"{one}\0", f"_{one}", one.replace("_", "")))
    elif kind == 4 and node.set_by_server:
        name = pick(draw, tuple(node.set_by_server))
    else:
        name = draw(values.odd)
    return name if name not in fields else f"{name}_"


def _any_value(draw: Draw, node: Node | None = None) -> Any:
    """A value of any kind, whose names all differ."""
    return pick(draw, (None, True, False, 0, -1, 1.5, "", "a", [], {}, ["a", 1, None], {"id": "a"}, [[], {"a": [{}]}]))


def _unknown(draw: Draw, event: Any, parts: Parts, node: Node) -> tuple[Any, Parts]:
    assert isinstance(node, Object)  # noqa: S101 - the way asks for it
    holder = get(event, parts)
    name = _odd_name(draw, node)
    members = list(holder.items())
    members.insert(draw(upto(len(members))), (name, _any_value(draw)))
    holder.clear()
    holder.update(members)
    return event, (*parts, name)


def _missing(draw: Draw, event: Any, parts: Parts, node: Node) -> tuple[Any, Parts]:
    assert isinstance(node, Object)  # noqa: S101 - the way asks for it
    holder = get(event, parts)
    for name in pick(draw, node.required):
        holder.pop(name, None)
    return event, parts


# ---- kinds of value -------------------------------------------------------------------------------------------------

_SCALARS = (None, True, False, 0, 1, -1.5)


def _other_kind(draw: Draw, node: Node) -> Any:
    """A value of a kind that is not allowed."""
    if isinstance(node, Text):
        return pick(draw, (*_SCALARS, [], {}, ["a"], {"a": "b"}))
    if isinstance(node, Integer):
        return pick(draw, (None, True, False, [], {}, [1], {"a": 1}))
    if isinstance(node, Objects):
        return pick(draw, (*_SCALARS, "", "a"))
    return pick(draw, (*_SCALARS, "", "a", [], [{}], ["a", [1]]))


def _no_event(draw: Draw, node: Node) -> Any:
    """No number: it ends at the first foreign character, so that a comment after it would be the fault."""
    return pick(draw, (None, True, False, [], [{}], ["a"]))


def _odd_element(draw: Draw, event: Any, parts: Parts, node: Node) -> tuple[Any, Parts]:
    """Two scalars in a row, a scalar at the end, or an array among the elements."""
    items = get(event, parts)
    scalar = pick(draw, (*_SCALARS, "a", ""))
    kind = draw(upto(3))
    if kind == 0:
        items.append(scalar)
        return event, (*parts, len(items) - 1)
    at = draw(upto(len(items)))
    if kind == 1:
        items[at:at] = [[]] if draw(upto(1)) else [[{}]]
        return event, (*parts, at)
    items[at:at] = [scalar, pick(draw, (*_SCALARS, "a")) if kind == 2 else []]
    return event, (*parts, at + 1)


def _odd_filter(draw: Draw, node: Node) -> Any:
    return pick(draw, (*_SCALARS, {}, {"a": "b"}, [1], ["a", None], [["a"]], [{}], ["a", {"a": 1}]))


# ---- values ---------------------------------------------------------------------------------------------------------


def _blank(draw: Draw, node: Node) -> str:
    return draw(st.text(BLANKS, max_size=4)) if draw(upto(1)) else pick(draw, ("", " ", "\t", "\u3000"))


def _is_id(place: Place) -> bool:
    return isinstance(place.node, Text) and place.node.blank_refused and "padded-id" in place.node.lint


def _is_name(place: Place) -> bool:
    return isinstance(place.node, Text) and place.node.blank_refused and "padded-id" not in place.node.lint


def _reads_strings(place: Place) -> bool:
    return isinstance(place.node, Integer) and "string" in place.node.converts


def _negative(draw: Draw, node: Node) -> Any:
    value = -1 - draw(upto(9)) if draw(upto(3)) else integer.MINIMUM
    return pick(draw, (value, float(value), str(value), f" {value}.5 " if value > integer.MINIMUM else str(value)))


def _is_never_negative(place: Place) -> bool:
    return isinstance(place.node, Integer) and place.node.negative_refused and _reads_strings(place)


def _too_great(draw: Draw, node: Node) -> Any:
    by = draw(upto(9)) if draw(upto(2)) else draw(st.integers(0, 2**70))
    value = pick(draw, (integer.MAXIMUM + 1 + by, integer.MINIMUM - 1 - by))
    odd = (integer.MAXIMUM + 0.5, integer.MINIMUM - 0.5, 1e300, "1e10", "Infinity", "-Infinity", "0x1p31", "1e999")
    return pick(draw, (value, str(value), float(value), pick(draw, odd)))


_NO_NUMBERS = ("", " ", "a", "1.2.3", "1,5", "1 2", "0x10", "1e", "٧", "\u00a07", "nan", "ten", "--1", "1_000", "0x1p")


def _no_number(draw: Draw, node: Node) -> str:
    text = pick(draw, _NO_NUMBERS) if draw(upto(2)) else draw(values.odd)
    try:
        integer.parse_double(text)
    except ValueError:
        return text
    return "a"


def _digits(draw: Draw, node: Node) -> Any:
    count = LIMITS.number_digits + 1 + draw(upto(3))
    return pick(draw, (10 ** (count - 1), -(10**count)))


def _numeric_string(draw: Draw, node: Node) -> str:
    return pick(draw, ("1", " ", "0", "a")) * (LIMITS.numeric_string_characters + 1 + draw(upto(3)))


# ---- what cannot be sent --------------------------------------------------------------------------------------------


def _unserializable(draw: Draw, node: Node) -> Any:
    return pick(
        draw,
        (
            b"a",
            {"a"},
            datetime.date(2024, 2, 29),
            datetime.datetime(2024, 2, 29, tzinfo=datetime.UTC),
            Decimal("1.5"),
            UUID(int=1),
            1j,
            range(3),
            Ellipsis,
        ),
    )


def _no_json_number(draw: Draw, node: Node) -> float:
    return pick(draw, (math.nan, math.inf, -math.inf))


def _half(draw: Draw, node: Node) -> str:
    return pick(draw, ("\ud800", "a\udfff", "\ude00\ud83d", "😀\ud83d"))


def _half_name(draw: Draw, event: Any, parts: Parts, node: Node) -> tuple[Any, Parts]:
    name = _half(draw, node)
    get(event, parts)[name] = "a"
    return event, (*parts, name)


def _below_event(place: Place) -> bool:
    return bool(place.steps)


def _has_required(place: Place) -> bool:
    return isinstance(place.node, Object) and bool(place.node.required)


def _wrong_kind_at(place: Place) -> bool:
    """Elements of a list are other: one scalar before an object is read away."""
    return bool(place.steps) and place.steps[-1] != ""


WAYS: dict[str, tuple[Mutation, ...]] = {
    "unknown-field": (Mutation(_at(Object), _unknown),),
    "missing-field": (Mutation(_has_required, _missing),),
    "wrong-type": (
        Mutation(_wrong_kind_at, _with(_other_kind)),
        Mutation(lambda place: not place.steps, _with(_no_event)),
        Mutation(_at(Objects), _odd_element),
    ),
    "blank-id": (Mutation(_is_id, _with(_blank)),),
    "blank-name": (Mutation(_is_name, _with(_blank)),),
    "negative-number": (Mutation(_is_never_negative, _with(_negative)),),
    "number-out-of-range": (Mutation(_reads_strings, _with(_too_great)),),
    "invalid-number": (Mutation(_reads_strings, _with(_no_number)),),
    "invalid-filter": (Mutation(_at(Entries), _in_entry(_odd_filter)),),
    "number-too-long": (
        Mutation(_at(Integer), _with(_digits)),
        Mutation(_reads_strings, _with(_numeric_string), "numeric-string-length-limited"),
    ),
}
"""For each rule, the ways to break it that can be written as JSON."""

UNSENDABLE: dict[str, tuple[Mutation, ...]] = {
    "invalid-json": (
        Mutation(_at(Text, Integer), _with(_no_json_number)),
        Mutation(_at(Entries), _in_entry(_no_json_number)),
    ),
    "unserializable-value": (Mutation(_below_event, _with(_unserializable)),),
    "unencodable-string": (
        Mutation(_at(Text), _with(_half)),
        Mutation(_at(Entries), _in_entry(_half)),
        Mutation(_at(Entries), _half_name),
    ),
}
"""The same, for what Python holds and JSON does not."""
