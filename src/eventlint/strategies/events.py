"""Strategies for parsed events that no rule finds anything in; it must not know how an event is written."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from eventlint import contract
from eventlint.contract import Entries, Integer, Node, Object, Objects, Text
from eventlint.rules.related import BY_RULE, at
from eventlint.strategies import values

Event = dict[str, Any]
Path = tuple[str | int, ...]


def events(event_type: str) -> st.SearchStrategy[Event]:
    """Parsed events that the server accepts and stores as they are, and that no rule finds anything in.

    Args:
        event_type: One of the contract's event types.

    Raises:
        UsageError: There is no such event type.
    """
    return event_with(event_type, ())


@functools.lru_cache(maxsize=512)
def event_with(event_type: str, path: Path) -> st.SearchStrategy[Event]:
    """Events that have a field; an index in the path is 0, the first item of a list."""
    node = contract.event(event_type)
    return _object(node, path).map(lambda event: _settled(node, event))


def value(node: Node, path: Path = ()) -> st.SearchStrategy[Any]:
    """Values for a node, with what a path leads to inside of it."""
    if isinstance(node, Text):
        return values.text(node)
    if isinstance(node, Integer):
        return values.integer(node)
    if isinstance(node, Entries):
        return values.entries(node)
    if isinstance(node, Objects):
        items = st.lists(_object(node.item, ()), max_size=3)
        if path:
            first = _object(node.item, path[1:])
            return st.tuples(first, items).map(lambda drawn: [drawn[0], *drawn[1]])
        return items
    return _object(node, path)


def _object(node: Object, path: Path) -> st.SearchStrategy[Event]:
    """Objects with all that they need, and with what a path leads to."""
    fields = {name: value(below, path[1:] if path[:1] == (name,) else ()) for name, below in node.fields.items()}
    chosen = [(names[0],) for names in node.required if len(names) == 1]
    needed = {name for (name,) in chosen} | {str(name) for name in path[:1]}
    choices = [set(needed)]
    for names in node.required:
        if needed.isdisjoint(names):
            choices = [{*choice, name} for choice in choices for name in names]
    return st.one_of(
        [
            st.fixed_dictionaries(
                {name: fields[name] for name in node.fields if name in choice},
                optional={name: fields[name] for name in node.fields if name not in choice},
            )
            for choice in choices
        ]
    )


def _settled(node: Object, event: Event) -> Event:
    """An event changed until its values agree with each other, as rules of the tier lint want it.

    An object comes before those in it, since the click may add to the list whose items are counted.
    """
    for rule, told in node.lint.items():
        for _ in range(3):
            if next(BY_RULE[rule](event, told), None) is None:
                break
            _SETTLE[rule](event, told)
    for name, below in node.fields.items():
        if isinstance(below, Object) and name in event:
            _settled(below, event[name])
    return event


def _tell_apart(event: Event, told: Any) -> None:
    *above, last = told["ids"][0].split("/")[1:]
    owner = event
    for name in above:
        owner = owner[name]
    owner[last] += "a"


def _count(results: Event, told: Any) -> None:
    results[told["total"].rpartition("/")[2]] = len(at(results, told["items"]))


def _list_once(results: Event, told: Any) -> None:
    items = at(results, told["items"])
    twice = [index for *_, index in BY_RULE["duplicate-item"](results, told)]
    for index in reversed(twice):
        del items[index]


def _list_clicked(event: Event, told: Any) -> None:
    items = at(event, told["items"])
    clicked = {name: dict(event[name]) for name in told["identity"] if name in event}
    items.append(clicked)


_SETTLE: dict[str, Callable[[Event, Any], None]] = {
    "user-is-session": _tell_apart,
    "fewer-results-than-items": _count,
    "duplicate-item": _list_once,
    "click-outside-results": _list_clicked,
}
