"""Mends a drawn event until it fits a contract of one's own; it must not know how a contract judges.

JSON Schema cannot be drawn from in general. So an event is drawn that the server takes, what it breaks of the contract
is mended keyword by keyword, and it counts when nothing is left, or else is drawn again.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import reject
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from eventlint import spec as contract
from eventlint.checker import check
from eventlint.rules.own import ConstraintViolation, Contract
from eventlint.spec.nodes import Entries, Integer, Node, Object, Objects
from eventlint.strategies import values
from eventlint.strategies.drawing import Draw, pick
from eventlint.strategies.locations import Parts, get, put
from eventlint.strategies.valid import Maker, Steps

_ROUNDS = 25
_TRIES = 8
_PLAIN = st.characters(min_codepoint=0x20, max_codepoint=0x7E)

_FORMATS: dict[str, st.SearchStrategy[str]] = {
    "uuid": st.integers(0, 2**128 - 1).map(lambda number: str(UUID(int=number))),
    "date": st.integers(0, 20_000).map(lambda days: str(date(2000, 1, 1) + timedelta(days))),
    "time": st.integers(0, 86_399).map(lambda second: f"{datetime.fromtimestamp(second, UTC):%H:%M:%S}Z"),
    "date-time": st.integers(0, 2**31).map(lambda second: f"{datetime.fromtimestamp(second, UTC):%Y-%m-%dT%H:%M:%S}Z"),
    "duration": st.integers(1, 99).map("P{}D".format),
    "email": values.words.map("{}@example.com".format),
    "hostname": values.words.map("{}.example.com".format),
    "ipv4": st.integers(0, 255).map("192.0.2.{}".format),
    "ipv6": st.integers(0, 65_535).map("2001:db8::{:x}".format),
    "json-pointer": values.words.map("/{}".format),
    "uri": values.words.map("https://example.com/{}".format),
    "uri-reference": values.words.map("/{}".format),
}
"""Plain texts of each format that a contract can ask for."""


class HopelessError(Exception):
    """An event cannot be mended; never leaves the room."""


def node_at(event_type: str, path: Parts) -> Node | None:
    """What the built-in contract says of a place; of a filter's text, what it says of all filters."""
    node: Node = contract.event(event_type)
    for part in path:
        if isinstance(node, Objects):
            node = node.item
        elif isinstance(node, Object):
            if part not in node.fields:
                return None
            node = node.fields[str(part)]
        elif not isinstance(node, Entries):
            return None
    return node


def fitting(
    draw: Draw,
    event_type: str,
    own: Contract,
    collection: str | None,
    *,
    want: Steps = (),
    lint: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """An event that the server takes and stores as it is, and that fits a contract.

    Args:
        draw: Draws.
        event_type: The event's type.
        own: The contract.
        collection: The collection that the event goes to; None when that is not known.
        want: The way to what must be there.
        lint: The rules of the tier lint that may find something.
    """
    for _ in range(_TRIES):
        event = Maker(draw, lint).object(contract.event(event_type), want or None)
        if not _Mender(draw, event_type, own, collection).mend(event):
            continue
        found = check(event, event_type, collection=collection, contract=own).findings
        if all(finding.tier == "lint" for finding in found):
            return event
    return reject()


class _Mender:
    def __init__(self, draw: Draw, event_type: str, own: Contract, collection: str | None) -> None:
        self._draw = draw
        self._event_type = event_type
        self._breaches = functools.partial(own.violations, event_type=event_type, collection=collection)
        self._patterns: dict[Parts, list[str]] = {}

    def mend(self, event: Any) -> bool:
        """Change an event until it fits; whether it does."""
        for _ in range(_ROUNDS):
            found = self._breaches(event)
            if not found:
                return True
            try:
                self._one(event, found[0])
            except HopelessError:
                return False
        return False

    def _one(self, event: Any, violation: ConstraintViolation) -> None:
        if violation.choices:
            for one in pick(self._draw, violation.choices):
                self._one(event, one)
            return
        _MENDS.get(violation.keyword, _Mender.replace)(self, event, violation)

    # ---- any value ----

    def replace(self, event: Any, violation: ConstraintViolation) -> None:
        """Take a value away, or draw another one where it has to be."""
        *above, last = violation.path or (None,)
        if last is None:
            raise HopelessError
        holder, owner = get(event, tuple(above)), node_at(self._event_type, tuple(above))
        needed = isinstance(owner, Object) and any(names == (last,) for names in owner.required)
        if not needed:
            del holder[last]
            return
        node = node_at(self._event_type, violation.path)
        if node is None:
            raise HopelessError
        holder[last] = Maker(self._draw).value(node)

    def choose(self, event: Any, violation: ConstraintViolation) -> None:
        """One of the values that the contract lists."""
        told = violation.schema.get("enum", [violation.schema.get("const")])
        kind = type(get(event, violation.path))
        put(event, violation.path, pick(self._draw, [one for one in told if type(one) is kind] or told))

    # ---- objects and arrays ----

    def add(self, event: Any, violation: ConstraintViolation) -> None:
        """A member that is missing."""
        node = node_at(self._event_type, (*violation.path, violation.name))
        if node is None:
            raise HopelessError
        value = (
            values.text(self._draw) if isinstance(node, Entries) and violation.path else Maker(self._draw).value(node)
        )
        get(event, violation.path)[violation.name] = value

    def rename(self, event: Any, violation: ConstraintViolation) -> None:
        """A member whose name is not allowed gets one that is, or goes."""
        *above, name = violation.path
        holder = get(event, tuple(above))
        known = [one for one in violation.schema.get("properties", {}) if one not in holder]
        value = holder.pop(name)
        if known and isinstance(node_at(self._event_type, tuple(above)), Entries):
            holder[pick(self._draw, known)] = value

    def shorten(self, event: Any, violation: ConstraintViolation) -> None:
        """Fewer members, elements or characters."""
        value, most = get(event, violation.path), violation.schema[violation.keyword]
        if isinstance(value, str):
            put(event, violation.path, value[:most])
        elif isinstance(value, list):
            del value[most:]
        else:
            owner = node_at(self._event_type, violation.path)
            needed = {names[0] for names in owner.required} if isinstance(owner, Object) else set()
            for name in [name for name in value if name not in needed][max(most - len(needed), 0) :]:
                del value[name]

    def lengthen(self, event: Any, violation: ConstraintViolation) -> None:
        """More members, elements or characters."""
        value, least, node = (
            get(event, violation.path),
            violation.schema[violation.keyword],
            node_at(self._event_type, violation.path),
        )
        for number in range(least - len(value)):
            if isinstance(value, str):
                value += pick(self._draw, "abcdefgh")
            elif isinstance(value, list):
                value.append(
                    Maker(self._draw).object(node.item)
                    if isinstance(node, Objects)
                    else f"{values.ident(self._draw)}{number}"
                )
            elif isinstance(node, Entries):
                value[f"{self._draw(values.words)}{number}"] = values.text(self._draw)
            elif isinstance(node, Object):
                name = next((name for name in node.fields if name not in value), None)
                if name is None:
                    raise HopelessError
                value[name] = Maker(self._draw).value(node.fields[name])
        put(event, violation.path, value)

    def drop(self, event: Any, violation: ConstraintViolation) -> None:
        """Take a member or an element away."""
        *above, last = violation.path
        del get(event, tuple(above))[last]

    def wrap(self, event: Any, violation: ConstraintViolation) -> None:
        """A list of one, or the one of a list; filters may be both."""
        value, kinds = get(event, violation.path), violation.schema["type"]
        if isinstance(value, str) and "array" in kinds:
            put(event, violation.path, [value])
        elif isinstance(value, list) and "string" in kinds and value and isinstance(value[0], str):
            put(event, violation.path, value[0])
        else:
            self.replace(event, violation)

    # ---- numbers and texts ----

    def bound(self, event: Any, violation: ConstraintViolation) -> None:
        """A number within the bounds."""
        node, schema = node_at(self._event_type, violation.path), violation.schema
        if not isinstance(node, Integer):
            raise HopelessError
        low = max(node.minimum, math.ceil(schema.get("minimum", node.minimum)))
        high = min(node.maximum, math.floor(schema.get("maximum", node.maximum)))
        low = max(low, math.floor(schema.get("exclusiveMinimum", low - 1)) + 1)
        high = min(high, math.ceil(schema.get("exclusiveMaximum", high + 1)) - 1)
        if low > high:
            raise HopelessError
        put(event, violation.path, self._draw(st.integers(low, high)))

    def divide(self, event: Any, violation: ConstraintViolation) -> None:
        """A number that can be divided."""
        value, by = get(event, violation.path), violation.schema["multipleOf"]
        put(event, violation.path, int(value // by * by))

    def form(self, event: Any, violation: ConstraintViolation) -> None:
        """A text of a format."""
        strategy = _FORMATS.get(violation.schema["format"])
        if strategy is None:
            raise HopelessError
        put(event, violation.path, self._draw(strategy))

    def match(self, event: Any, violation: ConstraintViolation) -> None:
        """A text that an expression finds; what other expressions asked for before is tried to keep."""
        pattern = violation.schema["pattern"]
        asked = self._patterns.setdefault(violation.path, [])
        if pattern not in asked:
            asked.append(pattern)
        for beginning in filter(None, map(_literal, asked)):
            found = _joined(beginning, get(event, violation.path))
            if all(re.search(one, found) for one in asked):
                put(event, violation.path, found)
                return
        drawn = self._draw(_matching(pattern))
        drafts = [drawn, *(_joined(beginning, drawn) for beginning in filter(None, map(_literal, asked)))]
        put(
            event, violation.path, next((one for one in drafts if all(re.search(other, one) for other in asked)), drawn)
        )


@functools.lru_cache(maxsize=256)
def _matching(pattern: str) -> st.SearchStrategy[str]:
    """Texts that an expression matches as a whole, in plain signs where it lets them."""
    try:
        found = st.from_regex(re.compile(pattern, re.ASCII), fullmatch=True, alphabet=_PLAIN)
        found.validate()
    except InvalidArgument:
        return st.from_regex(pattern, fullmatch=True)
    return found


def _literal(pattern: str) -> str:
    """The plain text that an expression begins with; empty when it may begin anywhere."""
    found = re.match(r"\^((?:[\w:/ -]|\\[./-])+)(?![*+?{])", pattern)
    return found[1].replace("\\", "") if found else ""


def _joined(beginning: str, text: str) -> str:
    """A text with another beginning; where its own one ends alike, that is replaced."""
    for size in range(len(beginning), 0, -1):
        _, found, rest = text.partition(beginning[-size:])
        if found:
            return beginning + rest
    return beginning + text


_MENDS: dict[str, Callable[[_Mender, Any, ConstraintViolation], None]] = {
    **dict.fromkeys(("required", "dependentRequired"), _Mender.add),
    **dict.fromkeys(("additionalProperties", "propertyNames"), _Mender.rename),
    **dict.fromkeys(("properties", "patternProperties", "uniqueItems"), _Mender.drop),
    **dict.fromkeys(("maxLength", "maxItems", "maxProperties"), _Mender.shorten),
    **dict.fromkeys(("minLength", "minItems", "minProperties"), _Mender.lengthen),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), _Mender.bound),
    **dict.fromkeys(("enum", "const"), _Mender.choose),
    "multipleOf": _Mender.divide,
    "format": _Mender.form,
    "pattern": _Mender.match,
    "type": _Mender.wrap,
}
"""What mends a violation of a keyword; of any other one, the value is taken away or drawn anew."""
