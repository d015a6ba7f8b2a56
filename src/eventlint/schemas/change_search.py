"""Finds the differences of two documents, and for each one a value that shows it, or a proof that there is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from eventlint.model import pointer
from eventlint.schemas import change_text
from eventlint.schemas.change import Change, Direction
from eventlint.schemas.compare import compare
from eventlint.schemas.counterexample import Counterexample, classified, shows, smallest
from eventlint.schemas.diff_model import MAYBE, NO, YES, Difference
from eventlint.schemas.documents import Document
from eventlint.schemas.equal import canonical
from eventlint.schemas.explanations import Answer, Explanation, explain
from eventlint.schemas.instances import values
from eventlint.schemas.normal_form import Normalizer
from eventlint.schemas.schema_graph import Graph
from eventlint.schemas.solver import UNKNOWN
from eventlint.schemas.validity import Library, Schema, SchemaValidator, TooLargeError
from eventlint.schemas.versions import BUMPS, Bump

_MAX_TRIED = 300
_MAX_DIFFERENCES = 2_000
_NO_ANSWER = Answer((), is_complete=False)


class _Found(NamedTuple):
    """A verified value, and the explanation that led to it."""

    counterexample: Counterexample
    explanation: Explanation | None


class Search:
    """The differences of two documents, and the values that show them.

    Attributes:
        differences: The differences, keyword by keyword; empty if the documents are too large for that.
        is_same: Whether both documents say the same.
    """

    def __init__(self, pair: tuple[Document, Document], libraries: tuple[Library, Library]) -> None:
        """Compare.

        Args:
            pair: The old and the new document, as schemas of 2020-12.
            libraries: The documents that their references may lead to.
        """
        self._pair, self._libraries = pair, libraries
        self.differences: list[Difference] = []
        forms = self._forms()
        graph = self._graph()
        self.is_same = (graph is not None and graph.roots[0] == graph.roots[1]) or (
            forms is not None and canonical(forms[0]) == canonical(forms[1])
        )
        if self.is_same:
            return
        if forms is not None:
            self.differences = compare(*forms)[:_MAX_DIFFERENCES]
        self._old = SchemaValidator.comparing(libraries[0], pair[0].uri)
        self._new = SchemaValidator.comparing(libraries[1], pair[1].uri)
        self._before: Schema = forms[0] if forms is not None else pair[0].value
        self.narrowing = self._answer(graph, turned=False)
        self.widening = self._answer(graph, turned=True)
        self._undecided: dict[int, list[tuple[str, ...]]] = {}
        self.found = [*self._verified(self.narrowing), *self._verified(self.widening)]
        if forms is not None and self._is_lacking():
            self.found += self._tried()
        self._loose = [
            one
            for one in self.found
            if one.explanation and not any(shows(one.counterexample, difference) for difference in self.differences)
        ]
        bumps = {one.counterexample.bump for one in self.found}
        self.never_narrows = self.narrowing.is_proof and "model" not in bumps
        self.never_widens = self.widening.is_proof and not bumps & {"revision", "addition"}

    def _forms(self) -> tuple[Schema, Schema] | None:
        try:
            old, new = (
                Normalizer(library).form(one.uri) for one, library in zip(self._pair, self._libraries, strict=True)
            )
        except TooLargeError:
            return None
        return old, new

    def _graph(self) -> Graph | None:
        try:
            return Graph(
                ((self._libraries[0], self._pair[0].uri), (self._libraries[1], self._pair[1].uri)),
            )
        except (TooLargeError, RecursionError):
            return None

    def _answer(self, graph: Graph | None, *, turned: bool) -> Answer:
        if graph is None:
            return _NO_ANSWER
        old, new = graph.roots[::-1] if turned else graph.roots
        return explain(graph, old, new)

    def _is_decided(self, answer: Answer) -> bool:
        return answer.is_complete and not self._undecided[id(answer)]

    def _is_lacking(self) -> bool:
        """Whether a difference may have an effect that no value shows yet."""
        if self._is_decided(self.narrowing) and self._is_decided(self.widening):
            return False
        return any(
            effect and not self.is_ruled_out(one, answer) and self._shown(one, bumps) is None
            for one in self.differences
            for effect, answer, bumps in (
                (one.narrows, self.narrowing, ("model",)),
                (one.widens, self.widening, ("revision", "addition")),
            )
        )

    def _shown(self, difference: Difference, bumps: Sequence[str]) -> Counterexample | None:
        fitting = [one.counterexample for one in self.found if one.counterexample.bump in bumps]
        return smallest(one for one in fitting if shows(one, difference))

    def _verified(self, answer: Answer) -> Iterator[_Found]:
        """The values of an answer that both schemas confirm; the others count as undecided."""
        undecided = self._undecided.setdefault(id(answer), [])
        for one in answer.found:
            found = None if one.value is UNKNOWN else classified(one.value, self._old, self._new, self._before)
            if found is None:
                undecided.append(one.where)
            else:
                yield _Found(found, one)

    def _tried(self) -> Iterator[_Found]:
        """Values that may show what was not decided."""
        rich = [
            Normalizer(library, with_examples=True).form(one.uri)
            for one, library in zip(self._pair, self._libraries, strict=True)
        ]
        try:
            tried = values(rich[0], rich[1])[:_MAX_TRIED]
        except RecursionError:  # too deep to build values
            return
        for value in tried:
            found = classified(value, self._old, self._new, self._before)
            if found is not None:
                yield _Found(found, None)

    def of(self, difference: Difference, *bumps: Bump) -> Counterexample | None:
        """The smallest value that shows a difference with one of some bumps."""
        found = self._shown(difference, bumps)
        if found is not None:
            return found
        near = (one for one in self._loose if one.explanation and _overlap(one.explanation.where, difference.where))
        return smallest(one.counterexample for one in near if one.counterexample.bump in bumps)

    def is_ruled_out(self, difference: Difference, answer: Answer) -> bool:
        """Whether a difference is proven to have no effect of its own: no way that concerns its place is undecided."""
        if not answer.is_complete:
            return False
        return not any(_overlap(where, difference.where) for where in self._undecided[id(answer)])


def _overlap(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two places may be the same, or one inside the other."""
    return all("*" in (left, right) or left == right for left, right in zip(one, other, strict=False))


def explained(name: str, search: Search) -> Iterator[Change]:
    """The differences as changes; a value that none of them explains is used for one that lacks a value.

    Args:
        name: The document's name.
        search: The differences, and the values.
    """
    changes = [_change(name, one, search) for one in search.differences]
    if not search.differences:
        for bump in ("model", "revision", "addition"):
            changes += _together(name, search, bump)
    every = [one.counterexample for one in search.found]
    for bump in ("model", "revision", "addition"):
        found = smallest(one for one in every if one.bump == bump)
        if found is None or any(
            one.has_counterexample and BUMPS.index(one.bump) >= BUMPS.index(bump) for one in changes
        ):
            continue
        bare = next((at for at, one in enumerate(changes) if one.bump == bump and not one.has_counterexample), None)
        if bare is not None:
            changes[bare] = replace(changes[bare], has_counterexample=True, counterexample=found.value, verified=True)
            continue
        changes.append(_several(name, found))
    yield from changes
    if not changes:
        if search.never_narrows and search.never_widens:
            sentence = "the document was rewritten, and accepts the same values"
            yield Change(document=name, pointer="", sentence=sentence, bump="none", direction="neither")
        else:
            yield _unknown(name)


def _several(name: str, found: Counterexample) -> Change:
    where = change_text.subject(tuple(map(str, found.errors[0].absolute_path)))
    verb = "rejected" if found.bump == "model" else "accepted"
    return Change(
        document=name,
        pointer="",
        sentence=f"{where}: several changes together cause values to be {verb}",
        bump=found.bump,
        direction="narrows" if found.bump == "model" else "widens",
        has_counterexample=True,
        counterexample=found.value,
    )


def _together(name: str, search: Search, bump: Bump) -> Iterator[Change]:
    """Changes of a document that is too large to be compared keyword by keyword: one for each place with a value."""
    known: set[tuple[str, ...]] = set()
    for one in search.found:
        found, explanation = one
        if found.bump != bump or explanation is None or explanation.path in known:
            continue
        known.add(explanation.path)
        verb = "rejected" if bump == "model" else "accepted"
        yield Change(
            document=name,
            pointer=pointer(explanation.path),
            sentence=f"{change_text.subject(explanation.where)}: some values are {verb} now",
            bump=bump,
            direction="narrows" if bump == "model" else "widens",
            has_counterexample=True,
            counterexample=found.value,
            certain=bump == "model" or search.never_narrows,
        )


def _unknown(name: str) -> Change:
    return Change(
        document=name,
        pointer="",
        sentence="the document is too large or too complex to compare",
        bump="unknown",
        direction="unknown",
        verified=False,
        certain=False,
    )


def _change(name: str, difference: Difference, search: Search) -> Change:
    narrowing = search.of(difference, "model") if difference.narrows else None
    widening = (search.of(difference, "revision") or search.of(difference, "addition")) if difference.widens else None
    claimed = difference
    difference = difference._replace(
        narrows=_effect(difference, difference.narrows, narrowing, search, search.narrowing),
        widens=_effect(difference, difference.widens, widening, search, search.widening),
    )
    bump, counterexample, verified, certain = _weighed(difference, narrowing, widening)
    direction: Direction = "neither"
    if bump == "unknown":
        direction = "unknown"
    elif difference.narrows == YES and difference.widens == YES:
        direction = "both"
    elif difference.narrows == YES or difference.widens == YES:
        direction = "narrows" if difference.narrows == YES else "widens"
    sentence = difference.sentence
    if claimed.narrows == YES and direction == "neither":
        sentence += " (other keywords already require this)"
    elif claimed.widens == YES and direction == "neither" and not difference.adds:
        sentence += " (other keywords still require this)"
    return Change(
        document=name,
        pointer=pointer(difference.path),
        sentence=sentence,
        bump=bump,
        direction=direction,
        has_counterexample=counterexample is not None,
        counterexample=counterexample.value if counterexample else None,
        verified=verified,
        certain=certain,
    )


def _effect(difference: Difference, effect: int, found: Counterexample | None, search: Search, answer: Answer) -> int:
    """An effect of a difference, after looking for values: none if it is ruled out, certain if a value shows it."""
    if found is not None:
        return YES
    return NO if effect == NO or search.is_ruled_out(difference, answer) else effect


def _weighed(
    difference: Difference, narrowing: Counterexample | None, widening: Counterexample | None
) -> tuple[Bump, Counterexample | None, bool, bool]:
    """The bump of a difference, the value that shows it, whether it is verified, and whether it is certain."""
    if narrowing is not None:
        return "model", narrowing, True, True
    if difference.narrows == YES:
        return "model", None, False, True
    certain = difference.narrows == NO
    if widening is not None:
        certain = certain and (widening.bump == "revision" or difference.adds or difference.widens == NO)
        return widening.bump, widening, True, certain
    if difference.widens == YES:
        # A new property needs no counterexample: it rejects nothing, and all that it accepts has the property.
        return ("addition" if difference.adds else "revision"), None, difference.adds, certain
    if MAYBE in (difference.narrows, difference.widens):
        return "unknown", None, False, False
    return "addition" if difference.path[-2:-1] == ("properties",) else "none", None, True, True
