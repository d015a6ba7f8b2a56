"""Drafts a contract from recorded events.

Events are observed one by one, in bounded memory. Every constraint holds for all of them, and has a comment with the
count that supports it.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from eventlint.redact import redact
from eventlint.redact.names import Kind, is_secret, kind_of_key
from eventlint.schemas.string_formats import FORMATS
from eventlint.spec import Release, event
from eventlint.spec.nodes import Entries, Integer, Node, Object, Objects, Text

_FORMATS = ("uuid", "date-time", "date", "time", "duration", "ipv4", "ipv6", "email", "uri", "hostname")
"""The formats to try, the most specific first; others match too many words."""

_OPEN = frozenset(["id", "query", "title", "url", "referrer"])
"""Fields whose values are never listed: recordings hold only a part of them."""

_LENGTHS = (10, 20, 50, 100, 200, 500, 1000)
_SHOWN = 12


class Thresholds(NamedTuple):
    """When a constraint is proposed.

    Attributes:
        min_count: How many values must support it.
        max_values: How many different values an ``enum`` may have.
        min_repeats: How often each value of an ``enum`` must occur on average.
        max_names: How many names of filters are listed.
    """

    min_count: int = 20
    max_values: int = 12
    min_repeats: int = 5
    max_names: int = 30


class _Values:
    """Observed strings or integers."""

    def __init__(self, limits: Thresholds) -> None:
        self.count = 0
        self._limits = limits
        self._distinct: Counter[str | int] | None = Counter()
        self._formats = list(_FORMATS)
        self._longest = 0
        self._least: int | None = None

    def add(self, value: str | int) -> None:
        """Observe a value."""
        self.count += 1
        if self._distinct is not None:
            self._distinct[value] += 1
            if len(self._distinct) > self._limits.max_values:
                self._distinct = None
        if isinstance(value, str):
            self._formats = [name for name in self._formats if _matches(name, value)]
            self._longest = max(self._longest, len(value))
        else:
            self._least = value if self._least is None else min(self._least, value)

    def constraint(self, *, is_open: bool) -> dict[str, Any]:
        """What all values have in common; ``is_open`` if they are not listed."""
        if self.count < self._limits.min_count:
            return {}
        values = self._distinct
        if values is not None and not is_open and self.count >= len(values) * self._limits.min_repeats:
            listed = sorted(values, key=lambda one: (isinstance(one, str), one))
            if not any(redact(str(one)) != str(one) for one in listed):
                shown = ", ".join(f"{one} ({values[one]:,})" for one in listed)
                number = f"{len(listed)} {'value' if len(listed) == 1 else 'values'}"
                return {"$comment": _review(f"{number} in {self.count:,}: {shown}"), "enum": listed}
        if self._least is not None:
            if self._least < 1:
                return {}
            return {"$comment": _review(f"at least {self._least:,} in {self.count:,} values"), "minimum": 1}
        if self._formats:
            name = self._formats[0]
            return {"$comment": _review(f"all {self.count:,} values are of the format {name}"), "format": name}
        length = next((one for one in _LENGTHS if one >= self._longest * 5 / 4), None)
        if length is None:
            return {}
        comment = f"at most {self._longest:,} characters in {self.count:,} values"
        return {"$comment": _review(comment), "maxLength": length}


def _matches(name: str, value: str) -> bool:
    return FORMATS[name](value) and (name != "hostname" or "." in value)


def _review(text: str) -> str:
    return f"To review: {text}."


class _Filters:
    """Observed filters."""

    def __init__(self, limits: Thresholds) -> None:
        self.count = 0
        self._limits = limits
        self._names: dict[str, _Filter] | None = {}

    def add(self, value: dict[str, Any]) -> None:
        """Observe the filters of a search."""
        self.count += 1
        for name, below in value.items() if self._names is not None else ():
            if self._names is not None:
                self._names.setdefault(name, _Filter(self._limits, kind_of_key(name))).add(below)
                if len(self._names) > self._limits.max_names or redact(name) != name:
                    self._names = None

    def constraint(self) -> dict[str, Any]:
        """The names, and what the values of each have in common."""
        if self._names is None or self.count < self._limits.min_count or not self._names:
            return {}
        ranked = sorted(self._names.items(), key=lambda one: (-one[1].count, one[0]))
        shown = ", ".join(f"{name} ({one.count:,})" for name, one in ranked[:_SHOWN])
        more = f", and {len(ranked) - _SHOWN} more" if len(ranked) > _SHOWN else ""
        number = f"{len(ranked)} {'name' if len(ranked) == 1 else 'names'}"
        return {
            "$comment": _review(f"{number} in the filters of {self.count:,} events: {shown}{more}"),
            "properties": {name: one.constraint() for name, one in sorted(self._names.items())},
            "additionalProperties": False,
        }


class _Filter:
    """Observed values of one filter: strings, or arrays of them."""

    def __init__(self, limits: Thresholds, kind: Kind | None) -> None:
        self.count = self.arrays = 0
        self._kind: Kind | None = kind
        self._has_secrets = False
        self._limits = limits
        self._strings = _Values(limits)

    def add(self, value: str | list[str]) -> None:
        """Observe a value."""
        self.count += 1
        self.arrays += isinstance(value, list)
        for one in value if isinstance(value, list) else (value,):
            self._strings.add(one)
            self._has_secrets = self._has_secrets or is_secret(self._kind, one)

    def constraint(self) -> dict[str, Any]:
        """What the values have in common."""
        if self.count < self._limits.min_count:
            return {"$comment": _review(f"only {self.count:,} events have this filter")}
        one = self._strings.constraint(is_open=self._has_secrets)
        if not self.arrays:
            return {"type": "string", **one}
        array = {"type": "array", "items": one} if one else {"type": "array"}
        if self.arrays == self.count:
            return array
        return {"anyOf": [{"type": "string", **one}, array]} if one else {}


class _Objects:
    """Observed objects of one place in events."""

    def __init__(self, node: Object, limits: Thresholds) -> None:
        self.count = 0
        self._node = node
        self._limits = limits
        self._fields: dict[str, _Values | _Filters | _Objects | _Arrays] = {}

    def add(self, value: dict[str, Any]) -> None:
        """Observe an object."""
        self.count += 1
        for name, below in value.items():
            known = self._fields.get(name)
            if known is None:
                known = self._fields[name] = _observed(self._node.fields[name], self._limits)
            known.add(below)

    def constraint(self) -> dict[str, Any]:
        """What the objects have in common."""
        found: dict[str, Any] = {}
        needed = {names[0] for names in self._node.required if len(names) == 1}
        always = [name for name in self._node.fields if name not in needed and self._count(name) == self.count]
        if always and self.count >= self._limits.min_count:
            found["$comment"] = _review(f"all {self.count:,} have {', '.join(always)}")
            found["required"] = always
        below = {
            name: one.constraint(is_open=name in _OPEN) if isinstance(one, _Values) else one.constraint()
            for name in self._node.fields
            for one in [self._fields.get(name)]
            if one is not None
        }
        properties = {name: schema for name, schema in below.items() if schema}
        return {**found, "properties": properties} if properties else found

    def _count(self, name: str) -> int:
        return self._fields[name].count if name in self._fields else 0


class _Arrays:
    """Observed arrays of objects."""

    def __init__(self, node: Objects, limits: Thresholds) -> None:
        self.count = 0
        self._items = _Objects(node.item, limits)

    def add(self, value: list[dict[str, Any]]) -> None:
        """Observe an array."""
        self.count += 1
        for one in value:
            self._items.add(one)

    def constraint(self) -> dict[str, Any]:
        """What the elements have in common."""
        items = self._items.constraint()
        return {"items": items} if items else {}


def _observed(node: Node, limits: Thresholds) -> _Values | _Filters | _Objects | _Arrays:
    if isinstance(node, Object):
        return _Objects(node, limits)
    if isinstance(node, Objects):
        return _Arrays(node, limits)
    if isinstance(node, Entries):
        return _Filters(limits)
    assert isinstance(node, Text | Integer)  # noqa: S101 - there are no other nodes
    return _Values(limits)


class Draft:
    """A contract that is being drafted from events.

    Attributes:
        counts: How many events of each type were observed.
    """

    def __init__(self, release: Release, thresholds: Thresholds | None = None) -> None:
        """Begin a draft.

        Args:
            release: The release whose specification the events meet.
            thresholds: When a constraint is proposed.
        """
        self.counts: Counter[str] = Counter()
        self._release = release
        self._limits = thresholds or Thresholds()
        self._events: dict[str, _Objects] = {}

    def add(self, value: dict[str, Any], event_type: str) -> None:
        """Observe an event.

        Args:
            value: The event as contracts see it: see :func:`eventlint.contract.event_view.event_view`.
            event_type: Its type.
        """
        self.counts[event_type] += 1
        if event_type not in self._events:
            self._events[event_type] = _Objects(event(event_type, self._release), self._limits)
        self._events[event_type].add(value)

    def documents(self, prefix: str) -> dict[str, dict[str, Any]]:
        """The documents, by the names of their files.

        Args:
            prefix: The start of each ``$id``, such as ``urn:acme:contract``.
        """
        return {
            f"{event_type}/1-0-0.json": {
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "$id": f"{prefix}:{event_type}:1-0-0",
                "title": f"The event {event_type}",
                "description": f"A draft from {self.counts[event_type]:,} recorded events. Review each constraint.",
                "allOf": [{"$ref": event(event_type, self._release).schema}],
                **observed.constraint(),
            }
            for event_type, observed in self._events.items()
        }
