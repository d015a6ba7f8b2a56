"""Mutations: named changes of a valid event, each of which violates one rule at one place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from eventlint.rules import RULES, Rule
from eventlint.spec.nodes import Node, Object
from eventlint.strategies.drawing import Draw, pick
from eventlint.strategies.locations import Path, Place, Steps, places, put, reach
from eventlint.strategies.rule_index import rules_of
from eventlint.strategies.target import Target
from eventlint.strategies.valid import Builder


class Site(NamedTuple):
    """What a mutation gets: an event that it may change in place, a path in it, and the rule to violate."""

    event: Any
    path: Path
    node: Node
    rule: Rule


Mutated = tuple[Any, Path]
"""The event after a mutation, and the path to what is wrong."""


class Mutation(NamedTuple):
    """A change, the places where it violates a rule, and the trait that a release needs for that (None for any)."""

    applies: Callable[[Place, Rule], bool]
    apply: Callable[[Draw, Site], Mutated]
    trait: str | None = None


Usable = Mapping[Rule, Mapping[Mutation, tuple[Place, ...]]]


def usable(mutations: Mapping[str, Mutation], target: Target) -> dict[Rule, dict[Mutation, tuple[Place, ...]]]:
    """For each rule that the mutations can violate in a target: the mutations, each with its places."""
    found: dict[Rule, dict[Mutation, tuple[Place, ...]]] = {}
    for name, mutation in mutations.items():
        if not has_trait(mutation.trait, target):
            continue
        for place in places(target.node):
            for rule in rules_of(name, place.node, str(place.steps[-1]) if place.steps else ""):
                if has_trait(rule.trait, target) and mutation.applies(place, rule):
                    of_rule = found.setdefault(rule, {})
                    of_rule[mutation] = (*of_rule.get(mutation, ()), place)
    return {rule: found[rule] for rule in RULES if rule in found}


def has_trait(trait: str | None, target: Target) -> bool:
    """Whether a target's release has a trait; None stands for any release."""
    return trait is None or trait in target.traits


def prepared(draw: Draw, node: Object, steps: Steps) -> tuple[Any, Path]:
    """A valid event that has a value at a place, and the path to it."""
    event = Builder(draw).object(node, steps)
    return event, reach(draw, event, steps)


def mutated(draw: Draw, target: Target, rule: Rule, mutations: Mapping[Mutation, tuple[Place, ...]]) -> Mutated:
    """A valid event after one of the mutations that violate a rule."""
    mutation = pick(draw, tuple(mutations))
    place = pick(draw, mutations[mutation])
    event, path = prepared(draw, target.node, place.steps)
    return mutation.apply(draw, Site(event, path, place.node, rule))


def replace(make: Callable[[Draw, Node], Any]) -> Callable[[Draw, Site], Mutated]:
    """A change that puts another value in place of the present one."""

    def apply(draw: Draw, site: Site) -> Mutated:
        return put(site.event, site.path, make(draw, site.node)), site.path

    return apply
