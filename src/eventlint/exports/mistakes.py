"""Makes payloads with one mistake each from a valid event, as the specification describes it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from eventlint.exports import fields as spec_fields
from eventlint.exports.fields import SpecField, complete, dotted, event_with, objects, smallest, to_json, value_at
from eventlint.model import pointer
from eventlint.spec import Integer, Object, Objects, Text

_RECOGNIZABLE = 4
"""The length from which a misspelled name is still recognizable."""


class Mistake(NamedTuple):
    """A payload with one mistake."""

    kind: str  # two mistakes of one kind differ only in the field
    title: str  # for people, with the name of the field
    pointer: str  # of the field, with * for any index; the empty string is the event
    payload: str


def mistakes(node: Object) -> Iterator[Mistake]:
    """All mistakes in an event, the simplest first."""
    whole = complete(node)
    yield from _missing(node, whole)
    yield from _unknown(node, whole)
    for field in spec_fields.fields(node):
        for kind, title, value in _wrong_values(field, value_at(whole, field.path)):
            payload = to_json(event_with(node, whole, field.path, value))
            yield Mistake(kind, f"{title} in {dotted(field.path)}", pointer(field.path), payload)
    yield from _syntax_errors(smallest(node, whole))


def _missing(node: Object, whole: dict[str, Any]) -> Iterator[Mistake]:
    for path, found in objects(node):
        for choice in found.required:
            event = smallest(node, whole, (*path, choice[0]))
            for name in choice:
                value_at(event, path).pop(name, None)
            title = f"missing {' and '.join(dotted((*path, name)) for name in choice)}"
            yield Mistake(f"missing {pointer(path)} {choice}", title, pointer(path), to_json(event))


def _unknown(node: Object, whole: dict[str, Any]) -> Iterator[Mistake]:
    for name in list(node.set_by_server)[:1]:
        event = {**smallest(node, whole), name: "2026-01-01T00:00:00Z"}
        yield Mistake("set by the server", f"a key that the server sets: {name}", pointer((name,)), to_json(event))
    named = [(path, found, _recognizable(found)) for path, found in objects(node)]
    for path, found, name in sorted(named, key=lambda one: len(one[2]) < _RECOGNIZABLE):
        wrong = f"{name[:-2]}{name[-1]}{name[-2]}" if len(name) > 1 and name[-1] != name[-2] else f"{name}s"
        if wrong in found.fields:
            continue
        event = smallest(node, whole, (*path, name))
        inside = value_at(event, path)
        renamed = {wrong if key == name else key: value for key, value in inside.items()}
        inside.clear()
        inside.update(renamed)
        title = f"misspelled {dotted((*path, name))}: {wrong}"
        yield Mistake("misspelled" if path else "misspelled at the top", title, pointer(path), to_json(event))


def _recognizable(found: Object) -> str:
    """The first field whose name is recognizable when it is misspelled, or the first field."""
    return next((name for name in found.fields if len(name) >= _RECOGNIZABLE), next(iter(found.fields)))


def _wrong_values(field: SpecField, valid: Any) -> Iterator[tuple[str, str, Any]]:
    """Values that a field cannot have: the kind of mistake, the mistake for people, and the value."""
    node = field.node
    if isinstance(node, Text):
        yield "number for a string", "a number instead of a string", 42
        yield "null for a string", "null instead of a string", None
        if node.blank_refused:
            yield f"blank {field.path[-1] == 'id'}", "a blank string", " "
    elif isinstance(node, Integer):
        yield "boolean for an integer", "true instead of an integer", True
        yield "too large", "a number above the maximum", node.maximum + 1
        if node.negative_refused:
            yield "negative", "a negative number", -1
        if "string" in node.converts:
            yield "word", "a word instead of an integer", "many"
    elif isinstance(node, Object):
        yield "array for an object", "an array instead of an object", [valid]
        yield "string for an object", "a string instead of an object", "shoes"
    elif isinstance(node, Objects):
        yield "strings for objects", "strings instead of objects", ["shoes", "boots"]
    else:
        yield "array for entries", "an array instead of an object", [valid]
        yield "number in entries", "a number instead of a string", dict.fromkeys(list(valid)[:1], 42)


def _syntax_errors(event: dict[str, Any]) -> Iterator[Mistake]:
    """Payloads that are not one JSON object with unique keys."""
    name = next(iter(event))
    whole = to_json(event)
    first = f"{json.dumps(name, ensure_ascii=False)}: {to_json(event[name])}"
    twice = f"{{\n  {first},{whole[1:]}" if "\n" in whole else f"{{{first}, {whole[1:]}"
    yield Mistake("duplicate", f"duplicate key {name}", "", twice)
    yield Mistake("truncated", "truncated", "", whole.rstrip()[:-1].rstrip())
    yield Mistake("syntax", "an equals sign instead of a colon", "", whole.replace(":", " =", 1))
