"""Checks for constraints of a custom contract that cannot apply to any event that the server accepts.

Each schema of a contract applies to some part of an event, and the specification lists the fields and types that are
possible there. A constraint on another field, or for another type, has no effect; a limit outside of the server's, or a
ban of a field that the server requires, rejects every event.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from eventlint.schemas import patterns
from eventlint.schemas.change_text import shown
from eventlint.schemas.event_places import Entry, Place, Use, below
from eventlint.schemas.keyword_values import similar
from eventlint.schemas.keywords import BY_TYPE, Path, parts_of, types_of
from eventlint.schemas.problem import Problem, View
from eventlint.spec.nodes import Integer, Object, Objects, Text

_RULE = "impossible-constraint"
_NAMES = {"object": "an object", "array": "an array", "string": "a string", "number": "a number"}


def constraints(view: View) -> Iterator[Problem]:
    """Constraints that cannot apply."""
    for path, schema in view.objects():
        use = view.uses.get(id(schema))
        if use is not None and use.places:
            yield from _of_kind(path, schema, use.places)
            yield from _values(path, schema, use.places)
            yield from _limits(path, schema, use.places)
            yield from _keys(path, schema, use.places)
            if use.always:
                yield from _forbidden(path, schema, use)


def _of_kind(path: Path, schema: dict[str, Any], places: tuple[Place, ...]) -> Iterator[Problem]:
    """Types that are impossible in a place, and keywords for such types."""
    possible, allowed = _possible(places)
    types = types_of(schema)
    if types is not None and possible.isdisjoint("number" if kind == "integer" else kind for kind in types):
        yield Problem(_RULE, (*path, "type"), f"the server only accepts {allowed} here")
        return
    for kind, keywords in BY_TYPE.items():
        for key in sorted(keywords & schema.keys()) if kind not in possible else ():
            yield Problem(_RULE, (*path, key), f"{key} has no effect here: the value is {allowed}", None, True)


def _possible(places: tuple[Place, ...]) -> tuple[set[str], str]:
    """The types of the values in some places, and the same in words."""
    possible = {kind for place in places for kind in _kinds(place)}
    return possible, " or ".join(_NAMES[kind] for kind in _NAMES if kind in possible)


def _kinds(place: Place) -> tuple[str, ...]:
    if isinstance(place, Entry):
        return ("string", "array")
    if isinstance(place, Text):
        return ("string",)
    if isinstance(place, Integer):
        return ("number",)
    return ("array",) if isinstance(place, Objects) else ("object",)


def _values(path: Path, schema: dict[str, Any], places: tuple[Place, ...]) -> Iterator[Problem]:
    """Values of enum and const that the server accepts nowhere here."""
    listed = [((*path, "enum", str(index)), value) for index, value in enumerate(schema.get("enum", ()))]
    listed += [((*path, "const"), schema["const"])] if "const" in schema else []
    for where, value in listed:
        if not any(_accepts(place, value) for place in places):
            yield Problem(_RULE, where, f"the server never accepts {shown(value, 40)} here", _accepted(places))


def _accepts(place: Place, value: Any) -> bool:
    """Whether the server may accept a value in a place."""
    if isinstance(place, Entry):
        return isinstance(value, str) or (isinstance(value, list) and all(isinstance(one, str) for one in value))
    if isinstance(place, Text):
        return isinstance(value, str) and not (place.blank_refused and not value.strip())
    if isinstance(place, Integer):
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return is_number and value == int(value) and _lowest(place) <= value <= place.maximum
    return isinstance(value, list if isinstance(place, Objects) else dict)


def _accepted(places: tuple[Place, ...]) -> str:
    numbers = [place for place in places if isinstance(place, Integer)]
    if numbers and len(numbers) == len(places):
        return f"use whole numbers from {min(map(_lowest, numbers))} to {max(one.maximum for one in numbers)}"
    return f"the value is {_possible(places)[1]}"


def _lowest(place: Integer) -> int:
    return max(0, place.minimum) if place.negative_refused else place.minimum


def _limits(path: Path, schema: dict[str, Any], places: tuple[Place, ...]) -> Iterator[Problem]:
    """Limits that no value which the server accepts can keep."""
    if all(isinstance(place, Integer) for place in places):
        numbers = [place for place in places if isinstance(place, Integer)]
        lowest, highest = min(map(_lowest, numbers)), max(one.maximum for one in numbers)
        wrong = {
            "minimum": lambda limit: limit > highest,
            "exclusiveMinimum": lambda limit: limit >= highest,
            "maximum": lambda limit: limit < lowest,
            "exclusiveMaximum": lambda limit: limit <= lowest,
        }
        for key in wrong.keys() & schema.keys():
            if wrong[key](schema[key]):
                message = f"{key} {shown(schema[key])} allows no value: the server accepts {lowest} to {highest}"
                yield Problem(_RULE, (*path, key), message)
    if all(isinstance(place, Object) for place in places):
        known = max(len(place.fields) for place in places if isinstance(place, Object))
        if schema.get("minProperties", 0) > known:
            message = f"minProperties {shown(schema['minProperties'])} allows no value: there are {known} fields"
            yield Problem(_RULE, (*path, "minProperties"), message)
        needed = min(len(place.required) for place in places if isinstance(place, Object))
        if schema.get("maxProperties", needed) < needed:
            message = f"maxProperties {shown(schema['maxProperties'])} allows no value: {needed} fields are required"
            yield Problem(_RULE, (*path, "maxProperties"), message)


def _keys(path: Path, schema: dict[str, Any], places: tuple[Place, ...]) -> Iterator[Problem]:
    """Keys that no accepted event has."""
    known = _known(places)
    if not known:
        return
    named = [((*path, *step), step[1], True) for step, _ in parts_of(schema) if step[0] == "properties"]
    named += [((*path, "required", str(index)), name, False) for index, name in enumerate(schema.get("required", ()))]
    for trigger, names in schema.get("dependentRequired", {}).items():
        where = (*path, "dependentRequired", trigger)
        named += [(where, trigger, True), *(((*where, str(index)), name, False) for index, name in enumerate(names))]
    named += [((*path, "dependentSchemas", name), name, True) for name in schema.get("dependentSchemas", ())]
    for where, name, of_key in named:
        if not any(True for place in places for _ in below(place, ("properties", name))):
            near = similar(name, known) or f"possible keys: {', '.join(known)}"
            yield Problem(_RULE, where, f"no accepted event has the key {shown(name, 60)} here", near, of_key)


def _known(places: Iterable[Place]) -> list[str]:
    return sorted({name for place in places if isinstance(place, Object) for name in place.fields})


def _forbidden(path: Path, schema: dict[str, Any], use: Use) -> Iterator[Problem]:
    """Fields that the schema forbids, although the server requires them."""
    objects = [place for place in use.places if isinstance(place, Object)]
    if not objects or len(objects) < len(use.places):
        return
    needed = [{names[0] for names in place.required if len(names) == 1} for place in objects]
    for name in sorted(set.intersection(*needed)):
        where = _forbidding(schema, name)
        if where:
            message = f"{shown(name)} is not allowed, but the server requires it, so that no event is valid"
            hint = f"add {shown(name)} to properties" if where == ("additionalProperties",) else "allow it"
            yield Problem("forbidden-required", (*path, *where), message, hint, True)
            return


def _forbidding(schema: dict[str, Any], name: str) -> Path:
    """The keyword that forbids a property; empty if it is allowed."""
    if name in schema.get("properties", {}):
        return ("properties", name) if schema["properties"][name] is False else ()
    if any(patterns.search(pattern, name) is not False for pattern in schema.get("patternProperties", ())):
        return ()
    return ("additionalProperties",) if schema.get("additionalProperties") is False else ()
