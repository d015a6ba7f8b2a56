"""Lists the rules of a document, without an event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from eventlint.contract.constraint_words import in_words
from eventlint.contract.document_set import DocumentSet
from eventlint.contract.loading import Source
from eventlint.contract.scope import Scope
from eventlint.contract.violations import DEFAULT
from eventlint.model import Position, pointer
from eventlint.schemas.constraint_messages import requirement
from eventlint.schemas.keywords import ANNOTATIONS, BY_TYPE, IN_PLACE, KNOWN
from eventlint.schemas.validity import MAX_SIZE

_APPLICATORS = frozenset(
    ["properties", "items", "prefixItems", "patternProperties", "$ref", "$dynamicRef", "allOf", "if", "then", "else"]
)
_ASSERTIONS = (KNOWN - ANNOTATIONS - _APPLICATORS - {"dependentSchemas"}) | {"format"}
_IF_FALSE = ("additionalProperties", "unevaluatedProperties", "unevaluatedItems")
_CONDITIONS = ("if", "not", "contains", "propertyNames", "unevaluatedItems", "unevaluatedProperties")
_DESCENDING = frozenset().union(*BY_TYPE.values()) - IN_PLACE
_Step = tuple[Any, Any, tuple[str, ...], Mapping[str, str], bool, frozenset[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractRule:
    """A constraint of a contract.

    Attributes:
        name: The rule's name: its author's, or ``contract-violation``.
        message: Its author's message; without one, what the constraint requires.
        hint: Its author's hint, or None.
        event_types: The types of the events that it applies to.
        collections: Patterns of the collections that it applies to; empty for all.
        pointer: A JSON Pointer to the values that it checks, in which ``*`` is any key or index.
        identifier: The ``$id`` of the document that it is in.
        path: The file that it is in.
        position: Its position in that file.
        schema_pointer: A JSON Pointer to the schema in that file.
        constraint: The constraint in words, such as ``at most 200 characters``; empty if words cannot say it.
    """

    name: str
    message: str
    hint: str | None
    event_types: tuple[str, ...]
    collections: tuple[str, ...]
    pointer: str
    identifier: str
    path: str
    position: Position
    schema_pointer: str
    constraint: str = ""


def rules_of(documents: DocumentSet, source: Source, scope: Scope) -> Iterator[ContractRule]:
    """The rules of a document, in the order of the document."""
    waiting: list[_Step] = [(*documents.root(source), (), {}, False, frozenset())]
    steps = 0
    while waiting and steps < MAX_SIZE:
        schema, resolver, where, rule, is_choice, above = waiting.pop()
        steps += 1
        if not isinstance(schema, dict) or id(schema) in above:
            continue
        is_named = "x-rule" in schema
        rule = schema.get("x-rule", rule)
        location = documents.locations.get(id(schema))
        if location is not None and (is_named or not is_choice):
            asked = [key for key in schema if key in _ASSERTIONS and (key not in _IF_FALSE or schema[key] is False)]
            named = [(rule["message"], schema)] if "message" in rule else []
            named = named or [(requirement(key, schema[key]), _alone(schema, key)) for key in asked]
            for message, checked in named if asked else ():
                yield ContractRule(
                    name=rule.get("name", DEFAULT),
                    message=message,
                    hint=rule.get("hint"),
                    event_types=scope.events,
                    collections=scope.collections,
                    pointer=pointer(where),
                    identifier=location.document.uri,
                    path=location.document.path,
                    position=location.document.text.position(location.path),
                    schema_pointer=pointer(location.path),
                    constraint=in_words(checked),
                )
        inside = above | {id(schema)}
        following: list[_Step] = [
            (below, inner, _below(where, path), rule, is_choice or path[0] in ("anyOf", "oneOf"), inside)
            for path, below, inner in documents.following(schema, resolver)
            if path[0] not in _CONDITIONS
        ]
        waiting += reversed(following)


def _alone(schema: dict[str, Any], key: str) -> dict[str, Any]:
    """One keyword of a schema, with those that it depends on."""
    return {one: schema[one] for one in (key, *(("properties",) if key in _IF_FALSE else ())) if one in schema}


def _below(where: tuple[str, ...], path: tuple[str, ...]) -> tuple[str, ...]:
    """The path to the values that a schema inside another checks."""
    if path[0] not in _DESCENDING or path[0] == "dependentSchemas":
        return where
    return (*where, path[1]) if path[0] in ("properties", "prefixItems") else (*where, "*")
