"""Clauses of a contract of one's own that can never apply to an event that the server takes; it must not know files.

Each part of such a document judges some part of an event, and the compiled contract of the server says what can stand
there. A name that no event can have there, or a keyword for another kind of value, says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from eventlint.schemas.change_text import shown
from eventlint.schemas.keywords import BY_TYPE, IN_PLACE, Path, parts_of, types_of
from eventlint.schemas.problem import Told, View
from eventlint.spec import event, event_types
from eventlint.spec.nodes import Entries, Integer, Node, Object, Objects, Text


class _Entry(NamedTuple):
    """One of the entries of an object with any names: a text, or a list of texts."""

    text: Text


_Place = Node | _Entry
_NAMES = {"object": "an object", "array": "a list", "string": "a text", "number": "a number"}


def clauses(view: View) -> Iterator[Told]:
    """What of a contract can never apply."""
    kinds = events_of(view)
    waiting: list[tuple[Path, Any, tuple[_Place, ...]]] = [((), view.value, tuple(map(event, kinds)))] if kinds else []
    while waiting:
        path, schema, places = waiting.pop()
        if not isinstance(schema, dict):
            continue
        yield from _of_kind(path, schema, places)
        for below, part in parts_of(schema):
            inside = places if below[0] in IN_PLACE else tuple(_below(places, below))
            if inside:
                waiting.append(((*path, *below), part, inside))
            elif below[0] == "properties":
                message = f"no event that the server takes has {shown(below[1], 60)} here"
                yield Told("impossible-clause", (*path, *below), message, _known(places), True)
        for index, name in enumerate(schema.get("required", ())):
            if not list(_below(places, ("properties", name))) and _objects(places):
                message = f"no event that the server takes has {shown(name, 60)} here"
                yield Told("impossible-clause", (*path, "required", str(index)), message, _known(places))


def events_of(view: View) -> tuple[str, ...]:
    """The event types that a document is about: as it says, or as its references to built-in events say."""
    if not isinstance(view.value, dict) or view.uri.startswith("urn:eventlint:"):
        return ()
    said = view.value.get("x-applies-to")
    told = said.get("events") if isinstance(said, dict) else None
    if isinstance(told, list):
        return tuple(kind for kind in event_types() if kind in told)
    references = [view.value, *(part for part in view.value.get("allOf", []) if isinstance(part, dict))]
    parts = [str(part.get("$ref", "")).split(":") for part in references]
    found = {part[3] for part in parts if part[:3] == ["urn", "eventlint", "event"] and len(part) > 3}
    return tuple(kind for kind in event_types() if kind in found) or (event_types() if said is not None else ())


def _of_kind(path: Path, schema: dict[str, Any], places: tuple[_Place, ...]) -> Iterator[Told]:
    """Types that cannot stand there, and keywords for other kinds of value."""
    possible = {kind for place in places for kind in _kinds(place)}
    told = " or ".join(_NAMES[kind] for kind in _NAMES if kind in possible)
    types = types_of(schema)
    if types is not None and possible.isdisjoint("number" if kind == "integer" else kind for kind in types):
        yield Told("impossible-clause", (*path, "type"), f"the server takes only {told} here")
    for kind, keywords in BY_TYPE.items():
        for key in sorted(keywords & schema.keys()) if kind not in possible else ():
            yield Told("impossible-clause", (*path, key), f"{key} says nothing here: it is {told}", None, True)


def _kinds(place: _Place) -> tuple[str, ...]:
    if isinstance(place, _Entry):
        return ("string", "array")
    if isinstance(place, Text):
        return ("string",)
    if isinstance(place, Integer):
        return ("number",)
    return ("array",) if isinstance(place, Objects) else ("object",)


def _below(places: Iterable[_Place], step: Path) -> Iterator[_Place]:
    """What can stand where a keyword looks into a value."""
    for place in places:
        if step[0] == "properties" and isinstance(place, Object):
            if step[1] in place.fields:
                yield place.fields[step[1]]
        elif step[0] in ("properties", "patternProperties", "additionalProperties", "unevaluatedProperties"):
            if isinstance(place, Object):
                yield from place.fields.values()
            elif isinstance(place, Entries):
                yield _Entry(Text(blank_refused=False, ingest=place.ingest))
        elif step[0] in ("items", "prefixItems", "contains", "unevaluatedItems"):
            if isinstance(place, Objects):
                yield place.item
            elif isinstance(place, _Entry):
                yield place.text


def _objects(places: Iterable[_Place]) -> bool:
    return any(isinstance(place, Object) for place in places)


def _known(places: Iterable[_Place]) -> str | None:
    names = sorted({name for place in places if isinstance(place, Object) for name in place.fields})
    return f"there are {', '.join(names)}" if names else None
