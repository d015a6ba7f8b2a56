"""The fields of an event, and example events that contain them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from eventlint.spec import Entries, Integer, Node, Object, Objects, document

ANY = "*"
"""The part of a path that matches any key or index, as in the configuration."""

Path = tuple[str, ...]
_WIDTH = 88


class SpecField(NamedTuple):
    """A field and its place in an event.

    Attributes:
        path: The keys that lead to it; ``*`` is any index.
        schema: Its schema, with title and examples.
    """

    path: Path
    node: Node
    schema: Mapping[str, Any]
    parent: Object


def fields(node: Object, path: Path = ()) -> Iterator[SpecField]:
    """All fields below the object at a path, parents first, in the server's order."""
    properties = document(node.schema)["properties"]
    for name, field in node.fields.items():
        here = (*path, name)
        yield SpecField(here, field, properties[name], node)
        if isinstance(field, Object):
            yield from fields(field, here)
        elif isinstance(field, Objects):
            yield from fields(field.item, (*here, ANY))


def objects(node: Object) -> Iterator[tuple[Path, Object]]:
    """An event and all objects below it, with their paths."""
    yield (), node
    for field in fields(node):
        if isinstance(field.node, Object):
            yield field.path, field.node
        elif isinstance(field.node, Objects):
            yield (*field.path, ANY), field.node.item


def dotted(path: Sequence[str]) -> str:
    """A path for people (``results.items[].page``)."""
    return ".".join(path).replace(f".{ANY}", "[]")


def complete(node: Object) -> dict[str, Any]:
    """An event with all fields, made from the examples in the schemas."""
    properties = document(node.schema)["properties"]
    event: dict[str, Any] = {}
    for name, field in node.fields.items():
        if isinstance(field, Object):
            event[name] = complete(field)
        elif isinstance(field, Objects):
            event[name] = [complete(field.item)]
        else:
            event[name] = next(iter(properties[name].get("examples", ())), _default(field))
    return event


def _default(node: Node) -> Any:
    if isinstance(node, Integer):
        return max(node.minimum, min(node.maximum, 1))
    return {"name": ["value"]} if isinstance(node, Entries) else "value"


def smallest(node: Object, whole: Mapping[str, Any], path: Sequence[str] = ()) -> dict[str, Any]:
    """The smallest part of an event with all fields that the server accepts and that contains the field at a path."""
    wanted = set(path[:1])
    names = wanted | {one[0] for one in node.required if not wanted & set(one)}
    kept: dict[str, Any] = {}
    for name, field in node.fields.items():
        if name not in names:
            continue
        below = path[1:] if name in wanted else ()
        if isinstance(field, Object):
            kept[name] = smallest(field, whole[name], below)
        elif isinstance(field, Objects):
            kept[name] = [smallest(field.item, whole[name][0], below[1:])]
        else:
            kept[name] = whole[name]
    return kept


def value_at(event: Any, path: Sequence[str]) -> Any:
    """The value at a path; ``*`` is the first element of a list."""
    for part in path:
        event = event[0 if part == ANY else part]
    return event


def event_with(node: Object, whole: Mapping[str, Any], path: Sequence[str], value: Any) -> dict[str, Any]:
    """The :func:`smallest` event that contains the field at a path, with another value in the field."""
    event = smallest(node, whole, path)
    value_at(event, path[:-1])[path[-1]] = value
    return event


def to_json(value: Any, indent: str = "", used: int = 0) -> str:
    """Format a value as JSON for people: on one line if it fits, otherwise with one member per line.

    ``used`` is the number of characters that precede it on its first line.
    """
    line = json.dumps(value, ensure_ascii=False)
    if len(line) + used <= _WIDTH or not isinstance(value, dict | list) or not value:
        return line
    deeper = indent + "  "
    members = [("", one) for one in value]
    if isinstance(value, dict):
        members = [(json.dumps(name, ensure_ascii=False) + ": ", one) for name, one in value.items()]
    lines = [deeper + key + to_json(one, deeper, len(deeper) + len(key)) for key, one in members]
    return f"{line[0]}\n" + ",\n".join(lines) + f"\n{indent}{line[-1]}"
