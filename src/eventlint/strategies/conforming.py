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
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from hypothesis import reject
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from eventlint.schemas.patterns import search
from eventlint.shortcuts import check
from eventlint.spec.nodes import Entries, Integer, Node, Object, Objects
from eventlint.strategies import values
from eventlint.strategies.drawing import Draw, pick
from eventlint.strategies.locations import Path, Steps, get, node_at, put
from eventlint.strategies.target import Target
from eventlint.strategies.valid import Builder

if TYPE_CHECKING:
    from eventlint.contract import Contract
    from eventlint.contract.violations import ConstraintViolation

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
    """A valid event that conforms to a contract and has a value where ``want`` leads; ``lint`` rules may report it."""
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
        self._root = target.node
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
        for one in pick(self._draw, violation.choices) if violation.choices else ():
            self._repair_one(event, one)
        if violation.choices:
            return
        path = violation.path
        case = _Case(self._draw, self._root, event, violation, get(event, path), node_at(self._root, path))
        if violation.keyword == "pattern":
            patterns = self._patterns.setdefault(path, [])
            patterns += [pattern for pattern in (violation.schema["pattern"],) if pattern not in patterns]
            value: Any = _match(self._draw, case.value, patterns)
        else:
            value = _REPAIRS.get(violation.keyword, _replace)(case)
        if value is not _REMOVED:
            put(event, path, value)
        elif path:
            del get(event, path[:-1])[path[-1]]
        else:
            raise _UnrepairableError


_REMOVED = object()


class _Case(NamedTuple):
    """A violation, with the event that it is in, and the value and the specification of its path."""

    draw: Draw
    root: Object
    event: Any
    violation: ConstraintViolation
    value: Any
    node: Node | None

    @property
    def limit(self) -> Any:
        """The value of the violated keyword."""
        return self.violation.schema[self.violation.keyword]


# ---- each repair returns another value, or that the value must be removed --------------------------------------------


def _replace(case: _Case) -> Any:
    """Removed, or another value if it is required."""
    *above, last = case.violation.path or (None,)
    if last not in _required(node_at(case.root, tuple(above))):
        return _REMOVED
    return _built(case.draw, case.node)


def _required(node: Node | None) -> set[Any]:
    """The keys that an object must have."""
    return {names[0] for names in node.required if len(names) == 1} if isinstance(node, Object) else set()


def _built(draw: Draw, node: Node | None) -> Any:
    if node is None:
        raise _UnrepairableError
    return Builder(draw).value(node)


def _choose(case: _Case) -> Any:
    listed = case.violation.schema.get("enum", [case.violation.schema.get("const")])
    return pick(case.draw, [one for one in listed if type(one) is type(case.value)] or listed)


def _add(case: _Case) -> Any:
    """The object with a missing key."""
    key = case.violation.name
    is_filter = isinstance(case.node, Entries)
    below = None if case.node is None else node_at(case.node, (key,))
    case.value[key] = values.text(case.draw) if is_filter else _built(case.draw, below)
    return case.value


def _rename(case: _Case) -> Any:
    """The key is removed; the value of a filter gets an allowed key if there is one."""
    above = case.violation.path[:-1]
    holder = get(case.event, above)
    allowed = [key for key in case.violation.schema.get("properties", {}) if key not in holder]
    if allowed and isinstance(node_at(case.root, above), Entries):
        holder[pick(case.draw, allowed)] = case.value
    return _REMOVED


def _shorten(case: _Case) -> Any:
    if not isinstance(case.value, dict):
        return case.value[: case.limit]
    needed = _required(case.node)
    kept = [*needed, *(key for key in case.value if key not in needed)][: max(case.limit, len(needed))]
    return {key: value for key, value in case.value.items() if key in kept}


def _lengthen(case: _Case) -> Any:
    draw, value, node = case.draw, case.value, case.node
    for number in range(case.limit - len(value)):
        if isinstance(value, str):
            value += pick(draw, "abcdefgh")
        elif isinstance(value, list):
            value.append(_built(draw, node.item) if isinstance(node, Objects) else f"{draw(values.words)}{number}")
        elif isinstance(node, Object):
            key = next((key for key in node.fields if key not in value), "")
            value[key] = _built(draw, node.fields.get(key))
        else:
            value[f"{draw(values.words)}{number}"] = values.text(draw)
    return value


def _wrap(case: _Case) -> Any:
    """A string as a list of it, or the first string of a list; filters may be either."""
    types = case.limit
    if isinstance(case.value, str) and "array" in types:
        return [case.value]
    is_list = isinstance(case.value, list) and case.value and isinstance(case.value[0], str)
    return case.value[0] if is_list and "string" in types else _replace(case)


def _bound(case: _Case) -> Any:
    node, schema = case.node, case.violation.schema
    if not isinstance(node, Integer):
        raise _UnrepairableError
    low = max(node.minimum, math.ceil(schema.get("minimum", node.minimum)))
    high = min(node.maximum, math.floor(schema.get("maximum", node.maximum)))
    low = max(low, math.floor(schema.get("exclusiveMinimum", low - 1)) + 1)
    high = min(high, math.ceil(schema.get("exclusiveMaximum", high + 1)) - 1)
    if low > high:
        raise _UnrepairableError
    return case.draw(st.integers(low, high))


def _format(case: _Case) -> Any:
    if case.limit not in _FORMATS:
        raise _UnrepairableError
    return case.draw(_FORMATS[case.limit])


def _match(draw: Draw, value: str, patterns: list[str]) -> str:
    """A string that the last pattern matches, and the ones before if possible."""
    prefixes = [prefix for prefix in map(_literal_prefix, patterns) if prefix]
    drawn = draw(_matching(patterns[-1]))
    candidates = [_with_prefix(prefix, value) for prefix in prefixes]
    candidates += [drawn, *(_with_prefix(prefix, drawn) for prefix in prefixes)]
    return next((one for one in candidates if all(search(pattern, one) for pattern in patterns)), drawn)


@functools.lru_cache(maxsize=256)
def _matching(pattern: str) -> st.SearchStrategy[str]:
    """Strings that a pattern matches as a whole, in printable ASCII if it can."""
    try:
        found = st.from_regex(re.compile(pattern, re.ASCII), fullmatch=True, alphabet=_PLAIN)
        found.validate()
    except re.error as error:  # syntax that Python does not have, such as \p{L}
        raise _UnrepairableError from error
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


_REPAIRS: dict[str, Callable[[_Case], Any]] = {
    **dict.fromkeys(("required", "dependentRequired"), _add),
    **dict.fromkeys(("additionalProperties", "propertyNames"), _rename),
    **dict.fromkeys(("properties", "patternProperties", "uniqueItems"), lambda case: _REMOVED),
    **dict.fromkeys(("maxLength", "maxItems", "maxProperties"), _shorten),
    **dict.fromkeys(("minLength", "minItems", "minProperties"), _lengthen),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), _bound),
    **dict.fromkeys(("enum", "const"), _choose),
    "multipleOf": lambda case: int(case.value // case.limit * case.limit),
    "format": _format,
    "type": _wrap,
}
"""What repairs a violation of a keyword; for any other keyword, the value is removed or replaced."""
