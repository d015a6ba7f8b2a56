"""Checks for schemas that reject what they seem to accept, as far as that can be proven."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from jsonschema.exceptions import ValidationError

from eventlint.schemas import patterns
from eventlint.schemas.change_text import shown
from eventlint.schemas.constraint_messages import message as constraint_message
from eventlint.schemas.keywords import BY_TYPE, IN_PLACE, Path, parts_of, types_of, walk
from eventlint.schemas.problem import Problem, View
from eventlint.schemas.validity import MAX_SIZE, Library, Resolver, SchemaValidator, fragment

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


def inverted_bounds(view: View) -> Iterator[Problem]:
    """Lower limits that are greater than the upper ones."""
    for path, schema in view.objects():
        for low, high, is_strict in _PAIRS:
            if low not in schema or high not in schema:
                continue
            if schema[low] > schema[high] or (is_strict and schema[low] == schema[high]):
                message = f"{low} {shown(schema[low])} and {high} {shown(schema[high])} allow no value"
                yield Problem("inverted-bounds", (*path, low), message, "swap the two, or remove one")
        if "contains" in schema and "minContains" not in schema and schema.get("maxContains") == 0:
            message = "maxContains 0 allows none of the elements that contains requires"
            yield Problem("inverted-bounds", (*path, "maxContains"), message, "set minContains to 0, or use not")


def values(view: View) -> Iterator[Problem]:
    """Values of enum and const that another keyword of the schema rejects."""
    for path, schema in view.objects():
        if schema.get("enum") == []:
            yield Problem("empty-enum", (*path, "enum"), "an empty enum rejects every value", "list the values")
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
            validator = SchemaValidator.alone(asked)
            errors = validator.errors(value) if validator.accepts(value) is False else []
            if errors:
                reason = errors[0].validator
                message = f"{shown(value, 40)} is rejected by {reason} in the same schema"
                yield Problem("impossible-value", place, message, f"remove the value, or change {reason}")


_PLAIN = BY_TYPE["string"] | BY_TYPE["number"] | frozenset({"type", "const", "minItems", "maxItems", "required"})


def required(view: View) -> Iterator[Problem]:
    """Required properties that the schema forbids, or that it does not describe."""
    inside = dict(view.schemas)
    known: dict[Path, _Described] = {}
    for path, schema in view.objects():
        for index, name in enumerate(schema.get("required", ())):
            place = (*path, "required", str(index))
            if _is_forbidden(schema, name):
                hint = f"add {shown(name)} to properties, or do not require it"
                yield Problem("forbidden-required", place, f"{shown(name)} is required, but not allowed", hint)
                continue
            if id(schema) in view.uses:  # the fields of events are known
                continue
            top = _top(path)
            if top not in known:
                known[top] = _described(view, inside.get(top))
            if not known[top].has(name):
                names = sorted(schema.get("properties", {}))[:6]
                hint = f"described properties: {', '.join(map(shown, names))}" if names else "add it to properties"
                yield Problem(
                    "undeclared-required", place, f"the required property {shown(name)} is not described", hint
                )


def _is_forbidden(schema: dict[str, Any], name: str) -> bool:
    properties = schema.get("properties", {})
    if name in properties:
        return properties[name] is False
    matching = [one for one in schema.get("patternProperties", {}) if patterns.search(one, name) is not False]
    if matching:
        return any(schema["patternProperties"][one] is False and patterns.search(one, name) for one in matching)
    return schema.get("additionalProperties") is False


class _Described(NamedTuple):
    """The properties that the schemas for one value describe; open when other properties may be required."""

    names: frozenset[str]
    patterns: frozenset[str]
    is_open: bool

    def has(self, name: str) -> bool:
        matches = any(patterns.search(pattern, name) is not False for pattern in self.patterns)
        return self.is_open or name in self.names or matches


def _top(path: Path) -> Path:
    """The path to the outermost schema for the same value."""
    while len(path) > 1 and (path[-1] in IN_PLACE or path[-2] in IN_PLACE):
        path = path[:-1] if path[-1] in IN_PLACE else path[:-2]
    return path


def _described(view: View, top: Any) -> _Described:
    """What the schemas for a value describe; without any properties, the schema is open."""
    root = view.library.root(view.uri)
    waiting = [(top, root[1])] if root else []
    seen: set[int] = set()
    names: set[str] = set()
    key_patterns: set[str] = set()
    is_open = has_properties = False
    while waiting and len(seen) < MAX_SIZE:
        schema, resolver = waiting.pop()
        if not isinstance(schema, dict) or id(schema) in seen:
            continue
        seen.add(id(schema))
        has_properties |= "properties" in schema
        names |= schema.get("properties", {}).keys()
        key_patterns |= schema.get("patternProperties", {}).keys()
        is_open |= isinstance(schema.get("additionalProperties"), dict)
        resolver = view.library.inside(schema, resolver)
        waiting += [(below, resolver) for key, below in parts_of(schema) if key[0] in IN_PLACE]
        for key in {"$ref", "$dynamicRef"} & schema.keys():
            found = view.library.resolve(resolver, schema[key])
            is_open |= found is None
            waiting += [found] if found else []
    return _Described(frozenset(names), frozenset(key_patterns), is_open or not has_properties)


def types(view: View) -> Iterator[Problem]:
    """Schemas that must all match, but have no type in common."""
    root = view.library.root(view.uri)
    for path, schema in view.objects():
        if root is None or not {"allOf", "$ref"} & schema.keys():
            continue
        allowed = [
            kinds | {"integer"} if "number" in kinds else kinds
            for kinds in map(types_of, _together(view.library, schema, root[1]))
            if kinds is not None
        ]
        if len(allowed) > 1 and not frozenset.intersection(*allowed):
            listed = " and ".join(" or ".join(sorted(kinds)) for kinds in allowed[:3])
            where = (*path, "allOf" if "allOf" in schema else "$ref")
            yield Problem("disjoint-types", where, f"no value has all of these types: {listed}", "did you mean anyOf?")


def _together(library: Library, schema: dict[str, Any], resolver: Resolver) -> Iterator[Any]:
    """A schema, and the schemas that must match together with it; at most 100."""
    waiting = [(schema, resolver)]
    for _ in range(100):
        if not waiting:
            return
        one, resolver = waiting.pop(0)
        yield one
        if isinstance(one, dict):
            resolver = library.inside(one, resolver)
            waiting += [(below, resolver) for below in one.get("allOf", [])]
            found = library.resolve(resolver, one["$ref"]) if "$ref" in one else None
            waiting += [found] if found else []


def examples(view: View) -> Iterator[Problem]:
    """Examples and defaults that their schema rejects."""
    whole = SchemaValidator.of(view.library, view.uri, with_definitions=True)
    for path, schema in view.objects():
        listed = [((*path, "examples", str(index)), value) for index, value in enumerate(schema.get("examples", []))]
        listed += [((*path, "default"), schema["default"])] if "default" in schema else []
        if not listed:
            continue
        validator = whole.part(fragment(view.uri, path))
        for place, value in listed:
            errors = validator.errors(value) if validator.accepts(value) is False else []
            if errors:
                error = min(errors, key=lambda one: len(one.absolute_path))
                kind = "default" if place[-1] == "default" else "example"
                deeper = (*place, *map(str, error.absolute_path))
                words = f"the schema rejects its {kind}: {_reason(error)}"
                yield Problem("invalid-example", deeper, words, f"correct the {kind}, or the schema")


def _reason(error: ValidationError) -> str:
    """Why a value is rejected, in the words of findings."""
    schema: Any = error.schema
    value, keyword, name = error.instance, str(error.validator), ""
    if keyword in ("required", "dependentRequired") and isinstance(value, dict):
        needed = (
            schema[keyword] if keyword == "required" else [one for names in schema[keyword].values() for one in names]
        )
        name = next((one for one in needed if one not in value), "")
    elif isinstance(value, dict):
        described = schema.get("properties", {}) if isinstance(schema, dict) else {}
        others = schema.get("patternProperties", {}) if isinstance(schema, dict) else {}
        name = next(
            (key for key in value if key not in described and not any(patterns.search(one, key) for one in others)), ""
        )
    if schema is False or keyword in ("None", "dependentSchemas"):
        return f"{shown(value, 60)} is not allowed"
    words = constraint_message(keyword, schema, value, name, error.context or ())
    return words.replace("the contract's", "its").replace("the contract", "it")


def size(view: View) -> Iterator[Problem]:
    """Documents that are too large for values to be validated by them."""
    if SchemaValidator.of(view.library, view.uri, with_definitions=True).is_too_large:
        message = f"with all references resolved, the document has more than {MAX_SIZE:,} schemas"
        yield Problem("schema-too-large", (), message, "reduce the definitions that refer to others more than once")
