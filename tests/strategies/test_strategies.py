"""What is drawn is accepted, refused or lost as it says."""

from __future__ import annotations

import json
import os
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from eventlint import check, check_request, is_valid
from eventlint.contract import catalog, event_types
from eventlint.contract.projection import bundle
from eventlint.errors import UsageError
from eventlint.rules import RULES
from eventlint.strategies import (
    ODDITIES,
    PRODUCERS,
    Broken,
    events,
    invalid_events,
    invalid_payloads,
    invalid_requests,
    lossy_events,
    lossy_payloads,
    payloads,
    requests,
)
from eventlint.strategies.broken import breakable
from eventlint.strategies.requests import RULES as REQUEST_RULES
from eventlint.strategies.sites import sites

DRAWS = int(os.environ.get("EVENTLINT_DRAWS", "40"))
MANY = settings(
    max_examples=DRAWS,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    phases=[Phase.generate, Phase.shrink],
)
FEW = settings(MANY, max_examples=max(DRAWS // 10, 5))
TYPES = pytest.mark.parametrize("event_type", event_types())
FUNCTIONS = {
    "invalid_events": invalid_events,
    "invalid_payloads": invalid_payloads,
    "lossy_events": lossy_events,
    "lossy_payloads": lossy_payloads,
}
LIMITED = "8.16.0"
"""A release that limits names."""


def drawn(strategy: st.SearchStrategy[Any], count: int) -> list[Any]:
    """Some draws, without shrinking."""
    found: list[Any] = []

    @given(strategy)
    @settings(MANY, max_examples=count, phases=[Phase.generate], database=None)
    def collect(value: Any) -> None:
        found.append(value)

    collect()
    return found


@TYPES
@given(data=st.data())
@MANY
def test_events_have_no_finding_and_are_valid_everywhere(event_type: str, data: st.DataObject) -> None:
    """An event is accepted in every era, valid under two validators of others, and no rule finds anything."""
    event = data.draw(events(event_type))
    assert check(event, event_type).findings == ()
    assert all(is_valid(event, event_type, release=era.name) for era in catalog().eras)
    schema = bundle(event_type)
    assert Draft202012Validator(schema).is_valid(event)
    assert jsonschema_rs.validator_for(schema).is_valid(event)


@TYPES
@given(data=st.data())
@MANY
def test_payloads_are_accepted_in_every_era(event_type: str, data: st.DataObject) -> None:
    """However odd a payload is, each era takes it."""
    body = data.draw(payloads(event_type))
    assert [era.name for era in catalog().eras if not is_valid(body, event_type, release=era.name)] == []


@TYPES
@given(data=st.data())
@FEW
def test_payloads_without_oddities_are_clean(event_type: str, data: st.DataObject) -> None:
    """What nothing is switched on for is plain JSON that no rule finds anything in."""
    body = data.draw(payloads(event_type, oddities=()))
    assert check(body, event_type).findings == ()
    json.loads(body)


@TYPES
@pytest.mark.parametrize("function", FUNCTIONS)
@given(data=st.data())
@MANY
def test_what_is_broken_has_the_one_finding_that_it_names(function: str, event_type: str, data: st.DataObject) -> None:
    """There is exactly one finding of the tier, with the rule and the pointer; what is lossy is accepted."""
    drawn: Broken = data.draw(FUNCTIONS[function](event_type))
    tier = "error" if function.startswith("invalid") else "loss"
    report = check(drawn.event, event_type)
    found = [(finding.rule, finding.pointer) for finding in report.findings if finding.tier == tier]
    assert found == [(drawn.rule, drawn.pointer)]
    assert report.ok == (tier == "loss")


@pytest.mark.parametrize(
    ("function", "event_type", "rule"),
    [
        (function, event_type, rule)
        for function in FUNCTIONS
        for event_type in event_types()
        for rule in breakable(function, event_type)
    ],
)
@given(data=st.data())
@FEW
def test_each_rule_can_be_broken(function: str, event_type: str, rule: str, data: st.DataObject) -> None:
    """A rule that is asked for is the one that is broken, wherever the contract has a place for it."""
    drawn: Broken = data.draw(FUNCTIONS[function](event_type, rule))
    release = LIMITED if rule == "over-long-name" else "latest"
    tier = "error" if function.startswith("invalid") else "loss"
    findings = check(drawn.event, event_type, release=release).findings
    assert [(finding.rule, finding.pointer) for finding in findings if finding.tier == tier] == [(rule, drawn.pointer)]


@given(requests())
@MANY
def test_requests_are_accepted(request: Any) -> None:
    """A whole request is accepted."""
    assert check_request(request).ok


@pytest.mark.parametrize("rule", REQUEST_RULES)
@given(data=st.data())
@FEW
def test_a_broken_request_has_the_one_finding_that_it_names(rule: str, data: st.DataObject) -> None:
    """The finding is about the request, and there is no other of the tier error."""
    drawn = data.draw(invalid_requests(rule))
    findings = check_request(drawn.event).findings
    assert [finding.rule for finding in findings if finding.tier == "error"] == [rule] == [drawn.rule]


def test_every_rule_of_the_tiers_error_and_loss_can_be_produced() -> None:
    """All rules but the one about files stand in the tables, and no other name does."""
    wanted = {rule.name for rule in RULES if rule.tier in ("error", "loss")} - {"untyped-event"}
    assert {*PRODUCERS, *REQUEST_RULES} == wanted


@TYPES
def test_every_field_is_reached(event_type: str) -> None:
    """Draws reach each place of the contract, given and left out."""
    seen: set[tuple[Any, ...]] = set()
    left_out: set[tuple[Any, ...]] = set()

    for event in drawn(events(event_type), 1500):
        for site in sites(event_type):
            value = event
            try:
                for part in site.path:
                    value = value[part]
            except (KeyError, IndexError):
                left_out.add(site.path)
            else:
                seen.add(site.path)
    assert {site.path for site in sites(event_type)} - seen == set()
    assert left_out


@pytest.mark.parametrize(
    ("oddity", "rule"),
    [
        ("comments", "comment-in-payload"),
        ("converted-numbers", "converted-integer"),
        ("scalars-in-items", "dropped-item"),
        ("lone-surrogates", "lone-surrogate"),
        ("malformed-utf-8", "malformed-utf-8"),
        ("trailing-content", "trailing-content"),
        ("byte-order-mark", "byte-order-mark"),
        ("other-encodings", "other-encoding"),
    ],
)
def test_each_oddity_is_reached_and_can_be_switched_off(oddity: str, rule: str) -> None:
    """A payload with the one oddity is found, and it has no finding but those of the oddity."""

    def is_odd(body: bytes) -> bool:
        return {finding.rule for finding in check(body, "search").findings} == {rule}

    assert any(map(is_odd, drawn(payloads("search", oddities=[oddity]), 300)))


BYTES_ALONE = ["order", "white-space", "escapes", "single-item"]


@given(payloads("search_click", oddities=BYTES_ALONE))
@FEW
def test_the_other_oddities_leave_no_finding(body: bytes) -> None:
    """Order, white space, escapes and single items change bytes alone."""
    assert check(body, "search_click").findings == ()


@pytest.mark.parametrize("oddity", BYTES_ALONE)
def test_the_other_oddities_are_reached(oddity: str) -> None:
    """A payload is drawn that plain JSON would not be."""

    def is_odd(body: bytes) -> bool:
        event: Any = json.loads(body)
        if oddity == "order":
            return bool(next(iter(event)) != "session")
        if oddity == "single-item":
            return isinstance(event["search"].get("results", {}).get("items"), dict)
        return body != json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()

    assert any(map(is_odd, drawn(payloads("search", oddities=[oddity]), 300)))


def test_a_minimal_event_reads_like_one() -> None:
    """What is left after shrinking is short and plain."""
    assert find(events("search"), lambda _: True, settings=settings(MANY, database=None)) == {
        "session": {"id": "a"},
        "user": {"id": "aa"},
        "search": {"query": "a"},
    }


@pytest.mark.parametrize(
    "call",
    [
        lambda: events("nope"),
        lambda: payloads("search", oddities=["nope"]),
        lambda: invalid_events("page_view", "invalid-filter"),
        lambda: lossy_events("search", "trailing-content"),
        lambda: invalid_requests("blank-id"),
    ],
)
def test_what_cannot_be_drawn_is_a_usage_error(call: Any) -> None:
    """The caller is told what can be drawn."""
    with pytest.raises(UsageError):
        call()


def test_all_oddities_are_told() -> None:
    """Each oddity has a sentence."""
    assert all(text.endswith(".") for text in ODDITIES.values())
