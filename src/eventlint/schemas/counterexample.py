"""Values that one schema accepts and another rejects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from jsonschema.exceptions import ValidationError

from eventlint.schemas import patterns
from eventlint.schemas.diff_model import Difference
from eventlint.schemas.equal import canonical
from eventlint.schemas.instances import facets
from eventlint.schemas.keywords import IN_PLACE
from eventlint.schemas.validity import Schema, SchemaValidator
from eventlint.schemas.versions import Bump

_CLOSING = ("additionalProperties", "unevaluatedProperties", "propertyNames")


class Counterexample(NamedTuple):
    """A value that one of two schemas accepts and the other rejects.

    Attributes:
        value: The value.
        bump: ``model`` if the new schema rejects it; otherwise ``revision`` or ``addition``.
        errors: Why one of them rejects it, with the errors inside choices.
    """

    value: Any
    bump: Bump
    errors: tuple[ValidationError, ...]


def classified(value: Any, old: SchemaValidator, new: SchemaValidator, before: Schema) -> Counterexample | None:
    """A value as a counterexample; None when both schemas agree on it, or one cannot validate it.

    Args:
        value: A JSON value.
        old: Validates by the old schema.
        new: Validates by the new schema.
        before: The normal form of the old schema.
    """
    was, now = old.accepts(value), new.accepts(value)
    if was is None or now is None or was == now:
        return None
    errors = (new if was else old).errors(value)
    if not errors:
        return None
    bump: Bump = "model" if was else "addition" if all(map(_Known(before, value).is_new, errors)) else "revision"
    return Counterexample(value, bump, tuple(_leaves(errors)))


def classify(value: Any, old: SchemaValidator, new: SchemaValidator, before: Schema) -> Bump | None:
    """The bump that a value requires; None when both schemas agree, or one cannot validate it."""
    found = classified(value, old, new, before)
    return found.bump if found else None


def _leaves(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    for error in errors:
        yield error
        if error.context:
            yield from _leaves(error.context)


class _Known:
    """Whether a value is only rejected for keys that the old schema does not describe."""

    def __init__(self, before: Schema, value: Any) -> None:
        self._before = before
        self._value = value

    def is_new(self, error: ValidationError) -> bool:
        """Whether an error is only about keys that the old schema does not describe."""
        if error.validator == "anyOf" and error.context:
            branches: dict[Any, list[ValidationError]] = {}
            for below in error.context:
                branches.setdefault(below.schema_path[0], []).append(below)
            return any(all(map(self.is_new, errors)) for errors in branches.values())
        if "propertyNames" in error.absolute_schema_path and isinstance(error.instance, str):
            return not self._knows([*error.absolute_path], error.instance)
        if error.validator is None:  # a false schema rejects the member itself
            path = [*error.absolute_path]
            return bool(path) and isinstance(path[-1], str) and not self._knows(path[:-1], path[-1])
        if (
            error.validator not in _CLOSING
            or not isinstance(error.instance, dict)
            or error.validator_value is not False
        ):
            return False
        path = [*error.absolute_path]
        refused = [name for name in error.instance if self._is_refused(error, name)]
        return bool(refused) and not any(self._knows(path, name) for name in refused)

    def _is_refused(self, error: ValidationError, name: str) -> bool:
        if error.validator == "unevaluatedProperties":
            return f"{name!r}" in error.message
        schema = error.schema if isinstance(error.schema, dict) else {}
        matches = any(patterns.search(pattern, name) for pattern in schema.get("patternProperties", {}))
        return name not in schema.get("properties", {}) and not matches

    def _knows(self, path: list[Any], name: str) -> bool:
        schemas: list[Schema] = [self._before]
        for part in path:
            schemas = [below for schema in schemas for below in _below(schema, part)]
        return any(
            name in one.get("properties", {})
            or any(patterns.search(pattern, name) for pattern in one.get("patternProperties", {}))
            for schema in schemas
            for one in facets(schema)
        )


def _below(schema: Schema, part: Any) -> Iterator[Schema]:
    """The schemas of an element or a member."""
    for one in facets(schema):
        if isinstance(part, int):
            prefix = one.get("prefixItems", [])
            yield prefix[part] if part < len(prefix) else one.get("items", {})
            if "contains" in one:
                yield one["contains"]
            continue
        if part in one.get("properties", {}):
            yield one["properties"][part]
        yield from (
            below for pattern, below in one.get("patternProperties", {}).items() if patterns.search(pattern, part)
        )
        if isinstance(one.get("additionalProperties"), dict):
            yield one["additionalProperties"]


def shows(counterexample: Counterexample, difference: Difference) -> bool:
    """Whether a counterexample is rejected because of a difference."""
    return any(_is_about(error, difference) for error in counterexample.errors)


def _is_about(error: ValidationError, difference: Difference) -> bool:
    path = [str(part) for part in error.absolute_path]
    where = difference.where
    if any(one not in ("*", other) for one, other in zip(where, path, strict=False)):
        return False
    if len(path) > len(where):
        return path[len(where)] in difference.names or _is_like(difference, path[len(where)])
    if len(path) < len(where):
        # A schema above the place rejects the value as a whole: a choice, a `not`, or a key that is not allowed.
        return error.validator in IN_PLACE or (error.validator in _CLOSING and where[len(path)] in _names(error))
    keyword = error.validator
    if difference.names and not any(name in _names(error) or name in error.message for name in difference.names):
        return False
    if difference.names and keyword in (
        "additionalProperties",
        "unevaluatedProperties",
        "required",
        "dependentRequired",
    ):
        return True
    wanted = difference.keyword
    found = _SAME.get(str(keyword), str(keyword))
    above = {*map(str, error.absolute_schema_path), *(("if",) if _branches(error) else ())}
    return found == wanted or wanted in above or not wanted or found in difference.path


def _is_like(difference: Difference, name: str) -> bool:
    """Whether a difference is about the keys that match a pattern, and a key does."""
    pattern = difference.path[-1] if difference.path[-2:-1] == ("patternProperties",) else None
    return pattern is not None and bool(patterns.search(pattern, name))


_SAME = {"const": "enum", "exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}


def _branches(error: ValidationError) -> bool:
    return bool({"then", "else"} & set(error.absolute_schema_path))


def _names(error: ValidationError) -> list[str]:
    return list(error.instance) if isinstance(error.instance, dict) else []


def smallest(found: Iterable[Counterexample]) -> Counterexample | None:
    """The shortest counterexample."""
    return min(found, key=lambda one: (len(canonical(one.value)), canonical(one.value)), default=None)
