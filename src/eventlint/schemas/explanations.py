"""Values that one schema accepts and another rejects: one for each way to violate the other, where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from eventlint.schemas import array_values, object_values
from eventlint.schemas.equal import canonical
from eventlint.schemas.schema_graph import KINDS, Graph
from eventlint.schemas.solver import NOTHING, UNKNOWN, Case, Goal, OutOfStepsError, Solver
from eventlint.schemas.tableau import Way

_MAX_CASES = 40
_MAX_VALUES = 12
_MAX_PLACES = 400

Path = tuple[str, ...]


class Explanation(NamedTuple):
    """What was found for one way to violate a schema.

    Attributes:
        where: The path to the value; ``*`` for an element or a key that is not described.
        path: The keywords, from the schema of the whole value.
        value: A value that the one schema accepts and the other rejects, or UNKNOWN.
    """

    where: Path
    path: Path
    value: Any


class Answer(NamedTuple):
    """Whether a schema accepts all values of another one.

    Attributes:
        found: The values that it rejects, and the ways that are undecided.
        is_complete: Whether all ways were tried; if so, and nothing was found, it accepts all.
    """

    found: tuple[Explanation, ...]
    is_complete: bool

    @property
    def is_proof(self) -> bool:
        """Whether it is proven that the schema accepts all values of the other one."""
        return self.is_complete and not self.found


def explain(graph: Graph, old: int, new: int) -> Answer:
    """The values that one schema accepts and another rejects.

    Args:
        graph: The schemas.
        old: The class of the schema that accepts them.
        new: The class of the schema that rejects them.
    """
    search = _Search(graph)
    found: list[Explanation] = []
    try:
        for one in search.explain(frozenset({(old, True)}), new, (), ()):
            found.append(one)
            if len(found) >= _MAX_PLACES:
                return Answer(tuple(found), False)
    except (OutOfStepsError, RecursionError):
        return Answer(tuple(found), False)
    return Answer(tuple(found), True)


class _Search:
    def __init__(self, graph: Graph) -> None:
        self.solver = Solver(graph)
        self.graph = graph
        self._open: set[tuple[Goal, int]] = set()
        self._closed: set[tuple[Goal, int]] = set()

    def explain(self, goal: Goal, number: int, where: Path, path: Path) -> Iterator[Explanation]:
        """Values that meet a goal and violate a schema."""
        key = (goal, number)
        if (number, True) in goal or key in self._open or key in self._closed:
            return
        self._open.add(key)
        found = 0
        for kind in KINDS:
            for one in self._of_kind(goal, number, kind, where, path):
                found += 1
                yield one
        self._open.discard(key)
        if not found and not self._open:
            self._closed.add(key)

    def _of_kind(self, goal: Goal, number: int, kind: str, where: Path, path: Path) -> Iterator[Explanation]:
        shown: set[tuple[Path, Path]] = set()
        values: set[tuple[Path, str]] = set()
        undecided: set[tuple[Path, Path]] = set()
        for count, case in enumerate(self.solver.cases(goal, kind)):
            for one in self._of_case(case, number, kind, where, path):
                key = (one.where, one.path)
                if one.value is UNKNOWN:
                    undecided.add(key)
                elif key not in shown or (
                    one.path[-1:] == ("enum",) and (one.where, canonical(one.value)) not in values
                ):
                    shown.add(key)
                    values.add((one.where, canonical(one.value)))
                    yield one
            if count >= _MAX_CASES and shown:
                break
        for key in sorted(undecided - shown):
            yield Explanation(*key, UNKNOWN)

    def _of_case(self, case: Case, number: int, kind: str, where: Path, path: Path) -> Iterator[Explanation]:
        if case.of("enum"):
            goal = case.seen | {(number, False)}
            for value in self.solver.values(Case(goal, case.facts), kind):
                yield Explanation(where, (*path, "enum"), value)
            return
        if self.solver.is_excluded(case, number):
            return
        for way in self.solver.tableau.violations(number, kind):
            for one in self._of_way(case, way, number, kind, where, path):
                yield one
                if one.value is not UNKNOWN and way.part is None and way.path[-1:] != ("enum",):
                    break

    def _of_way(self, case: Case, way: Way, number: int, kind: str, where: Path, path: Path) -> Iterator[Explanation]:
        count = 0
        for one in self.solver.narrower(case, way, kind):
            if way.part is not None and not one.of("enum"):
                yield from self._of_part(one, way, where, path)
                continue
            for value in self.solver.values(one._replace(seen=one.seen | {(number, False)}), kind):
                yield Explanation(where, (*path, *way.path), value)
                count += 1
                if count >= (_MAX_VALUES if one.of("enum") else 1):
                    return

    def _of_part(self, case: Case, way: Way, where: Path, path: Path) -> Iterator[Explanation]:
        """Only a member or an element violates the schema: find such a member, and build the rest."""
        if way.part is None:
            return
        place, number = way.part
        below = (*path, *way.path)
        if place[0] == "at":
            for index, goal in array_values.element_goals(case, place[1], place[2]):
                name = str(index) if place[2] is not None else "*"
                for one in self.explain(goal, number, (*where, name), below):
                    yield from self._whole(case, way, one, index)
            return
        try:
            for name, goal in object_values.member_goals(self.solver, case, place):
                if name is UNKNOWN:
                    yield Explanation(where, below, UNKNOWN)
                    continue
                for one in self.explain(goal, number, (*where, name), below):
                    yield from self._whole(case, way, one, name)
        except object_values.UndecidedError:
            yield Explanation(where, below, UNKNOWN)

    def _whole(self, case: Case, way: Way, inner: Explanation, at: int | str) -> Iterator[Explanation]:
        """The explanation of a member or an element, with the object or array around it."""
        if inner.value is UNKNOWN:
            yield inner
            return
        if isinstance(at, int):
            value = array_values.with_element(self.solver, case, at, inner.value)
        else:
            value = object_values.with_member(self.solver, case, at, inner.value)
        joined = ("unique", "contains", "twins", "part", "opaque")
        if value is NOTHING and way.part is not None and any(case.of(name) for name in joined):
            whole = Case(case.seen, (*case.facts, ("part", *way.part)))  # with another member or element
            value = next(self.solver.values(whole, "array" if isinstance(at, int) else "object"), NOTHING)
        if value is not NOTHING:
            yield inner._replace(value=value)
