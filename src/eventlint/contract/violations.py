"""The constraints of a contract that an event violates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from jsonschema_rs import ValidationError

from eventlint.contract.document_set import DocumentSet
from eventlint.contract.validator import Origin, Validator, keys_in, with_utf8
from eventlint.mirror.faults import Part
from eventlint.redact.names import is_secret, kind_of_name
from eventlint.schemas import constraint_messages as messages
from eventlint.schemas.equal import canonical
from eventlint.schemas.patterns import original
from eventlint.schemas.validity import fragment

DEFAULT = "contract-violation"
"""The rule of constraints without ``x-rule``."""

MAX_VIOLATIONS = 1_000
"""How many violations of one document in one event are reported."""

_CHOICES = ("anyOf", "oneOf")
_DECIDING = ("type", "const", "enum")

Path = tuple[Part, ...]


class ConstraintViolation(NamedTuple):
    """A constraint that an event violates.

    Attributes:
        schema: The schema that holds the keyword.
        name: The key that is missing or not allowed; empty for other constraints.
        choices: For ``anyOf`` and ``oneOf``: the violations in each branch.
        hint: What to write instead, or where the constraint is.
    """

    rule: str
    path: Path
    keyword: str
    schema: Any
    name: str
    choices: tuple[tuple[ConstraintViolation, ...], ...] = ()
    message: str = ""
    hint: str | None = None


def violations(validator: Validator, event: Any, documents: DocumentSet) -> list[ConstraintViolation]:
    """The constraints of a document that an event violates."""
    try:
        return list(islice(_violations(validator.errors(event), validator, event, documents), MAX_VIOLATIONS))
    except ValueError:  # the engine cannot read the event
        message = "the event cannot be checked by the contract"
        return [ConstraintViolation(DEFAULT, (), "", {}, "", message=message)]


def reported(found: Iterable[ConstraintViolation]) -> Iterator[ConstraintViolation]:
    """The violations to report: those of the branch that was meant in place of a choice, if that is clear."""
    for one in found:
        meant = [branch for branch in one.choices if not any(_is_other_kind(below, one.path) for below in branch)]
        if len(meant) == 1 and "x-rule" not in one.schema:
            yield from reported(meant[0])
        else:
            yield one


def _is_other_kind(violation: ConstraintViolation, base: Path) -> bool:
    """Whether a violation shows that a branch was not meant: the value is of another kind."""
    if violation.schema is False:
        return violation.path == base
    return violation.keyword in _DECIDING and len(violation.path) <= len(base) + 1


def _violations(
    errors: Iterable[ValidationError], validator: Validator, event: Any, documents: DocumentSet
) -> Iterator[ConstraintViolation]:
    for error in errors:
        origin = validator.origin(error)
        path, value = _located(event, error)
        branches = getattr(error.kind, "context", ()) if origin.keyword in _CHOICES else ()
        choices = tuple(tuple(_violations(branch, validator, event, documents)) for branch in branches)
        if not all(choices):  # more than one branch matches
            choices = ()
        for name, below in _subjects(error, origin, value):
            message = origin.rule.get("message") or messages.message(
                origin.keyword, origin.schema, value, name, choices, is_hidden=_is_hidden(path, value)
            )
            hint = origin.rule.get("hint")
            if hint is None and "message" not in origin.rule:
                hint = _reference(error, origin, documents)
            rule = origin.rule.get("name", DEFAULT)
            yield ConstraintViolation(
                rule, (*path, *below), origin.keyword, origin.schema, name, choices, message, hint
            )


def _is_hidden(path: Path, value: Any) -> bool:
    """Whether a value is secret, according to the key that leads to it."""
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    return isinstance(value, str | int | float) and is_secret(kind_of_name(key), str(value))


def _located(event: Any, error: ValidationError) -> tuple[Path, Any]:
    """The path of an error in the event, and the value there."""
    found = list(_paths(event, tuple(error.instance_path)))
    if len(found) > 1:  # keys such as "8" and "08", which the engine does not distinguish, and empty ones
        found = [one for one in found if with_utf8(one[1]) == error.instance] or found
    return found[0]


def _paths(value: Any, parts: tuple[Part, ...]) -> Iterator[tuple[Path, Any]]:
    """The paths that the engine's path may stand for, and the value at each. The engine leaves out empty keys."""
    if isinstance(value, dict) and "" in value and parts[:1] != ("",):
        yield from ((("", *path), below) for path, below in _paths(value[""], parts))
    if not parts:
        yield (), value
        return
    for key in keys_in(value, parts[0]) if isinstance(value, dict | list) else ():
        if key in value if isinstance(value, dict) else isinstance(key, int) and key < len(value):
            yield from (((key, *path), below) for path, below in _paths(value[key], parts[1:]))


def _subjects(error: ValidationError, origin: Origin, value: Any) -> Iterator[tuple[str, Path]]:
    """The keys and indexes that an error is about: each with the name to report, and the path from the value."""
    kind: Any = error.kind
    if origin.keyword == "propertyNames":
        names = [kind.error.instance] if hasattr(kind, "error") else value
        yield from ((name, (name,)) for one in names for name in [one if one in value else original(one)])
    elif kind.name in ("additionalProperties", "unevaluatedProperties"):
        yield from ((name, (name,)) for one in kind.unexpected for name in [one if one in value else original(one)])
    elif kind.name == "uniqueItems":
        yield from (("", (index,)) for index in _duplicates(value))
    elif kind.name == "required":
        yield kind.property, ()
    else:
        yield "", ()


def _duplicates(items: list[Any]) -> Iterator[int]:
    seen: set[str] = set()
    for index, item in enumerate(items):
        text = canonical(item)
        if text in seen:
            yield index
        seen.add(text)


def _reference(error: ValidationError, origin: Origin, documents: DocumentSet) -> str | None:
    """Where a constraint is, for findings whose author wrote no message."""
    location = documents.locations.get(id(origin.schema))
    if location is None:
        return None
    is_plain_false = origin.keyword == "not" and not origin.schema["not"]
    return (
        f"see {fragment(location.document.uri, location.path if is_plain_false else (*location.path, origin.keyword))}"
    )
