"""Some strategy violates every rule of the tiers error and loss, in every event type that allows it."""

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
from tests.strategies.support import reported

NOT_GENERATED = ("unreadable-request",)
"""Rules about the form of a request, which no strategy changes."""

RULE_NAMES = [
    one.name
    for one in RULES
    if one.tier in ("error", "loss") and one.examines != "recording" and one.name not in NOT_GENERATED
]


def _release(name: str) -> str:
    """A release that a rule applies to."""
    trait = rule(name).trait
    return next((era.name for era in catalog().eras if trait in era.traits), "latest")


def _findings(example: InvalidExample, function: str, event_type: str, release: str) -> Any:
    if function == "invalid_requests":
        return check_request(example.event, release=release).findings
    return check(example.event, event_type, release=release).findings


CASES = [
    (function, event_type, name)
    for name in RULE_NAMES
    for function in PRODUCERS.get(name, ())
    for event_type in event_types()
    if function != "files_without_event_type" and can_produce(function, event_type, name, release=_release(name))
]


def test_every_rule_has_a_strategy() -> None:
    """The table names all rules of the two tiers, and no others, with existing functions."""
    assert sorted(PRODUCERS) == sorted(RULE_NAMES)
    assert all(callable(getattr(of, function)) for functions in PRODUCERS.values() for function in functions)


@pytest.mark.parametrize("name", RULE_NAMES)
def test_a_rule_is_left_out_only_if_there_is_no_field_for_it(name: str) -> None:
    """Events of all types can violate the rules that need no special field."""
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
def test_a_strategy_violates_the_named_rule(function: str, event_type: str, name: str) -> None:
    """The event has exactly one finding of the rule's tier, and none of a more severe one."""
    release = _release(name)
    make: Callable[..., st.SearchStrategy[InvalidExample]] = getattr(of, function)
    tier = rule(name).tier
    for example in islice(drawn(make(event_type, name, release=release), 1), 12):
        findings = _findings(example, function, event_type, release)
        tiers = ("error",) if tier == "error" else ("error", "loss")
        assert reported(findings, *tiers) == [(tier, name, example.pointer)], example
