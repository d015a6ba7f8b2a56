"""Events that break one rule of a contract of one's own; it must not know how a contract judges.

An event that fits is changed where the rule looks, in one of the ways that rules are mostly about, until the contract
tells just that rule.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import reject
from hypothesis import strategies as st

from eventlint import spec as contract
from eventlint.checker import check
from eventlint.errors import UsageError
from eventlint.rules.own import Contract
from eventlint.spec.nodes import Entries, Integer, Node, Object, Objects, Text
from eventlint.strategies import values
from eventlint.strategies.conforming import fitting, node_at
from eventlint.strategies.drawing import Draw, pick, upto
from eventlint.strategies.invalid_example import InvalidExample
from eventlint.strategies.locations import Parts, get, put
from eventlint.strategies.valid import ITEM, Maker, Steps

_TRIES = 40


def violating_events(
    event_type: str, rule: str | None = None, *, contract: Contract, collection: str | None = None
) -> st.SearchStrategy[InvalidExample]:
    """Events as parsed objects that the server takes, each of which breaks one rule of a contract of one's own, once.

    Args:
        event_type: One of the contract's event types.
        rule: The rule to break; None is any that the contract has for such events.
        contract: The contract, from :func:`eventlint.load_contract`.
        collection: The collection that the events go to; None when that is not known.

    Raises:
        UsageError: There is no such event type, or the contract has no such rule for it.
    """
    asked = _asked(event_type, contract, collection)
    names = tuple(asked) if rule is None else (rule,)
    if not names or names[0] not in asked:
        known = ", ".join(asked) or "it has none"
        raise UsageError(f"the contract has no rule {rule!r} for {event_type} (one of {known})")

    @st.composite
    def event(draw: Draw) -> InvalidExample:
        name = pick(draw, names)
        return _broken(draw, event_type, name, pick(draw, asked[name]), contract, collection)

    return event()


def _asked(event_type: str, own: Contract, collection: str | None) -> dict[str, tuple[Steps, ...]]:
    """For each rule, the ways to what it looks at."""
    contract.event(event_type)
    found: dict[str, list[Steps]] = {}
    for name, pointer in own.rule_pointers(event_type, collection):
        found.setdefault(name, []).append(tuple(pointer.split("/")[1:]))
    return {name: tuple(steps) for name, steps in found.items()}


def _broken(
    draw: Draw, event_type: str, rule: str, steps: Steps, own: Contract, collection: str | None
) -> InvalidExample:
    good = fitting(draw, event_type, own, collection, want=_wanted(event_type, steps))
    known: list[Any] = []  # values and names that the contract allows somewhere around the place
    for _ in range(_TRIES):
        event = copy.deepcopy(good)
        places = list(_places(event, steps))
        if not places or not _change(draw, event, pick(draw, places), event_type, known):
            break
        report = check(event, event_type, collection=collection, contract=own)
        found = [(one.tier, one.rule, one.pointer) for one in report.findings if one.tier != "lint"]
        if [one[:2] for one in found] == [("contract", rule)]:
            return InvalidExample(event=event, rule=rule, pointer=found[0][2])
        for one in own.violations(event, event_type, collection):
            known += one.schema.get("enum", []) if isinstance(one.schema, dict) else []
            known += one.schema.get("properties", []) if one.keyword == "additionalProperties" else []
    return reject()


def _wanted(event_type: str, steps: Steps) -> Steps:
    """The way to what must be there, as far as the built-in contract has names for it."""
    node: Node = contract.event(event_type)
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


def _places(event: Any, steps: Steps) -> Iterator[Parts]:
    """The ways to what there is of it; where it is not there, the way to what it would stand in."""
    if not steps:
        yield ()
        return
    if isinstance(event, list):
        for index, item in enumerate(event):
            yield from ((index, *below) for below in _places(item, steps[1:]))
    elif isinstance(event, dict):
        names = [steps[0]] if steps[0] != "*" else list(event)
        for name in names:
            if name in event:
                yield from ((name, *below) for below in _places(event[name], steps[1:]))
        if not event or steps[0] not in (*event, "*"):
            yield ()


def _change(draw: Draw, event: Any, parts: Parts, event_type: str, known: list[Any]) -> bool:
    """Change a value in place; whether that was possible."""
    node, value = node_at(event_type, parts), get(event, parts)
    if isinstance(node, Object) and isinstance(value, dict):
        free = [name for name in node.fields if (name,) not in node.required]
        if not free:
            return False
        name = pick(draw, free)
        if name in value:
            del value[name]
        else:
            value[name] = Maker(draw).value(node.fields[name])
        return True
    if isinstance(node, Objects):
        value.extend(Maker(draw).object(node.item) for _ in range(draw(upto(3)) + 1))
        return True
    if isinstance(value, dict):
        names = list(dict.fromkeys(name for name in known if isinstance(name, str))) if draw(upto(1)) else []
        for number in range(draw(upto(5)) + 1):
            value[names[number] if number < len(names) else f"{draw(values.words)}{number}"] = draw(values.words)
        return True
    others = [one for one in known if type(one) is type(value) and one != value]
    is_known = bool(others) and draw(upto(1)) == 1
    put(event, parts, pick(draw, others) if is_known else _other(draw, node, value))
    return True


def _other(draw: Draw, node: Node | None, value: Any) -> Any:
    """Another value of the same kind."""
    if isinstance(node, Integer):
        near = (value + 1, value - 1, node.minimum, node.maximum, 0, 1, 7)
        return pick(draw, [one for one in near if node.minimum <= one <= node.maximum])
    if isinstance(node, Entries):
        text = value if isinstance(value, str) else "a"
        return pick(draw, (f"{text}~", "a", text[:-1], ["a"] * (draw(upto(30)) + 1), "b" * 300))
    assert isinstance(node, Text)  # noqa: S101 - there is no other kind
    if node.ingest.is_taken_apart:
        return pick(
            draw, (values.url(draw), value.replace("https:", "http:"), f"{value}a", "/a", "https://a.example/ |")
        )
    longer = f"{value}{'a' * (draw(upto(900)) + 1)}"[:1024]
    return pick(draw, (values.ident(draw), value[:-1], f"{value} ", f" {value}", longer, value.upper(), "a"))
