"""Mutations of values that violate rules of the tier loss: the server accepts the event and loses something of it."""

from __future__ import annotations

import functools
import json
from bisect import bisect_left
from urllib.parse import quote

from eventlint.rules import Rule
from eventlint.spec.nodes import Entries, Node, Objects, Text
from eventlint.strategies import values
from eventlint.strategies.drawing import Draw, pick, upto
from eventlint.strategies.encoding import number_form
from eventlint.strategies.invalid import reads_strings
from eventlint.strategies.locations import Place, get, put
from eventlint.strategies.mutation import Mutated, Mutation, Site
from eventlint.strategies.rule_index import SAMPLE, SAMPLE_KEY, examines, reported, samples


def _put_string(draw: Draw, site: Site, key: str | None, text: str) -> Mutated:
    """Put a string into a field, or into a filter: alone or in a list."""
    if key is None:
        return put(site.event, site.path, text), site.path
    path = (*site.path, key)
    if draw(upto(1)):
        return put(site.event, path, text), path
    before = ["a"] * draw(upto(2))
    return put(site.event, path, [*before, text, *["a"] * draw(upto(1))]), (*path, len(before))


def _key(draw: Draw, site: Site) -> str | None:
    return pick(draw, tuple(get(site.event, site.path))) if isinstance(site.node, Entries) else None


def _sample(draw: Draw, site: Site) -> Mutated:
    return _put_string(draw, site, _key(draw, site), pick(draw, samples(site.rule, site.node)))


def _sample_key(draw: Draw, site: Site) -> Mutated:
    key = pick(draw, site.rule.module.SAMPLE_KEYS)
    get(site.event, site.path)[key] = pick(draw, ("a", ["a"], ["a", "b"], "", ["", "a"]))
    return site.event, (*site.path, key)


def _long_string(draw: Draw, site: Site) -> Mutated:
    """The shortest string that the rule reports, or a slightly longer one."""
    node, key, unit, before = site.node, _key(draw, site), pick(draw, values.WIDTHS), ""
    if isinstance(node, Text) and node.ingest.is_taken_apart:
        before, unit = values.PLAIN_URL + pick(draw, ("", "?q=", "#", "a/b.")), quote(unit)
    count = _shortest(site.rule, _ById(node), before, unit, key) + draw(upto(2))
    return _put_string(draw, site, key, before + unit * count)


class _ById:
    """A node as part of a key of a cache."""

    def __init__(self, node: Node) -> None:
        self.node = node

    def __hash__(self) -> int:
        return id(self.node)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and other.node is self.node


@functools.lru_cache(maxsize=1024)
def _shortest(rule: Rule, node: _ById, before: str, unit: str, key: str | None) -> int:
    """How often a string must repeat a character until a rule reports it."""

    def is_long(count: int) -> bool:
        return rule in reported(node.node, before + unit * count, key)

    high = 1
    while not is_long(high):
        high *= 2
    return bisect_left(range(high), True, lo=high // 2, key=is_long)


def _drop_item(draw: Draw, site: Site) -> Mutated:
    items = get(site.event, site.path)
    if not items:
        items.append({})
    at = draw(upto(len(items) - 1))
    items.insert(at, pick(draw, (None, True, False, 0, -1.5, "a", "")))
    return site.event, (*site.path, at)


def _number_form(draw: Draw, site: Site) -> Mutated:
    value = get(site.event, site.path)
    form = json.loads(number_form(draw, value).content)
    return put(site.event, site.path, str(value) if form == value else form), site.path


def _has_samples(place: Place, rule: Rule) -> bool:
    return bool(samples(rule, place.node)) and rule.tier == "loss"


def _is_filter(place: Place, rule: Rule) -> bool:
    return isinstance(place.node, Entries)


LOSSY: dict[str, Mutation] = {
    SAMPLE: Mutation(_has_samples, _sample),
    "long-string": Mutation(lambda place, rule: examines(rule, place.node), _long_string),
    SAMPLE_KEY: Mutation(_is_filter, _sample_key),
    "number-form": Mutation(reads_strings, _number_form),
    "dropped-element": Mutation(lambda place, rule: isinstance(place.node, Objects), _drop_item),
}
"""The mutations that a parsed event can show."""
