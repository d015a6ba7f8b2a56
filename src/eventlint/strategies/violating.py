"""Events that violate one rule of a custom contract.

A conforming event is changed where the rule applies, in one of the usual ways, until the
contract reports that rule only.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from hypothesis import reject
from hypothesis import strategies as st

from eventlint.errors import UsageError
from eventlint.shortcuts import check
from eventlint.spec.nodes import Entries, Integer, Node, Object, Objects, Text
from eventlint.strategies import values
from eventlint.strategies.conforming import conforming_event
from eventlint.strategies.drawing import Draw, pick, upto
from eventlint.strategies.invalid_example import InvalidExample
from eventlint.strategies.locations import ITEM, Path, Steps, get, node_at, put
from eventlint.strategies.target import Target, target
from eventlint.strategies.valid import Builder

if TYPE_CHECKING:
    from eventlint.contract import Contract

_TRIES = 40


def violating_events(
    event_type: str,
    rule: str | None = None,
    *,
    contract: Contract,
    collection: str | None = None,
    release: str = "latest",
) -> st.SearchStrategy[InvalidExample]:
    """Events as parsed objects that the server accepts, each with exactly one violation of a custom contract.

    Args:
        event_type: An event type.
        rule: The rule to violate; None means any that the contract has for such events.
        contract: The contract, from :func:`eventlint.load_contract`.
        collection: The collection that the events are for; None if unknown.
        release: The server's release.

    Raises:
        UsageError: There is no such event type or release, or the contract has no such rule for it.
    """
    wanted = target(event_type, release)
    rules: dict[str, list[Steps]] = {}
    for name, pointer in contract.rule_pointers(event_type, collection):
        rules.setdefault(name, []).append(tuple(pointer.split("/")[1:]))
    names = tuple(rules) if rule is None else (rule,)
    if not names or names[0] not in rules:
        raise UsageError(_why_not(contract, event_type, rule, collection, list(rules)))

    @st.composite
    def event(draw: Draw) -> InvalidExample:
        name = pick(draw, names)
        return _violating(draw, wanted, name, pick(draw, rules[name]), contract, collection)

    return event()


def _why_not(contract: Contract, event_type: str, rule: str | None, collection: str | None, known: list[str]) -> str:
    """Why a contract has no rule for some events: it may be for others, or for another collection."""
    found = [one for one in contract.rules if one.name == rule]
    events = list(dict.fromkeys(kind for one in found for kind in one.event_types))
    patterns = list(dict.fromkeys(name for one in found for name in one.collections))
    listed = f"one of {', '.join(known)}" if known else "it has none"
    if found and event_type not in events:
        return f"the rule {rule!r} is for {' and '.join(events)}, not for {event_type} ({listed})"
    if found:
        given = "no collection is given" if collection is None else f"not for {collection!r}"
        return f"the rule {rule!r} is for the collections {', '.join(patterns)}; {given} ({listed})"
    return f"the contract has no rule {rule!r} for {event_type} ({listed})"


def _violating(
    draw: Draw, target: Target, rule: str, steps: Steps, contract: Contract, collection: str | None
) -> InvalidExample:
    good = conforming_event(draw, target, contract, collection, want=_known(target.node, steps))
    allowed: list[Any] = []  # values and keys that the contract allows somewhere near the place
    for _ in range(_TRIES):
        event = copy.deepcopy(good)
        paths = list(_paths(event, steps))
        if not paths or not _change(draw, event, pick(draw, paths), target.node, allowed):
            break
        report = check(event, target.event_type, release=target.release, collection=collection, contract=contract)
        found = [(one.tier, one.rule, one.pointer) for one in report.findings if one.tier != "lint"]
        if [one[:2] for one in found] == [("contract", rule)]:
            return InvalidExample(event=event, rule=rule, pointer=found[0][2])
        for one in contract.violations(event, target.event_type, collection):
            allowed += one.schema.get("enum", []) if isinstance(one.schema, dict) else []
            allowed += one.schema.get("properties", []) if one.keyword == "additionalProperties" else []
    return reject()


def _known(node: Node, steps: Steps) -> Steps:
    """The first steps, as far as the specification has fields for them."""
    found: list[str] = []
    for step in steps:
        if isinstance(node, Objects):
            node, step = node.item, ITEM
        elif isinstance(node, Object) and step in node.fields:
            node = node.fields[step]
        else:
            break
        found.append(step)
    return tuple(found)


def _paths(event: Any, steps: Steps) -> Iterator[Path]:
    """The paths to all values that the steps lead to; for an absent one, to the object that could have it."""
    if not steps:
        yield ()
        return
    if isinstance(event, list):
        for index, item in enumerate(event):
            yield from ((index, *below) for below in _paths(item, steps[1:]))
    elif isinstance(event, dict):
        for key in [steps[0]] if steps[0] != "*" else list(event):
            if key in event:
                yield from ((key, *below) for below in _paths(event[key], steps[1:]))
        if not event or steps[0] not in (*event, "*"):
            yield ()


def _change(draw: Draw, event: Any, path: Path, root: Node, allowed: list[Any]) -> bool:
    """Change a value in place; False if it cannot be changed."""
    node, value = node_at(root, path), get(event, path)
    if isinstance(node, Object) and isinstance(value, dict):
        optional = [key for key in node.fields if (key,) not in node.required]
        if not optional:
            return False
        key = pick(draw, optional)
        if key in value:
            del value[key]
        else:
            value[key] = Builder(draw).value(node.fields[key])
        return True
    if isinstance(node, Objects):
        value.extend(Builder(draw).object(node.item) for _ in range(draw(upto(3)) + 1))
        return True
    if isinstance(value, dict):
        keys = list(dict.fromkeys(key for key in allowed if isinstance(key, str))) if draw(upto(1)) else []
        for number in range(draw(upto(5)) + 1):
            value[keys[number] if number < len(keys) else f"{draw(values.words)}{number}"] = draw(values.words)
        return True
    others = [one for one in allowed if type(one) is type(value) and one != value]
    is_allowed = bool(others) and draw(upto(1)) == 1
    put(event, path, pick(draw, others) if is_allowed else _other(draw, node, value))
    return True


def _other(draw: Draw, node: Node | None, value: Any) -> Any:
    """Another value of the same type."""
    if isinstance(node, Integer):
        near = (value + 1, value - 1, node.minimum, node.maximum, 0, 1, 7)
        return pick(draw, [one for one in near if node.minimum <= one <= node.maximum])
    if isinstance(node, Entries):
        text = value if isinstance(value, str) else "a"
        return pick(draw, (f"{text}~", "a", text[:-1], ["a"] * (draw(upto(30)) + 1), "b" * 300))
    assert isinstance(node, Text)  # noqa: S101 - there are no other leaves
    if node.ingest.is_taken_apart:
        return pick(
            draw, (values.url(draw), value.replace("https:", "http:"), f"{value}a", "/a", "https://a.example/ |")
        )
    longer = f"{value}{'a' * (draw(upto(900)) + 1)}"[: values.LIMITS.keyword_utf16_units]
    return pick(draw, (values.text(draw), value[:-1], f"{value} ", f" {value}", longer, value.upper(), "a"))
