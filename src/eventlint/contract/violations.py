"""What of an event breaks a document, one by one; it must not know files, or events' texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple

from jsonschema.exceptions import ValidationError

from eventlint.contract import default_messages as words
from eventlint.contract.library import Home
from eventlint.contract.validator import Origin, UntriedError, origin, subject
from eventlint.mirror.faults import Part
from eventlint.rules.own import ConstraintViolation
from eventlint.schemas.validity import fragment

DEFAULT = "contract-violation"
"""The rule of constraints to which their author gave none."""

MAX_VIOLATIONS = 1_000
"""How many violations of one document in one event are kept."""

_CHOICES = ("anyOf", "oneOf")
_DECIDING = ("type", "const", "enum")


class Violation(NamedTuple):
    """One thing in an event that breaks a document.

    Attributes:
        rule: The rule's name.
        message: One sentence.
        path: The way to the value in the event.
        hint: What to write instead, or where the constraint stands.
    """

    rule: str
    message: str
    path: tuple[Part, ...]
    hint: str | None


def violations(validator: Any, event: Any, homes: Mapping[int, Home]) -> Iterator[Violation]:
    """What of an event breaks a document.

    Args:
        validator: Validates by the document.
        event: The event.
        homes: Where each schema stands, by its identity.
    """
    seen: set[Violation] = set()
    try:
        for error in islice(validator.iter_errors(event), MAX_VIOLATIONS):
            for leaf, above in _leaves(error, None):
                one = _violation(leaf, above, homes)
                if one not in seen:
                    seen.add(one)
                    yield one
    except UntriedError as untried:
        hint = "limit the text with maxLength in front of it, or write an expression that needs fewer steps"
        yield Violation(DEFAULT, words.untried(untried.pattern, untried.text), find(event, untried.text), hint)
    except (RecursionError, ArithmeticError):
        yield Violation(DEFAULT, "the event could not be judged by the contract", (), None)


def constraint_violations(validator: Any, event: Any) -> list[ConstraintViolation]:
    """The constraints of a document that an event breaks.

    Args:
        validator: Validates by the document.
        event: The event.
    """
    try:
        return [_breach(error, None) for error in islice(validator.iter_errors(event), MAX_VIOLATIONS)]
    except (UntriedError, RecursionError, ArithmeticError):
        return [ConstraintViolation(DEFAULT, (), "", {}, "")]


def _breach(error: ValidationError, rule: Mapping[str, str] | None) -> ConstraintViolation:
    at = origin(error)
    rule = at.rule or rule
    branches: dict[Any, list[ConstraintViolation]] = {}
    for below in error.context if at.keyword in _CHOICES and error.context else ():
        branches.setdefault(below.relative_schema_path[0], []).append(_breach(below, rule))
    return ConstraintViolation(
        rule=(rule or {}).get("name", DEFAULT),
        path=tuple(error.absolute_path),
        keyword=at.keyword,
        schema=at.schema,
        name=subject(error),
        choices=tuple(map(tuple, branches.values())),
    )


def _leaves(error: ValidationError, rule: Mapping[str, str] | None) -> Iterator[tuple[ValidationError, Any]]:
    """The errors to tell, each with the rule around it: of a choice, those of the one that was surely meant."""
    at = origin(error)
    rule = at.rule or rule
    if at.keyword not in _CHOICES or not error.context or "x-rule" in at.schema:
        yield error, rule
        return
    branches: dict[Any, list[ValidationError]] = {}
    for below in error.context:
        branches.setdefault(below.relative_schema_path[0], []).append(below)
    meant = [errors for errors in branches.values() if not any(map(_decides, errors))]
    if len(meant) != 1:
        yield error, rule
        return
    for below in meant[0]:
        yield from _leaves(below, rule)


def _decides(error: ValidationError) -> bool:
    """Whether an error says that a choice was not meant: the value is of another kind altogether."""
    if error.schema is False and not error.relative_path:
        return True
    return origin(error).keyword in _DECIDING and len(error.relative_path) <= 1


def _violation(error: ValidationError, rule: Mapping[str, str] | None, homes: Mapping[int, Home]) -> Violation:
    at = origin(error)
    told = rule or {}
    hint = told.get("hint")
    if hint is None and "message" not in told:
        hint = _place(at, homes)
    return Violation(
        rule=told.get("name", DEFAULT),
        message=told.get("message") or words.message(error),
        path=tuple(error.absolute_path),
        hint=hint,
    )


def _place(at: Origin, homes: Mapping[int, Home]) -> str | None:
    """Where a constraint stands, for findings that say no more."""
    home = homes.get(id(at.schema))
    if home is None:
        return None
    is_plain_false = at.keyword == "not" and not at.schema["not"]
    return f"see {fragment(home.document.uri, home.path if is_plain_false else (*home.path, at.keyword, *at.below))}"


def find(event: Any, text: str) -> tuple[Part, ...]:
    """The way to the first text, or name, that is a given one."""
    waiting: list[tuple[tuple[Part, ...], Any]] = [((), event)]
    while waiting:
        path, one = waiting.pop()
        if one == text:
            return path
        below: list[tuple[tuple[Part, ...], Any]] = []
        if isinstance(one, dict):
            if text in one:
                return (*path, text)
            below = [((*path, name), part) for name, part in one.items()]
        elif isinstance(one, list):
            below = [((*path, index), part) for index, part in enumerate(one)]
        waiting += reversed(below)
    return ()
