"""Mutates each screen of each rule and shows whether the property tests notice: ``python -m tools.mutate_screens``.

A mutant drops a term, shifts a limit by one, or removes a string or a character from a term, so that the screen
suspects less. It is killed when some value of the tests' pool is reported by its rule and not suspected by the mutant.
What survives must be listed in :data:`EQUIVALENT` with the reason why no value can kill it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from tests.screen import event_pool, pool, reference

from eventlint.full_check import full_check
from eventlint.rules import Rule
from eventlint.screen.code_generator import run
from eventlint.screen.plan_compiler import compile_plan, screen_of
from eventlint.screen.terms import RELATIONS, Term
from eventlint.spec import Entries, Node, catalog

EQUIVALENT: dict[tuple[str, str], str] = {
    ("payload", "without not_strict"): "Decoding rejects such a payload before a plan is asked.",
}
"""The rule or kind of node and the mutant, and why they differ for no value."""


def mutants(terms: tuple[Term, ...]) -> Iterator[tuple[str, tuple[Term, ...]]]:
    """All mutants of a screen, each with a description."""
    for at, term in enumerate(terms):
        yield f"without {_shown(term)}", (*terms[:at], *terms[at + 1 :])
        for description, other in _mutated(term):
            yield f"{_shown(term)} {description}", (*terms[:at], other, *terms[at + 1 :])


def _shown(term: Term) -> str:
    return term[0] if term[0] != "key" else f"key {term[1]}"


def _mutated(term: Term) -> Iterator[tuple[str, Term]]:
    if term[0] in RELATIONS:  # their arguments are pointers and keys of the schema
        return
    for at, argument in enumerate(term):
        if at == 0 or (at == 1 and term[0] == "key"):
            continue
        if isinstance(argument, int):
            yield f"with {argument + 1} for {argument}", (*term[:at], argument + 1, *term[at + 1 :])
        elif term[0] == "in_query":
            for description, others in mutants(argument):
                yield f"with {description}", ("in_query", others)
        elif term[0] == "not_in_set":
            yield "with 'up' added", (term[0], (*argument, "up"))
        elif isinstance(argument, str | tuple):
            for one in argument:
                left = tuple(other for other in argument if other != one)
                smaller: Any = "".join(left) if isinstance(argument, str) else left
                yield f"without {one!r}", (*term[:at], smaller, *term[at + 1 :])


def survivors(rule: Rule, node: Node) -> tuple[int, list[str]]:
    """The number of mutants of a screen, and those that no value of the pool kills."""
    reported = [leaf for leaf in pool.cases(rule, node) if next(iter(rule.module.check(leaf)), None) is not None]
    screen = tuple(term for term in screen_of(rule, node) if term[0] != "key" or isinstance(node, Entries))
    number, left = 0, []
    for description, terms in mutants(screen):
        number += 1
        if all(reference.suspects(terms, one.value, one.raw, one.entry, is_key=one.is_name) for one in reported):
            left.append(description)
    return number, left


def plan_survivors(identifier: str, event_type: str) -> tuple[int, set[tuple[str, str]]]:
    """The number of mutants of the rest of a plan, without the screens of values, and those that no event kills.

    These are the terms that suspect what the server rejects, the bounds of integers, and the terms that relate several
    values of an event.
    """
    releases = [catalog().release(era.name) for era in catalog().eras]
    reported = []
    for event in event_pool.events(event_type):
        reports = [full_check(event, event_type, release, []) for release in releases]
        if any(report.findings for report in reports):
            reported.append((event, not all(report.accepted for report in reports)))
    number, left = 0, set()
    for kind, description, plan in _plans(compile_plan((identifier,)), identifier):
        number += 1
        accepts, clean = (run(plan, identifier, lists) for lists in (("refuse",), ("refuse", "report")))
        if not any(clean(event) or (refused and accepts(event)) for event, refused in reported):
            left.add((kind, description))
    return number, left


def _plans(plan: dict[str, Any], identifier: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """A plan with one mutated part at a time."""
    for at, term in enumerate(plan["payload"]):
        yield "payload", f"without {term[0]}", {**plan, "payload": plan["payload"][:at] + plan["payload"][at + 1 :]}
    for node in _nodes(plan["events"][identifier]):
        parts = {"object": [(node, "report")], "string": [(node, "refuse")]}.get(node["kind"], [])
        if node["kind"] == "entries":
            parts = [(node["key"], "refuse"), (node["value"], "refuse")]
        for part, name in parts:
            terms = part[name]
            for description, mutated in mutants(_tuples(terms)):
                part[name] = mutated
                yield node["kind"], description, plan
            part[name] = terms
        for bound, step in (("minimum", -1), ("maximum", 1)):
            if bound in node:
                node[bound] += step
                yield node["kind"], f"with {node[bound]} for {bound}", plan
                node[bound] -= step


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for below in (
        node["fields"].values() if node["kind"] == "object" else [node["items"]] if node["kind"] == "array" else ()
    ):
        yield from _nodes(below)


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def main() -> int:
    """Try all mutants; print what survives."""
    total, surviving = 0, set()
    for event_type, version in catalog().eras[-1].events.items():
        number, survived = plan_survivors(f"urn:eventlint:event:{event_type}:{version}", event_type)
        total += number
        surviving |= survived
    for rule, node in pool.screened():
        number, left = survivors(rule, node)
        total += number
        surviving |= {(rule.name, description) for description in left}
    unexpected = sorted(surviving - set(EQUIVALENT))
    for name, description in unexpected:
        print(f"survives: {name}: {description}")
    for name, description in sorted(set(EQUIVALENT) - surviving):
        print(f"is killed, but listed as equivalent: {name}: {description}")
    listed = len(surviving & set(EQUIVALENT))
    print(f"{total} mutants, {listed} kinds of equivalent ones, {len(unexpected)} survivors")
    return 1 if unexpected or set(EQUIVALENT) - surviving else 0


if __name__ == "__main__":
    sys.exit(main())
