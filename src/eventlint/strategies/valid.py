"""Events without a finding, made from the compiled contract; it must not know payloads, nor how events are broken.

What several values of one event say of each other is settled after they are drawn, so that no draw is thrown away.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import strategies as st

from eventlint import spec as contract
from eventlint.rules.placeholders import is_placeholder
from eventlint.rules.pointers import value_at as at
from eventlint.spec.nodes import Entries, Integer, Node, Object, Objects, Text
from eventlint.strategies import values
from eventlint.strategies.drawing import Draw, pick, seldom, upto

Steps = tuple[str, ...]

ITEM = ""
"""The step from a list to one of its elements."""

LONGEST_ENTRY = 32_765
"""How many bytes a filter's name and text may have together: they are one term of the index, and a byte is between."""


_ABSENT = object()
_optionals: dict[tuple[int, frozenset[str]], st.SearchStrategy[Any]] = {}


def _optional(node: Node, lint: frozenset[str]) -> st.SearchStrategy[Any]:
    """A value for a node, or none; it is a strategy by itself, so that all of it goes when an event shrinks."""
    known = _optionals.get((id(node), lint))
    if known is not None:
        return known

    @st.composite
    def value(draw: Draw) -> Any:
        return Maker(draw, lint).value(node) if draw(upto(1)) else _ABSENT

    # The node is kept by the strategy, so no other one will have its number.
    return _optionals.setdefault((id(node), lint), value())


class Maker:
    """Makes the values of one event.

    Args:
        draw: Draws.
        lint: The rules of the tier lint that may find something.
    """

    def __init__(self, draw: Draw, lint: frozenset[str] = frozenset()) -> None:
        self._draw = draw
        self._lint = lint

    def value(self, node: Node, want: Steps | None = None) -> Any:
        """A value for a node.

        Args:
            node: What the contract says about it.
            want: The way to what must be there; None when nothing must.
        """
        if isinstance(node, Text):
            return self.text(node)
        if isinstance(node, Integer):
            return values.number(self._draw, node)
        if isinstance(node, Object):
            return self.object(node, want)
        return self.items(node, want) if isinstance(node, Objects) else self.entries(node, want is not None)

    def object(self, node: Object, want: Steps | None = None) -> dict[str, Any]:
        """An object with all that it needs and some of the rest."""
        draw = self._draw
        needed = {pick(draw, names) for names in node.required}
        if want:
            needed.add(want[0])
        made: dict[str, Any] = {}
        for name, below in node.fields.items():
            if name in needed:
                made[name] = self.value(below, want[1:] if want and want[0] == name else None)
            elif (value := draw(_optional(below, self._lint))) is not _ABSENT:
                made[name] = value
        for rule, told in node.lint.items():
            (SETTLE if rule not in self._lint or not seldom(draw, 2) else UNSETTLE)[rule](draw, made, told)
        return made

    def items(self, node: Objects, want: Steps | None) -> list[dict[str, Any]]:
        """Elements of an array of objects."""
        few = self._draw(upto(11))
        count = few if few < 4 else 1 if few < 11 else 10
        below = want[1:] if want else None
        return [self.object(node.item, below) for _ in range(max(count, 1 if want else 0))]

    def entries(self, node: Entries, is_wanted: bool) -> dict[str, Any]:
        """Any names, each with a text or a list of texts."""
        draw = self._draw
        made: dict[str, Any] = {}
        for _ in range(max(draw(upto(3)), 1 if is_wanted else 0)):
            name = values.text(draw).replace("\0", "")
            room = LONGEST_ENTRY - len(name.encode())
            if draw(upto(1)):
                made[name] = [self._entry(node, room) for _ in range(draw(upto(3)))]
            else:
                made[name] = self._entry(node, room)
        return made

    def _entry(self, node: Entries, room: int) -> str:
        draw = self._draw
        if seldom(draw, 40):
            character = pick(draw, values.LONG)
            return character * (room // len(character.encode()) - draw(upto(1)))
        odd = self._odd(node.lint)
        if odd is not None:
            return odd
        found = values.text(draw)
        return "a" if is_placeholder(found) else found

    def _odd(self, lint: Mapping[str, Any]) -> str | None:
        """Now and then, a text that a rule finds that may find something."""
        wanted = [rule for rule in lint if rule in self._lint and rule in values.BY_LINT]
        if wanted and seldom(self._draw, 4):
            return values.by_lint(self._draw, pick(self._draw, wanted), is_url="relative-url" in lint)
        return None

    def text(self, node: Text) -> str:
        """A text for a field."""
        draw, lint = self._draw, node.lint
        odd = self._odd(lint)
        if odd is not None:
            return odd
        if "relative-url" in lint or node.ingest.is_taken_apart:
            may_be_empty = lint.get("relative-url", {}).get("may_be_empty", False)
            return "" if may_be_empty and seldom(draw, 8) else values.url(draw)
        if "padded-id" in lint:
            return values.ident(draw)
        if "unusual-sort-direction" in lint:
            return str(pick(draw, lint["unusual-sort-direction"]["usual"]))
        is_blank_meant = not node.blank_refused and "empty-query" not in lint
        return values.meant(draw, blank=is_blank_meant, personal="personal-data" not in lint)


# ---- what several values say of each other --------------------------------------------------------------------------

_Event = dict[str, Any]
_Told = Mapping[str, Any]


def _holder(event: _Event, pointer: str) -> tuple[_Event | None, str]:
    """The object that holds what a pointer leads to, and the last name."""
    above, _, name = pointer.rpartition("/")
    found = at(event, above)
    return (found if type(found) is dict and name in found else None), name


def _differ(draw: Draw, event: _Event, told: _Told) -> None:
    ids = [at(event, pointer) for pointer in told["ids"]]
    holder, name = _holder(event, told["ids"][0])
    if holder is not None and all(one == ids[0] for one in ids):
        holder[name] = "b" if ids[0] != "b" else "a"


def _agree(draw: Draw, event: _Event, told: _Told) -> None:
    holder, name = _holder(event, told["ids"][0])
    same = at(event, told["ids"][-1])
    if holder is not None and same is not None:
        holder[name] = same


def _count(draw: Draw, results: _Event, told: _Told) -> None:
    holder, name = _holder(results, told["total"])
    items = at(results, told["items"])
    if holder is not None and type(items) is list:
        holder[name] = max(holder[name], len(items))


def _unite(draw: Draw, results: _Event, told: _Told) -> None:
    items = at(results, told["items"])
    if type(items) is not list:
        return
    seen: set[tuple[Any, ...]] = set()
    kept: list[_Event] = []
    for item in items:
        key = tuple(item.get(name, {}).get(field) for name, fields in told["identity"].items() for field in fields)
        if not item or key not in seen:
            kept.append(item)
        seen.add(key)
    items[:] = kept


def _repeat(draw: Draw, results: _Event, told: _Told) -> None:
    items = at(results, told["items"])
    if items:
        items.append(items[draw(upto(len(items) - 1))])


def _click(draw: Draw, event: _Event, told: _Told) -> None:
    """What was clicked becomes one of the items, where there are items that could be it."""
    for name, fields in told["identity"].items():
        clicked = event.get(name)
        listed = [item[name] for item in at(event, told["items"]) or () if name in item]
        if clicked is None or not listed:
            continue
        one = pick(draw, listed)
        for field in fields:
            if field in one and field in clicked:
                clicked[field] = one[field]
        return


def _leave(draw: Draw, event: _Event, told: _Told) -> None:
    """As it was drawn."""


_Settle = Callable[[Draw, _Event, _Told], None]

SETTLE: dict[str, _Settle] = {
    "user-is-session": _differ,
    "fewer-results-than-items": _count,
    "duplicate-item": _unite,
    "click-outside-results": _click,
}
"""For each rule of the tier lint that looks at several values: what makes it find nothing."""

UNSETTLE: dict[str, _Settle] = {
    "user-is-session": _agree,
    "fewer-results-than-items": _leave,
    "duplicate-item": _repeat,
    "click-outside-results": _leave,
}
"""The same, for rules that may find something."""

LINTS: tuple[str, ...] = (*values.BY_LINT, *SETTLE)
"""The rules of the tier lint that an event can be drawn for."""


@functools.cache
def clean_events(event_type: str, lint: frozenset[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Events in which no rule finds anything but some of the tier lint that may."""
    node = contract.event(event_type)

    @st.composite
    def event(draw: Draw) -> dict[str, Any]:
        return Maker(draw, lint).object(node)

    return event()
