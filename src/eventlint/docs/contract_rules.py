"""Assigns the rules of a custom contract to events and fields."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from eventlint.docs.document_model import ContractRule, Field
from eventlint.errors import UsageError
from eventlint.exports.fields import ANY


def by_event(
    rules: Iterable[ContractRule], fields: Mapping[str, Collection[str]]
) -> dict[str, tuple[ContractRule, ...]]:
    """The rules of each event type.

    A rule for every type belongs to the types that have its field, or to all if none has.

    Raises:
        UsageError: A rule has an invalid pointer or an unknown event type.
    """
    found: dict[str, list[ContractRule]] = {name: [] for name in fields}
    for rule in rules:
        if rule.event_type is not None and rule.event_type not in fields:
            raise UsageError(f"{rule.name}: not an event type: {rule.event_type!r} (one of {', '.join(fields)})")
        if rule.pointer and not rule.pointer.startswith("/"):
            raise UsageError(f"{rule.name}: not a JSON Pointer: {rule.pointer!r}")
        first = "".join(rule.pointer.split("/")[1:2])
        with_field = [name for name, known in fields.items() if first in known] or list(fields)
        for name in with_field if rule.event_type is None else (rule.event_type,):
            found[name].append(rule)
    return {name: tuple(rules) for name, rules in found.items()}


def with_rules(fields: Iterable[Field], rules: Iterable[ContractRule]) -> tuple[Field, ...]:
    """The fields of an event, with the rules that check them or something below them.

    A rule for no field is assigned to the nearest field above, if there is one.
    """
    by_path = {tuple(field.pointer.split("/")[1:]): field for field in fields}
    for rule in rules:
        path = tuple(ANY if part.isdecimal() else part for part in rule.pointer.split("/")[1:])
        while path and path not in by_path:
            path = path[:-1]
        if path:
            field = by_path[path]
            by_path[path] = replace(field, contract_rules=(*field.contract_rules, rule))
    return tuple(by_path.values())
