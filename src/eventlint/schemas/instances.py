"""Values that one of two schemas may accept and the other reject.

Both schemas are walked together in their normal forms. At each place, the boundaries of both are tried: a limit and its
neighbors, the values of an enum and others, each type, one key more and one less. They are embedded in values that
both schemas accept, if such values are found. One place varies at a time, and two keys of an object if a condition may
connect them. So the number of values grows with the size of the schemas; it has a limit.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator
from typing import Any

from eventlint.schemas import format_language, patterns
from eventlint.schemas import regex_samples as samples
from eventlint.schemas.equal import canonical
from eventlint.schemas.keywords import CONSTRAINTS, LISTS, NAMED, ONE
from eventlint.schemas.validity import Schema, SchemaValidator

Sides = tuple[Schema | None, Schema | None]
"""The schemas of a place on both sides; None for a side without one."""

MAX_VALUES = 4000
"""The largest number of values."""

_MAX_BELOW = 800
_MAX_CHECKS = 1_500
_MAX_SAME = 40
_MAX_DEPTH = 60
_MAX_NAMES = 60
_MAX_SIZE = 2_000_000
_EDGE_CASES: list[Any] = [None, True, False, 0, 1, 1.5, -1, "", "a", [], {}]
_UNKNOWN = "zz"
_MISSING: Any = object()


def values(old: Schema, new: Schema) -> list[Any]:
    """Values to try.

    Args:
        old: The normal form of the old schema, with its examples.
        new: The normal form of the new schema, with its examples.
    """
    return _Maker().values((old, new), 0)


def facets(schema: Schema | None) -> Iterator[dict[str, Any]]:
    """A schema and all schemas inside it that apply to the same value."""
    if not isinstance(schema, dict):
        return
    yield schema
    below: list[Schema] = [schema[key] for key in ("not", "if", "then", "else") if key in schema]
    for key in ("allOf", "anyOf", "oneOf"):
        below += schema.get(key, [])
    below += schema.get("dependentSchemas", {}).values()
    for one in below:
        yield from facets(one)


class _Maker:
    def __init__(self) -> None:
        self._validators: dict[int, tuple[Schema, SchemaValidator]] = {}
        self._left = _MAX_CHECKS

    def _accepts(self, schema: Schema | None, value: Any) -> bool:
        if schema is None or isinstance(schema, bool):
            return schema is not False
        self._left -= 1
        if self._left < 0:
            return True
        if id(schema) not in self._validators:
            self._validators[id(schema)] = (schema, SchemaValidator.of_form(_closed(schema)))
        return self._validators[id(schema)][1].accepts(value) is True

    def base(self, sides: Sides, candidates: list[Any]) -> Any:
        """A simple value that both sides accept, or at least one of them; otherwise any."""
        for wanted in (sides, sides[1:], sides[:1]):
            for value in candidates:
                if all(self._accepts(side, value) for side in wanted):
                    return value
        return candidates[0] if candidates else "a"

    def values(self, sides: Sides, depth: int) -> list[Any]:
        every = [*facets(sides[0]), *facets(sides[1])]
        found: list[Any] = []
        for one in every:
            found += one.get("examples", [])[:8]
            found += one.get("enum", [])[:40]
        wanted = {kind for one in every for kind in one.get("type", ())}
        wanted |= {kind for kind, keywords in CONSTRAINTS.items() if any(keywords & one.keys() for one in every)}
        makers = {"string": _strings, "number": _numbers}
        kinds = sorted(wanted)
        for kind in kinds:
            maker = makers.get("number" if kind == "integer" else kind)
            if maker is not None:
                found += maker(every)
        if depth < _MAX_DEPTH:
            # Objects come first if the schema is about objects: other values are rejected there.
            if "array" in kinds:
                found += self._arrays(sides, every, depth)
            if "object" in kinds:
                found = [*found, *self._objects(sides, every, depth)]
        found += _EDGE_CASES
        found += [f"{one}~" for one in found[:20] if isinstance(one, str)]
        if depth == 0:
            return _distinct(found, MAX_VALUES)
        # If both sides are equal, only some values are needed to build others.
        return _distinct(found, _MAX_SAME if canonical(sides[0]) == canonical(sides[1]) else _MAX_BELOW)

    # ---- arrays -----------------------------------------------------------------------------------------------------

    def _arrays(self, sides: Sides, every: list[dict[str, Any]], depth: int) -> list[Any]:
        below = (_elements(sides[0]), _elements(sides[1]))
        elements = self.values(below, depth + 1)
        good = [one for one in elements if all(self._accepts(side, one) for side in below)] or elements
        prefix = [
            self.base(pair, self.values(pair, depth + 1))
            for pair in itertools.zip_longest(_prefix(sides[0]), _prefix(sides[1]))
        ]
        alone = [[one for one in elements[:60] if self._accepts(side, one)] for side in below]
        lengths = _near(every, ("minItems", "maxItems", "minContains", "maxContains"), 40) | {
            0,
            1,
            2,
            len(prefix) + 1,
        }
        found: list[Any] = []
        for length in sorted(lengths):
            found.append([*prefix, *itertools.islice(itertools.cycle(good), length)][:length])
            found.append([*prefix, *itertools.repeat(good[0], length)][:length])
            found += [[*prefix, *itertools.islice(itertools.cycle(some), length)][:length] for some in alone if some]
            found += [[*prefix, *itertools.repeat(some[0], length)][:length] for some in alone if some]
        least = max([one.get("minItems", 0) for one in every if isinstance(one.get("minItems", 0), int)], default=0)
        start = [*prefix, *good[:1] * max(0, min(least, 40) - len(prefix) - 1)]
        found += [[*start, one] for one in elements]
        found += [[*start, one, one] for one in good[:3]]
        for at, pair in enumerate(itertools.zip_longest(_prefix(sides[0]), _prefix(sides[1]))):
            found += [[*prefix[:at], one, *prefix[at + 1 :]] for one in self.values(pair, depth + 1)[:80]]
        for pair in zip(_of(sides[0], "contains"), _of(sides[1], "contains"), strict=False):
            special = self.values(pair, depth + 1)[:60]
            found += [[one] for one in special] + [[*start, good[0], one] for one in special[:20]]
            found += [[one] * count for one in special[:6] for count in sorted(lengths)]
        for one in every:
            if "contains" in one:
                special = self.values((one["contains"], one["contains"]), depth + 1)[:12]
                found += [[part] * count for part in special for count in sorted(lengths)]
                found += [[*good[:1], part] for part in special]
        return found

    # ---- objects ----------------------------------------------------------------------------------------------------

    def _objects(self, sides: Sides, every: list[dict[str, Any]], depth: int) -> list[Any]:
        names = _names(every)
        below = {name: (_member(sides[0], name), _member(sides[1], name)) for name in names}
        made = {name: self.values(pair, depth + 1) for name, pair in below.items()}
        plain = {name: self.base(below[name], made[name]) for name in names}
        is_joined = len(every) > sum(side is not None and not isinstance(side, bool) for side in sides)
        bases = list(self._bases(sides, every, plain))
        for at, side in enumerate(sides):
            # If both sides require what only one of them accepts, the value suits only one of them.
            single = {name: self.base((below[name][at], None), made[name]) for name in names}
            wanted = _required(side)
            known = {name for one in facets(side) for name in one.get("properties", {})}
            bases += [{name: single[name] for name in names if name in some} for some in (wanted, wanted | known)]
        spare = self._spare(sides, plain)
        bases = [_filled(one, spare, every) for one in bases]
        found: list[Any] = list(bases)
        good = [one for one in bases if all(self._accepts(side, one) for side in sides)]
        main = (good or bases)[: 2 if depth == 0 or is_joined else 1]
        # Keys with different schemas come first; if there are many, the others do not vary.
        varied = sorted(names, key=lambda name: canonical(below[name][0]) == canonical(below[name][1]))[:_MAX_NAMES]
        for base in main:
            for name in varied:
                same = canonical(below[name][0]) == canonical(below[name][1])
                few = 6 if same and not is_joined else _MAX_BELOW
                found += [{**base, name: value} for value in made[name][:few]]
                found.append({key: value for key, value in base.items() if key != name})
        for base in bases:
            found += [{key: value for key, value in base.items() if key != name} for name in varied if name in base]
            if len(bases) <= 24:
                found += [{**base, name: value} for name in varied[:12] for value in _few(made[name])]
        found += self._counted(every, main, spare)
        if is_joined:
            found += self._pairs(varied, made, main)
        return found

    def _bases(self, sides: Sides, every: list[dict[str, Any]], plain: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Objects to vary: with the required keys of each side, all keys, and those of choices and conditions."""
        required = [_required(side) for side in sides]
        both = required[0] | required[1]
        known = {name for one in every for name in one.get("properties", {})}
        wanted: list[Iterable[str]] = [both, required[0], required[1], both | known, known, ()]
        for one in every[:30]:
            wanted.append(both | set(one.get("required", ())))
            for name, names in one.get("dependentRequired", {}).items():
                wanted += [both | {name}, both | {name, *names}]
            wanted += [both | {name} for name in one.get("dependentSchemas", {})]
        for names in wanted:
            yield {name: plain[name] for name in plain if name in set(names)}
        start = {name: plain[name] for name in plain if name in both}
        for one in every[:30]:
            for name, schema in one.get("properties", {}).items():
                if isinstance(schema, dict) and "enum" in schema:
                    yield from ({**start, name: value} for value in schema["enum"][:8])

    def _spare(self, sides: Sides, plain: dict[str, Any]) -> dict[str, Any]:
        """Members to add to an object so that it has more of them, allowed keys first."""
        names = [*plain, *"defghij", *(f"{_UNKNOWN}{number}" for number in range(60))]
        rules = [schema for side in sides for schema in _of(side, "propertyNames")]
        free = {name: self.base(pair, ["a", 1, None, [], {}]) for name, pair in self._free(sides, names, plain).items()}
        found = {name: plain.get(name, free.get(name, "a")) for name in names}
        allowed = {name: all(self._accepts(rule, name) for rule in rules) for name in names}
        return {name: found[name] for name in sorted(names, key=lambda name: not allowed[name])}

    def _free(self, sides: Sides, names: list[str], plain: dict[str, Any]) -> dict[str, Sides]:
        return {name: (_member(sides[0], name), _member(sides[1], name)) for name in names if name not in plain}

    def _counted(self, every: list[dict[str, Any]], main: list[Any], spare: dict[str, Any]) -> list[Any]:
        """Objects with as many members as a limit, and one more or less."""
        found = []
        for count in sorted(_near(every, ("minProperties", "maxProperties"), 60)):
            for base in main:
                more = [name for name in spare if name not in base][: max(0, count - len(base))]
                found.append(dict(list({**base, **{name: spare[name] for name in more}}.items())[:count]))
        return found

    def _pairs(self, names: list[str], made: dict[str, list[Any]], main: list[Any]) -> list[Any]:
        found = []
        for one, other in itertools.combinations(names[:8], 2):
            for base in main[:1]:
                pairs = itertools.product([*made[one][:6], _MISSING], [*made[other][:6], _MISSING])
                for value, second in pairs:
                    whole = {**base, one: value, other: second}
                    found.append({key: one for key, one in whole.items() if one is not _MISSING})
        return found


def _filled(base: dict[str, Any], spare: dict[str, Any], every: list[dict[str, Any]]) -> dict[str, Any]:
    """An object with at least as many members as required."""
    least = max((one["minProperties"] for one in every if "minProperties" in one), default=0)
    if least > 60 or len(base) >= least or not base:
        return base
    more = [name for name in spare if name not in base][: int(least) - len(base)]
    return {**base, **{name: spare[name] for name in more}}


def _few(found: list[Any]) -> list[Any]:
    """The first values, and the first of each type."""
    kinds = {type(one): one for one in reversed(found)}
    return [*found[:4], *kinds.values()]


def _closed(schema: Schema) -> Schema:
    """A schema whose unresolved references accept everything."""
    if not isinstance(schema, dict):
        return schema
    closed: dict[str, Any] = {}
    for key, one in schema.items():
        if key in NAMED:
            closed[key] = {name: _closed(below) for name, below in one.items()}
        elif key in LISTS:
            closed[key] = [_closed(below) for below in one]
        elif key not in ("$rec", "$ref", "examples"):
            closed[key] = _closed(one) if key in ONE else one
    return closed


def _of(schema: Schema | None, key: str) -> list[Schema]:
    return [one[key] for one in facets(schema) if key in one]


def _prefix(schema: Schema | None) -> list[Schema]:
    found = _of(schema, "prefixItems")
    return max(found, key=len) if found else []


def _together(schemas: list[Schema]) -> Schema | None:
    if len(schemas) < 2:
        return schemas[0] if schemas else None
    return {"anyOf": schemas}


def _elements(schema: Schema | None) -> Schema | None:
    return _together(_of(schema, "items") or _of(schema, "unevaluatedItems"))


def _member(schema: Schema | None, name: str) -> Schema | None:
    """The schema of a member of an object; a choice if there are several."""
    found: list[Schema] = []
    for one in facets(schema):
        schemas = [one["properties"][name]] if name in one.get("properties", {}) else []
        members = one.get("patternProperties", {}).items()
        schemas += [below for pattern, below in members if patterns.search(pattern, name)]
        if not schemas:
            schemas = [
                one[key] for key in ("additionalProperties", "unevaluatedProperties") if isinstance(one.get(key), dict)
            ]
        found += schemas
    return _together(found)


def _required(schema: Schema | None) -> set[str]:
    if not isinstance(schema, dict):
        return set()
    found = set(schema.get("required", ()))
    for one in schema.get("allOf", []):
        found |= _required(one)
    return found


def _names(every: list[dict[str, Any]]) -> list[str]:
    """The keys that objects may have: those of the schema, some that match patterns, and an unknown one."""
    found: list[str] = []
    for one in every:
        found += one.get("required", ())
        found += one.get("properties", {})
        for name, names in one.get("dependentRequired", {}).items():
            found += [name, *names]
        found += one.get("dependentSchemas", {})
        for pattern in one.get("patternProperties", {}):
            matching = samples.matching_strings(pattern)
            found += [*matching[:4], *samples.similar_strings(matching)[4:7]]
        if "propertyNames" in one:
            found += [name for name in _strings(list(facets(one["propertyNames"]))) if isinstance(name, str)][:24]
            for below in facets(one["propertyNames"]):
                found += [name for name in below.get("enum", []) if isinstance(name, str)]
    return list(dict.fromkeys([*found, _UNKNOWN]))[:MAX_VALUES]


def _near(every: list[dict[str, Any]], keys: tuple[str, ...], most: int) -> set[int]:
    found: set[int] = set()
    for one in every:
        for key in keys:
            limit = one.get(key)
            if isinstance(limit, int | float) and limit <= most:
                found |= {max(0, int(limit) + step) for step in (-1, 0, 1)}
    return found


def _strings(every: list[dict[str, Any]]) -> list[Any]:
    matching = [text for one in every if "pattern" in one for text in samples.matching_strings(one["pattern"])]
    matching += format_language.samples(one["format"] for one in every if "format" in one)
    found = ["a", "b", *matching]
    # Strings of a certain length, which may have to match a pattern.
    fillers = ["a", *(text for text in matching[:6] if text)]
    for length in sorted(_near(every, ("minLength", "maxLength"), 3000)):
        found += [(filler * (length // len(filler) + 1))[:length] for filler in fillers]
        found += [text + text[-1] * (length - len(text)) for text in matching[:6] if 0 < len(text) <= length]
    found += samples.similar_strings(matching) if matching else ["", "~"]
    return list(found)


def _numbers(every: list[dict[str, Any]]) -> list[Any]:
    found: list[Any] = [1, 0, 1.5, 2, -1, 100]
    for one in every:
        for key in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"):
            limit = one.get(key)
            if isinstance(limit, int | float) and math.isfinite(limit):
                found += [limit, limit + 1, limit - 1, math.floor(limit), math.ceil(limit)]
                if abs(limit) < 1e15:
                    found += [limit + 0.5, limit - 0.5]
        step = one.get("multipleOf")
        if isinstance(step, int | float) and 0 < step < 1e9:
            found += [step, step * 2, step * 3, step * 1.5, step * 5, -step]
            for limit in [limit for limit in found if isinstance(limit, int)][:12]:
                found += [math.floor(limit / step) * step, math.ceil(limit / step) * step]
    return found


def _distinct(found: list[Any], most: int) -> list[Any]:
    """Values without duplicates, up to a number and a total size."""
    known: set[str] = set()
    kept: list[Any] = []
    left = _MAX_SIZE
    for one in found:
        text = canonical(one)
        if text not in known:
            known.add(text)
            kept.append(one)
            left -= len(text)
            if len(kept) == most or left < 0:
                break
    return kept
