"""Validation by the library, with what a run over many events needs; it must not know findings or files.

Expressions are counted before they are run, formats are asserted, and elements are compared in linear time. Each error
remembers the keyword that it comes from, and the innermost ``x-rule`` around that.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from eventlint.contract.string_formats import FORMATS
from eventlint.schemas import patterns

Keyword = Callable[[Any, Any, Any, Any], Iterable[ValidationError] | None]


class Origin(NamedTuple):
    """Where an error comes from.

    Attributes:
        schema: The schema whose keyword it is.
        keyword: The keyword.
        below: The way on from the keyword to what failed in it.
        rule: The innermost ``x-rule`` around it, or None.
    """

    schema: Any
    keyword: str
    below: tuple[str, ...]
    rule: Mapping[str, str] | None


class UntriedError(Exception):
    """An expression was not tried on a text, since that could take too long; never leaves the room."""

    def __init__(self, pattern: str, text: str) -> None:
        super().__init__(pattern, text)
        self.pattern = pattern
        self.text = text


def origin(error: ValidationError) -> Origin:
    """Where an error comes from."""
    found: Origin | None = getattr(error, "eventlint_origin", None)
    return Origin(error.schema, str(error.validator), (), None) if found is None else found


def subject(error: ValidationError) -> str:
    """The name that an error is about: of a member that is missing, or should not be there."""
    return str(getattr(error, "eventlint_subject", ""))


def _remembering(keyword: str, function: Keyword) -> Keyword:
    def remembers(validator: Any, value: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
        for error in function(validator, value, instance, schema) or ():
            known: Origin | None = getattr(error, "eventlint_origin", None)
            if known is None:
                known = Origin(schema, keyword, tuple(map(str, error.schema_path)), None)
            if known.rule is None and "x-rule" in schema:
                known = known._replace(rule=schema["x-rule"])
            error.eventlint_origin = known  # type: ignore[attr-defined]
            yield error

    return remembers


def _about(name: str, message: str, *, path: Iterable[str] = ()) -> ValidationError:
    error = ValidationError(message, path=path)
    error.eventlint_subject = name  # type: ignore[attr-defined]
    return error


def _fits(pattern: str, text: str) -> bool:
    found = patterns.search(pattern, text)
    if found is None:
        raise UntriedError(pattern, text)
    return found


def _pattern(_: Any, pattern: str, instance: Any, __: Any) -> Iterator[ValidationError]:
    if isinstance(instance, str) and not _fits(pattern, instance):
        yield ValidationError("the expression is not found")


def _format(_: Any, name: str, instance: Any, __: Any) -> Iterator[ValidationError]:
    if isinstance(instance, str) and not FORMATS.get(name, bool)(instance):
        yield ValidationError("the format is another")


def _pattern_properties(validator: Any, value: Any, instance: Any, _: Any) -> Iterator[ValidationError]:
    if not isinstance(instance, dict):
        return
    for pattern, schema in value.items():
        for name, below in instance.items():
            if _fits(pattern, name):
                yield from validator.descend(below, schema, path=name, schema_path=pattern)


def _additional_properties(validator: Any, value: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    if not isinstance(instance, dict):
        return
    named, expressions = schema.get("properties", {}), schema.get("patternProperties", {})
    for name, below in instance.items():
        if name in named or any(_fits(pattern, name) for pattern in expressions):
            continue
        if value is False:
            yield _about(name, "the name is not allowed", path=(name,))
        else:
            yield from validator.descend(below, value, path=name)


def _property_names(validator: Any, value: Any, instance: Any, _: Any) -> Iterator[ValidationError]:
    for name in instance if isinstance(instance, dict) else ():
        for _error in validator.descend(name, value):
            yield _about(name, "the name does not fit", path=(name,))
            break


def _required(_: Any, value: Any, instance: Any, __: Any) -> Iterator[ValidationError]:
    if isinstance(instance, dict):
        for name in value:
            if name not in instance:
                yield _about(name, "the name is missing")


def _dependent_required(_: Any, value: Any, instance: Any, __: Any) -> Iterator[ValidationError]:
    for name, others in value.items() if isinstance(instance, dict) else ():
        for other in others if name in instance else ():
            if other not in instance:
                yield _about(other, "the name is missing beside another")


def _unique_items(_: Any, value: Any, instance: Any, __: Any) -> Iterator[ValidationError]:
    if not value or not isinstance(instance, list):
        return
    seen: set[str] = set()
    for index, item in enumerate(instance):
        told = json.dumps(item, sort_keys=True)
        if told in seen:
            yield ValidationError("the element stands there already", path=(index,))
        seen.add(told)


_OWN: dict[str, Keyword] = {
    "pattern": _pattern,
    "format": _format,
    "patternProperties": _pattern_properties,
    "additionalProperties": _additional_properties,
    "propertyNames": _property_names,
    "required": _required,
    "dependentRequired": _dependent_required,
    "uniqueItems": _unique_items,
}

_KEYWORDS: dict[str, Any] = {**Draft202012Validator.VALIDATORS, **_OWN}
Validator: Any = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    {name: _remembering(name, function) for name, function in _KEYWORDS.items()},
)
"""The library's class for 2020-12, with these keywords."""
