"""Decides whether some schemas accept a common value, and builds one.

All keywords are taken literally as ECMA-262 and JSON Schema define them. Every question
costs steps, of which there is a limited number, so that a hostile schema ends with *unknown*.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from eventlint.schemas import array_values, format_language, number_values, object_values
from eventlint.schemas.equal import canonical
from eventlint.schemas.format_language import LIMITS, PATTERNS
from eventlint.schemas.regex_language import TooComplexError
from eventlint.schemas.regex_words import Question, words
from eventlint.schemas.schema_graph import KINDS, Graph
from eventlint.schemas.tableau import Fact, Literal, Tableau, Way

MAX_STEPS = 60_000
"""How many steps all questions of one comparison may take together."""

_MAX_NESTING = 60
Goal = frozenset[Literal]


class _Mark:
    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name


NOTHING: Any = _Mark("nothing")
"""There is no such value."""

UNKNOWN: Any = _Mark("unknown")
"""Whether there is such a value could not be decided."""


class Case(NamedTuple):
    """One way to meet all schemas of a goal, for values of one type.

    Attributes:
        seen: The schemas that must accept or reject the value.
        facts: What must hold of the value.
    """

    seen: frozenset[Literal]
    facts: tuple[Fact, ...]

    def of(self, name: str) -> list[Fact]:
        """The facts of a name."""
        return [fact for fact in self.facts if fact[0] == name]


class OutOfStepsError(Exception):
    """The comparison has taken too many steps; never leaves the room."""


class Solver:
    """Finds values for the schemas of a graph.

    Attributes:
        graph: The schemas.
        tableau: What they demand.
    """

    def __init__(self, graph: Graph) -> None:
        """Prepare.

        Args:
            graph: The schemas.
        """
        self.graph = graph
        self.tableau = Tableau(graph)
        self._answers: dict[Goal, Any] = {}
        self._open: dict[Goal, tuple[int, int]] = {}
        self._level = 0
        self._lowest = _MAX_NESTING
        self._left = MAX_STEPS
        self._first: dict[Question, Any] = {}
        self._accepted: dict[tuple[int, str], bool | None] = {}

    def spend(self, steps: int = 1) -> None:
        """Count steps.

        Raises:
            OutOfStepsError: There are none left.
        """
        self._left -= steps
        if self._left < 0:
            raise OutOfStepsError

    def solve(self, goal: Goal) -> Any:
        """A value that meets a goal; :data:`NOTHING` or :data:`UNKNOWN` without one."""
        if goal in self._answers:
            return self._answers[goal]
        if goal in self._open:
            # A value that contains another value for the same goal is not the smallest one.
            self._lowest = min(self._lowest, self._open[goal][0])
            return NOTHING
        self._level += 1
        try:
            return self._solve(goal)
        finally:
            self._level -= 1

    def _solve(self, goal: Goal) -> Any:
        depth = len(self._open)
        if depth >= _MAX_NESTING:
            return UNKNOWN
        outer, self._lowest = self._lowest, _MAX_NESTING
        self._open[goal] = depth, self._level
        try:
            found = next(self.several(goal), NOTHING)
        finally:
            del self._open[goal]
        if found is not NOTHING or self._lowest >= depth:
            self._answers[goal] = found
            self._lowest = outer
        else:
            self._lowest = min(outer, self._lowest)
        return found

    def _contradicts(self, seen: frozenset[Literal]) -> bool:
        """Whether one schema that accepts the value rules out another one that rejects it.

        This is asked only if several schemas reject the value: without it, all combinations of ways to violate them
        would be tried.
        """
        rejecting = [literal for literal in seen if not literal[1]]
        if len(rejecting) < 2:
            return False
        accepting = [literal for literal in seen if literal[1] and self.tableau.is_complex(literal[0])]
        self.spend(len(rejecting) * len(accepting) // 8)
        return any(
            self._excludes(frozenset((one, other)))
            for other in rejecting
            if self.tableau.is_complex(other[0])
            for one in accepting
        )

    def is_excluded(self, case: Case, number: int) -> bool:
        """Whether a schema that accepts the values of a case rules out that another schema rejects them."""
        return self.tableau.is_complex(number) and any(
            self._excludes(frozenset((one, (number, False))))
            for one in case.seen
            if one[1] and self.tableau.is_complex(one[0])
        )

    def _excludes(self, goal: Goal) -> bool:
        if goal in self._answers:
            return self._answers[goal] is NOTHING
        if goal in self._open:
            if self._open[goal][1] == self._level:  # still to be decided for this value
                return False
            self._lowest = min(self._lowest, self._open[goal][0])
            return True
        return self._solve(goal) is NOTHING

    def several(self, goal: Goal) -> Iterator[Any]:
        """Different values that meet a goal; :data:`UNKNOWN` last if there may be more."""
        is_unknown = False
        for kind in KINDS:
            for case in self.cases(goal, kind):
                for value in self.values(case, kind):
                    if value is UNKNOWN:
                        is_unknown = True
                    else:
                        yield value
        if is_unknown:
            yield UNKNOWN

    # ---- cases ------------------------------------------------------------------------------------------------------

    def cases(self, goal: Iterable[Literal], kind: str, facts: tuple[Fact, ...] = ()) -> Iterator[Case]:
        """All ways to meet a goal with values of a type.

        Args:
            goal: Schemas that must accept or reject the value.
            kind: The type.
            facts: What else must hold.
        """
        yield from self._cases(sorted(goal), frozenset(), facts, [], kind)

    def narrower(self, case: Case, way: Way, kind: str) -> Iterator[Case]:
        """All ways to meet what a case and a way demand together.

        Args:
            case: A case.
            way: What else must hold; a part is not looked at.
            kind: The type.
        """
        yield from self._cases(list(way.literals), case.seen, case.facts + way.facts, [], kind)

    def _cases(
        self,
        waiting: list[Literal],
        seen: frozenset[Literal],
        facts: tuple[Fact, ...],
        choices: list[tuple[Way, ...]],
        kind: str,
    ) -> Iterator[Case]:
        self.spend()
        waiting, choices = list(waiting), list(choices)
        while waiting:
            literal = waiting.pop()
            if literal in seen:
                continue
            if (literal[0], not literal[1]) in seen:
                return
            seen |= {literal}
            if not literal[1]:
                choices.append(self._rejecting(literal[0], kind))
                continue
            demands = self.tableau.demands(literal[0], kind)
            if demands is None:
                return
            waiting += demands.literals
            facts += demands.facts
            choices += demands.choices
        if len(choices) > 1 and self._contradicts(seen):
            return
        open_choices = [left for left in (_left(ways, seen) for ways in choices) if left is not None]
        if not open_choices:
            yield Case(seen, facts)
            return
        first = min(open_choices, key=len)
        rest = [ways for ways in open_choices if ways is not first]
        for way in first:
            yield from self._cases(list(way.literals), seen, facts + way.facts, rest, kind)

    def _rejecting(self, number: int, kind: str) -> tuple[Way, ...]:
        """The ways to violate a schema, with parts as facts."""
        ways = self.tableau.violations(number, kind)
        return tuple(
            way if way.part is None else way.also((), (("part", *way.part),))._replace(part=None) for way in ways
        )

    # ---- values -----------------------------------------------------------------------------------------------------

    def values(self, case: Case, kind: str) -> Iterator[Any]:
        """Different values of a type for a case; :data:`UNKNOWN` last if there may be more."""
        self.spend()
        listed = case.of("enum")
        if listed:
            yield from self._listed(case, listed, kind)
            return
        excluded = {canonical(value) for fact in case.of("excluded") for value in fact[1]}
        is_unknown = bool(case.of("opaque"))
        for value in self._built(case, kind):
            if value is UNKNOWN:
                is_unknown = True
            elif canonical(value) not in excluded:
                yield value
            else:
                self.spend()
        if is_unknown:
            yield UNKNOWN

    def _built(self, case: Case, kind: str) -> Iterator[Any]:
        if kind == "null":
            return iter([None])
        if kind == "boolean":
            return iter([True, False])
        if kind == "string":
            return self.strings(case)
        if kind in ("integer", "fraction"):
            return number_values.numbers(case, kind)
        return (array_values.arrays if kind == "array" else object_values.objects)(self, case)

    def _listed(self, case: Case, listed: list[Fact], kind: str) -> Iterator[Any]:
        is_unknown = False
        for value in min((fact[1] for fact in listed), key=len):
            if kind_of(value) != kind:
                continue
            answers = [self.accepts(number, value) for number, _ in case.seen]
            if None in answers:
                is_unknown = True
            elif all(answer == wanted for answer, (_, wanted) in zip(answers, case.seen, strict=True)):
                yield value
        if is_unknown:
            yield UNKNOWN

    def accepts(self, number: int, value: Any) -> bool | None:
        """Whether a schema accepts a value; None when that cannot be determined."""
        key = (number, canonical(value))
        if key not in self._accepted:
            self.spend(5)
            self._accepted[key] = self.graph.accepts(number, value)
        return self._accepted[key]

    def holds(self, goal: Goal, value: Any) -> bool:
        """Whether a value is known to meet a goal."""
        return all(self.accepts(number, value) == wanted for number, wanted in goal)

    def strings(self, case: Case, *facts: Fact) -> Iterator[Any]:
        """Different strings for a case."""
        every = [*case.facts, *facts]
        low, high = 0, None
        wanted: list[str] = []
        unwanted: list[str] = []
        excluded: set[str] = set()
        formats: dict[str, set[str]] = {"format": set(), "no format": set()}
        for fact in every:
            if fact[0] == "minLength":
                low = max(low, int(fact[1]))
            elif fact[0] == "maxLength":
                high = int(fact[1]) if high is None else min(high, int(fact[1]))
            elif fact[0] == "pattern":
                wanted.append(fact[1])
            elif fact[0] == "no pattern":
                unwanted.append(fact[1])
            elif fact[0] in formats:
                formats[fact[0]].add(fact[1])
            elif fact[0] == "excluded":
                excluded |= {value for value in fact[1] if isinstance(value, str)}
        having, lacking = formats.values()
        if format_language.is_contradiction(having, lacking):
            return
        wanted += [PATTERNS[one] for one in sorted(having & PATTERNS.keys())]
        unwanted += [PATTERNS[one] for one in sorted(lacking & PATTERNS.keys())]
        for pattern, least, most in (LIMITS[one] for one in sorted(having & LIMITS.keys())):
            wanted.append(pattern)
            low = max(low, least)
            high = most if high is None or (most is not None and most < high) else high
        question = Question(
            tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(unwanted)), low, high, frozenset(excluded)
        )
        if (high is not None and high < low) or set(wanted) & set(unwanted):
            return
        having, lacking = having - PATTERNS.keys(), lacking - PATTERNS.keys()
        if not having and not lacking:
            yield from self._words(question)
            return
        self.spend(40)
        for word in format_language.tested(question, self._words(question), having, lacking):
            yield UNKNOWN if word is None else word

    def _words(self, question: Question) -> Iterator[Any]:
        """The strings of a question; the first one is remembered, because it is asked for again and again."""
        known = self._first.get(question)
        if known is not None:
            yield known
        self.spend(2 if not question.wanted and not question.unwanted else 20)
        try:
            for word in _usual_first(words(question)):
                self._first.setdefault(question, word)
                if word != known:
                    yield word
        except (TooComplexError, RecursionError):
            yield UNKNOWN

    def names(self, literals: Iterable[Literal], *facts: Fact) -> Iterator[Any]:
        """Different keys that meet some schemas, and for which some facts hold."""
        is_unknown = False
        for case in self.cases(literals, "string"):
            listed = case.of("enum")
            if listed:
                found: Iterator[Any] = iter(
                    [value for value in self._listed(case, listed, "string") if object_values.is_named(value, facts)]
                )
            else:
                found = _last_if_empty(self.strings(case, *facts))
            for name in found:
                if name is UNKNOWN:
                    is_unknown = True
                else:
                    yield name
        if is_unknown:
            yield UNKNOWN


def _usual_first(found: Iterator[str]) -> Iterator[str]:
    """The strings, with one first on which engines agree."""
    first = list(itertools.islice(found, 1))
    if first and _is_disputed(first[0]):
        first += itertools.islice(found, 400)
        first.sort(key=_is_disputed)
    yield from first
    yield from found


def _is_disputed(word: str) -> bool:
    """Whether engines differ: some let ``$`` match before a final line feed, or ``.`` match other line terminators."""
    return word.endswith("\n") or any(character in word for character in "\r\u2028\u2029")


def _last_if_empty(names: Iterator[Any]) -> Iterator[Any]:
    """The keys, with the empty one after the first other one."""
    first = next(names, NOTHING)
    if first == "":
        other = next(names, NOTHING)
        if other is not NOTHING:
            yield other
    if first is not NOTHING:
        yield first
    yield from names


def _left(ways: tuple[Way, ...], seen: frozenset[Literal]) -> tuple[Way, ...] | None:
    """The ways that do not contradict what is seen; None if one of them already holds."""
    left: list[Way] = []
    for way in ways:
        if any((number, not wanted) in seen for number, wanted in way.literals):
            continue
        if not way.facts and way.part is None and all(literal in seen for literal in way.literals):
            return None
        left.append(way)
    return tuple(left)


def kind_of(value: Any) -> str:
    """The type of a value."""
    if value is None or isinstance(value, bool):
        return "null" if value is None else "boolean"
    if isinstance(value, int | float):
        return "integer" if isinstance(value, int) or value.is_integer() else "fraction"
    return "string" if isinstance(value, str) else "array" if isinstance(value, list) else "object"
