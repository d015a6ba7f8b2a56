"""The steps to a normal form: each one keeps the set of accepted values."""

from __future__ import annotations

from typing import Any

from eventlint.schemas.equal import canonical, distinct
from eventlint.schemas.keywords import CONSTRAINTS, IN_PLACE, TYPES
from eventlint.schemas.simplify_values import bounds, finite, is_disjoint, is_open, only_types, whole
from eventlint.schemas.validity import Schema, SchemaValidator

_GROUPS = (
    frozenset({"properties", "patternProperties", "additionalProperties"}),
    frozenset({"prefixItems", "items"}),
    frozenset({"contains", "minContains", "maxContains"}),
    frozenset({"if", "then", "else"}),
)
_DEFAULTS: dict[str, tuple[Any, ...]] = {
    "minLength": (0,),
    "minItems": (0,),
    "minProperties": (0,),
    "uniqueItems": (False,),
    "required": ([],),
    "dependentRequired": ({},),
    "dependentSchemas": ({},),
    "propertyNames": (True,),
    "items": (True,),
    "prefixItems": ([],),
    "unevaluatedItems": (True,),
    "unevaluatedProperties": (True,),
    "properties": ({},),
    "patternProperties": ({},),
    "not": (False,),
}
_GREATEST = frozenset({"minLength", "minItems", "minProperties", "minimum", "exclusiveMinimum"})
_LEAST = frozenset({"maxLength", "maxItems", "maxProperties", "maximum", "exclusiveMaximum"})


def conjunction(base: dict[str, Any], members: list[Schema], *, careful: bool) -> Schema:
    """One schema for a schema and others that must match together with it.

    Args:
        base: The schema, without references; its parts are in their normal form.
        members: Normal forms.
        careful: Whether unevaluated keys and elements matter, so that keywords that evaluate must stay.
    """
    if members and _evaluates(base):  # these keywords see what the members evaluate, so they come last
        closing = {key: base.pop(key) for key in list(base) if key.startswith("unevaluated")}
        inner = conjunction(base, members, careful=careful)
        if inner is False:
            return False
        outer = {**inner, **closing} if isinstance(inner, dict) else closing
        return outer if outer.keys() & {"allOf", "$ref", "$rec"} else simplified(outer, careful=careful)
    merged = simplified(base, careful=careful)
    rest: list[Schema] = []
    waiting = list(members)
    while waiting:
        member = waiting.pop(0)
        if isinstance(member, dict) and isinstance(member.get("allOf"), list) and not _evaluates(member):
            waiting = [{key: value for key, value in member.items() if key != "allOf"}, *member["allOf"], *waiting]
            continue
        together = _merged(merged, member)
        if together is None:
            rest.append(member)
        else:
            merged = simplified(together, careful=careful)
    if merged is False or any(one is False for one in rest):
        return False
    rest = distinct([one for one in rest if one not in (True, {})])
    if not rest:
        return merged
    if merged is True or merged == {}:
        return rest[0] if len(rest) == 1 else {"allOf": rest}
    return {**merged, "allOf": rest}


def _evaluates(schema: dict[str, Any]) -> bool:
    return any(key.startswith("unevaluated") for key in schema)


def _merged(one: Schema, other: Schema) -> Schema | None:
    """One schema that accepts the same as two; None when there is none."""
    if other is True or other == {}:
        return one
    if one is True or one == {}:
        return other
    if one is False or other is False:
        return False
    if _evaluates(other) or not _may_mix(one, other):
        return None
    merged = dict(one)
    for key, value in other.items():
        if key not in merged or canonical(merged[key]) == canonical(value):
            merged[key] = value
        elif key in _GREATEST | _LEAST:
            merged[key] = (max if key in _GREATEST else min)(merged[key], value)
        elif key in ("required", "examples"):
            merged[key] = [*merged[key], *value]
        elif key == "type":
            merged[key] = [kind for kind in TYPES if kind in _both_types(merged[key], value)]
        elif key == "enum":
            known = {canonical(member) for member in value}
            merged[key] = [member for member in merged[key] if canonical(member) in known]
        elif key == "properties":
            merged[key] = {**merged[key], **value}
        else:
            return None
    return merged


def _may_mix(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether no keyword of one schema would change the meaning of a keyword of the other."""
    for group in _GROUPS:
        left, right = group & one.keys(), group & other.keys()
        if not left or not right:
            continue
        if left == right == {"properties"} and not one["properties"].keys() & other["properties"].keys():
            continue
        if any(canonical(one.get(key)) != canonical(other.get(key)) for key in left | right):
            return False
    return True


def _both_types(one: Any, other: Any) -> set[str]:
    return set(_basic(one)) & set(_basic(other)) | (
        {"integer"}
        if {"integer", "number"} <= set(_basic(one)) | set(_basic(other)) and _numeric(one, other)
        else set()
    )


def _numeric(one: Any, other: Any) -> bool:
    return bool({"integer", "number"} & set(_basic(one))) and bool({"integer", "number"} & set(_basic(other)))


def _basic(types: Any) -> list[str]:
    listed = [types] if isinstance(types, str) else list(types)
    return [kind for kind in listed if kind != "integer" or "number" not in listed]


def simplified(schema: Schema, *, careful: bool) -> Schema:
    """A schema without keywords that have no effect; its parts are in their normal form."""
    if not isinstance(schema, dict):
        return schema
    schema = dict(schema)
    _lists(schema)
    _choices(schema, careful=careful)
    _closing(schema)
    if "contains" not in schema:
        schema.pop("minContains", None)
        schema.pop("maxContains", None)
    if "if" not in schema or not (careful or {"then", "else"} & schema.keys()):
        for key in ("if", "then", "else"):
            schema.pop(key, None)
    if not careful:
        _remove_ineffective(schema)
    for key, defaults in _DEFAULTS.items():
        evaluates = key in ("items", "prefixItems", "properties", "patternProperties")
        is_default = key in schema and any(schema[key] is one or schema[key] == one for one in defaults)
        if is_default and (schema[key] is not True or not (careful and evaluates)):
            del schema[key]
    if schema.get("not") in (True, {}) and "not" in schema:
        return False
    typed = _typed(schema, careful=careful)
    return typed if careful else finite(typed)


def _lists(schema: dict[str, Any]) -> None:
    if "const" in schema:
        only = [schema.pop("const")]
        known = {canonical(value) for value in schema.get("enum", only)}
        schema["enum"] = [value for value in only if canonical(value) in known]
    if "enum" in schema:
        schema["enum"] = distinct(schema["enum"])
    if "required" in schema:
        schema["required"] = sorted(set(schema["required"]))
    if "dependentRequired" in schema:
        schema["dependentRequired"] = {
            name: sorted(set(names)) for name, names in schema["dependentRequired"].items() if names
        }
    if "dependentSchemas" in schema:
        schema["dependentSchemas"] = {
            name: below for name, below in schema["dependentSchemas"].items() if below not in (True, {})
        }
    for key in _GREATEST | _LEAST:
        if isinstance(schema.get(key), float) and schema[key].is_integer():
            schema[key] = int(schema[key])


def _choices(schema: dict[str, Any], *, careful: bool) -> None:
    """Sort the choices of ``anyOf`` and ``oneOf``, and remove those that accept nothing."""
    if "oneOf" in schema:
        schema["oneOf"] = sorted((one for one in schema["oneOf"] if one is not False), key=canonical)
        if not careful and "anyOf" not in schema and is_disjoint(schema["oneOf"]):
            schema["anyOf"] = schema.pop("oneOf")
    if "anyOf" not in schema:
        return
    options = distinct([one for one in schema["anyOf"] if one is not False])
    schema["anyOf"] = options
    if careful or not options:
        return
    if any(one in (True, {}) for one in options):
        del schema["anyOf"]
    elif all(isinstance(one, dict) and one.keys() == {"enum"} for one in options) and "enum" not in schema:
        schema["enum"] = distinct([value for one in options for value in one["enum"]])
        del schema["anyOf"]
    elif "type" not in schema and all(only_types(one) for one in options):
        kinds = {kind for one in options for kind in only_types(one)}
        schema["type"] = [kind for kind in TYPES if kind in kinds]
        del schema["anyOf"]


def _closing(schema: dict[str, Any]) -> None:
    """Replace ``unevaluated…`` in schemas in which only the schema's keywords evaluate."""
    if IN_PLACE & schema.keys() or "$rec" in schema:
        return
    if "unevaluatedProperties" in schema:
        below = schema.pop("unevaluatedProperties")
        schema.setdefault("additionalProperties", below)
    if "unevaluatedItems" in schema and "contains" not in schema:
        below = schema.pop("unevaluatedItems")
        schema.setdefault("items", below)


def _remove_ineffective(schema: dict[str, Any]) -> None:
    """Remove keywords that have no effect if nothing depends on what is evaluated."""
    if schema.get("additionalProperties") in (True, {}):
        schema.pop("additionalProperties", None)
    if "properties" in schema and "additionalProperties" not in schema and "patternProperties" not in schema:
        schema["properties"] = {name: one for name, one in schema["properties"].items() if one not in (True, {})}
    if schema.get("additionalProperties") is False and "patternProperties" not in schema:
        _closed_names(schema)
    if schema.get("minContains") == 0 and "maxContains" not in schema:
        schema.pop("contains", None)
        schema.pop("minContains", None)
    if schema.get("minContains") == 1:
        del schema["minContains"]
    if schema.get("items") in (True, {}):
        schema.pop("items", None)
    while schema.get("prefixItems") and "items" not in schema and schema["prefixItems"][-1] in (True, {}):
        schema["prefixItems"] = schema["prefixItems"][:-1]
    for key in ("then", "else"):
        if schema.get(key) in (True, {}):
            schema.pop(key, None)
    if "if" in schema and not {"then", "else"} & schema.keys():
        del schema["if"]


def _closed_names(schema: dict[str, Any]) -> None:
    """Apply ``propertyNames`` to the properties of a schema that allows no others."""
    rule = schema.get("propertyNames", True)
    named = schema.get("properties", {})
    validator = SchemaValidator.of_form(rule) if rule is not True and not is_open(rule) else None
    answers = {name: validator.accepts(name) for name in named} if validator else {}
    if None not in answers.values() and (validator or rule is True):
        schema.pop("propertyNames", None)
        schema["properties"] = {
            name: one for name, one in named.items() if one is not False and answers.get(name, True)
        }


def _typed(schema: dict[str, Any], *, careful: bool) -> Schema:
    """Sort the types, remove keywords for other types, and normalize bounds."""
    if "type" in schema:
        types = [kind for kind in TYPES if kind in _basic(schema["type"])]
        if not types:
            return False
        schema["type"] = types
        for kind, keywords in CONSTRAINTS.items():
            if kind not in types and not (kind == "number" and "integer" in types):
                for key in keywords & schema.keys():
                    del schema[key]
        if len(types) == len(TYPES) - 1 and "integer" not in types:
            del schema["type"]
    if not careful:
        whole(schema)
    bounds(schema, is_whole="integer" in schema.get("type", ()))
    return schema if careful else _without_impossible(schema)


_LIMITS = (
    ("string", "minLength", "maxLength"),
    ("array", "minItems", "maxItems"),
    ("object", "minProperties", "maxProperties"),
    ("number", "minimum", "maximum"),
)


def _without_impossible(schema: dict[str, Any]) -> Schema:
    """A schema without the types of which it accepts no value."""
    impossible: set[str] = set()
    for kind, low, high in _LIMITS:
        if low in schema and high in schema and schema[low] > schema[high]:
            impossible |= {kind, "integer"} if kind == "number" else {kind}
            for key in CONSTRAINTS[kind] & schema.keys():
                del schema[key]
    named = schema.get("properties", {})
    is_closed = schema.get("additionalProperties") is False and "patternProperties" not in schema
    if schema.get("minProperties", 0) <= len(schema.get("required", ())):
        schema.pop("minProperties", None)
    possible = sum(one is not False for one in named.values())
    if is_closed and schema.get("minProperties", 0) > possible:
        impossible.add("object")
    if is_closed and schema.get("maxProperties", 0) >= possible:
        schema.pop("maxProperties", None)
    for name in schema.get("required", ()):
        if named.get(name, not is_closed) is False:
            impossible.add("object")
    if not impossible:
        return schema
    types = [
        kind for kind in schema.get("type", TYPES) if kind not in impossible and (kind != "integer" or "type" in schema)
    ]
    return simplified({**schema, "type": types}, careful=False) if types else False
