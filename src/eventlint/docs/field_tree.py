"""An event's contract as rows: each node with its pointer and its schema; it must not know what is told of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from eventlint import spec as contract
from eventlint.spec import Entries, Integer, Node, Object, Objects

ANY = "*"
"""Stands in a pointer for any one name or index, as in the settings of the command."""

_WIDE = 88


class Row(NamedTuple):
    """A node of the contract, and where it stands.

    Attributes:
        parts: The way to it, as names; ``*`` is any index.
        node: What the contract says; for an element of a list, its object.
        schema: The field's own schema, with its title and examples.
        above: The object that the field belongs to.
    """

    parts: tuple[str, ...]
    node: Node
    schema: Mapping[str, Any]
    above: Object


def rows(node: Object, parts: tuple[str, ...] = ()) -> Iterator[Row]:
    """All fields below an object, each after the one that holds it, in the server's order.

    Args:
        node: The object.
        parts: The way to it.
    """
    properties = contract.document(node.schema)["properties"]
    for name, field in node.fields.items():
        here = (*parts, name)
        yield Row(here, field, properties[name], node)
        if isinstance(field, Object):
            yield from rows(field, here)
        elif isinstance(field, Objects):
            yield from rows(field.item, (*here, ANY))


def objects(node: Object, parts: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Object]]:
    """An object and all objects below it, with the way to each.

    Args:
        node: The object.
        parts: The way to it.
    """
    yield parts, node
    for row in rows(node, parts):
        if isinstance(row.node, Object):
            yield row.parts, row.node
        elif isinstance(row.node, Objects):
            yield (*row.parts, ANY), row.node.item


def complete(node: Object) -> dict[str, Any]:
    """An event with all fields, made from the fields' own examples.

    Args:
        node: The event.
    """
    properties = contract.document(node.schema)["properties"]
    made: dict[str, Any] = {}
    for name, field in node.fields.items():
        if isinstance(field, Object):
            made[name] = complete(field)
        elif isinstance(field, Objects):
            made[name] = [complete(field.item)]
        else:
            examples = properties[name].get("examples") or [_plain(field)]
            made[name] = examples[0]
    return made


def _plain(node: Node) -> Any:
    """A value for a field that has no example."""
    if isinstance(node, Integer):
        return max(node.minimum, min(node.maximum, 1))
    return {"name": ["value"]} if isinstance(node, Entries) else "value"


def smallest(node: Object, whole: Mapping[str, Any], parts: tuple[str, ...] = ()) -> dict[str, Any]:
    """The smallest part of an event that the server takes, and that holds a field.

    Args:
        node: The event.
        whole: An event with all fields.
        parts: The way to the field that must be in it.
    """
    kept: dict[str, Any] = {}
    wanted = set(parts[:1])
    names = wanted | {one[0] for one in node.required if not wanted & set(one)}
    for name, field in node.fields.items():
        if name not in names or name not in whole:
            continue
        below = parts[1:] if parts[:1] == (name,) else ()
        if isinstance(field, Object):
            kept[name] = smallest(field, whole[name], below)
        elif isinstance(field, Objects):
            kept[name] = [smallest(field.item, whole[name][0], below[1:])]
        else:
            kept[name] = whole[name]
    return kept


def written(value: Any, indent: str = "", used: int = 0) -> str:
    """A value as JSON for people: on one line where it fits, else a member a line.

    Args:
        value: A value that JSON can hold.
        indent: The blanks before its lines.
        used: How many characters stand before it on its first line.
    """
    line = json.dumps(value, ensure_ascii=False)
    if len(line) + used <= _WIDE or not isinstance(value, dict | list) or not value:
        return line
    deeper = indent + "  "
    if isinstance(value, list):
        parts = [written(one, deeper, len(deeper)) for one in value]
    else:
        names = {name: json.dumps(name, ensure_ascii=False) + ": " for name in value}
        parts = [names[name] + written(one, deeper, len(deeper) + len(names[name])) for name, one in value.items()]
    marks = "[]" if isinstance(value, list) else "{}"
    return f"{marks[0]}\n" + ",\n".join(deeper + part for part in parts) + f"\n{indent}{marks[1]}"
