"""The events as TypeScript types; it must not know how types are taken from schemas."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from textwrap import wrap

from eventlint.exports.type_shapes import Entries, Field, List, Named, Scalar, Shape, Type, shapes
from eventlint.spec import Era

_SCALARS = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean"}
_IDENTIFIER = re.compile(r"[A-Za-z_$][\w$]*", re.ASCII)
_WIDTH = 100
_HEAD = """\
// The events of Elastic Behavioral Analytics, as release {} of the server takes them.
// Made by eventlint from its schemas. A type says less than a schema: it has no limits and no patterns."""


def text(era: Era, release: str, dialect: str) -> str:
    """The types as a module; see :func:`eventlint.exports.export`."""
    found = shapes(era)
    blocks = [_HEAD.format(release)]
    blocks += ["\n".join(_shape(shape)) for shape in found]
    blocks.append("\n".join(_by_type(found)))
    return "\n\n".join(blocks) + "\n"


def _by_type(found: list[Shape]) -> Iterator[str]:
    """All events, by their types."""
    yield from _comment(["The body of each event type."], "")
    yield "export interface EventBodies {"
    for shape in found:
        if shape.event_type is not None:
            yield f"  {_name(shape.event_type)}: {shape.name};"
    yield "}"
    yield ""
    yield from _comment(["An event type."], "")
    yield "export type EventType = keyof EventBodies;"


def _shape(shape: Shape) -> Iterator[str]:
    yield from _comment([shape.about], "")
    if shape.entries is not None:
        yield f"export interface {shape.name} {{"
        yield f"  [name: string]: {_type(shape.entries)};"
        yield "}"
        return
    if not shape.choices:
        yield f"export interface {shape.name} {{"
        for field in shape.fields:
            yield from _field(field, optional=field.name not in shape.required)
        yield "}"
        return
    chosen = {name for names in shape.choices for name in names}
    common = [field for field in shape.fields if field.name not in chosen]
    own = [field for field in shape.fields if field.name in chosen]
    yield f"export type {shape.name} = {{"
    for field in common:
        yield from _field(field, optional=field.name not in shape.required)
    yield "} & ("
    for names in shape.variants:
        yield "  | {"
        for field in own:
            yield from (f"    {line}" for line in _field(field, optional=field.name not in names))
        yield "    }"
    yield ");"


def _field(field: Field, *, optional: bool) -> Iterator[str]:
    example = [] if field.example is None else [f"@example {json.dumps(field.example, ensure_ascii=False)}"]
    yield from _comment([field.about, *example], "  ")
    yield f"  {_name(field.name)}{'?' if optional else ''}: {_type(field.type)};"


def _comment(paragraphs: list[str], indent: str) -> Iterator[str]:
    lines = [line for text in paragraphs for line in wrap(text.replace("*/", "*\\/"), _WIDTH - len(indent))]
    if len(lines) == 1:
        yield f"{indent}/** {lines[0]} */"
        return
    yield f"{indent}/**"
    yield from (f"{indent} * {line}" for line in lines)
    yield f"{indent} */"


def _name(name: str) -> str:
    return name if _IDENTIFIER.fullmatch(name) else json.dumps(name)


def _type(kind: Type) -> str:
    if isinstance(kind, Scalar):
        return _SCALARS[kind.name]
    if isinstance(kind, Named):
        return kind.name
    if isinstance(kind, List):
        inner = _type(kind.of)
        return f"({inner})[]" if "|" in inner else f"{inner}[]"
    if isinstance(kind, Entries):
        return f"{{ [name: string]: {_type(kind.of)} }}"
    return " | ".join(map(_type, kind.types))
