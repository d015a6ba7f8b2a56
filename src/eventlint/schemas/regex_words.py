"""Finds strings that match some expressions but not others, with a length within limits, or proves that none exist."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from eventlint.schemas.regex_language import (
    FALSE,
    Ranges,
    Terms,
    TooComplexError,
    tree_of,
)
from eventlint.schemas.regex_tree import Anchor, Chars, Node, Repeat, Seq

MAX_STATES = 3_000
"""How many states one question may have."""

MAX_LENGTH = 2_000_000
"""The largest string that is built."""

_MAX_WORK = 3_000_000
_MAX_EDGES = 150_000
_LIKELY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_./:@ ,;+=!?#$%&'()*<>[]\\^`{|}~\""
_SURROGATES = (0xD800, 0xDFFF)


class Counted(NamedTuple):
    """An expression as another one without a large repetition, and the lengths that the repetition demands."""

    tree: Node
    low: int
    high: int | None


def counted(pattern: str) -> Counted | None:
    """An expression such as ``^a[bc]{1,4096}$``, whose large repetition is a limit of the length.

    Raises:
        TooComplexError: The expression is not supported.
    """
    tree = tree_of(pattern)
    if isinstance(tree, Seq) and len(tree.parts) > 2:
        first, *parts, last = tree.parts
        large = [part for part in parts if isinstance(part, Repeat) and max(part.low, part.high or 0) > 40]
        if first == Anchor("^") and last == Anchor("$") and len(large) == 1 and isinstance(large[0].body, Chars):
            one = large[0]
            others = [_length(part) for part in parts if part is not one]
            if None not in others:
                more = sum(length or 0 for length in others)
                simple = Seq(tuple(Repeat(one.body, 0, None) if part is one else part for part in tree.parts))
                return Counted(simple, one.low + more, None if one.high is None else one.high + more)
    return None


def _length(tree: Node) -> int | None:
    """The length of all strings of an expression, if it has no anchors and all have the same."""
    if isinstance(tree, Chars):
        return 1
    if isinstance(tree, Repeat) and tree.low == tree.high:
        below = _length(tree.body)
        return None if below is None else below * tree.low
    if isinstance(tree, Seq):
        lengths = [_length(part) for part in tree.parts]
        return None if None in lengths else sum(length or 0 for length in lengths)
    return None


class Question(NamedTuple):
    """Which strings are wanted.

    Attributes:
        wanted: Expressions that match.
        unwanted: Expressions that do not match.
        low: The smallest length.
        high: The largest length; None without one.
        excluded: Strings that are not wanted.
    """

    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    low: int = 0
    high: int | None = None
    excluded: frozenset[str] = frozenset()


def words(question: Question) -> Iterator[str]:
    """The strings that a question asks for, shortest first; none means that there are none.

    Args:
        question: Which strings are wanted.

    Raises:
        TooComplexError: That cannot be decided.
    """
    if not question.wanted and not question.unwanted and question.low <= MAX_LENGTH:
        simple = "a" * question.low
        if simple not in question.excluded:
            yield simple
    for variant in _variants(question):
        for word in _Automaton(variant).words():
            if word not in question.excluded:
                yield word


class _Variant(NamedTuple):
    wanted: tuple[Node, ...]
    unwanted: tuple[Node, ...]
    low: int
    high: int | None


def _variants(question: Question) -> Iterator[_Variant]:
    """The question without large repetitions; together the variants ask for the same."""
    start = _Variant((), (), question.low, question.high)
    for pattern in question.wanted:
        found = counted(pattern)
        if found is None:
            start = start._replace(wanted=(*start.wanted, tree_of(pattern)))
        else:
            start = start._replace(wanted=(*start.wanted, found.tree), low=max(start.low, found.low))
            start = start._replace(high=_least(start.high, found.high))
    variants = [start]
    for pattern in question.unwanted:
        found = counted(pattern)
        more: list[_Variant] = []
        for one in variants:
            more.append(one._replace(unwanted=(*one.unwanted, found.tree if found else tree_of(pattern))))
            if found and found.high is not None:  # too long
                more.append(one._replace(low=max(one.low, found.high + 1)))
            if found and found.low:  # too short
                more.append(one._replace(high=_least(one.high, found.low - 1)))
        variants = more
    return (one for one in variants if one.high is None or one.low <= one.high)


def _least(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else min(one, other)


class _Automaton:
    """The states of a question, and which of them can end."""

    def __init__(self, question: _Variant) -> None:
        self.low, self.high = question.low, question.high
        terms = Terms()
        parts = [terms.search(tree) for tree in question.wanted]
        parts += [terms.none_of(terms.search(tree)) for tree in question.unwanted]
        start = terms.all_of(parts)
        self.alphabet = _alphabet(terms.sets)
        self.edges: list[list[tuple[int, int]]] = []
        self._explore(terms, start)

    def _explore(self, terms: Terms, start: int) -> None:
        number = {start: 0}
        waiting = [start]
        count = 0
        ends: list[bool] = []
        for state in waiting:
            ends.append(terms.is_empty_accepted(state))
            edges: list[tuple[int, int]] = []
            for at, letters in enumerate(self.alphabet):
                after = terms.after(state, letters.code)
                count += 1
                if after == FALSE:
                    continue
                if after not in number:
                    if len(number) >= MAX_STATES:
                        raise TooComplexError
                    number[after] = len(number)
                    waiting.append(after)
                edges.append((at, number[after]))
            if count > _MAX_EDGES:
                raise TooComplexError
            self.edges.append(edges)
        self.ends = sum(1 << at for at, is_end in enumerate(ends) if is_end)
        self._start = 0
        self._next = [sum({1 << to for _, to in edges}) for edges in self.edges]

    def words(self) -> Iterator[str]:
        """All strings, shortest first."""
        if not self.ends:
            return
        masks: list[int] = [self.ends]
        """For each length, the states from which a string of that length leads to an end."""
        known = {self.ends: 0}
        length = 0
        period = 0
        while self.high is None or length <= self.high:
            if len(masks) <= length and not period:
                self._extend(masks, known)
                if masks[-1] in known and known[masks[-1]] != len(masks) - 1:
                    start = known[masks[-1]]
                    period = len(masks) - 1 - start
                    masks.pop()
                    self._start = start
            mask = masks[length] if length < len(masks) else masks[self._start + (length - self._start) % period]
            if length >= self.low and mask & 1:
                if length > MAX_LENGTH:
                    raise TooComplexError
                yield from self._of_length(length, masks, period)
            if period and length >= self.low and length >= len(masks):
                cycle = range(self._start, self._start + period)
                if not any(masks[at] & 1 for at in cycle):
                    return
            if period and length + 1 < self.low and length + 1 >= len(masks):
                length = self.low - 1  # lengths in between are of no interest
            length += 1

    def _extend(self, masks: list[int], known: dict[int, int]) -> None:
        last = masks[-1]
        found = sum(1 << at for at, below in enumerate(self._next) if below & last)
        masks.append(found)
        known.setdefault(found, len(masks) - 1)
        if len(masks) * len(self._next) > _MAX_WORK:
            raise TooComplexError

    def _of_length(self, length: int, masks: list[int], period: int) -> Iterator[str]:
        """All strings of a length; similar ones follow each other."""

        def allowed(left: int) -> int:
            return masks[left] if left < len(masks) else masks[self._start + (left - self._start) % period]

        known: dict[tuple[int, int], list[tuple[int, int]]] = {}

        def choices(state: int, left: int) -> Iterator[tuple[str, int]]:
            mask = allowed(left)
            edges = known.get((state, mask))
            if edges is None:
                edges = [edge for edge in self.edges[state] if mask >> edge[1] & 1]
                edges.sort(key=lambda edge: (edge[1] != state, edge[0]))
                known[state, mask] = edges
            for at, to in edges:
                yield self.alphabet[at].first, to
            for at, to in edges:
                for character in self.alphabet[at].others():
                    yield character, to

        if length == 0:
            yield ""
            return
        made: list[str] = []
        stack = [choices(0, length - 1)]
        while stack:
            step = next(stack[-1], None)
            if step is None:
                stack.pop()
                if made:
                    made.pop()
                continue
            character, to = step
            if len(stack) == length:
                yield "".join(made) + character
                continue
            made.append(character)
            stack.append(choices(to, length - len(stack) - 1))


class _Letters(NamedTuple):
    """Characters that no expression distinguishes; the most readable one stands for all."""

    code: int
    ranges: Ranges

    @property
    def first(self) -> str:
        """The most readable one."""
        return chr(self.code)

    def others(self) -> Iterator[str]:
        """The others, readable ones first."""
        likely = [one for one in _LIKELY if ord(one) != self.code and _within(self.ranges, ord(one))]
        yield from likely
        known = {self.first, *likely}
        for low, high in self.ranges:
            for code in range(low, high + 1):
                if chr(code) not in known and not _SURROGATES[0] <= code <= _SURROGATES[1]:
                    yield chr(code)


def _within(ranges: Ranges, code: int) -> bool:
    return any(low <= code <= high for low, high in ranges)


def _alphabet(sets: Iterable[Ranges]) -> list[_Letters]:
    """All characters, in groups that no set distinguishes, readable groups first."""
    ordered = sorted(sets)
    ends = sorted(
        {0, 0x110000, *itertools.chain.from_iterable((low, high + 1) for one in ordered for low, high in one)}
    )
    if len(ends) * len(ordered) > 200_000:
        raise TooComplexError
    groups: dict[int, list[tuple[int, int]]] = {}
    signatures = [0] * (len(ends) - 1)
    place = {end: at for at, end in enumerate(ends)}
    for bit, one in enumerate(ordered):
        for low, high in one:
            for at in range(place[low], place[high + 1]):
                signatures[at] |= 1 << bit
    for at, signature in enumerate(signatures):
        groups.setdefault(signature, []).append((ends[at], ends[at + 1] - 1))
    found: list[tuple[int, _Letters]] = []
    for ranges in groups.values():
        likely = next((at for at, one in enumerate(_LIKELY) if _within(tuple(ranges), ord(one))), None)
        code = ord(_LIKELY[likely]) if likely is not None else _usual(ranges)
        if code is not None:
            found.append((len(_LIKELY) + code if likely is None else likely, _Letters(code, tuple(ranges))))
    return [letters for _, letters in sorted(found)]


def _usual(ranges: list[tuple[int, int]]) -> int | None:
    """A character of some ranges, if possible a printable one; None if all are surrogates."""
    codes: list[int] = [code for low, high in ranges for code in (low, high, *range(max(low, 0xA1), min(high, 0x180)))]
    codes = [code for code in codes if not _SURROGATES[0] <= code <= _SURROGATES[1]]
    if not codes:
        wide = [(low, high) for low, high in ranges if low < _SURROGATES[0] and high > _SURROGATES[1]]
        return wide[0][0] if wide else None
    printable = [code for code in codes if chr(code).isprintable()]
    return min(printable or codes)
