"""Schemas that refuse what they seem to accept, as far as that can be proven; it must not know style or files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from eventlint.schemas import patterns
from eventlint.schemas.change_text import shown
from eventlint.schemas.keywords import BY_TYPE, IN_PLACE, Path, parts_of, types_of, walk
from eventlint.schemas.problem import Told, View
from eventlint.schemas.validity import MAX_SIZE, Judge, Library, Resolver, fragment

_PAIRS = (
    ("minimum", "maximum", False),
    ("exclusiveMinimum", "maximum", True),
    ("minimum", "exclusiveMaximum", True),
    ("exclusiveMinimum", "exclusiveMaximum", True),
    ("minLength", "maxLength", False),
    ("minItems", "maxItems", False),
    ("minProperties", "maxProperties", False),
    ("minContains", "maxContains", False),
)


def inverted_bounds(view: View) -> Iterator[Told]:
    """A lower limit over the upper one."""
    for path, schema in _objects(view):
        for low, high, is_strict in _PAIRS:
            if low not in schema or high not in schema:
                continue
            if schema[low] > schema[high] or (is_strict and schema[low] == schema[high]):
                message = f"{low} {shown(schema[low])} and {high} {shown(schema[high])} leave nothing between them"
                yield Told("inverted-bounds", (*path, low), message, "exchange the two, or leave one out")
        if "contains" in schema and "minContains" not in schema and schema.get("maxContains") == 0:
            message = "maxContains 0 allows no element that contains asks for"
            yield Told("inverted-bounds", (*path, "maxContains"), message, "say minContains 0, or use not")


def values(view: View) -> Iterator[Told]:
    """Members of enum, and const, that what stands beside them refuses."""
    for path, schema in _objects(view):
        if schema.get("enum") == []:
            yield Told("empty-enum", (*path, "enum"), "an enum without members refuses every value", "list the values")
        listed = [((*path, "enum", str(index)), value) for index, value in enumerate(schema.get("enum", []))]
        listed += [((*path, "const"), schema["const"])] if "const" in schema else []
        if not listed or len(schema) < 2:
            continue
        rest = {
            key: value for key, value in schema.items() if key not in IN_PLACE and key not in ("enum", "$id", "$schema")
        }
        if any(isinstance(one, dict) and ("$ref" in one or "$dynamicRef" in one) for _, one in walk(rest)):
            rest = {key: value for key, value in rest.items() if key in _PLAIN}
        for place, value in listed:
            asked = {key: one for key, one in rest.items() if not (key == "const" and place[-1] == "const")}
            judge = Judge.alone(asked)
            errors = judge.errors(value) if judge.accepts(value) is False else []
            if errors:
                reason = errors[0].validator
                message = f"{shown(value, 40)} is refused by {reason} beside it"
                yield Told("impossible-value", place, message, f"take the value out, or change {reason}")


_PLAIN = BY_TYPE["string"] | BY_TYPE["number"] | frozenset({"type", "const", "minItems", "maxItems", "required"})


def required(view: View) -> Iterator[Told]:
    """Names that are required and forbidden at once, and names that nothing describes."""
    inside = dict(view.schemas)
    known: dict[Path, _Described] = {}
    for path, schema in _objects(view):
        for index, name in enumerate(schema.get("required", ())):
            place = (*path, "required", str(index))
            if _is_forbidden(schema, name):
                hint = f"describe {shown(name)} among the properties, or do not require it"
                yield Told("forbidden-required", place, f"{shown(name)} is required here and forbidden here", hint)
                continue
            top = _top(path)
            if top not in known:
                known[top] = _described(view, inside.get(top))
            if not known[top].has(name):
                names = sorted(schema.get("properties", {}))[:6]
                hint = f"the properties are {', '.join(map(shown, names))}" if names else "describe it in properties"
                yield Told(
                    "undeclared-required", place, f"no property describes {shown(name)}, which is required", hint
                )


def _is_forbidden(schema: dict[str, Any], name: str) -> bool:
    own = schema.get("properties", {})
    if name in own:
        return own[name] is False
    fits = [pattern for pattern in schema.get("patternProperties", {}) if patterns.search(pattern, name) is not False]
    if fits:
        return any(schema["patternProperties"][pattern] is False and patterns.search(pattern, name) for pattern in fits)
    return schema.get("additionalProperties") is False


class _Described(NamedTuple):
    """The names that a schema describes, and those that judge the same value; open where others may."""

    names: frozenset[str]
    patterns: frozenset[str]
    is_open: bool

    def has(self, name: str) -> bool:
        fits = any(patterns.search(pattern, name) is not False for pattern in self.patterns)
        return self.is_open or name in self.names or fits


def _top(path: Path) -> Path:
    """The way to the outermost schema that judges the same value."""
    while len(path) > 1 and (path[-1] in IN_PLACE or path[-2] in IN_PLACE):
        path = path[:-1] if path[-1] in IN_PLACE else path[:-2]
    return path


def _described(view: View, top: Any) -> _Described:
    """A schema that has no properties at all leaves them to whoever uses it, and is open."""
    root = view.library.root(view.uri)
    waiting = [(top, root[1])] if root else []
    seen: set[int] = set()
    names: set[str] = set()
    fitting: set[str] = set()
    is_open = has_properties = False
    while waiting and len(seen) < MAX_SIZE:
        schema, resolver = waiting.pop()
        if not isinstance(schema, dict) or id(schema) in seen:
            continue
        seen.add(id(schema))
        has_properties |= "properties" in schema
        names |= schema.get("properties", {}).keys()
        fitting |= schema.get("patternProperties", {}).keys()
        is_open |= isinstance(schema.get("additionalProperties"), dict)
        resolver = view.library.inside(schema, resolver)
        waiting += [(below, resolver) for key, below in parts_of(schema) if key[0] in IN_PLACE]
        for key in {"$ref", "$dynamicRef"} & schema.keys():
            found = view.library.resolve(resolver, schema[key])
            is_open |= found is None
            waiting += [found] if found else []
    return _Described(frozenset(names), frozenset(fitting), is_open or not has_properties)


def types(view: View) -> Iterator[Told]:
    """Schemas that must all hold, and allow no type in common."""
    root = view.library.root(view.uri)
    for path, schema in _objects(view):
        if root is None or not {"allOf", "$ref"} & schema.keys():
            continue
        said = [
            kinds | {"integer"} if "number" in kinds else kinds
            for kinds in map(types_of, _together(view.library, schema, root[1]))
            if kinds is not None
        ]
        if len(said) > 1 and not frozenset.intersection(*said):
            told = " and ".join(" or ".join(sorted(kinds)) for kinds in said[:3])
            where = (*path, "allOf" if "allOf" in schema else "$ref")
            yield Told(
                "disjoint-types", where, f"no value is of these types at once: {told}", "perhaps anyOf was meant"
            )


def _together(library: Library, schema: dict[str, Any], resolver: Resolver) -> Iterator[Any]:
    """A schema, and those that must hold beside it; not more than some."""
    waiting = [(schema, resolver)]
    for _ in range(100):
        if not waiting:
            return
        one, around = waiting.pop(0)
        yield one
        if isinstance(one, dict):
            around = library.inside(one, around)
            waiting += [(below, around) for below in one.get("allOf", [])]
            found = library.resolve(around, one["$ref"]) if "$ref" in one else None
            waiting += [found] if found else []


def examples(view: View) -> Iterator[Told]:
    """Examples and defaults that their own schema refuses."""
    whole = Judge.of(view.library, view.uri, with_definitions=True)
    for path, schema in _objects(view):
        listed = [((*path, "examples", str(index)), value) for index, value in enumerate(schema.get("examples", []))]
        listed += [((*path, "default"), schema["default"])] if "default" in schema else []
        if not listed:
            continue
        judge = whole.part(fragment(view.uri, path))
        for place, value in listed:
            errors = judge.errors(value) if judge.accepts(value) is False else []
            if errors:
                error = min(errors, key=lambda one: len(one.absolute_path))
                reason = " ".join(error.message.split())
                reason = (
                    reason if len(reason) <= 120 else f"{shown(error.instance, 60)} is refused by {error.validator}"
                )
                kind = "default" if place[-1] == "default" else "example"
                deeper = (*place, *map(str, error.absolute_path))
                yield Told(
                    "refused-example", deeper, f"the schema refuses its own {kind}: {reason}", f"mend the {kind}"
                )


def size(view: View) -> Iterator[Told]:
    """Documents that are too large to be tried."""
    if Judge.of(view.library, view.uri, with_definitions=True).is_too_large:
        message = f"with its references written out the document has more than {MAX_SIZE:,} schemas"
        yield Told("untried-schema", (), message, "make fewer definitions that refer to others more than once")


def _objects(view: View) -> Iterator[tuple[Path, dict[str, Any]]]:
    return ((path, schema) for path, schema in view.schemas if isinstance(schema, dict))
