"""The events and objects of a release as types that any language can express.

A type describes less than a schema: no limits and no patterns, but the required fields.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple, Union

from eventlint.exports.audience import Audience, Exported
from eventlint.exports.schema_list import documents_of, events_of, type_names
from eventlint.spec import Entries, Era, Integer, Node, Object, Objects, document, event

if TYPE_CHECKING:
    from eventlint.exports.narrowing import Narrowing, Value


class Scalar(NamedTuple):
    """A value that is not a container; ``name`` is its type in JSON Schema."""

    name: str


class Named(NamedTuple):
    """A value of a type that is defined by its name."""

    name: str


class Literal(NamedTuple):
    """One of some strings or integers."""

    values: tuple[str | int, ...]


class List(NamedTuple):
    """An array of values of one type."""

    of: Type


class OneOf(NamedTuple):
    """A value of any of several types."""

    types: tuple[Type, ...]


Type = Union[Scalar, Named, Literal, List, OneOf]  # noqa: UP007 - it names itself
_ENTRY = OneOf((Scalar("string"), List(Scalar("string"))))


class Field(NamedTuple):
    """A field of an object."""

    name: str
    type: Type
    about: str  # its description
    example: Any  # a value if it is a scalar, or None


class Shape(NamedTuple):
    """A named type."""

    name: str
    id: str  # the $id of its schema document
    event_type: str | None  # the event type whose body it is; None for an object
    about: str  # its description
    fields: tuple[Field, ...]  # in the order of the schema; empty if it has entries
    required: frozenset[str]  # the names of the fields that every value has
    choices: tuple[tuple[str, ...], ...]  # sets of field names; a value has at least one of each set
    entries: Type | None  # the type of each value in an object with any keys; None if the keys are known
    collections: tuple[str, ...] = ()  # for an event in some collections only: patterns of their names
    suffix: str = ""  # the end of its name if it is for some collections only

    @property
    def variants(self) -> list[tuple[str, ...]]:
        """Each way to choose one field of every set: the chosen names."""
        return [tuple(dict.fromkeys(names)) for names in product(*self.choices)] if self.choices else []


def shapes(era: Era, exported: Exported | None = None) -> list[Shape]:
    """The types of all objects and events of an era; dependencies come first.

    With a contract, types are narrowed by it. An object that is narrowed in one event only has a second type there, and
    events have one for each list of collections that documents name.
    """
    if exported is not None and exported.contract is not None:
        return _Narrower(era, exported).shapes()
    nodes = documents_of(era)
    names = type_names(nodes)
    return [_shape(node, names[node.schema], lambda below, _: _type(below, names), None) for node in nodes.values()]


_Typed = Callable[[Node, str], Type]
"""The type of a field, given its specification and its name."""


def _shape(node: Object | Entries, name: str, typed: _Typed, left: Narrowing | None) -> Shape:
    _, _, kind, event_type, _ = node.schema.split(":")
    schema = document(node.schema)
    required = {frozenset(one) for one in node.required} if isinstance(node, Object) else set()
    ordered = node.required if isinstance(node, Object) else ()
    fields = []
    for field, below in node.fields.items() if isinstance(node, Object) else ():
        if left is not None and _is_gone(below, left.field(field)):
            continue
        of_field = schema["properties"][field]
        type_ = typed(below, field)
        example = _example(of_field, type_)
        fields.append(Field(name=field, type=type_, about=of_field["description"], example=example))
    if left is not None and isinstance(node, Object):
        known = {one.name for one in fields}
        required = {one & known for one in required} | {frozenset([one]) for one in left.required & known}
        ordered = (*ordered, *((one,) for one in sorted(left.required)))
    needed = {next(iter(one)) for one in required if len(one) == 1}
    choices = [
        tuple(one for one in names if one in {field.name for field in fields})
        for names in ordered
        if len(names) > 1 and not needed & set(names)
    ]
    return Shape(
        name=name,
        id=node.schema,
        event_type=event_type if kind == "event" else None,
        about=schema["description"],
        fields=tuple(fields),
        required=frozenset(needed),
        choices=tuple(one for one in choices if len(one) > 1),
        entries=None if isinstance(node, Object) else _ENTRY,
    )


def _example(schema: Mapping[str, Any], type_: Type) -> Any:
    """An example of a scalar that its type allows; None without one."""
    if isinstance(type_, Literal):
        return type_.values[0]
    return schema["examples"][0] if isinstance(type_, Scalar) and schema.get("examples") else None


def _type(node: Node, names: dict[str, str]) -> Type:
    if isinstance(node, Objects):
        item = Named(names[node.item.schema])
        return OneOf((List(item), item))
    if isinstance(node, Object | Entries):
        return Named(names[node.schema])
    return Scalar("integer" if isinstance(node, Integer) else "string")


def _is_gone(node: Node, left: Narrowing) -> bool:
    """Whether a contract leaves no value of a field."""
    return left.never or (not isinstance(node, Entries) and left.values is not None and not _of_kind(node, left.values))


def _of_kind(node: Node, values: tuple[Value, ...]) -> tuple[Value, ...]:
    kind = int if isinstance(node, Integer) else str
    return tuple(one for one in values if isinstance(one, kind))


def _open() -> Narrowing:
    from eventlint.exports.narrowing import Narrowing

    return Narrowing()


class _Narrower:
    """Makes the types of events that a contract narrows."""

    def __init__(self, era: Era, exported: Exported) -> None:
        self._exported = exported
        self._base = type_names(documents_of(era))
        self._events = events_of(era)
        self._uses: dict[tuple[str, Any], tuple[Object | Entries, Narrowing, str]] = {}
        self._names: dict[tuple[str, Any], str] = {}

    def shapes(self) -> list[Shape]:
        """The types; dependencies come first."""
        from eventlint.exports.narrowing import narrowed

        contract = self._exported.contract
        assert contract is not None  # noqa: S101 - the caller has checked it
        tops: list[tuple[Object, Narrowing, str, Audience]] = []
        for audience in self._exported.audiences:
            for event_type, sources in audience.documents.items():
                node = event(event_type, self._exported.release)
                left = narrowed(contract.documents, sources)
                top = self._base[node.schema] + audience.suffix
                self._visit(node, left, top)
                tops.append((node, left, top, audience))
        self._name_all()
        found = [
            self._shape(node, left, self._names[key])
            for key, (node, left, _) in self._uses.items()
            if node.schema not in self._events.values()
        ]
        for node, left, top, audience in tops:
            only = audience.collections if audience.suffix else ()
            found.append(self._shape(node, left, top)._replace(collections=only, suffix=audience.suffix))
        return found

    def _visit(self, node: Object | Entries, left: Narrowing, name: str) -> None:
        """Note an object and all objects below it, with the name of the type if it needs one of its own."""
        for field, node_below in node.fields.items() if isinstance(node, Object) else ():
            below, left_below = node_below, left.field(field)
            if isinstance(below, Objects):
                below, left_below = below.item, left_below.items or _open()
            if isinstance(below, Object | Entries) and not left.field(field).never:
                self._visit(below, left_below, name + "".join(part.capitalize() for part in field.split("_")))
        self._uses.setdefault((node.schema, left.state()), (node, left, name))

    def _name_all(self) -> None:
        taken: set[str] = set(self._base.values())
        counts: dict[str, int] = {}
        for schema, _ in self._uses:
            counts[schema] = counts.get(schema, 0) + 1
        for key, (node, left, name) in self._uses.items():
            base = self._base[node.schema]
            if counts[node.schema] == 1 or left.is_open:
                self._names[key] = base
                continue
            is_only = counts[node.schema] == 2 and any(
                other.is_open for one, other, _ in self._uses.values() if one.schema == node.schema
            )
            unique, number = f"Contract{base}" if is_only else name, 1
            while unique in taken:
                number += 1
                unique = f"{name}{number}"
            taken.add(unique)
            self._names[key] = unique

    def _shape(self, node: Object | Entries, left: Narrowing, name: str) -> Shape:
        shape = _shape(node, name, lambda below, field: self._type(below, left.field(field)), left)
        if isinstance(node, Object):
            return shape
        if left.keys is None:
            entries = _ENTRY if left.fields or left.others is None else _entry(left.others)
            return shape._replace(entries=entries)
        keys = [*(key for key in left.fields if key in left.keys), *sorted(left.keys - left.fields.keys())]
        fields = tuple(
            Field(name=key, type=_entry(left.field(key)), about=f"The values of the filter {key}.", example=None)
            for key in keys
            if not left.field(key).never
        )
        return shape._replace(entries=None, fields=fields, required=frozenset(left.required & set(keys)))

    def _type(self, node: Node, left: Narrowing) -> Type:
        if isinstance(node, Objects):
            item = Named(self._names[node.item.schema, (left.items or _open()).state()])
            return OneOf((List(item), item))
        if isinstance(node, Object | Entries):
            return Named(self._names[node.schema, left.state()])
        if left.values is not None:
            return Literal(_of_kind(node, left.values))
        return Scalar("integer" if isinstance(node, Integer) else "string")


def _entry(left: Narrowing) -> Type:
    """The type of a value of a filter."""
    if left.values is not None:
        return Literal(tuple(one for one in left.values if isinstance(one, str)))
    if left.branches:
        types = [_entry(one) for one in left.branches if not _excludes(left.types, one.types)]
        flat = [one for kind in types for one in (kind.types if isinstance(kind, OneOf) else (kind,))]
        kept = tuple(dict.fromkeys(flat))
        return kept[0] if len(kept) == 1 else OneOf(kept)
    items = left.items or _open()
    of: Type = Scalar("string")
    if items.values:
        of = Literal(tuple(one for one in items.values if isinstance(one, str)))
    kinds: list[Type] = [Scalar("string")] if left.types is None or "string" in left.types else []
    kinds += [List(of)] if left.types is None or "array" in left.types else []
    return kinds[0] if len(kinds) == 1 else OneOf(tuple(kinds))


def _excludes(one: frozenset[str] | None, other: frozenset[str] | None) -> bool:
    return one is not None and other is not None and not one & other
