"""The rules of a document, as far as they can be told without an event; it must not know events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from eventlint.contract import default_messages as words
from eventlint.contract.library import Held
from eventlint.contract.loading import Source
from eventlint.contract.scope import Scope
from eventlint.contract.violations import DEFAULT
from eventlint.model import Position, pointer
from eventlint.schemas.keywords import ANNOTATIONS, BY_TYPE, IN_PLACE, KNOWN
from eventlint.schemas.validity import MAX_SIZE

_APPLYING = frozenset(
    ["properties", "items", "prefixItems", "patternProperties", "$ref", "$dynamicRef", "allOf", "if", "then", "else"]
)
_ASSERTING = (KNOWN - ANNOTATIONS - _APPLYING - {"dependentSchemas"}) | {"format"}
_OTHERS = ("additionalProperties", "unevaluatedProperties", "unevaluatedItems")
_CONDITIONS = ("if", "not", "contains", "propertyNames", "unevaluatedItems", "unevaluatedProperties")
_Way = tuple[Any, Any, tuple[str, ...], Mapping[str, str] | None, bool, frozenset[int]]
_INTO_VALUES = frozenset().union(*BY_TYPE.values()) - IN_PLACE


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractRule:
    """A constraint of a contract.

    Attributes:
        name: The rule's name: its author's, or ``contract-violation``.
        message: Its author's message; without one, what the constraint asks for.
        hint: Its author's hint, or None.
        event_types: The types of the events that it is about.
        collections: Patterns of the collections that it is about; empty for all.
        pointer: A JSON Pointer to the values that it judges, in which ``*`` is any one name or index.
        identifier: The ``$id`` of the document that it stands in.
        path: The file that it stands in.
        position: Its place in that file.
        schema_pointer: A JSON Pointer to the schema in that file.
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


def rules_of(held: Held, source: Source, scope: Scope) -> Iterator[ContractRule]:
    """The rules of a document, in the order in which they are found.

    Args:
        held: The documents that it may refer to.
        source: The document.
        scope: Which events it is about.
    """
    start = held.library.root(source.identifier)
    assert start is not None  # noqa: S101 - it was put in
    waiting: list[_Way] = [(*start, (), None, False, frozenset())]
    steps = 0
    while waiting and steps < MAX_SIZE:
        schema, resolver, where, rule, is_choice, above = waiting.pop()
        steps += 1
        if not isinstance(schema, dict) or id(schema) in above:
            continue
        own = schema.get("x-rule")
        rule = own or rule
        home = held.homes.get(id(schema))
        if home is not None and (own is not None or not is_choice):
            asked = [key for key in schema if key in _ASSERTING and (key not in _OTHERS or schema[key] is False)]
            told = rule or {}
            messages = [told["message"]] if "message" in told else [words.static(key, schema[key]) for key in asked]
            for message in messages if asked else ():
                yield ContractRule(
                    name=told.get("name", DEFAULT),
                    message=message,
                    hint=told.get("hint"),
                    event_types=scope.events,
                    collections=scope.collections,
                    pointer=pointer(where),
                    identifier=home.document.uri,
                    path=home.document.path,
                    position=home.document.text.position(home.path),
                    schema_pointer=pointer(home.path),
                )
        inside = above | {id(schema)}
        following = [
            (below, around, _below(where, path), rule, is_choice or path[0] in ("anyOf", "oneOf"), inside)
            for path, below, around in held.following(schema, resolver)
            if path[0] not in _CONDITIONS
        ]
        waiting += reversed(following)


def _below(where: tuple[str, ...], path: tuple[str, ...]) -> tuple[str, ...]:
    """The way to the values that a schema inside another judges."""
    if path[0] not in _INTO_VALUES or path[0] == "dependentSchemas":
        return where
    return (*where, path[1]) if path[0] in ("properties", "prefixItems") else (*where, "*")
