"""The schemas as types: objects with fields, in a form that any language can be written from; it must not know one.

A type says less than a schema. It has no limits and no patterns, but it says which of several fields one needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any, NamedTuple, Union

from eventlint.errors import SchemaError
from eventlint.exports.schema_list import in_era, type_names
from eventlint.spec import Era, document


class Scalar(NamedTuple):
    """A value that is no container; ``name`` is its type in JSON Schema."""

    name: str


class Named(NamedTuple):
    """A value of a type that is defined by its name."""

    name: str


class List(NamedTuple):
    """An array of values of one type."""

    of: Type


class Entries(NamedTuple):
    """An object with any names and values of one type."""

    of: Type


class OneOf(NamedTuple):
    """A value of any of several types."""

    types: tuple[Type, ...]


Type = Union[Scalar, Named, List, Entries, OneOf]  # noqa: UP007 - it names itself


class Field(NamedTuple):
    """A field of an object.

    Attributes:
        name: Its name.
        type: The type of its value.
        about: What it is, in sentences.
        example: An example of a value that is no container; else None.
    """

    name: str
    type: Type
    about: str
    example: Any


class Shape(NamedTuple):
    """A type with a name.

    Attributes:
        name: Its name.
        id: The ``$id`` of its document.
        event_type: The event type that it is the body of; None for an object.
        about: What it is, in sentences.
        fields: Its fields, in the schema's order; empty when it has ``entries``.
        required: The names of the fields that each value has.
        choices: Sets of names, of each of which a value has at least one.
        entries: The type of a value with any names; None when the names are known.
    """

    name: str
    id: str
    event_type: str | None
    about: str
    fields: tuple[Field, ...]
    required: frozenset[str]
    choices: tuple[tuple[str, ...], ...]
    entries: Type | None

    @property
    def variants(self) -> list[tuple[str, ...]]:
        """The ways to have one of each set of names: in each, the names that are there."""
        return [tuple(dict.fromkeys(names)) for names in product(*self.choices)] if self.choices else []


def shapes(era: Era) -> list[Shape]:
    """The types of all objects and events of an era; what is referred to stands before what refers to it.

    Args:
        era: The era.

    Raises:
        SchemaError: A document cannot be said in types.
    """
    identifiers = in_era(era)
    names = type_names(identifiers)
    return [_shape(document(identifier), names) for identifier in identifiers]


def _shape(schema: Mapping[str, Any], names: Mapping[str, str]) -> Shape:
    identifier = schema["$id"]
    _, _, kind, name, _ = identifier.split(":")
    entries = schema.get("additionalProperties")
    choices = _choices(schema)
    return Shape(
        name=names[identifier],
        id=identifier,
        event_type=name if kind == "event" else None,
        about=schema["description"],
        fields=tuple(_field(field, below, names) for field, below in schema.get("properties", {}).items()),
        required=frozenset(schema.get("required", ())) | {names[0] for names in choices if len(names) == 1},
        choices=tuple(names for names in choices if len(names) > 1),
        entries=_type(entries, names) if isinstance(entries, Mapping) else None,
    )


def _choices(schema: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """The sets of names of which one must be there: ``anyOf`` over single required names."""
    found = []
    for group in (schema.get("anyOf"), *(below.get("anyOf") for below in schema.get("allOf", ()))):
        if group is not None:
            if not all(set(one) == {"required"} and len(one["required"]) == 1 for one in group):
                raise SchemaError(f"{schema['$id']}: only anyOf over single required names can be said in types")
            found.append(tuple(one["required"][0] for one in group))
    return found


def _field(name: str, schema: Mapping[str, Any], names: Mapping[str, str]) -> Field:
    kind = _type(schema, names)
    example = schema["examples"][0] if isinstance(kind, Scalar) and schema.get("examples") else None
    return Field(name=name, type=kind, about=schema["description"], example=example)


def _type(schema: Mapping[str, Any], names: Mapping[str, str]) -> Type:
    if "$ref" in schema:
        return Named(names[schema["$ref"]])
    if "anyOf" in schema:
        return OneOf(tuple(_type(below, names) for below in schema["anyOf"]))
    if schema.get("type") == "array":
        return List(_type(schema["items"], names))
    if schema.get("type") in ("string", "integer", "number", "boolean"):
        return Scalar(schema["type"])
    raise SchemaError(f"no type can be written for {schema}")
