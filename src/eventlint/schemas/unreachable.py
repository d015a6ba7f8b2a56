"""Checks for constraints of a custom contract that cannot apply to any event that the server accepts.

Each schema of a contract applies to some part of an event, and the specification lists the fields and types that are
possible there. A constraint on another field, or for another type, has no effect.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from eventlint.schemas.change_text import shown
from eventlint.schemas.keywords import BY_TYPE, IN_PLACE, Path, parts_of, types_of
from eventlint.schemas.problem import Problem, View
from eventlint.spec import event, event_types
from eventlint.spec.nodes import Entries, Integer, Node, Object, Objects, Text


class _Entry(NamedTuple):
    """One entry of an object with arbitrary keys: a string, or an array of strings."""

    text: Text


_Place = Node | _Entry
_NAMES = {"object": "an object", "array": "an array", "string": "a string", "number": "a number"}


def constraints(view: View) -> Iterator[Problem]:
    """Constraints that cannot apply."""
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
                message = f"no accepted event has the key {shown(below[1], 60)} here"
                yield Problem("impossible-constraint", (*path, *below), message, _known(places), True)
        for index, name in enumerate(schema.get("required", ())):
            if not list(_below(places, ("properties", name))) and _objects(places):
                message = f"no accepted event has the key {shown(name, 60)} here"
                yield Problem("impossible-constraint", (*path, "required", str(index)), message, _known(places))


def events_of(view: View) -> tuple[str, ...]:
    """The event types that a document applies to, by ``x-applies-to`` or by its references to built-in events."""
    if not isinstance(view.value, dict) or view.uri.startswith("urn:eventlint:"):
        return ()
    applies_to = view.value.get("x-applies-to")
    listed = applies_to.get("events") if isinstance(applies_to, dict) else None
    if isinstance(listed, list):
        return tuple(kind for kind in event_types() if kind in listed)
    references = [view.value, *(part for part in view.value.get("allOf", []) if isinstance(part, dict))]
    parts = [str(part.get("$ref", "")).split(":") for part in references]
    found = {part[3] for part in parts if part[:3] == ["urn", "eventlint", "event"] and len(part) > 3}
    return tuple(kind for kind in event_types() if kind in found) or (event_types() if applies_to is not None else ())


def _of_kind(path: Path, schema: dict[str, Any], places: tuple[_Place, ...]) -> Iterator[Problem]:
    """Types that are impossible in a place, and keywords for such types."""
    possible = {kind for place in places for kind in _kinds(place)}
    allowed = " or ".join(_NAMES[kind] for kind in _NAMES if kind in possible)
    types = types_of(schema)
    if types is not None and possible.isdisjoint("number" if kind == "integer" else kind for kind in types):
        yield Problem("impossible-constraint", (*path, "type"), f"the server only accepts {allowed} here")
    for kind, keywords in BY_TYPE.items():
        for key in sorted(keywords & schema.keys()) if kind not in possible else ():
            yield Problem(
                "impossible-constraint", (*path, key), f"{key} has no effect here: the value is {allowed}", None, True
            )


def _kinds(place: _Place) -> tuple[str, ...]:
    if isinstance(place, _Entry):
        return ("string", "array")
    if isinstance(place, Text):
        return ("string",)
    if isinstance(place, Integer):
        return ("number",)
    return ("array",) if isinstance(place, Objects) else ("object",)


def _below(places: Iterable[_Place], step: Path) -> Iterator[_Place]:
    """The places that a keyword applies to."""
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
    return f"possible keys: {', '.join(names)}" if names else None
