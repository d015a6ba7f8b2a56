"""Which regular expressions may be run on which texts, so that none hangs a run; it must not know schemas or events.

Python's :mod:`re` goes back and tries another way when one fails. How many ways there are can be counted without
trying them: an expression becomes an automaton with one state for each set of characters in it, and an edge for each
way from one to the next (two ways by which one follows the other count twice). Two questions are asked of it.

- Of the expression alone, :func:`why_catastrophic`: is there a state that leads back to itself in two ways over the
  same text? Then a text twice as long has the square of the ways. A counted group that may be empty is as bad.
- Of the expression and a text, :func:`search`: how many steps could a search take at most? A text that would take more
  than :data:`BUDGET` is not tried. So an expression whose ways grow with a power of the length (``^a*a*b$``) runs on
  the texts that are short enough for it, and on no others; the budget is the cap, whatever the length.

Counted repeats are taken as unlimited ones, which have at least as many ways.
"""

from __future__ import annotations

import functools
import re
import warnings
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import NamedTuple, TypeVar

from eventlint.schemas.regex_tree import Alt, Anchor, Back, Chars, Look, Node, Repeat, Seq, Unreadable, parse

BUDGET = 300_000
"""How many steps a search may take; more are not tried."""

_MAX_EDGES = 20_000
_MAX_PAIRS = 60_000
_MANY = 1_000_000
_ANY = Chars(negated=True)
_SAMPLES = "0a_A é٣\t\n\u3000-~\x00ß漢😀"

Weights = dict[int, int]
_T = TypeVar("_T", bound=Hashable)


class TooBigError(Exception):
    """The automaton would be too big; never leaves this module."""


class _Part(NamedTuple):
    """A part of an expression: in how many ways it is empty, and what it begins and ends with, in how many ways."""

    empty: int
    first: Weights
    last: Weights


class Automaton:
    """The states of an expression, and the ways between them.

    Attributes:
        sets: The set of characters of each state.
        follow: For each state those that can come next, and in how many ways.
        first: The states that a match can begin with.
        is_anchored: Whether a match can only begin where the text begins.
        reason: Why it is refused whatever its states are, or None.
    """

    def __init__(self, tree: Node) -> None:
        self.sets: list[Chars] = []
        self.follow: list[Weights] = []
        self.reason: str | None = None
        self._edges = 0
        self.first = self._part(tree).first
        top = tree.parts[:1] if isinstance(tree, Seq) else (tree,)
        self.is_anchored = top == (Anchor("^"),)

    def _part(self, node: Node) -> _Part:
        if isinstance(node, Chars):
            return self._state(node)
        if isinstance(node, Anchor):
            return _Part(1, {}, {})
        if isinstance(node, Back):
            return self._repeat(Repeat(_ANY, 0, None))
        if isinstance(node, Look):
            # What it looks at is tried at each visit, and leads nowhere; looking back has a fixed length.
            return _Part(1, self._part(node.body).first if node.ahead else {}, {})
        if isinstance(node, Repeat):
            return self._repeat(node)
        if isinstance(node, Alt):
            return self._either([self._part(option) for option in node.options])
        return functools.reduce(self._then, (self._part(part) for part in node.parts), _Part(1, {}, {}))

    def _state(self, chars: Chars) -> _Part:
        self.sets.append(chars)
        self.follow.append({})
        only = {len(self.sets) - 1: 1}
        return _Part(0, only, only)

    def _either(self, parts: list[_Part]) -> _Part:
        first: Weights = {}
        last: Weights = {}
        for part in parts:
            _add(first, part.first)
            _add(last, part.last)
        return _Part(min(sum(part.empty for part in parts), _MANY), first, last)

    def _then(self, one: _Part, other: _Part) -> _Part:
        self._join(one.last, other.first)
        first, last = dict(one.first), dict(other.last)
        if one.empty:
            _add(first, other.first, one.empty)
        if other.empty:
            _add(last, one.last, other.empty)
        return _Part(min(one.empty * other.empty, _MANY), first, last)

    def _repeat(self, node: Repeat) -> _Part:
        part = self._part(node.body)
        if node.high == 0:
            return _Part(1, {}, {})
        if node.high != 1:
            self._join(part.last, part.first)
            if part.empty and part.first and node.high is not None:
                self.reason = "a group that may be empty is repeated a counted number of times"
        if (node.low, node.high) == (1, 1):
            return part
        # After the last round one more may be tried that is empty.
        last = {state: min(ways * (1 + part.empty), _MANY) for state, ways in part.last.items()}
        return _Part(min(part.empty + (node.low == 0), _MANY), part.first, last)

    def _join(self, last: Weights, first: Weights) -> None:
        self._edges += len(last) * len(first)
        if self._edges > _MAX_EDGES:
            raise TooBigError
        for state, ways in last.items():
            _add(self.follow[state], first, ways)

    def steps(self, text: str, budget: int) -> int:
        """How many steps a search in a text can take at most; counting ends beyond the budget."""
        total = 0
        active: Weights = {}
        for index, character in enumerate(text):
            following: Weights = {}
            total += 1
            sources = [(active[state], self.follow[state]) for state in active]
            if index == 0 or not self.is_anchored:
                sources.append((1, self.first))
            fits: dict[int, bool] = {}
            for ways, edges in sources:
                for state, weight in edges.items():
                    total += ways * weight
                    if state not in fits:
                        fits[state] = self.sets[state].has(character)
                    if fits[state]:
                        following[state] = following.get(state, 0) + ways * weight
                if total > budget:
                    return total
            active = following
        return total


def _add(into: Weights, more: Weights, times: int = 1) -> None:
    for state, ways in more.items():
        into[state] = min(into.get(state, 0) + ways * times, _MANY)


@functools.lru_cache(maxsize=1024)
def _automaton(pattern: str) -> Automaton | str:
    """The automaton of an expression, or why there is none."""
    broken = why_unusable(pattern)
    if broken is not None:
        return f"it cannot be compiled ({broken})"
    try:
        return Automaton(parse(pattern))
    except Unreadable as error:
        return f"it holds what is not understood here ({error})"
    except (TooBigError, RecursionError):
        return "it is too big to be judged"


def why_unusable(pattern: str) -> str | None:
    """Why Python cannot compile an expression; None when it can.

    Args:
        pattern: The expression.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what may mean something else in a later Python is no matter of the user's
        try:
            re.compile(pattern)
        except (re.error, OverflowError, RecursionError) as error:
            return str(error)
    return None


@functools.lru_cache(maxsize=1024)
def why_catastrophic(pattern: str) -> str | None:
    """Why an expression must not be run on texts of others, in a few words; None when it may be.

    It may be when no text of n characters has more than a power of n ways to be tried. An expression that cannot be
    judged (too big, or with a rare construct) is refused too.

    Args:
        pattern: The expression, as :mod:`re` takes it.
    """
    automaton = _automaton(pattern)
    if isinstance(automaton, str):
        return automaton
    if automaton.reason:
        return automaton.reason
    try:
        return _ambiguous_loop(automaton)
    except TooBigError:
        return "it is too big to be judged"


def search(pattern: str, text: str) -> bool | None:
    """Whether an expression is found in a text; None when it was not tried, since that could take too long.

    Args:
        pattern: The expression.
        text: The text.
    """
    return bool(re.search(pattern, text)) if is_affordable(pattern, text) else None


@functools.lru_cache(maxsize=8192)
def is_affordable(pattern: str, text: str) -> bool:
    """Whether a search takes at most :data:`BUDGET` steps; counted, not tried.

    Args:
        pattern: The expression.
        text: The text.
    """
    automaton = _automaton(pattern)
    if isinstance(automaton, str) or automaton.reason:
        return False
    return automaton.steps(text, BUDGET) <= BUDGET


def _ambiguous_loop(automaton: Automaton) -> str | None:
    """Whether a state leads back to itself in two ways over the same text."""
    groups = _components(range(len(automaton.sets)), lambda state: automaton.follow[state])
    masks = _masks(automaton.sets)
    pairs_left = _MAX_PAIRS
    for group in groups:
        members = set(group)
        inside = {state: [other for other in automaton.follow[state] if other in members] for state in group}
        for state, others in inside.items():
            if any(automaton.follow[state][other] > 1 for other in others):
                return "a repeat stands inside a repeat, and nothing tells where one round ends and the next begins"

        def both(pair: tuple[int, int], inside: dict[int, list[int]] = inside) -> Iterator[tuple[int, int]]:
            nonlocal pairs_left
            for one in inside[pair[0]]:
                for other in inside[pair[1]]:
                    pairs_left -= 1
                    if pairs_left < 0:
                        raise TooBigError
                    if masks[one] & masks[other]:
                        yield one, other

        for component in _components([(state, state) for state in group], both):
            kinds = {one == other for one, other in component}
            if len(kinds) == 2:
                return "two choices inside a repeat can match the same text"
    return None


def _masks(sets: list[Chars]) -> list[int]:
    """For each set of characters, which of some telling characters it holds, as bits."""
    telling = set(_SAMPLES)
    for chars in sets:
        for low, high in chars.ranges:
            telling |= {chr(code) for code in (low - 1, low, high, high + 1) if 0 <= code <= 0x10FFFF}
            telling |= {chr(code) for code in range(low, min(high, low + 130) + 1)}
    order = sorted(telling)[:2000]
    known: dict[Chars, int] = {}
    for chars in set(sets):
        known[chars] = sum(1 << index for index, character in enumerate(order) if chars.has(character))
    return [known[chars] for chars in sets]


def _components(starts: Iterable[_T], following: Callable[[_T], Iterable[_T]]) -> list[list[_T]]:
    """The strongly connected components with a cycle (Tarjan's algorithm, without recursion)."""
    order: dict[_T, int] = {}
    low: dict[_T, int] = {}
    stack: list[_T] = []
    on_stack: set[_T] = set()
    found: list[list[_T]] = []
    for start in starts:
        if start in order:
            continue
        work = [(start, iter(list(following(start))))]
        order[start] = low[start] = len(order)
        stack.append(start)
        on_stack.add(start)
        while work:
            node, rest = work[-1]
            descended = False
            for other in rest:
                if other not in order:
                    order[other] = low[other] = len(order)
                    stack.append(other)
                    on_stack.add(other)
                    work.append((other, iter(list(following(other)))))
                    descended = True
                    break
                if other in on_stack:
                    low[node] = min(low[node], order[other])
            if descended:
                continue
            work.pop()
            if work:
                low[work[-1][0]] = min(low[work[-1][0]], low[node])
            if low[node] == order[node]:
                component: list[_T] = []
                while True:
                    member = stack.pop()
                    on_stack.discard(member)
                    component.append(member)
                    if member == node:
                        break
                if len(component) > 1 or node in set(following(node)):
                    found.append(component)
    return found
