"""What rules declare for the strategies: which mutations violate them, and sample values that they report.

A rule's file may define three constants:

- ``MUTATIONS``: the names of mutations that violate the rule. A rule about faults needs none: its kinds are such names.
- ``SAMPLES``: strings that the rule reports in a field that it examines. In a URL field a sample may also be the value
  of a query parameter.
- ``SAMPLE_KEYS``: keys of filters that the rule reports.
"""

from __future__ import annotations

import functools
from urllib.parse import quote

from eventlint.jsontext.java_text import is_blank
from eventlint.mirror.faults import Fault
from eventlint.mirror.leaf import Leaf
from eventlint.rules import RULES, Rule, by_kind, rule_of
from eventlint.rules.ask import rules_of_value
from eventlint.spec.nodes import Entries, Node, Text
from eventlint.strategies.json_tokens import quoted

SAMPLE = "sample"
SAMPLE_KEY = "sample-key"
_IN_QUERY = "https://example.com/?q="


@functools.cache
def _declared() -> dict[str, tuple[Rule, ...]]:
    found: dict[str, list[Rule]] = {}
    for rule in RULES:
        names = list(getattr(rule.module, "MUTATIONS", ()))
        names += [SAMPLE] if hasattr(rule.module, "SAMPLES") else []
        names += [SAMPLE_KEY] if hasattr(rule.module, "SAMPLE_KEYS") else []
        for name in names:
            found.setdefault(name, []).append(rule)
    return {name: tuple(rules) for name, rules in found.items()}


def rules_of(mutation: str, node: Node, field: str = "") -> tuple[Rule, ...]:
    """The rules that a mutation, or a fault of that kind, can violate at a field with a node."""
    if mutation in by_kind():
        return (rule_of(Fault(mutation, 0, (field, node), pointer=(), server_offset=0)),)
    return _declared().get(mutation, ())


def mutation_of(rule: Rule) -> str:
    """The first mutation that a rule declares; empty if it declares none."""
    return next(iter(getattr(rule.module, "MUTATIONS", ())), "")


def examines(rule: Rule, node: Node) -> bool:
    """Whether a rule examines the strings of a field or of filters."""
    return isinstance(node, Text | Entries) and rule in rules_of_value(node)


def reported(node: Node, value: str, entry: str | None = None) -> list[Rule]:
    """The rules of the tiers loss and lint that report a string of a field, or of the filter with the key ``entry``."""
    leaf = Leaf(("a",), node, 0, value, quoted(value), entry)
    found = [(rule, one.effect) for rule in rules_of_value(node) for one in rule.module.check(leaf)]
    is_lost = any(effect == "lost" for _, effect in found)  # then nothing is left to search for
    return [rule for rule, effect in found if not (is_lost and effect == "unsearchable")]


def is_clean(node: Text | Entries, value: str, entry: str | None = None) -> bool:
    """Whether the server accepts a string and no rule reports it."""
    is_refused = isinstance(node, Text) and node.blank_refused and is_blank(value)
    return not is_refused and not reported(node, value, entry)


_samples: dict[tuple[str, int], tuple[Node, tuple[str, ...]]] = {}


def samples(rule: Rule, node: Node) -> tuple[str, ...]:
    """The samples of a rule that it reports in a field, and that no other rule of the tiers error and loss reports."""
    known = _samples.get((rule.name, id(node)))
    if known is None:
        # The node is kept, so no other one gets its ID.
        known = _samples[rule.name, id(node)] = (node, tuple(_usable_samples(rule, node)))
    return known[1]


def _usable_samples(rule: Rule, node: Node) -> list[str]:
    given: tuple[str, ...] = getattr(rule.module, "SAMPLES", ())
    if not given or not examines(rule, node):
        return []
    if isinstance(node, Text) and node.ingest.is_taken_apart:
        given = (*given, *(_IN_QUERY + quote(one, safe="@") for one in given))
    if isinstance(node, Text) and node.blank_refused:
        given = tuple(one for one in given if not is_blank(one))
    return [
        one
        for one in given
        if {other for other in reported(node, one) if other.tier != "lint" or other == rule} == {rule}
    ]


LINTS: tuple[str, ...] = tuple(
    rule.name for rule in RULES if rule.tier == "lint" and (mutation_of(rule) or hasattr(rule.module, "SAMPLES"))
)
"""The rules of the tier lint that events can violate on request."""
