"""What a contract leaves of a value, as far as types can express it.

Only constraints that always hold are collected. Those under a condition, and those that no type can express, such as
lengths and patterns, are left out, so that a type never rejects what the contract accepts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from eventlint.contract.document_set import REFERENCES, DocumentSet
from eventlint.contract.loading import Source
from eventlint.schemas.validity import Resolver

_MAX_DEPTH = 40
Value = str | int


class Narrowing:
    """What is left of a value.

    Attributes:
        never: Whether no value is left.
        values: The strings and integers that are left; None if they are not listed.
        types: The types that are left, in the words of JSON Schema; None for all.
        required: The keys that an object must have.
        keys: The keys that an object may have; None if all are allowed.
        fields: What is left of the values of some keys.
        others: What is left of the values of all other keys; None for anything.
        items: What is left of the elements of an array; None for anything.
        branches: Choices of which one must match; empty without a choice.
    """

    def __init__(self) -> None:
        self.never = False
        self.values: tuple[Value, ...] | None = None
        self.types: frozenset[str] | None = None
        self.required: set[str] = set()
        self.keys: frozenset[str] | None = None
        self.fields: dict[str, Narrowing] = {}
        self.others: Narrowing | None = None
        self.items: Narrowing | None = None
        self.branches: tuple[Narrowing, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether everything is left."""
        return bool(self.state() == Narrowing().state())

    def state(self) -> Any:
        """All of it as a value that can be compared and hashed."""
        return (
            self.never,
            self.values,
            self.types,
            frozenset(self.required),
            self.keys,
            frozenset((key, below.state()) for key, below in self.fields.items() if not below.is_open),
            None if self.others is None or self.others.is_open else self.others.state(),
            None if self.items is None or self.items.is_open else self.items.state(),
            tuple(one.state() for one in self.branches),
        )

    def field(self, key: str) -> Narrowing:
        """What is left of the value of a key."""
        if self.keys is not None and key not in self.keys:
            found = Narrowing()
            found.never = True
            return found
        return self.fields.get(key) or self.others or Narrowing()


class _Place(NamedTuple):
    schema: Any
    resolver: Resolver


def narrowed(documents: DocumentSet, sources: Iterable[Source]) -> Narrowing:
    """What some documents leave of an event together."""
    found = Narrowing()
    collector = _Collector(documents)
    for source in sources:
        collector.collect(_Place(*documents.root(source)), found, 0)
    return found


class _Collector:
    """Collects constraints into a narrowing."""

    def __init__(self, documents: DocumentSet) -> None:
        self._documents = documents
        self._built_in = {id(one.value) for one in documents.library.documents if one.uri.startswith("urn:eventlint:")}

    def collect(self, place: _Place, into: Narrowing, depth: int) -> None:
        """Add the constraints of a schema, and of all that must match as well."""
        schema, library = place.schema, self._documents.library
        if schema is False or (isinstance(schema, dict) and schema.get("not") == {}):
            into.never = True
        if not isinstance(schema, dict) or depth > _MAX_DEPTH or id(schema) in self._built_in:
            return
        resolver = library.inside(schema, place.resolver)
        self._scalars(schema, into)
        self._object(schema, resolver, into, depth)
        if "items" in schema and "prefixItems" not in schema:
            into.items = into.items or Narrowing()
            self.collect(_Place(schema["items"], resolver), into.items, depth + 1)
        for key in REFERENCES:
            target = library.resolve(resolver, schema[key]) if key in schema else None
            if target is not None:
                self.collect(_Place(*target), into, depth + 1)
        for below in schema.get("allOf", ()):
            self.collect(_Place(below, resolver), into, depth + 1)
        for key in ("anyOf", "oneOf"):
            if key in schema:
                self._choice([_Place(one, resolver) for one in schema[key]], into, depth)

    def _scalars(self, schema: dict[str, Any], into: Narrowing) -> None:
        listed = schema.get("enum", [schema["const"]] if "const" in schema else None)
        if listed is not None and all(isinstance(one, str | int) and not isinstance(one, bool) for one in listed):
            _keep_values(into, listed)
        types = schema.get("type")
        if types is not None:
            _keep_types(into, {types} if isinstance(types, str) else set(types))

    def _object(self, schema: dict[str, Any], resolver: Resolver, into: Narrowing, depth: int) -> None:
        into.required |= set(schema.get("required", ()))
        excluded = schema.get("not")
        if isinstance(excluded, dict) and excluded.keys() == {"required"} and len(excluded["required"]) == 1:
            into.fields.setdefault(excluded["required"][0], Narrowing()).never = True
        described = schema.get("properties", {})
        has_patterns = bool(schema.get("patternProperties"))
        if schema.get("additionalProperties") is False and not has_patterns:
            names = frozenset(described)
            into.keys = names if into.keys is None else into.keys & names
        elif "additionalProperties" in schema and not has_patterns:
            into.others = into.others or Narrowing()
            self.collect(_Place(schema["additionalProperties"], resolver), into.others, depth + 1)
        for name, below in described.items():
            known = into.fields.setdefault(name, Narrowing())
            self.collect(_Place(below, resolver), known, depth + 1)

    def _choice(self, places: list[_Place], into: Narrowing, depth: int) -> None:
        branches = []
        for place in places:
            branch = Narrowing()
            self.collect(place, branch, depth + 1)
            if not branch.never:
                branches.append(branch)
        values = [one.values for one in branches]
        if branches and all(one is not None for one in values):
            _keep_values(into, [value for listed in values for value in listed or ()])
        elif not any(one.is_open for one in branches) and not into.branches:
            into.branches = tuple(branches)


def _keep_values(into: Narrowing, listed: Iterable[Value]) -> None:
    kept = tuple(dict.fromkeys(listed))
    into.values = kept if into.values is None else tuple(one for one in into.values if one in kept)


def _keep_types(into: Narrowing, names: set[str]) -> None:
    kept = frozenset(names | ({"integer"} if "number" in names else set()))
    into.types = kept if into.types is None else into.types & kept
