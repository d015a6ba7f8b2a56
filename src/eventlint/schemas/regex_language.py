r"""Regular expressions as automata: decides what several of them accept together.

An expression becomes a formula over positions: *a character of a set, then another formula*, combined by *and*, *or*
and *not*, so that lookaheads and complements need nothing special. Consuming a character turns a formula into another
one (its derivative), and the formulas that are reached are the states. Expressions may come from untrusted documents,
so the number of formulas and states has a limit; beyond it :class:`TooComplexError` is raised.

The syntax and the meaning are those of ECMA-262: ``\d`` and ``\w`` are ASCII, ``.`` excludes line terminators, and
``$`` is the very end.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable
from typing import Any

from eventlint.schemas.regex_tree import Alt, Anchor, Chars, Look, Node, Repeat, Seq, Unreadable, parse

MAX_TERMS = 30_000
"""How many formulas one question may build."""

TRUE, FALSE, END = 0, 1, 2
"""Formulas that accept any string, no string, and only the empty string."""

_LAST = 0x10FFFF
_CATEGORIES: dict[str, tuple[tuple[int, int], ...]] = {
    "d": ((0x30, 0x39),),
    "w": ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)),
    "s": (
        (0x09, 0x0D),
        (0x20, 0x20),
        (0xA0, 0xA0),
        (0x1680, 0x1680),
        (0x2000, 0x200A),
        (0x2028, 0x2029),
        (0x202F, 0x202F),
        (0x205F, 0x205F),
        (0x3000, 0x3000),
        (0xFEFF, 0xFEFF),
    ),
}
_EVERY = ((0, _LAST),)
_OTHER_DIALECT = re.compile(r"\(\?(?![:=!]|<[A-Za-z_$])|\{,\d|(?<!\\)(?:\\\\)*\\[AzZGU]")

Ranges = tuple[tuple[int, int], ...]
_Context = tuple[int, int, int]
"""A formula for each of: at the start, after a character that is not of a word, after one that is."""
_START, _APART, _WORD = 0, 1, 2


class TooComplexError(Exception):
    """An expression is not supported, or too complex to decide; never leaves the room."""


def inverted(ranges: Ranges) -> Ranges:
    """All other code points."""
    found: list[tuple[int, int]] = []
    start = 0
    for low, high in ranges:
        if low > start:
            found.append((start, low - 1))
        start = high + 1
    if start <= _LAST:
        found.append((start, _LAST))
    return tuple(found)


def merged(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """The same code points, sorted and without overlaps."""
    found: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return tuple(found)


def common(one: Ranges, other: Ranges) -> Ranges:
    """The code points of both."""
    return inverted(merged((*inverted(one), *inverted(other))))


def ranges_of(chars: Chars) -> Ranges:
    """The code points of a set."""
    found = list(chars.ranges)
    if any(low > high for low, high in found):
        raise TooComplexError
    for name in chars.categories:
        ranges = _CATEGORIES[name.lower()]
        found += inverted(ranges) if name.isupper() else ranges
    return inverted(merged(found)) if chars.negated else merged(found)


def tree_of(pattern: str) -> Node:
    """The tree of an expression.

    Raises:
        TooComplexError: It is not valid, or means different things to different engines.
    """
    if _OTHER_DIALECT.search(pattern):
        raise TooComplexError
    try:
        return parse(pattern)
    except Unreadable as error:
        raise TooComplexError from error


class Terms:
    """Formulas, each known by a number; equal formulas have the same number."""

    def __init__(self) -> None:
        self._known: dict[tuple[Any, ...], int] = {}
        self._terms: list[tuple[Any, ...]] = []
        self._loops: list[int | None] = []
        self._left = 5 * MAX_TERMS
        self._empty: dict[int, bool] = {TRUE: True, FALSE: False, END: True}
        self._next: dict[tuple[int, int], int] = {}
        self.sets: set[Ranges] = set()
        for name in ("true", "false", "end"):
            self._term((name,))

    def _term(self, term: tuple[Any, ...]) -> int:
        found = self._known.get(term)
        if found is None:
            if len(self._terms) >= MAX_TERMS:
                raise TooComplexError
            found = self._known[term] = len(self._terms)
            self._terms.append(term)
        return found

    def char(self, ranges: Ranges, then: int) -> int:
        """One character, then another formula."""
        if not ranges or then == FALSE:
            return FALSE
        self.sets.add(ranges)
        return self._term(("char", ranges, then))

    def any_of(self, parts: Iterable[int]) -> int:
        """Either of some formulas."""
        return self._joined("or", parts, neutral=FALSE, absorbing=TRUE)

    def all_of(self, parts: Iterable[int]) -> int:
        """All of some formulas."""
        return self._joined("and", parts, neutral=TRUE, absorbing=FALSE)

    def none_of(self, part: int) -> int:
        """Not a formula."""
        if part in (TRUE, FALSE):
            return FALSE if part == TRUE else TRUE
        term = self._terms[part]
        return int(term[1]) if term[0] == "not" else self._term(("not", part))

    def _joined(self, kind: str, parts: Iterable[int], *, neutral: int, absorbing: int) -> int:
        self._left -= 1
        if self._left < 0:
            raise TooComplexError
        found: set[int] = set()
        for part in parts:
            found |= self._terms[part][1] if self._terms[part][0] == kind else {part}
        found.discard(neutral)
        if absorbing in found or any(self._terms[one][0] == "not" and self._terms[one][1] in found for one in found):
            return absorbing
        opposite = "or" if kind == "and" else "and"
        for one in list(found):
            term = self._terms[one]
            if term[0] != opposite:
                continue
            if term[1] & (found - {one}):  # absorbed: a and (a or b)
                found.discard(one)
        if len(found) < 2:
            return found.pop() if found else neutral
        return self._term((kind, frozenset(found)))

    def loop(self) -> int:
        """A formula that is defined later, by :meth:`define`."""
        self._loops.append(None)
        return self._term(("loop", len(self._loops) - 1))

    def define(self, loop: int, formula: int) -> None:
        """Define a formula that refers to itself."""
        self._loops[self._terms[loop][1]] = formula

    # ---- meaning ----------------------------------------------------------------------------------------------------

    def is_empty_accepted(self, formula: int, above: frozenset[int] = frozenset()) -> bool:
        """Whether the empty string is accepted."""
        found = self._empty.get(formula)
        if found is not None:
            return found
        kind, *rest = self._terms[formula]
        if kind == "char":
            found = False
        elif kind == "not":
            found = not self.is_empty_accepted(rest[0], above)
        elif kind == "loop":
            if formula in above:
                return False
            found = self.is_empty_accepted(self._definition(rest[0]), above | {formula})
        else:
            answers = (self.is_empty_accepted(part, above) for part in rest[0])
            found = any(answers) if kind == "or" else all(answers)
        if not above or (kind == "loop" and not above):
            self._empty[formula] = found
        return found

    def after(self, formula: int, code: int, above: frozenset[int] = frozenset()) -> int:
        """The formula for the rest of a string, after its first character."""
        if formula in (TRUE, FALSE, END):
            return formula if formula != END else FALSE
        key = (formula, code)
        if key in self._next:
            return self._next[key]
        kind, *rest = self._terms[formula]
        if kind == "char":
            found = rest[1] if _has(rest[0], code) else FALSE
        elif kind == "not":
            found = self.none_of(self.after(rest[0], code, above))
        elif kind == "loop":
            if formula in above:
                return FALSE
            found = self.after(self._definition(rest[0]), code, above | {formula})
        else:
            parts = [self.after(part, code, above) for part in rest[0]]
            found = self.any_of(parts) if kind == "or" else self.all_of(parts)
        if not above:
            self._next[key] = found
            if len(self._next) > 4 * MAX_TERMS:
                raise TooComplexError
        return found

    def _definition(self, loop: int) -> int:
        found = self._loops[loop]
        return FALSE if found is None else found

    # ---- expressions ------------------------------------------------------------------------------------------------

    def search(self, tree: Node) -> int:
        """The strings that contain a match of an expression."""
        try:
            start, apart, word = self._compiled(tree, (TRUE, TRUE, TRUE))
        except RecursionError as error:
            raise TooComplexError from error
        if apart == word:
            later = apart
            if apart not in (TRUE, FALSE):
                later = self.loop()
                self.define(later, self.any_of([apart, self.char(_EVERY, later)]))
            return self.any_of([start, self.char(_EVERY, later)])
        loops = self.loop(), self.loop()
        step = self._split(_EVERY, (FALSE, *loops))
        for loop, here in zip(loops, (apart, word), strict=True):
            self.define(loop, self.any_of([here, step]))
        return self.any_of([start, step])

    def _split(self, ranges: Ranges, then: _Context) -> int:
        """A character, then a formula that depends on whether it is of a word."""
        if then[_APART] == then[_WORD]:
            return self.char(ranges, then[_WORD])
        words = _CATEGORIES["w"]
        return self.any_of(
            [
                self.char(common(ranges, words), then[_WORD]),
                self.char(common(ranges, inverted(words)), then[_APART]),
            ]
        )

    def _compiled(self, tree: Node, then: _Context) -> _Context:
        if isinstance(tree, Chars):
            here = self._split(ranges_of(tree), then)
            return here, here, here
        if isinstance(tree, Seq):
            for part in reversed(tree.parts):
                then = self._compiled(part, then)
            return then
        if isinstance(tree, Alt):
            options = [self._compiled(option, then) for option in tree.options]
            return tuple(self.any_of(each) for each in zip(*options, strict=True))  # type: ignore[return-value]
        if isinstance(tree, Repeat):
            return self._repeated(tree, then)
        if isinstance(tree, Look):
            ahead = self._compiled(tree.body, (TRUE, TRUE, TRUE))
            if tree.negated:
                ahead = tuple(self.none_of(one) for one in ahead)  # type: ignore[assignment]
            return tuple(self.all_of(each) for each in zip(ahead, then, strict=True))  # type: ignore[return-value]
        return self._anchored(tree, then)

    def _anchored(self, anchor: Anchor, then: _Context) -> _Context:
        if anchor.kind == "^":
            return then[_START], FALSE, FALSE
        if anchor.kind == "$":
            return tuple(self.all_of([END, one]) for one in then)  # type: ignore[return-value]
        before_word = self.char(_CATEGORIES["w"], TRUE)
        apart = before_word if anchor.kind == "b" else self.none_of(before_word)
        checks = (apart, apart, self.none_of(apart))
        return tuple(self.all_of(each) for each in zip(checks, then, strict=True))  # type: ignore[return-value]

    def _repeated(self, tree: Repeat, then: _Context) -> _Context:
        if tree.low > 5000 or (tree.high or 0) > 5000 or (tree.high is not None and tree.high < tree.low):
            raise TooComplexError
        found = then
        if tree.high is None:
            loops = (self.loop(), self.loop(), self.loop())
            body = self._compiled(tree.body, loops)
            for loop, here, below in zip(loops, then, body, strict=True):
                self.define(loop, self.any_of([here, below]))
            found = loops
            if body[_APART] == body[_WORD] == body[_START] and then[_APART] == then[_WORD] == then[_START]:
                found = (loops[0], loops[0], loops[0])
                for loop in loops:
                    self.define(loop, self.any_of([then[0], self._compiled(tree.body, found)[0]]))
        else:
            for _ in range(tree.high - tree.low):
                body = self._compiled(tree.body, found)
                first, second, third = (self.any_of(each) for each in zip(then, body, strict=True))
                found = (first, second, third)
        for _ in range(tree.low):
            found = self._compiled(tree.body, found)
        return found

    def exactly(self, text: str) -> int:
        """Only one string."""
        found = END
        for character in reversed(text):
            found = self.char(((ord(character), ord(character)),), found)
        return found


def _has(ranges: Ranges, code: int) -> bool:
    at = bisect.bisect_right(ranges, (code, _LAST)) - 1
    return at >= 0 and ranges[at][0] <= code <= ranges[at][1]


def matches(pattern: str, text: str) -> bool:
    """Whether a string contains a match of an expression.

    Raises:
        TooComplexError: The expression is not supported, or too complex.
    """
    terms = Terms()
    state = terms.search(tree_of(pattern))
    for character in text:
        state = terms.after(state, ord(character))
        if state in (TRUE, FALSE):
            break
    return terms.is_empty_accepted(state)
