"""Objects whose members meet schemas, some of them together."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from eventlint.schemas import patterns
from eventlint.schemas.tableau import Fact, Group, Literal

if TYPE_CHECKING:
    from eventlint.schemas.solver import Case, Solver

_MAX_PATTERNS = 5
_MAX_VARIANTS = 200
_MAX_MEMBERS = 100_000
_Members = dict[str, frozenset[Literal]]


class UndecidedError(Exception):
    """Whether a key matches a pattern is unknown; never leaves the room."""


def is_match(pattern: str, name: str) -> bool:
    """Whether a key matches a pattern.

    Raises:
        UndecidedError: The pattern is not supported.
    """
    found = patterns.search_ahead(pattern, name)
    if found is None:
        raise UndecidedError
    return found


def is_named(name: Any, facts: tuple[Fact, ...]) -> bool:
    """Whether some facts hold of a key."""
    for fact in facts:
        if fact[0] == "excluded" and name in fact[1]:
            return False
        if fact[0] in ("pattern", "no pattern") and is_match(fact[1], name) != (fact[0] == "pattern"):
            return False
    return True


class _Wanted:
    """What must hold of an object."""

    def __init__(self, solver: Solver, case: Case) -> None:
        self.solver = solver
        self.groups: list[Group] = [fact[1] for fact in case.of("group")]
        self.required = sorted({fact[1] for fact in case.of("required")})
        self.absent = {fact[1] for fact in case.of("absent")}
        self.low = max([0, *(int(fact[1]) for fact in case.of("minProperties"))])
        highs = [int(fact[1]) for fact in case.of("maxProperties")]
        self.high = min(highs) if highs else None
        self.rules: list[Literal] = [(fact[1], True) for fact in case.of("names")]
        self.parts: list[tuple[Fact, frozenset[Literal], tuple[Literal, ...]]] = []
        for _, where, number in case.of("part"):
            self.parts.append((where, frozenset({(number, False)}), ()))
        for _, number in case.of("bad name"):
            self.parts.append((("any",), frozenset(), ((number, False),)))
        self.patterns = list(dict.fromkeys(name for group in self.groups for name in group.patterns))
        self.known = sorted({*self.required, *self.absent, *(name for group in self.groups for name in group.named)})

    def of(self, name: str) -> frozenset[Literal] | None:
        """What a member must meet; None if it is not allowed at all.

        Raises:
            UndecidedError: A pattern is not supported.
        """
        if name in self.absent:
            return None
        for number, wanted in self.rules:
            answer = self.solver.accepts(number, name)
            if answer is None:
                raise UndecidedError
            if answer != wanted:
                return None
        found: set[Literal] = set()
        for group in self.groups:
            some = [group.named[name]] if name in group.named else []
            some += [one for pattern, one in group.patterns.items() if is_match(pattern, name)]
            if not some and group.rest is not None:
                some = [group.rest]
            found |= {(one, True) for one in some if one >= 0}
        return frozenset(found)

    def is_at(self, where: Fact, name: str) -> bool:
        """Whether a member is in a place where a part may be."""
        if where[0] == "key":
            return bool(name == where[1])
        if where[0] == "like":
            return is_match(where[1], name)
        if where[0] == "other":
            group: Group = where[1]
            return name not in group.named and not any(is_match(pattern, name) for pattern in group.patterns)
        return True

    def candidates(self, where: Fact, rules: tuple[Literal, ...], used: tuple[str, ...] = ()) -> Iterator[Any]:
        """Keys for a part: known ones, and for each combination of patterns a new one; UNKNOWN if there are more."""
        from eventlint.schemas.solver import UNKNOWN

        if where[0] == "key":
            yield where[1]
            return
        hints = where[1].hints if where[0] == "other" else ()
        for name in dict.fromkeys([*used, *self.known, *hints]):
            answers = [self.solver.accepts(number, name) == wanted for number, wanted in rules]
            if self.is_at(where, name) and all(answers):
                yield name
        taken = frozenset({*used, *self.known, *hints, *(where[1].named if where[0] == "other" else ())})
        for name in self.fresh(where, rules, taken):
            if name is UNKNOWN:
                yield UNKNOWN
            else:
                yield name

    def fresh(self, where: Fact, rules: tuple[Literal, ...], taken: frozenset[str]) -> Iterator[Any]:
        """For each combination of patterns, a key that matches just these."""
        for source in self.sources(where, rules, taken):
            yield from itertools.islice(source, 1)

    def sources(self, where: Fact, rules: tuple[Literal, ...], taken: frozenset[str]) -> Iterator[Iterator[Any]]:
        """For each combination of patterns, all keys that match just these."""
        every = list(self.patterns)
        if where[0] == "like" and where[1] not in every:
            every.append(where[1])
        if where[0] == "other":
            every += [pattern for pattern in where[1].patterns if pattern not in every]
        must = {where[1]} if where[0] == "like" else set()
        must_not = set(where[1].patterns) if where[0] == "other" else set()
        free = [pattern for pattern in every if pattern not in must | must_not]
        sizes = range(len(free) + 1) if len(free) <= _MAX_PATTERNS else (0, 1)
        for size in sizes:
            for some in itertools.combinations(free, size):
                chosen = must | set(some)
                facts: list[Fact] = [("pattern" if one in chosen else "no pattern", one) for one in every]
                yield self.solver.names([*self.rules, *rules], *facts, ("excluded", taken))
        if len(free) > _MAX_PATTERNS:
            from eventlint.schemas.solver import UNKNOWN

            yield iter([UNKNOWN])


def objects(solver: Solver, case: Case) -> Iterator[Any]:
    """Different objects for a case."""
    from eventlint.schemas.solver import UNKNOWN

    is_unknown = False
    try:
        for value in _objects(_Wanted(solver, case), {}):
            is_unknown = True  # there may be more: not all are built
            if value is not UNKNOWN:
                yield value
    except UndecidedError:
        is_unknown = True
    if is_unknown:
        yield UNKNOWN


def member_goals(solver: Solver, case: Case, where: Fact) -> Iterator[tuple[str, frozenset[Literal]]]:
    """The keys that a member in some place may have, and what it must meet; UNKNOWN if there may be others."""
    from eventlint.schemas.solver import UNKNOWN

    wanted = _Wanted(solver, case)
    for name in wanted.candidates(where, ()):
        if name is UNKNOWN:
            yield UNKNOWN, frozenset()
            continue
        literals = wanted.of(name)
        if literals is not None:
            yield name, literals


def with_member(solver: Solver, case: Case, name: str, value: Any) -> Any:
    """An object for a case, with a given member."""
    from eventlint.schemas.solver import NOTHING, UNKNOWN

    try:
        return next(_objects(_Wanted(solver, case), {name: value}), NOTHING)
    except UndecidedError:
        return UNKNOWN


def _objects(wanted: _Wanted, fixed: dict[str, Any]) -> Iterator[Any]:
    from eventlint.schemas.solver import UNKNOWN

    is_unknown = False
    start: _Members = {}
    for name in wanted.required:
        literals = wanted.of(name)
        if literals is None:
            return
        start[name] = literals
    for name in fixed:
        if wanted.of(name) is None:
            return
    for members in _placed(wanted, start, 0):
        if members is None:
            is_unknown = True
            continue
        for value in _filled(wanted, members, fixed):
            if value is UNKNOWN:
                is_unknown = True
            else:
                yield value
    if is_unknown:
        yield UNKNOWN


def _placed(wanted: _Wanted, members: _Members, at: int) -> Iterator[_Members | None]:
    """Choose keys for the parts that must meet more."""
    from eventlint.schemas.solver import UNKNOWN

    wanted.solver.spend()
    if wanted.high is not None and len(members) > wanted.high:
        return
    if at == len(wanted.parts):
        yield members
        return
    where, literals, rules = wanted.parts[at]
    for name in wanted.candidates(where, rules, tuple(one for one in members if one not in wanted.known)):
        if name is UNKNOWN:
            yield None
            continue
        own = wanted.of(name)
        if own is None:
            continue
        more = members.get(name, own) | literals
        if not any((number, not answer) in more for number, answer in more):
            yield from _placed(wanted, {**members, name: more}, at + 1)


def _filled(wanted: _Wanted, members: _Members, fixed: dict[str, Any]) -> Iterator[Any]:
    from eventlint.schemas.solver import NOTHING, UNKNOWN

    found: dict[str, Any] = {}
    for name, literals in members.items():
        if name in fixed:
            if not wanted.solver.holds(literals, fixed[name]):
                return
            continue
        value = wanted.solver.solve(literals)
        if value is UNKNOWN:
            yield UNKNOWN
        if value is UNKNOWN or value is NOTHING:
            return
        found[name] = value
    found |= fixed
    if wanted.high is not None and len(found) > wanted.high:
        return
    is_unknown = False
    if len(found) >= wanted.low:
        yield dict(found)
        for name in list(members)[-2:]:
            for value in itertools.islice(wanted.solver.several(members[name]), 1, _MAX_VARIANTS):
                wanted.solver.spend()
                if value is not UNKNOWN and name not in fixed:
                    yield {**found, name: value}
    for name, value in _more(wanted, found):
        if value is UNKNOWN:
            is_unknown = True
            continue
        if wanted.high is not None and len(found) >= wanted.high:
            return
        wanted.solver.spend()
        found[name] = value
        if len(found) >= wanted.low:
            yield dict(found)
    if is_unknown and len(found) < wanted.low:
        yield UNKNOWN


def _more(wanted: _Wanted, found: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Members that may be added."""
    from eventlint.schemas.solver import NOTHING, UNKNOWN

    if wanted.low > _MAX_MEMBERS:
        yield "", UNKNOWN
        return
    for name in wanted.known:
        if name in found:
            continue
        literals = wanted.of(name)
        value = NOTHING if literals is None else wanted.solver.solve(literals)
        if value is not NOTHING:
            yield name, value
    taken = frozenset({*found, *wanted.known})
    for source in wanted.sources(("any",), (), taken):
        for name in source:
            if name is UNKNOWN:
                yield "", UNKNOWN
                break
            literals = wanted.of(name)
            value = NOTHING if literals is None else wanted.solver.solve(literals)
            if value is NOTHING:
                break
            if name not in found:
                yield name, value
