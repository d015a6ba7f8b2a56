"""Asks the rules of the tiers loss and lint what they find in a payload; it must not know how they find it."""

from __future__ import annotations

from collections.abc import Iterator

from eventlint.mirror.faults import Part
from eventlint.rules import RULES, Rule
from eventlint.rules.diagnostic import Diagnostic
from eventlint.rules.payload import Payload
from eventlint.rules.related import BY_RULE
from eventlint.spec.nodes import Entries, Integer, Node, Object

_PAYLOAD = tuple(rule for rule in RULES if rule.looks_at == "payload")
EVERYWHERE = frozenset({"malformed-utf-8", "lone-surrogate"})
"""The rules that look at every text, and at the names of filters."""

_rules: dict[int, tuple[Node, tuple[Rule, ...]]] = {}


def judge(payload: Payload, node: Object) -> Iterator[tuple[Rule, Diagnostic]]:
    """All that rules of the tiers loss and lint find.

    Rules about several values of an event look at it only when the server would accept it.

    Args:
        payload: What was read.
        node: What the event should be.
    """
    for rule in _PAYLOAD:
        if _may_apply(rule.name, payload):
            for found in rule.module.check(payload):
                yield rule, found
    for leaf in payload.walk.leaves:
        for rule in rules_of_value(leaf.node):
            if leaf.is_name and rule.name not in EVERYWHERE:
                continue
            for found in rule.module.check(leaf):
                place = found if found.pointer else found._replace(pointer=leaf.pointer, offset=leaf.offset)
                yield rule, place
    if not payload.walk.faults:
        yield from _related(payload, node)


def _may_apply(name: str, payload: Payload) -> bool:
    """Whether it is worth the while to import a rule about the payload as a whole."""
    text = payload.text
    if name == "dropped-item":
        return bool(payload.walk.dropped)
    if name == "trailing-content":
        return payload.trailing is not None
    if name == "comment-in-payload":
        return bool(payload.comments)
    return text.mark > 0 or text.unit > 1


def rules_of_value(node: Node) -> tuple[Rule, ...]:
    """The rules of the tiers loss and lint that look at a text or a number, in the order of all rules.

    Args:
        node: What the contract says of it; an object has none.
    """
    known = _rules.get(id(node))
    if known is None:
        known = _rules[id(node)] = (
            node,
            tuple(rule for rule in RULES if rule.looks_at == "value" and _is_for(rule, node)),
        )
    return known[1]


def _is_for(rule: Rule, node: Node) -> bool:
    if isinstance(node, Object):
        return False
    ingest = node.ingest
    if isinstance(node, Integer):
        return rule.name == "coerced-integer"
    if rule.name in EVERYWHERE:
        return True
    if rule.tier == "lint":
        return rule.name in getattr(node, "lint", ())
    return {
        "unparsable-url": ingest.is_taken_apart,
        "credentials-in-url": ingest.is_taken_apart,
        "session-id-too-long": ingest.routing,
        "filter-too-long": isinstance(node, Entries),
        "keyword-too-long": ingest.mapping in ("keyword", "uri_parts"),
        "coerced-integer": False,
    }[rule.name]


def _related(payload: Payload, node: Object) -> Iterator[tuple[Rule, Diagnostic]]:
    found = [
        (rule, (*path, *parts))
        for path, below, value in _objects(node, payload.walk.event, ())
        for rule in RULES
        if rule.looks_at == "event" and rule.name in below.lint
        for parts in BY_RULE[rule.name](value, below.lint[rule.name])
    ]
    if not found:
        return
    offsets = payload.offsets([pointer for _, pointer in found])
    for rule, pointer in found:
        module = rule.module
        yield rule, Diagnostic(module.MESSAGE, offset=offsets[pointer], pointer=pointer, hint=module.HINT)


def _objects(
    node: Object, value: dict[str, object], path: tuple[Part, ...]
) -> Iterator[tuple[tuple[Part, ...], Object, dict[str, object]]]:
    """An object of an event and those below it, but those in lists."""
    yield path, node, value
    for name, below in node.fields.items():
        inside = value.get(name)
        if isinstance(below, Object) and isinstance(inside, dict):
            yield from _objects(below, inside, (*path, name))
