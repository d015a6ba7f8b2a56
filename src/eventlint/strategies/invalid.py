"""Mutations of values that violate rules of the tier error, by the kind of fault that the server meets."""

from __future__ import annotations

import copy
import datetime
import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from eventlint import spec
from eventlint.jsontext import integer
from eventlint.jsontext.java_text import BLANKS
from eventlint.rules import Rule
from eventlint.spec.nodes import Entries, Integer, Node, Object, Objects, Text
from eventlint.strategies import values
from eventlint.strategies.drawing import Draw, pick, upto
from eventlint.strategies.locations import ITEM, Place, get, places, put
from eventlint.strategies.mutation import Mutated, Mutation, Site, replace


def _at(*kinds: type) -> Callable[[Place, Rule], bool]:
    return lambda place, rule: isinstance(place.node, kinds)


def _replace_entry(make: Callable[[Draw, Node], Any]) -> Callable[[Draw, Site], Mutated]:
    """A change that puts another value in place of a string: of the field's, or of a filter's."""

    def apply(draw: Draw, site: Site) -> Mutated:
        path = site.path
        if isinstance(site.node, Entries):
            path = (*path, pick(draw, tuple(get(site.event, path))))
        return put(site.event, path, make(draw, site.node)), path

    return apply


# ---- keys -----------------------------------------------------------------------------------------------------------


def _elsewhere(node: Object) -> tuple[str, ...]:
    """The fields that other releases have in an object, and this one does not."""
    stem = node.schema.rpartition(":")[0]
    names = [
        key
        for era in spec.catalog().eras
        for event_type in era.events
        for place in places(spec.event(event_type, spec.release(era.name)))
        if isinstance(place.node, Object) and place.node.schema.rpartition(":")[0] == stem
        for key in place.node.fields
    ]
    return tuple(dict.fromkeys(key for key in names if key not in node.fields))


def _unknown_key(draw: Draw, node: Object) -> str:
    kind = draw(upto(5))
    known = pick(draw, tuple(node.fields))
    if kind == 0:
        key = draw(values.words)
    elif kind == 1:
        key = pick(draw, (known[:-1], *_elsewhere(node)))
    elif kind == 2:
        key = known.upper()
    elif kind == 3:
        key = pick(draw, (known + "s", f" {known}", f"{known}\0", f"_{known}", known.replace("_", "")))
    elif kind == 4 and node.set_by_server:
        key = pick(draw, tuple(node.set_by_server))
    else:
        key = draw(values.any_text)
    return key if key not in node.fields else f"{key}_"


_SCALARS = (None, True, False, 0, 1, -1.5)
_ANY: tuple[Any, ...] = (*_SCALARS, "", "a", [], {}, ["a", 1, None], {"id": "a"}, [[], {"a": [{}]}])


def _add_unknown(draw: Draw, site: Site) -> Mutated:
    assert isinstance(site.node, Object)  # noqa: S101 - the mutation applies to objects
    holder = get(site.event, site.path)
    key = _unknown_key(draw, site.node)
    members = list(holder.items())
    members.insert(draw(upto(len(members))), (key, copy.deepcopy(pick(draw, _ANY))))
    holder.clear()
    holder.update(members)
    return site.event, (*site.path, key)


def _remove_required(draw: Draw, site: Site) -> Mutated:
    assert isinstance(site.node, Object)  # noqa: S101 - the mutation applies to objects
    for key in pick(draw, site.node.required):
        get(site.event, site.path).pop(key, None)
    return site.event, site.path


# ---- types of values ------------------------------------------------------------------------------------------------


def _other_type(draw: Draw, node: Node) -> Any:
    if isinstance(node, Text):
        return pick(draw, (*_SCALARS, [], {}, ["a"], {"a": "b"}))
    if isinstance(node, Integer):
        return pick(draw, (None, True, False, [], {}, [1], {"a": 1}))
    if isinstance(node, Objects):
        return pick(draw, (*_SCALARS, "", "a"))
    return pick(draw, (*_SCALARS, "", "a", [], [{}], ["a", [1]]))


# No numbers: they would end at the first foreign character, so that a comment after them would be the fault.
_NOT_OBJECTS: tuple[Any, ...] = (None, True, False, [], [{}], ["a"])
_NOT_FILTERS: tuple[Any, ...] = (*_SCALARS, {}, {"a": "b"}, [1], ["a", None], [["a"]], [{}], ["a", {"a": 1}])


def _one_of(choices: tuple[Any, ...]) -> Callable[[Draw, Node], Any]:
    return lambda draw, node: copy.deepcopy(pick(draw, choices))


def _wrong_element(draw: Draw, site: Site) -> Mutated:
    """Two scalars in a row, a scalar at the end, or an array among the elements."""
    items = get(site.event, site.path)
    scalar = pick(draw, (*_SCALARS, "a", ""))
    kind = draw(upto(3))
    at = len(items) if kind == 0 else draw(upto(len(items)))
    if kind == 0:
        items.append(scalar)
    elif kind == 1:
        items.insert(at, pick(draw, ([], [{}])))
    else:
        items[at:at] = [scalar, pick(draw, (*_SCALARS, "a")) if kind == 2 else []]
        at += 1
    return site.event, (*site.path, at)


def _is_single(place: Place, rule: Rule) -> bool:
    """Whether a place is not the event and not an element: one scalar before an element is dropped."""
    return bool(place.steps) and place.steps[-1] != ITEM


# ---- strings and numbers --------------------------------------------------------------------------------------------


def _blank(draw: Draw, node: Node) -> str:
    return draw(st.text(BLANKS, max_size=4)) if draw(upto(1)) else pick(draw, ("", " ", "\t", "\u3000"))


def _refuses_blank(place: Place, rule: Rule) -> bool:
    return isinstance(place.node, Text) and place.node.blank_refused


def reads_strings(place: Place, rule: Rule) -> bool:
    """Whether the server reads numbers from strings at a place."""
    return isinstance(place.node, Integer) and "string" in place.node.converts


def _refuses_negative(place: Place, rule: Rule) -> bool:
    return isinstance(place.node, Integer) and place.node.negative_refused and reads_strings(place, rule)


def _negative(draw: Draw, node: Node) -> Any:
    value = -1 - draw(upto(9)) if draw(upto(3)) else integer.MINIMUM
    return pick(draw, (value, float(value), str(value), f" {value}.5 " if value > integer.MINIMUM else str(value)))


def _out_of_range(draw: Draw, node: Node) -> Any:
    by = draw(upto(9)) if draw(upto(2)) else draw(st.integers(0, 2**70))
    value = pick(draw, (integer.MAXIMUM + 1 + by, integer.MINIMUM - 1 - by))
    special = (integer.MAXIMUM + 0.5, integer.MINIMUM - 0.5, 1e300, "1e10", "Infinity", "-Infinity", "0x1p31", "1e999")
    return pick(draw, (value, str(value), float(value), pick(draw, special)))


_NOT_NUMBERS = ("", " ", "a", "1.2.3", "1,5", "1 2", "0x10", "1e", "٧", "\u00a07", "nan", "ten", "--1", "1_000", "0x1p")


def _not_a_number(draw: Draw, node: Node) -> str:
    text = pick(draw, _NOT_NUMBERS) if draw(upto(2)) else draw(values.any_text)
    try:
        integer.parse_double(text)
    except ValueError:
        return text
    return "a"


def _many_digits(draw: Draw, node: Node) -> int:
    digits = values.LIMITS.number_digits + draw(upto(3))
    return int(pick(draw, (10**digits, -(10 ** (digits + 1)))))


def _long_numeric_string(draw: Draw, node: Node) -> str:
    return pick(draw, ("1", " ", "0", "a")) * (values.LIMITS.numeric_string_characters + 1 + draw(upto(3)))


INVALID: dict[str, Mutation] = {
    "unknown-field": Mutation(_at(Object), _add_unknown),
    "missing": Mutation(lambda place, rule: bool(getattr(place.node, "required", ())), _remove_required),
    "wrong-type": Mutation(_is_single, replace(_other_type)),
    "expected-object": Mutation(lambda place, rule: not place.steps, replace(_one_of(_NOT_OBJECTS))),
    "nested-array": Mutation(_at(Objects), _wrong_element),
    "blank": Mutation(_refuses_blank, replace(_blank)),
    "negative": Mutation(_refuses_negative, replace(_negative)),
    "number-range": Mutation(reads_strings, replace(_out_of_range)),
    "number-format": Mutation(reads_strings, replace(_not_a_number)),
    "filter": Mutation(_at(Entries), _replace_entry(_one_of(_NOT_FILTERS))),
    "number-length": Mutation(_at(Integer), replace(_many_digits)),
    "numeric-string-length": Mutation(reads_strings, replace(_long_numeric_string), "numeric-string-length-limited"),
}
"""The mutations whose events can be written as JSON."""


# ---- what JSON cannot hold ------------------------------------------------------------------------------------------

_DAY = datetime.datetime(2024, 2, 29, tzinfo=datetime.UTC)
_PYTHON_VALUES = (b"a", {"a"}, _DAY.date(), _DAY, Decimal("1.5"), UUID(int=1), 1j, range(3), Ellipsis)


def _lone_surrogate(draw: Draw, site: Site) -> Mutated:
    text = pick(draw, ("\ud800", "a\udfff", "\ude00\ud83d", "😀\ud83d"))
    if isinstance(site.node, Entries) and draw(upto(1)):
        get(site.event, site.path)[text] = "a"
        return site.event, (*site.path, text)
    return _replace_entry(lambda draw, node: text)(draw, site)


UNSENDABLE: dict[str, Mutation] = {
    "non-standard-token": Mutation(
        _at(Text, Integer, Entries), _replace_entry(_one_of((math.nan, math.inf, -math.inf)))
    ),
    "python-value": Mutation(lambda place, rule: bool(place.steps), replace(_one_of(_PYTHON_VALUES))),
    "lone-surrogate": Mutation(_at(Text, Entries), _lone_surrogate),
}
"""The mutations whose events Python can hold and JSON cannot."""
