"""Checks for what a document of a custom contract needs, beyond JSON Schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from eventlint.rules import RULES
from eventlint.schemas.change_text import shown
from eventlint.schemas.documents import Document
from eventlint.schemas.keyword_values import nearest
from eventlint.schemas.keywords import KNOWN, walk
from eventlint.schemas.problem import Problem, View
from eventlint.schemas.string_formats import FORMATS
from eventlint.schemas.versions import version_at_end
from eventlint.spec import event, event_types
from eventlint.spec.nodes import Object, Objects
from eventlint.tiers import TIERS

_PACKAGED = "urn:eventlint:"
RESERVED = frozenset(rule.name for rule in RULES) | frozenset(TIERS) | {"all"}
"""Names that a contract's rules cannot have."""


def is_contract(documents: Iterable[Document]) -> bool:
    """Whether documents look like those of a contract, and not like JSON Schemas for something else.

    They do if one of them has a keyword of contracts, refers to a built-in event, or describes fields of events only.
    """
    fields = {name for event_type in event_types() for name in event(event_type).fields}
    for document in documents:
        is_packaged = document.uri.startswith(_PACKAGED)
        properties = document.value.get("properties") if isinstance(document.value, dict) else None
        if isinstance(properties, dict) and properties and properties.keys() <= fields and not is_packaged:
            return True
        for _, schema in walk(document.value):
            if isinstance(schema, dict) and _is_of_contract(schema, is_packaged=is_packaged):
                return True
    return False


def _is_of_contract(schema: dict[str, Any], *, is_packaged: bool) -> bool:
    reference = schema.get("$ref")
    is_built_on = isinstance(reference, str) and reference.startswith(f"{_PACKAGED}event:") and not is_packaged
    return is_built_on or "x-rule" in schema or "x-applies-to" in schema


def identity(view: View) -> Iterator[Problem]:
    """The ``$id``, and those of schemas inside: a version is needed, and built-in documents cannot be replaced."""
    for path, schema in view.objects():
        identifier = schema.get("$id")
        if not isinstance(identifier, str) or not identifier:
            continue
        if identifier.startswith(_PACKAGED):
            message = f"a custom $id cannot begin with {_PACKAGED}"
            yield Problem(
                "reserved-id", (*path, "$id"), message, "use an address of your own, such as urn:acme:search:1-0-0"
            )
        elif not path and version_at_end(identifier) is None:
            hint = f"append one, such as {identifier.rstrip('#')[:60]}:1-0-0"
            yield Problem(
                "missing-version", ("$id",), f"the $id {shown(identifier, 60)} does not end in a version", hint
            )


def extensions(view: View) -> Iterator[Problem]:
    """Names of rules, and the events that a document applies to."""
    for path, schema in view.objects():
        rule = schema.get("x-rule")
        name = rule.get("name") if isinstance(rule, dict) else None
        if isinstance(name, str) and name in RESERVED:
            message = f"the rule name {shown(name)} is reserved"
            yield Problem(
                "reserved-rule-name", (*path, "x-rule", "name"), message, f"use another one, such as our-{name}"
            )
        applies_to = schema.get("x-applies-to")
        if applies_to is None:
            continue
        if path:
            message = "x-applies-to is only allowed at the root of a document"
            yield Problem("misplaced-applies-to", (*path, "x-applies-to"), message, "move it to the root", True)
        listed = applies_to.get("events", ()) if isinstance(applies_to, dict) else ()
        for index, event_type in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(event_type, str) and event_type not in event_types():
                where = (*path, "x-applies-to", "events", str(index))
                message = f"{shown(event_type, 40)} is not an event type"
                yield Problem("unknown-event", where, message, nearest(event_type, event_types()))


def formats(view: View) -> Iterator[Problem]:
    """Formats that are not supported."""
    for path, schema in view.objects():
        value = schema.get("format")
        if isinstance(value, str) and value not in FORMATS:
            hint = nearest(value, FORMATS)
            yield Problem("unknown-format", (*path, "format"), f"unknown format {shown(value, 40)}", hint)


def misplaced_fields(view: View) -> Iterator[Problem]:
    """Names of fields where keywords belong: without ``properties`` around them, they have no effect."""
    names = _field_names()
    for path, schema in view.objects():
        for key, value in schema.items():
            if key in names and key not in KNOWN and isinstance(value, dict):
                message = f"{shown(key)} is a field, not a keyword, so it has no effect here"
                yield Problem("misspelled-keyword", (*path, key), message, "move it into properties", True)


def _field_names() -> frozenset[str]:
    found: set[str] = set()
    waiting = [event(event_type) for event_type in event_types()]
    while waiting:
        node = waiting.pop()
        found |= node.fields.keys()
        below = [one.item if isinstance(one, Objects) else one for one in node.fields.values()]
        waiting += [one for one in below if isinstance(one, Object)]
    return frozenset(found)
