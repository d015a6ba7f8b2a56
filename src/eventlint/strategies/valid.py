"""Events without findings, made from the specification; a value that a rule reports is replaced by a plain one."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from eventlint.rules import rule
from eventlint.spec.nodes import Entries, Integer, Node, Object, Objects, Text
from eventlint.strategies import values
from eventlint.strategies.drawing import Draw, pick, seldom, upto
from eventlint.strategies.locations import Steps
from eventlint.strategies.relations import RELATIONS
from eventlint.strategies.rule_index import is_clean, mutation_of, samples

_ABSENT = object()
_optionals: dict[tuple[int, frozenset[str]], st.SearchStrategy[Any]] = {}


def _optional(node: Node, lint: frozenset[str]) -> st.SearchStrategy[Any]:
    """A value or nothing, as a strategy of its own, so that the whole value goes when an event shrinks."""
    known = _optionals.get((id(node), lint))
    if known is not None:
        return known

    @st.composite
    def value(draw: Draw) -> Any:
        return Builder(draw, lint).value(node) if draw(upto(1)) else _ABSENT

    # The strategy keeps the node, so no other one gets its ID.
    return _optionals.setdefault((id(node), lint), value())


_generators: dict[int, tuple[Text, Callable[[Draw], str], str]] = {}


def _generator(node: Text) -> tuple[Callable[[Draw], str], str]:
    """What draws the strings of a field, and a plain one that is always clean."""
    known = _generators.get(id(node))
    if known is None:
        usual = [one for facts in node.lint.values() for one in facts.get("usual", ())]
        if usual:
            known = node, lambda draw: str(pick(draw, usual)), usual[0]
        elif node.ingest.is_taken_apart or not is_clean(node, "a"):
            known = node, values.url, values.PLAIN_URL
        else:
            known = node, values.text, "a"
        _generators[id(node)] = known
    return known[1:]


class Builder:
    """Builds the values of one event, which may violate some rules of the tier lint."""

    def __init__(self, draw: Draw, lint: frozenset[str] = frozenset()) -> None:
        self._draw = draw
        self._lint = lint

    def value(self, node: Node, want: Steps | None = None) -> Any:
        """A value for a node; it has a value where the steps ``want`` lead."""
        if isinstance(node, Text):
            return self.text(node)
        if isinstance(node, Integer):
            return values.number(self._draw, node)
        if isinstance(node, Object):
            return self.object(node, want)
        return self.items(node, want) if isinstance(node, Objects) else self.entries(node, want is not None)

    def object(self, node: Object, want: Steps | None = None) -> dict[str, Any]:
        """An object with all required fields and some of the others."""
        draw = self._draw
        needed = {pick(draw, names) for names in node.required}
        if want:
            needed.add(want[0])
        made: dict[str, Any] = {}
        for key, below in node.fields.items():
            if key in needed:
                made[key] = self.value(below, want[1:] if want and want[0] == key else None)
            elif (value := draw(_optional(below, self._lint))) is not _ABSENT:
                made[key] = value
        for name, facts in node.lint.items():
            prevent, violate = RELATIONS[mutation_of(rule(name))]
            (violate if name in self._lint and seldom(draw, 2) else prevent)(draw, made, facts)
        return made

    def items(self, node: Objects, want: Steps | None) -> list[dict[str, Any]]:
        """Elements of an array of objects: mostly up to three, seldom ten."""
        few = self._draw(upto(11))
        count = few if few < 4 else 1 if few < 11 else 10
        below = want[1:] if want else None
        return [self.object(node.item, below) for _ in range(max(count, 1 if want else 0))]

    def entries(self, node: Entries, is_wanted: bool) -> dict[str, Any]:
        """Filters with any keys, each with a string or a list of strings."""
        draw = self._draw
        made: dict[str, Any] = {}
        for _ in range(max(draw(upto(3)), 1 if is_wanted else 0)):
            key = values.text(draw)
            key = key if is_clean(node, "a", key) else "a"
            if draw(upto(1)):
                made[key] = [self._entry(node, key) for _ in range(draw(upto(3)))]
            else:
                made[key] = self._entry(node, key)
        return made

    def _entry(self, node: Entries, key: str) -> str:
        draw = self._draw
        if seldom(draw, 40):
            character = pick(draw, values.WIDTHS)
            room = values.LIMITS.term_bytes - 1 - len(key.encode())  # a separator is between key and value
            return character * (room // len(character.encode()) - draw(upto(1)))
        sample = self._sample(node)
        if sample is not None:
            return sample
        found = values.text(draw)
        return found if is_clean(node, found, key) else "a"

    def _sample(self, node: Text | Entries) -> str | None:
        """In some draws, a string that a rule reports which the event may violate."""
        found = [found for name in node.lint if name in self._lint and (found := samples(rule(name), node))]
        return pick(self._draw, pick(self._draw, found)) if found and seldom(self._draw, 4) else None

    def text(self, node: Text) -> str:
        """A string for a field."""
        sample = self._sample(node)
        if sample is not None:
            return sample
        generate, plain = _generator(node)
        found = generate(self._draw)
        return next((one for one in (found, found.strip()) if is_clean(node, one)), plain)


@functools.cache
def valid_events(node: Object, lint: frozenset[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Events that no rule reports, but some of the tier lint if they may."""

    @st.composite
    def event(draw: Draw) -> dict[str, Any]:
        return Builder(draw, lint).object(node)

    return event()
