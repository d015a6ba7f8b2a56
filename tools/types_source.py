"""Writes ``eventlint.types`` from the schemas."""

from __future__ import annotations

import json
import keyword
from collections.abc import Iterator
from textwrap import wrap

from eventlint.errors import SchemaError
from eventlint.exports.type_shapes import Field, List, Named, Scalar, Shape, Type, shapes
from eventlint.spec import catalog

_SCALARS = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}
_WIDTH = 120
_HEAD = '''\
"""Typed dictionaries for events, for editors, type checkers, Pydantic and FastAPI.

Generated from the schemas by ``python -m tools.generate``. The types have no limits and no patterns; use
:func:`eventlint.check` for those.
"""

import sys
from collections.abc import Mapping
from typing import Literal, NotRequired

# Pydantic needs the newer TypedDict.
if sys.version_info >= (3, 12):
    from typing import TypedDict
else:
    from typing_extensions import TypedDict
'''


def source() -> str:
    """The source of the module: a type for each object and event of the newest era.

    Raises:
        SchemaError: The name of a field is not a Python identifier.
    """
    found = shapes(catalog().eras[-1])
    blocks = ["\n".join(_shape(shape)) for shape in found]
    names = sorted({name for shape in found for name in _names(shape)} | {"AnyEvent", "EventType"})
    classes = [name for shape in found if shape.entries is None for name in _classes(shape)]
    events = {shape.event_type: shape.name for shape in found if shape.event_type is not None}
    tail = [
        f"AnyEvent = {' | '.join(events.values())}",
        '"""The body of an event of any type."""',
        "",
        f"EventType = Literal[{', '.join(json.dumps(event_type) for event_type in events)}]",
        '"""An event type."""',
        "",
        '_CONFIG = "__pydantic_config__"',
        "for _type in (",
        *(f"    {name}," for name in classes),
        "):",
        '    setattr(_type, _CONFIG, {"extra": "forbid"})  # Pydantic rejects unknown fields, as the server does.',
    ]
    head = [_HEAD, "__all__ = [", *(f'    "{name}",' for name in names), "]"]
    body = "".join(f"\n\n{block}\n" for block in blocks)
    return "\n".join(head) + "\n" + body + "\n\n" + "\n".join(tail) + "\n"


def _names(shape: Shape) -> list[str]:
    return [shape.name, *(_variant(shape, names) for names in shape.variants)]


def _classes(shape: Shape) -> list[str]:
    return [_variant(shape, names) for names in shape.variants] or [shape.name]


def _variant(shape: Shape, names: tuple[str, ...]) -> str:
    return f"{shape.name}With" + "And".join(_camel(name) for name in names)


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def _shape(shape: Shape) -> Iterator[str]:
    if shape.entries is not None:
        yield f"{shape.name} = Mapping[str, {_type(shape.entries)}]"
        yield from _docstring([shape.about], "")
        return
    if not shape.choices:
        yield from _class(shape.name, "TypedDict", [shape.about, f"Schema: ``{shape.id}``."])
        for field in shape.fields:
            yield from _field(field, optional=field.name not in shape.required)
        return
    chosen = {name for names in shape.choices for name in names}
    base = f"_{shape.name}"
    yield from _class(base, "TypedDict", [f"The fields that every ``{shape.name}`` has."])
    for field in shape.fields:
        if field.name not in chosen:
            yield from _field(field, optional=field.name not in shape.required)
    for names in shape.variants:
        yield from ("", "")
        has = " and ".join(f"``{name}``" for name in names)
        yield from _class(_variant(shape, names), base, [f"{shape.about} It has {has}.", f"Schema: ``{shape.id}``."])
        for field in shape.fields:
            if field.name in chosen:
                yield from _field(field, optional=field.name not in names)
    yield from ("", "")
    yield f"{shape.name} = {' | '.join(_variant(shape, names) for names in shape.variants)}"
    yield from _docstring([shape.about], "")


def _class(name: str, base: str, about: list[str]) -> Iterator[str]:
    yield f"class {name}({base}):"
    yield from _docstring(about, "    ")
    yield ""


def _field(field: Field, *, optional: bool) -> Iterator[str]:
    if not field.name.isidentifier() or keyword.iskeyword(field.name):
        raise SchemaError(f"the field {field.name!r} is not a Python identifier")
    kind = _type(field.type)
    yield f"    {field.name}: {f'NotRequired[{kind}]' if optional else kind}"
    example = [] if field.example is None else [f"Example: ``{json.dumps(field.example, ensure_ascii=False)}``."]
    yield from _docstring([field.about, *example], "    ")


def _docstring(paragraphs: list[str], indent: str) -> Iterator[str]:
    """The first sentence on a line, and the rest below it."""
    first, stop, rest = paragraphs[0].partition(". ")
    texts = [first + stop.strip(), rest, *paragraphs[1:]]
    texts = [text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"') for text in texts if text]
    lines = [wrap(text, _WIDTH - len(indent) - (3 if number == 0 else 0)) for number, text in enumerate(texts)]
    if len(texts) == 1 and len(lines[0]) == 1 and len(indent) + len(texts[0]) + 6 <= _WIDTH:
        yield f'{indent}"""{texts[0]}"""'
        return
    yield f'{indent}"""{lines[0][0]}'
    yield from (indent + line for line in lines[0][1:])
    for paragraph in lines[1:]:
        yield ""
        yield from (indent + line for line in paragraph)
    yield f'{indent}"""'


def _type(kind: Type) -> str:
    if isinstance(kind, Scalar):
        return _SCALARS[kind.name]
    if isinstance(kind, Named):
        return kind.name
    if isinstance(kind, List):
        return f"list[{_type(kind.of)}]"
    return " | ".join(map(_type, kind.types))
