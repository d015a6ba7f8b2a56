"""Every rule of the tiers error and loss is broken by some strategy, in every event type where it can be."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any

import pytest
from hypothesis import strategies as st

from eventlint import check, check_request
from eventlint import strategies as of
from eventlint.rules import RULES, rule
from eventlint.spec import catalog, event_types
from eventlint.strategies import PRODUCERS, InvalidExample, can_produce, drawn
from tests.strategies.support import told

RULE_NAMES = [one.name for one in RULES if one.tier in ("error", "loss")]
WITH_RELEASE = ("invalid_events", "invalid_payloads")


def _release(name: str) -> str:
    """A release that a rule holds in."""
    trait = rule(name).trait
    return next((era.name for era in catalog().eras if trait in era.traits), "latest")


def _findings(broken: InvalidExample, function: str, event_type: str, release: str) -> Any:
    if function == "invalid_requests":
        return check_request(broken.event, release=release).findings
    return check(broken.event, event_type, release=release).findings


CASES = [
    (function, event_type, name)
    for name in RULE_NAMES
    for function in PRODUCERS.get(name, ())
    for event_type in event_types()
    if function != "untyped_files" and can_produce(function, event_type, name, release=_release(name))
]


def test_every_rule_has_a_strategy() -> None:
    """The table names all rules of the two tiers, and no others, with functions that there are."""
    assert sorted(PRODUCERS) == sorted(RULE_NAMES)
    assert all(callable(getattr(of, function)) for functions in PRODUCERS.values() for function in functions)


@pytest.mark.parametrize("name", RULE_NAMES)
def test_a_rule_is_left_out_only_where_it_has_no_field(name: str) -> None:
    """Rules that need no special field can be broken in all event types."""
    able = {
        kind
        for kind in event_types()
        for function in PRODUCERS[name]
        if can_produce(function, kind, name, release=_release(name))
    }
    about_search = {"blank-name", "negative-number", "number-out-of-range", "invalid-number", "invalid-filter"}
    about_search |= {"number-too-long", "nesting-too-deep", "filter-too-long", "coerced-integer", "dropped-item"}
    assert able == ({"search", "search_click"} if name in about_search else set(event_types()))


@pytest.mark.parametrize(("function", "event_type", "name"), CASES)
def test_a_strategy_breaks_the_rule_that_it_is_asked_for(function: str, event_type: str, name: str) -> None:
    """What is drawn for a rule has exactly one finding of its tier, and none that is graver."""
    release = _release(name)
    make: Callable[..., st.SearchStrategy[InvalidExample]] = getattr(of, function)
    keywords = {"release": release} if function in WITH_RELEASE else {}
    tier = rule(name).tier
    for broken in islice(drawn(make(event_type, name, **keywords), 1), 12):
        findings = _findings(broken, function, event_type, release)
        tiers = ("error",) if tier == "error" else ("error", "loss")
        assert told(findings, *tiers) == [(tier, name, broken.pointer)], broken
