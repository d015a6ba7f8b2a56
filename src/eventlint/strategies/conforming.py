"""Repairs a drawn event until it conforms to a custom contract.

JSON Schema has no general generator. So a valid event is drawn, each of its contract violations is repaired by keyword,
and the event counts if none is left; otherwise another one is drawn.
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

from eventlint.checker import check
from eventlint.rules.own import ConstraintViolation, Contract
from eventlint.spec.nodes import Entries, Integer, Object, Objects
from eventlint.strategies import values
from eventlint.strategies.drawing import Draw, pick
from eventlint.strategies.locations import Path, Steps, get, node_at, put
from eventlint.strategies.target import Target
from eventlint.strategies.valid import Builder

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
"""Plain strings of each format that a contract can require."""


class _UnrepairableError(Exception):
    """The event cannot be repaired."""


def conforming_event(
    draw: Draw,
    target: Target,
    contract: Contract,
    collection: str | None,
    *,
    want: Steps = (),
    lint: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """An event that the server accepts and stores as it is, and that conforms to a contract.

    Args:
        draw: Hypothesis's function.
        target: What to draw.
        contract: The contract.
        collection: The collection that the event is for; None if unknown.
        want: The steps to what must be present.
        lint: The names of the rules of the tier lint that the event may violate.
    """
    for _ in range(_TRIES):
        event = Builder(draw, lint).object(target.node, want or None)
        if not _Repair(draw, target, contract, collection).repair(event):
            continue
        report = check(event, target.event_type, release=target.release, collection=collection, contract=contract)
        if all(finding.tier == "lint" for finding in report.findings):
            return event
    return reject()


class _Repair:
    def __init__(self, draw: Draw, target: Target, contract: Contract, collection: str | None) -> None:
        self._draw = draw
        self._node = target.node
        self._violations = functools.partial(contract.violations, event_type=target.event_type, collection=collection)
        self._patterns: dict[Path, list[str]] = {}

    def repair(self, event: Any) -> bool:
        """Change an event until it conforms; False if it cannot."""
        for _ in range(_ROUNDS):
            found = self._violations(event)
            if not found:
                return True
            try:
                self._repair_one(event, found[0])
            except _UnrepairableError:
                return False
        return False

    def _repair_one(self, event: Any, violation: ConstraintViolation) -> None:
        if violation.choices:
            for one in pick(self._draw, violation.choices):
                self._repair_one(event, one)
            return
        _REPAIRS.get(violation.keyword, _Repair.replace)(self, event, violation)

    # ---- any value ----

    def replace(self, event: Any, violation: ConstraintViolation) -> None:
        """Remove a value, or draw another one if it is required."""
        *above, last = violation.path or (None,)
        if last is None:
            raise _UnrepairableError
        holder, owner = get(event, tuple(above)), node_at(self._node, tuple(above))
        needed = isinstance(owner, Object) and any(names == (last,) for names in owner.required)
        if not needed:
            del holder[last]
            return
        node = node_at(self._node, violation.path)
        if node is None:
            raise _UnrepairableError
        holder[last] = Builder(self._draw).value(node)

    def choose(self, event: Any, violation: ConstraintViolation) -> None:
        """One of the values that the contract lists."""
        listed = violation.schema.get("enum", [violation.schema.get("const")])
        kind = type(get(event, violation.path))
        put(event, violation.path, pick(self._draw, [one for one in listed if type(one) is kind] or listed))

    # ---- objects and arrays ----

    def add(self, event: Any, violation: ConstraintViolation) -> None:
        """Add a missing key."""
        node = node_at(self._node, (*violation.path, violation.name))
        if node is None:
            raise _UnrepairableError
        value = (
            values.text(self._draw) if isinstance(node, Entries) and violation.path else Builder(self._draw).value(node)
        )
        get(event, violation.path)[violation.name] = value

    def rename(self, event: Any, violation: ConstraintViolation) -> None:
        """Rename a key that is not allowed to one that is, or remove it."""
        *above, key = violation.path
        holder = get(event, tuple(above))
        known = [one for one in violation.schema.get("properties", {}) if one not in holder]
        value = holder.pop(key)
        if known and isinstance(node_at(self._node, tuple(above)), Entries):
            holder[pick(self._draw, known)] = value

    def shorten(self, event: Any, violation: ConstraintViolation) -> None:
        """Fewer keys, elements or characters."""
        value, most = get(event, violation.path), violation.schema[violation.keyword]
        if isinstance(value, str):
            put(event, violation.path, value[:most])
        elif isinstance(value, list):
            del value[most:]
        else:
            owner = node_at(self._node, violation.path)
            needed = {names[0] for names in owner.required} if isinstance(owner, Object) else set()
            for key in [key for key in value if key not in needed][max(most - len(needed), 0) :]:
                del value[key]

    def lengthen(self, event: Any, violation: ConstraintViolation) -> None:
        """More keys, elements or characters."""
        value, least = get(event, violation.path), violation.schema[violation.keyword]
        node = node_at(self._node, violation.path)
        for number in range(least - len(value)):
            if isinstance(value, str):
                value += pick(self._draw, "abcdefgh")
            elif isinstance(node, Objects):
                value.append(Builder(self._draw).object(node.item))
            elif isinstance(value, list):
                value.append(f"{self._draw(values.words)}{number}")
            elif isinstance(node, Entries):
                value[f"{self._draw(values.words)}{number}"] = values.text(self._draw)
            elif isinstance(node, Object):
                key = next((key for key in node.fields if key not in value), None)
                if key is None:
                    raise _UnrepairableError
                value[key] = Builder(self._draw).value(node.fields[key])
        put(event, violation.path, value)

    def drop(self, event: Any, violation: ConstraintViolation) -> None:
        """Remove a key or an element."""
        *above, last = violation.path
        del get(event, tuple(above))[last]

    def wrap(self, event: Any, violation: ConstraintViolation) -> None:
        """Turn a string into a list of it, or a list into its first string; filters may be either."""
        value, kinds = get(event, violation.path), violation.schema["type"]
        if isinstance(value, str) and "array" in kinds:
            put(event, violation.path, [value])
        elif isinstance(value, list) and "string" in kinds and value and isinstance(value[0], str):
            put(event, violation.path, value[0])
        else:
            self.replace(event, violation)

    # ---- numbers and strings ----

    def bound(self, event: Any, violation: ConstraintViolation) -> None:
        """A number within the bounds."""
        node, schema = node_at(self._node, violation.path), violation.schema
        if not isinstance(node, Integer):
            raise _UnrepairableError
        low = max(node.minimum, math.ceil(schema.get("minimum", node.minimum)))
        high = min(node.maximum, math.floor(schema.get("maximum", node.maximum)))
        low = max(low, math.floor(schema.get("exclusiveMinimum", low - 1)) + 1)
        high = min(high, math.ceil(schema.get("exclusiveMaximum", high + 1)) - 1)
        if low > high:
            raise _UnrepairableError
        put(event, violation.path, self._draw(st.integers(low, high)))

    def divide(self, event: Any, violation: ConstraintViolation) -> None:
        """A multiple."""
        value, by = get(event, violation.path), violation.schema["multipleOf"]
        put(event, violation.path, int(value // by * by))

    def form(self, event: Any, violation: ConstraintViolation) -> None:
        """A string of a format."""
        strategy = _FORMATS.get(violation.schema["format"])
        if strategy is None:
            raise _UnrepairableError
        put(event, violation.path, self._draw(strategy))

    def match(self, event: Any, violation: ConstraintViolation) -> None:
        """A string that a pattern matches, and the patterns before it if possible."""
        pattern = violation.schema["pattern"]
        patterns = self._patterns.setdefault(violation.path, [])
        if pattern not in patterns:
            patterns.append(pattern)
        prefixes = [prefix for prefix in map(_literal_prefix, patterns) if prefix]
        value, drawn = get(event, violation.path), self._draw(_matching(pattern))
        candidates = [_with_prefix(prefix, value) for prefix in prefixes]
        candidates += [drawn, *(_with_prefix(prefix, drawn) for prefix in prefixes)]
        matching = (one for one in candidates if all(re.search(other, one) for other in patterns))
        put(event, violation.path, next(matching, drawn))


@functools.lru_cache(maxsize=256)
def _matching(pattern: str) -> st.SearchStrategy[str]:
    """Strings that a pattern matches as a whole, in printable ASCII if it can."""
    try:
        found = st.from_regex(re.compile(pattern, re.ASCII), fullmatch=True, alphabet=_PLAIN)
        found.validate()
    except InvalidArgument:
        return st.from_regex(pattern, fullmatch=True)
    return found


def _literal_prefix(pattern: str) -> str:
    """The literal that a pattern begins with; empty if it has none."""
    found = re.match(r"\^((?:[\w:/ -]|\\[./-])+)(?![*+?{])", pattern)
    return found[1].replace("\\", "") if found else ""


def _with_prefix(prefix: str, text: str) -> str:
    """A string with another beginning, which replaces the old one where that ends alike."""
    for size in range(len(prefix), 0, -1):
        _, found, rest = text.partition(prefix[-size:])
        if found:
            return prefix + rest
    return prefix + text


_REPAIRS: dict[str, Callable[[_Repair, Any, ConstraintViolation], None]] = {
    **dict.fromkeys(("required", "dependentRequired"), _Repair.add),
    **dict.fromkeys(("additionalProperties", "propertyNames"), _Repair.rename),
    **dict.fromkeys(("properties", "patternProperties", "uniqueItems"), _Repair.drop),
    **dict.fromkeys(("maxLength", "maxItems", "maxProperties"), _Repair.shorten),
    **dict.fromkeys(("minLength", "minItems", "minProperties"), _Repair.lengthen),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), _Repair.bound),
    **dict.fromkeys(("enum", "const"), _Repair.choose),
    "multipleOf": _Repair.divide,
    "format": _Repair.form,
    "pattern": _Repair.match,
    "type": _Repair.wrap,
}
"""What repairs a violation of a keyword; for any other keyword, the value is removed or replaced."""
