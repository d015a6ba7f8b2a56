"""Asks the rules of the tiers loss and lint what they report about a payload."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, cast

from eventlint.jsontext.locate import Parts
from eventlint.mirror.leaf import Leaf
from eventlint.mirror.walk_results import MAX_FAULTS
from eventlint.rules import Rule, examining
from eventlint.rules.diagnostic import Diagnostic
from eventlint.rules.payload import Payload
from eventlint.spec.nodes import Node, Object

_known: dict[tuple[int, str], tuple[Node, tuple[Rule, ...]]] = {}
"""The rules of each node that was asked for, by the identity of the node and what they examine; it keeps the nodes."""

Checks = Sequence[tuple[Rule, Callable[[Leaf], Iterable[Diagnostic]]]]
"""Rules with their functions."""

_Comparisons = tuple[tuple[tuple[str, ...], Rule, Callable[..., Iterable[Diagnostic]], Any], ...]
_known_comparisons: dict[int, _Comparisons] = {}
"""The path to each object below a node whose values a rule compares, the rule, its function, and what the schema says
about it; by the identity of the node, which ``_known`` keeps."""

_known_checks: dict[tuple[int, bool], Checks] = {}
"""The same with their functions, of values or of keys; ``_known`` keeps the nodes."""


def ask(payload: Payload, node: Object) -> Iterator[tuple[Rule, Diagnostic]]:
    """All that rules of the tiers loss and lint report; for a walk that examined its leaves with :func:`ask_about`.

    Rules that compare several values of an event are asked only if the server accepts it.
    """
    for rule, check in _payload_checks():
        for diagnostic in check(payload):
            yield rule, diagnostic
    yield from payload.walk.examined
    if not payload.walk.faults:
        yield from compare(payload.walk.compared, node, payload.offsets)


@functools.cache
def _payload_checks() -> tuple[tuple[Rule, Callable[[Payload], Iterable[Diagnostic]]], ...]:
    """The rules that examine the payload as a whole, with their functions."""
    return tuple((rule, rule.module.check) for rule in examining("payload"))


def ask_about(leaf: Leaf, checks: Checks | None = None) -> list[tuple[Rule, Diagnostic]]:
    """What rules of the tiers loss and lint report about a string or a number.

    Args:
        leaf: The string or number.
        checks: The rules to ask; None asks all. The others are silent about it.
    """
    found = []
    for rule, check in checks_of(leaf.node, leaf.is_name) if checks is None else checks:
        for diagnostic in check(leaf):
            if not diagnostic.pointer:  # _replace() is slower
                message, hint, fix, _, _, effect = diagnostic
                diagnostic = Diagnostic(message, hint, fix, leaf.offset, leaf.pointer, effect)
            found.append((rule, diagnostic))
    return found


def checks_of(node: Node, is_name: bool) -> Checks:
    """The rules of a node's values, or of its keys, with their functions."""
    known = _known_checks.get((id(node), is_name))
    if known is None:
        rules = [rule for rule in rules_of_value(node) if rule.examines_keys or not is_name]
        known = _known_checks[id(node), is_name] = tuple((rule, rule.module.check) for rule in rules)
    return known


def rules_of_value(node: Node) -> tuple[Rule, ...]:
    """The rules of the tiers loss and lint that examine the strings and numbers of a node, in the registry's order."""
    return _rules(node, "value")


def _rules(node: Node, examined: str) -> tuple[Rule, ...]:
    """The rules that examine the values of a node, or compare its members."""
    known = _known.get((id(node), examined))
    if known is None:
        known = _known[id(node), examined] = (
            node,
            tuple(rule for rule in examining(examined) if rule.applies_to(node)),
        )
    return known[1]


def compare(
    values: dict[str, object], node: Object, locate: Callable[[list[Parts]], Mapping[Parts, int]]
) -> Iterator[tuple[Rule, Diagnostic]]:
    """What rules report that compare several values of an event.

    Args:
        values: The event as the server stores it.
        node: Its specification.
        locate: Gives the offset of each value that some pointers lead to.
    """
    every = (
        (rule, path, diagnostic)
        for path, rule, check, facts in _comparisons(node)
        if type(value := _value_at(values, path)) is dict
        for diagnostic in check(value, facts)
    )
    found = [(rule, (*path, *diagnostic.pointer), diagnostic) for rule, path, diagnostic in islice(every, MAX_FAULTS)]
    offsets = locate([pointer for _, pointer, _ in found]) if found else {}
    for rule, pointer, diagnostic in found:
        yield rule, diagnostic._replace(offset=offsets[pointer], pointer=pointer)
    for rule, _, diagnostic in every:  # these are only counted
        yield rule, diagnostic


def _comparisons(node: Object) -> _Comparisons:
    """What compares the values of an object and of those below it, except in arrays."""
    known = _known_comparisons.get(id(node))
    if known is None:
        found = [
            (path, rule, rule.module.check, below.lint[rule.name])
            for path, below in _objects(node, ())
            for rule in _rules(below, "event")
        ]
        known = _known_comparisons[id(node)] = tuple(found)
    return known


def _objects(node: Object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Object]]:
    """An object and those below it, except in arrays, with the path to each."""
    yield path, node
    for key, below in node.fields.items():
        if isinstance(below, Object):
            yield from _objects(below, (*path, key))


def _value_at(values: Any, path: tuple[str, ...]) -> object:
    """The object that a path leads to; None if there is none."""
    for key in path:
        values = values.get(key)
        if type(values) is not dict:
            return None
    return cast(object, values)
