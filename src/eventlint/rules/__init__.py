"""The rules: what each declares about itself. :mod:`eventlint.rules.registry` lists them, a line each.

A rule is a module of its own in the folder of its tier, called like the rule. The module declares:

- its docstring: the rule's manual, with fixed headings (:mod:`eventlint.rules.manual`);
- ``EXAMINES``: ``fault`` (what the walk over the payload meets), ``request`` (what surrounds the payload, or a value
  that cannot be sent), ``value`` (a string or number that was read), ``payload`` (the bytes as a whole), ``event``
  (several values of an accepted event), ``contract`` (the same, by a custom contract),
  ``recording`` (the answer that a file recorded) or ``run``;
- ``KINDS``: the kinds of fault that it reports; ``owns(fault)`` if it shares one with another rule;
- ``LOG_PATTERNS``: regular expressions for messages about it in a server's or a client's log, for a rule with
  messages that no answer has;
- ``TRAIT``: the trait that an era must have for the rule to apply; absent if it always applies;
- ``FIXABLE``: ``safe`` or ``unsafe`` if it can fix what it finds, at least in some cases;
- ``FIX_IS_CERTAIN``: whether each of its fixes removes the finding and causes no other, whatever else is in the event,
  so that no check has to prove it; a custom contract may still have other findings;
- ``applies(node)``: whether it examines the values of a node of the specification; absent if the schemas say so
  (``x-lint``);
- ``EXAMINES_KEYS``: whether it examines the keys of filters, too;
- ``SCREEN``, or ``screen(node)``: terms that suspect every value that it reports (:mod:`eventlint.screen.terms`); a
  rule without them is always asked;
- ``describe(fault, data)`` for faults, or ``check(...)`` for all else: what it reports;
- ``MUTATIONS``, ``SAMPLES``, ``SAMPLE_KEYS``: how an event violates it (:mod:`eventlint.strategies.rule_index`).

A module is imported when something needs it, so that a short run pays for no other. What decides which rules are
needed, ``EXAMINES`` and ``KINDS``, is also in :mod:`eventlint.rules.declarations`, which is generated. A rule's name
never changes.
"""

from __future__ import annotations

import functools
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from eventlint.named_tuples import NamedTuple
from eventlint.rules.registry import REGISTRY
from eventlint.spec.nodes import Node, Object
from eventlint.tiers import Tier

if TYPE_CHECKING:
    from eventlint.mirror.faults import Fault


class Rule(NamedTuple):
    """A rule."""

    name: str
    tier: Tier

    @property
    def module(self) -> Any:
        """The rule's module."""
        return _module(self)

    @property
    def examines(self) -> str:
        """What it examines, such as ``fault`` or ``request``; the docstring of this module lists all."""
        return self._declared[0]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of fault that it reports."""
        return self._declared[1]

    @property
    def _declared(self) -> tuple[str, tuple[str, ...]]:
        from eventlint.rules.declarations import DECLARATIONS

        return DECLARATIONS.get(self.name) or declared(self)

    @property
    def trait(self) -> str | None:
        """The trait that an era must have for it to apply; None if it always applies."""
        return getattr(self.module, "TRAIT", None)

    @property
    def fixable(self) -> str | None:
        """``safe`` or ``unsafe`` if it can fix what it finds, at least in some cases."""
        return getattr(self.module, "FIXABLE", None)

    @property
    def fix_is_certain(self) -> bool:
        """Whether its fixes remove their findings and cause no others, unless there is a custom contract."""
        return getattr(self.module, "FIX_IS_CERTAIN", False)

    @property
    def examines_keys(self) -> bool:
        """Whether it examines every string of an event, the keys of filters included."""
        return getattr(self.module, "EXAMINES_KEYS", False)

    def applies_to(self, node: Node) -> bool:
        """Whether it examines the values of a node."""
        if isinstance(node, Object) != (self.examines == "event"):
            return False
        module = self.module
        return bool(module.applies(node)) if hasattr(module, "applies") else self.name in getattr(node, "lint", ())


def declared(rule: Rule) -> tuple[str, tuple[str, ...]]:
    """What a rule's module declares: what the rule examines, and the kinds of fault that it reports."""
    return rule.module.EXAMINES, getattr(rule.module, "KINDS", ())


@functools.lru_cache(256)
def _module(rule: Rule) -> Any:
    name = rule.name if rule.name in _BY_NAME else "contract-violation"  # else of the authors of a contract
    return import_module(f"eventlint.rules.{rule.tier}.{name.replace('-', '_')}")


RULES: tuple[Rule, ...] = tuple(
    Rule(name, cast(Tier, tier)) for tier, _, name in (one.partition("/") for one in REGISTRY)
)
"""All rules, in the registry's order."""

_BY_NAME = {rule.name: rule for rule in RULES}


def rule(name: str) -> Rule:
    """The rule with a name."""
    return _BY_NAME[name]


@functools.cache
def by_kind() -> dict[str, tuple[Rule, ...]]:
    """The rules for each kind of fault, of a payload or of a request."""
    found: dict[str, tuple[Rule, ...]] = {}
    for rule in RULES:
        if rule.tier == "error":
            for kind in rule.kinds:
                found[kind] = (*found.get(kind, ()), rule)
    return found


def rule_of_kind(kind: str) -> Rule:
    """The rule for a kind of fault that only one rule reports."""
    return by_kind()[kind][0]


def rule_of(fault: Fault) -> Rule:
    """The rule that a fault of a payload belongs to."""
    rules = by_kind()[fault.kind]
    return next(rule for rule in rules if len(rules) == 1 or rule.module.owns(fault))


@functools.cache
def examining(what: str) -> tuple[Rule, ...]:
    """The rules that examine ``value``, ``payload``, ``event``, ..., in the registry's order."""
    return tuple(rule for rule in RULES if rule.examines == what)
