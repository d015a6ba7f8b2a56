"""Arrays whose elements meet schemas, some of them together."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from eventlint.schemas.equal import canonical
from eventlint.schemas.tableau import Literal, Row

if TYPE_CHECKING:
    from eventlint.schemas.solver import Case, Solver

_MAX_PLACES = 6
_MAX_VARIANTS = 200
_MAX_LENGTH = 200_000


class _Part(NamedTuple):
    """An element that must meet more, somewhere between two indexes."""

    low: int
    high: int | None
    literals: frozenset[Literal]


class _Count(NamedTuple):
    """How many elements a schema must accept."""

    number: int
    low: int
    high: int | None


class _Wanted:
    """What must hold of an array."""

    def __init__(self, case: Case) -> None:
        self.rows: list[Row] = [fact[1] for fact in case.of("row")]
        self.low = max([0, *(int(fact[1]) for fact in case.of("minItems"))])
        highs = [int(fact[1]) for fact in case.of("maxItems")]
        self.high = min(highs) if highs else None
        self.counts = [_Count(*fact[1:]) for fact in case.of("contains")]
        self.parts = [_Part(fact[1][1], fact[1][2], frozenset({(fact[2], False)})) for fact in case.of("part")]
        self.is_unique = bool(case.of("unique"))
        self.has_twins = bool(case.of("twins"))
        self.prefix = max([0, *(len(row.prefix) for row in self.rows)])

    def at(self, index: int) -> frozenset[Literal]:
        """What the element at an index must meet."""
        found: set[Literal] = set()
        for row in self.rows:
            one = row.prefix[index] if index < len(row.prefix) else row.rest
            if one is not None and one >= 0:
                found.add((one, True))
        return frozenset(found)


def arrays(solver: Solver, case: Case) -> Iterator[Any]:
    """Different arrays for a case."""
    from eventlint.schemas.solver import UNKNOWN

    is_unknown = False
    for value in _arrays(solver, _Wanted(case), {}):
        is_unknown = True  # there may be more: not all are built
        if value is not UNKNOWN:
            yield value
    if is_unknown:
        yield UNKNOWN


def element_goals(case: Case, low: int, high: int | None) -> Iterator[tuple[int, frozenset[Literal]]]:
    """Where an element between two indexes may be, and what it must meet there."""
    wanted = _Wanted(case)
    last = min(high if high is not None else wanted.prefix + 1, max(wanted.prefix, low) + 1)
    for index in range(low, last):
        yield index, wanted.at(index)


def with_element(solver: Solver, case: Case, index: int, value: Any) -> Any:
    """An array for a case, with a given element."""
    from eventlint.schemas.solver import NOTHING

    return next(_arrays(solver, _Wanted(case), {index: value}), NOTHING)


def _arrays(solver: Solver, wanted: _Wanted, fixed: dict[int, Any]) -> Iterator[Any]:
    from eventlint.schemas.solver import UNKNOWN

    if wanted.has_twins and wanted.is_unique:
        return
    more = len(wanted.parts) + sum(one.low for one in wanted.counts) + (2 if wanted.has_twins else 0)
    start = max([wanted.low, *(at + 1 for at in fixed), 2 if wanted.has_twins else 0])
    last = max(start, wanted.prefix) + more
    if wanted.high is not None:
        last = min(last, wanted.high)
    if start > _MAX_LENGTH or (last - start > 400):
        yield UNKNOWN
        return
    is_unknown = False
    for length in range(start, last + 1):
        solver.spend(1 + length // 100)
        for value in _of_length(solver, wanted, fixed, length):
            if value is UNKNOWN:
                is_unknown = True
            else:
                yield value
    if not is_unknown and last >= start and (wanted.high is None or last < wanted.high):
        yield from _longer(solver, wanted, fixed, last)
    if is_unknown:
        yield UNKNOWN


def _longer(solver: Solver, wanted: _Wanted, fixed: dict[int, Any], last: int) -> Iterator[Any]:
    """More arrays, for callers that need many: longer ones."""
    most = last + 30 if wanted.high is None else min(wanted.high, last + 30)
    for length in range(last + 1, most + 1):
        solver.spend()
        yield from itertools.islice(_of_length(solver, wanted, fixed, length), _MAX_VARIANTS)


def _of_length(solver: Solver, wanted: _Wanted, fixed: dict[int, Any], length: int) -> Iterator[Any]:
    """Arrays of a length: each way to place the elements that must meet more."""
    for goals in _placed(solver, wanted, fixed, length):
        if goals is None:
            from eventlint.schemas.solver import UNKNOWN

            yield UNKNOWN
            continue
        yield from _filled(solver, wanted, fixed, length, goals)


_Goals = dict[int, frozenset[Literal]]


def _places(wanted: _Wanted, part: _Part, length: int, taken: int) -> list[int]:
    """Indexes where a part may be; those after the prefix are alike."""
    high = length if part.high is None else min(part.high, length)
    inside = list(range(part.low, min(high, wanted.prefix)))
    start = max(wanted.prefix, part.low)
    return [*inside, *range(start, min(high, start + taken + 1))]


def _placed(solver: Solver, wanted: _Wanted, fixed: dict[int, Any], length: int) -> Iterator[_Goals | None]:
    options = [_places(wanted, part, length, len(wanted.parts)) for part in wanted.parts]
    for places in itertools.product(*options):
        solver.spend()
        goals: _Goals = {}
        for part, place in zip(wanted.parts, places, strict=True):
            goals[place] = goals.get(place, wanted.at(place)) | part.literals
        yield from _counted(solver, wanted, length, goals, list(wanted.counts))


def _counted(
    solver: Solver, wanted: _Wanted, length: int, goals: _Goals, counts: list[_Count]
) -> Iterator[_Goals | None]:
    """Choose the elements that the schemas of ``contains`` accept; those after the special ones are alike."""
    if not counts:
        yield goals
        return
    solver.spend()
    count, rest = counts[0], counts[1:]
    special = sorted({*goals, *range(min(wanted.prefix, length))})
    if len(special) > _MAX_PLACES:
        yield None
        return
    alike = [at for at in range(length) if at not in special] if length < 5000 else None
    if alike is None:
        yield None
        return
    high = length if count.high is None else min(count.high, length)
    for some in range(len(special) + 1):
        for chosen in itertools.combinations(special, some):
            tails = [max(0, count.low - some)]
            if count.high is not None:  # the others must not be accepted
                tails = sorted({*tails, min(len(alike), max(0, high - some))})
            for tail in tails:
                if tail > len(alike) or not count.low <= some + tail <= high:
                    continue
                accepted = {*chosen, *alike[:tail]}
                found = dict(goals)
                for at in range(length):
                    if at in accepted:
                        found[at] = found.get(at, wanted.at(at)) | {(count.number, True)}
                    elif count.high is not None:
                        found[at] = found.get(at, wanted.at(at)) | {(count.number, False)}
                yield from _counted(solver, wanted, length, found, rest)


def _filled(solver: Solver, wanted: _Wanted, fixed: dict[int, Any], length: int, goals: _Goals) -> Iterator[Any]:
    if not wanted.has_twins:
        yield from _elements(solver, wanted, fixed, length, goals)
        return
    tail = range(wanted.prefix, min(length, wanted.prefix + 2))
    candidates = sorted({*range(min(wanted.prefix, length)), *tail, *goals})
    for left, right in itertools.combinations(candidates, 2):
        both = goals.get(left, wanted.at(left)) | goals.get(right, wanted.at(right))
        value = fixed.get(left, fixed.get(right)) if left in fixed or right in fixed else solver.solve(both)
        from eventlint.schemas.solver import NOTHING, UNKNOWN

        if value is UNKNOWN:
            yield UNKNOWN
        elif value is not NOTHING:
            yield from _elements(solver, wanted, {**fixed, left: value, right: value}, length, goals)


def _elements(solver: Solver, wanted: _Wanted, fixed: dict[int, Any], length: int, goals: _Goals) -> Iterator[Any]:
    from eventlint.schemas.solver import NOTHING, UNKNOWN

    tail = wanted.at(wanted.prefix)
    if wanted.is_unique:
        yield from _unique(solver, wanted, fixed, length, goals)
        return
    found: list[Any] = []
    for at in range(length):
        if at in fixed:
            if not solver.holds(goals.get(at, wanted.at(at)), fixed[at]):
                return
            found.append(fixed[at])
            continue
        value = solver.solve(goals[at] if at in goals else wanted.at(at) if at < wanted.prefix else tail)
        if value is UNKNOWN:
            yield UNKNOWN
        if value is UNKNOWN or value is NOTHING:
            return
        found.append(value)
    yield found
    for at in range(length - 1, max(-1, length - 3), -1):
        goal = goals.get(at, wanted.at(at))
        for other in itertools.islice(solver.several(goal), 1, _MAX_VARIANTS) if at not in fixed else ():
            solver.spend()
            if other is not UNKNOWN:
                yield [*found[:at], other, *found[at + 1 :]]


def _unique(solver: Solver, wanted: _Wanted, fixed: dict[int, Any], length: int, goals: _Goals) -> Iterator[Any]:
    from eventlint.schemas.solver import NOTHING, UNKNOWN

    if not all(solver.holds(goals.get(at, wanted.at(at)), value) for at, value in fixed.items()):
        return
    used = {canonical(value) for value in fixed.values()}
    found: dict[int, Any] = dict(fixed)
    sources: dict[frozenset[Literal], Iterator[Any]] = {}
    wanted_at = {at: goals.get(at, wanted.at(at)) for at in range(length) if at not in fixed}
    for at in sorted(wanted_at, key=lambda at: (-len(wanted_at[at]), at)):
        goal = wanted_at[at]
        solver.spend()
        source = sources.setdefault(goal, solver.several(goal))
        for value in source:
            if value is UNKNOWN:
                yield UNKNOWN
                return
            text = canonical(value)
            if text not in used:
                used.add(text)
                found[at] = value
                break
        else:
            if (len({*wanted_at.values()}) > 1 or fixed) and solver.solve(goal) is not NOTHING:
                yield UNKNOWN  # another choice for other elements might leave a value for this one
            return
    yield [found[at] for at in range(length)]
