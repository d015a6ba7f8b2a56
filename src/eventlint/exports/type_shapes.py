"""The events and objects of a release as types that any language can express.

A type describes less than a schema: no limits and no patterns, but the required fields.
"""

from __future__ import annotations

from itertools import product
from typing import Any, NamedTuple, Union

from eventlint.exports.schema_list import documents_of, type_names
from eventlint.spec import Entries, Era, Integer, Node, Object, Objects, document


class Scalar(NamedTuple):
    """A value that is not a container; ``name`` is its type in JSON Schema."""

    name: str


class Named(NamedTuple):
    """A value of a type that is defined by its name."""

    name: str


class List(NamedTuple):
    """An array of values of one type."""

    of: Type


class OneOf(NamedTuple):
    """A value of any of several types."""

    types: tuple[Type, ...]


Type = Union[Scalar, Named, List, OneOf]  # noqa: UP007 - it names itself
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

    @property
    def variants(self) -> list[tuple[str, ...]]:
        """Each way to choose one field of every set: the chosen names."""
        return [tuple(dict.fromkeys(names)) for names in product(*self.choices)] if self.choices else []


def shapes(era: Era) -> list[Shape]:
    """The types of all objects and events of an era; dependencies come first."""
    nodes = documents_of(era)
    names = type_names(nodes)
    return [_shape(node, names) for node in nodes.values()]


def _shape(node: Object | Entries, names: dict[str, str]) -> Shape:
    _, _, kind, name, _ = node.schema.split(":")
    schema = document(node.schema)
    required = node.required if isinstance(node, Object) else ()
    fields = []
    for field, below in node.fields.items() if isinstance(node, Object) else ():
        of_field = schema["properties"][field]
        type_ = _type(below, names)
        example = of_field["examples"][0] if isinstance(type_, Scalar) and of_field.get("examples") else None
        fields.append(Field(name=field, type=type_, about=of_field["description"], example=example))
    return Shape(
        name=names[node.schema],
        id=node.schema,
        event_type=name if kind == "event" else None,
        about=schema["description"],
        fields=tuple(fields),
        required=frozenset(one[0] for one in required if len(one) == 1),
        choices=tuple(one for one in required if len(one) > 1),
        entries=None if isinstance(node, Object) else _ENTRY,
    )


def _type(node: Node, names: dict[str, str]) -> Type:
    if isinstance(node, Objects):
        item = Named(names[node.item.schema])
        return OneOf((List(item), item))
    if isinstance(node, Object | Entries):
        return Named(names[node.schema])
    return Scalar("integer" if isinstance(node, Integer) else "string")
