"""Makes events that are wrong from one that is right, as the contract says; it must not know the server's answers."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from eventlint.docs.descriptions import path
from eventlint.docs.field_tree import ANY, Row, objects, rows, smallest, written
from eventlint.model import pointer
from eventlint.spec import Entries, Integer, Object, Objects, Text

_TELLING = 4


class Mistake(NamedTuple):
    """An event with one mistake.

    Attributes:
        kind: What was done; two mistakes of one kind differ only in the field.
        title: The same for people, with the field's name.
        pointer: The field's pointer, with ``*`` for indexes; the empty string is the event.
        payload: The event.
    """

    kind: str
    title: str
    pointer: str
    payload: str


def mistakes(node: Object, whole: dict[str, Any]) -> Iterator[Mistake]:
    """All mistakes that are made of an event, the simplest first.

    Args:
        node: What the contract says of the event.
        whole: An event with all fields.
    """
    for parts, found in objects(node):
        yield from _missing(node, whole, parts, found)
    yield from _unknown(node, whole)
    for row in rows(node):
        for kind, title, value in _values(row, at(whole, row.parts)):
            event = smallest(node, whole, row.parts)
            put(event, row.parts, value)
            yield Mistake(kind, f"{path(row.parts)}: {title}", pointer(row.parts), written(event))
    yield from _broken(smallest(node, whole))


def at(event: Any, parts: Sequence[str]) -> Any:
    """The value at the end of a way; ``*`` is the first element."""
    for part in parts:
        event = event[0 if part == ANY else part]
    return event


def put(event: Any, parts: Sequence[str], value: Any) -> None:
    """Put a value at the end of a way."""
    at(event, parts[:-1])[parts[-1]] = value


def _missing(node: Object, whole: dict[str, Any], parts: tuple[str, ...], found: Object) -> Iterator[Mistake]:
    for one in found.required:
        event = copy.deepcopy(smallest(node, whole, (*parts, one[0])))
        for name in one:
            at(event, parts).pop(name, None)
        names = " and ".join(path((*parts, name)) for name in one)
        title = f"without {names}" if len(one) == 1 else f"without both {names}"
        yield Mistake(f"missing {pointer(parts)} {one}", title, pointer(parts), written(event))


def _unknown(node: Object, whole: dict[str, Any]) -> Iterator[Mistake]:
    for name in list(node.set_by_server)[:1]:
        event = {**smallest(node, whole), name: "2026-01-01T00:00:00Z"}
        yield Mistake("set by the server", f"with {name}, which the server sets", pointer((name,)), written(event))
    named = [(parts, found, _telling(found)) for parts, found in objects(node)]
    for parts, found, name in sorted(named, key=lambda one: len(one[2]) < _TELLING):
        wrong = f"{name[:-2]}{name[-1]}{name[-2]}" if len(name) > 1 and name[-1] != name[-2] else f"{name}s"
        if wrong in found.fields:
            continue
        event = copy.deepcopy(smallest(node, whole, (*parts, name)))
        inside = at(event, parts)
        renamed = {wrong if key == name else key: value for key, value in inside.items()}
        inside.clear()
        inside.update(renamed)
        title = f"{path((*parts, name))} misspelt as {wrong}"
        yield Mistake("misspelt" if parts else "misspelt at the top", title, pointer(parts), written(event))


def _telling(found: Object) -> str:
    """A field whose name can still be recognised when it is misspelt, if there is one."""
    return next((name for name in found.fields if len(name) >= _TELLING), next(iter(found.fields)))


def _values(row: Row, right: Any) -> Iterator[tuple[str, str, Any]]:
    """Values that a field cannot have: what kind of mistake each is, the same for people, and the value."""
    node = row.node
    if isinstance(node, Text):
        yield "number for a string", "a number in place of a string", 42
        yield "null for a string", "null in place of a string", None
        if node.blank_refused:
            yield f"blank {'padded-id' in node.lint}", "blank", " "
    elif isinstance(node, Integer):
        yield "boolean for an integer", "true in place of an integer", True
        yield "too great", "greater than an integer may be", node.maximum + 1
        if node.negative_refused:
            yield "negative", "under zero", -1
        if "string" in node.converts:
            yield "words", "a word in place of an integer", "many"
    elif isinstance(node, Object):
        yield "list for an object", "a list in place of one object", [right]
        yield "text for an object", "a string in place of an object", "shoes"
    elif isinstance(node, Objects):
        yield "texts for objects", "strings in place of objects", ["shoes", "boots"]
    else:
        assert isinstance(node, Entries)  # noqa: S101 - there is no other kind
        yield "list for entries", "a list in place of an object", [right]
        yield "number in entries", "a number in place of a string", dict.fromkeys(list(right)[:1], 42)


def _broken(event: dict[str, Any]) -> Iterator[Mistake]:
    """Texts that are not one JSON object."""
    name = next(iter(event))
    whole = written(event)
    first = f"{json.dumps(name, ensure_ascii=False)}: {written(event[name])}"
    lines = f"{{\n  {first},{whole[1:]}" if "\n" in whole else f"{{{first}, {whole[1:]}"
    yield Mistake("twice", f"{name} twice", "", lines)
    yield Mistake("cut", "cut off before its end", "", whole.rstrip()[:-1].rstrip())
