"""A screen is silent only where its rule reports nothing, and the fast path gives the report of the full check."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import strategies as st

import eventlint
from eventlint import Report, is_valid
from eventlint.full_check import full_check
from eventlint.rules import Rule, examining
from eventlint.rules.ask import ask_about
from eventlint.screen import leaves
from eventlint.screen.fast_path import accepts, is_clean
from eventlint.screen.leaves import leaf_filter
from eventlint.screen.plan_compiler import screen_of
from eventlint.spec import Entries, Integer, Node, Text, catalog, compiled, event_types, identifier_of
from eventlint.strategies import drawn, events, invalid_events, lossy_payloads, payloads
from tests.corpus import payload_cases
from tests.screen import event_pool, pool, reference
from tests.strategies.support import DRAWS

SCREENED = list(pool.screened())
ERAS = [era.name for era in catalog().eras]


@pytest.mark.parametrize(("rule", "node"), SCREENED, ids=[f"{rule.name}-{n}" for n, (rule, _) in enumerate(SCREENED)])
def test_what_a_rule_reports_its_screen_suspects(rule: Rule, node: Node) -> None:
    """``check`` reports a value only if the rule's own screen suspects it."""
    terms = screen_of(rule, node)
    reported = 0
    for leaf in pool.cases(rule, node):
        if next(iter(rule.module.check(leaf)), None) is not None:
            reported += 1
            is_suspect = reference.suspects(terms, leaf.value, leaf.raw, leaf.entry, is_key=leaf.is_name)
            assert is_suspect, (rule.name, leaf.value, leaf.raw, leaf.entry)
    assert reported


@pytest.mark.parametrize("event_type", event_types())
def test_the_walk_keeps_every_value_that_a_rule_reports(event_type: str) -> None:
    """The filter of the full check keeps each string and number about which some rule reports something."""
    release = catalog().release("latest")
    keep = leaf_filter(event_type, release)
    for pointer, node in nodes_of(identifier_of(event_type, release.era.events)).items():
        rules = [rule for rule in examining("value") if rule.applies_to(node)]
        values = pool.numbers() if isinstance(node, Integer) else pool.strings()
        key = "brand" if pointer.endswith("/filters") else None
        for value in values:
            if not keep(node, value.value, value.raw, key):
                leaf = pool.leaf(node, value, key)
                assert not [rule.name for rule in rules for _ in rule.module.check(leaf)], (pointer, value)


def nodes_of(identifier: str) -> dict[str, Any]:
    """The nodes of one event's schema by their pointers; they are the ones that its compiled event has."""
    compiled(identifier)
    return {pointer: node for pointer, node in pool.nodes().items() if pointer.startswith(identifier)}


def test_every_rule_about_values_declares_a_screen() -> None:
    """A rule without a screen is always asked, which costs every event the fast path."""
    rules = [*examining("value"), *examining("payload"), *examining("event")]
    assert [rule.name for rule in rules if not any(hasattr(rule.module, name) for name in ("SCREEN", "screen"))] == []


# ---- the fast path and the full check -------------------------------------------------------------------------------


def same(event: object, event_type: str, release: str) -> None:
    """The report of ``check`` is the report of the full check, and ``is_valid`` agrees."""
    fast: Report = eventlint.check(event, event_type, release=release)
    full = full_check(event, event_type, catalog().release(release), [])
    assert fast.findings == full.findings, event
    assert fast.first_error == full.first_error
    assert is_valid(event, event_type, release=release) == full.ok


@pytest.mark.parametrize("era", ERAS)
def test_the_corpus_has_the_same_reports(era: str) -> None:
    """Every payload of the corpus, as bytes, in every era."""
    for case in payload_cases():
        if case.event_type in event_types():
            same(case.body, case.event_type, era)


@pytest.mark.parametrize("event_type", event_types())
def test_drawn_events_have_the_same_reports(event_type: str) -> None:
    """Events of each strategy, as objects and as bytes, each in an era in turn."""
    strategies: list[st.SearchStrategy[Any]] = [
        events(event_type),
        payloads(event_type),
        invalid_events(event_type).map(lambda example: example.event),
        lossy_payloads(event_type).map(lambda example: example.event),
    ]
    for strategy in strategies:
        for number, event in zip(range(DRAWS), drawn(strategy, 7), strict=False):
            same(event, event_type, ERAS[number % len(ERAS)])


@pytest.mark.parametrize("event_type", event_types())
def test_mutated_events_have_the_same_reports(event_type: str) -> None:
    """Clean events with one value replaced by a value of the pool, as objects and as bytes."""
    dice = random.Random(2)
    texts = [value.value for value in pool.strings() if len(value.value) < 70_000]
    numbers = [0, -1, 7, 2**31 - 1, 2**31, 1.5, 1.0, True, None]
    clean = [event for _, event in zip(range(20), drawn(events(event_type), 3), strict=False)]
    for number in range(DRAWS * 2):
        event = json.loads(json.dumps(dice.choice(clean)))
        replace(event, dice, texts, numbers)
        era = ERAS[number % len(ERAS)]
        same(event, event_type, era)
        same(json.dumps(event).encode(), event_type, era)


def replace(value: Any, dice: random.Random, texts: list[str], numbers: list[Any]) -> None:
    """Replace one value below an object or array, add a key, or take one away."""
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    if not keys or (isinstance(value, dict) and dice.random() < 0.05):
        if isinstance(value, dict):
            value[dice.choice(texts)[:1000]] = dice.choice(texts)
        return
    key = dice.choice(keys)
    if isinstance(value[key], dict | list) and dice.random() < 0.85:
        replace(value[key], dice, texts, numbers)
    elif dice.random() < 0.05:
        del value[key]
    elif isinstance(value[key], int) or dice.random() < 0.1:
        value[key] = dice.choice(numbers)
    else:
        value[key] = dice.choice(texts)


@pytest.mark.parametrize("event_type", event_types())
def test_an_event_that_the_plan_accepts_is_accepted(event_type: str) -> None:
    """What is clean is also accepted: the second function suspects all that the first one does."""
    release = catalog().release("latest")
    for _, event in zip(range(DRAWS), drawn(payloads(event_type), 5), strict=False):
        try:
            decoded = json.loads(event)
        except ValueError:
            continue
        assert not is_clean(event_type, release)(decoded) or accepts(event_type, release)(decoded)


def test_a_percent_encoded_name_of_a_secret_is_found() -> None:
    """The names of parameters are compared decoded."""
    url = "https://www.example.com/?%74oken=8f14e45f"
    event = {"session": {"id": "s-1"}, "user": {"id": "u-1"}, "page": {"url": url}}
    for form in (event, json.dumps(event).encode()):
        assert [finding.rule for finding in eventlint.check(form, "page_view").findings] == ["secret-in-url"]


@pytest.mark.parametrize("event_type", event_types())
@pytest.mark.parametrize("era", ERAS)
def test_events_with_one_wrong_value_have_the_same_reports(event_type: str, era: str) -> None:
    """One value that the server rejects at each place, and values that disagree, as objects."""
    for event in event_pool.events(event_type):
        same(event, event_type, era)


@pytest.mark.parametrize("event_type", event_types())
def test_a_clean_event_with_all_fields_takes_the_fast_path(event_type: str) -> None:
    """A screen that is too broad sends every event to the full check."""
    assert is_clean(event_type, catalog().release("latest"))(event_pool.clean(event_type))


@pytest.mark.parametrize("event_type", event_types())
def test_asking_only_the_rules_that_suspect_a_string_gives_the_same(event_type: str) -> None:
    """The screens of the rules choose the rules that are asked, for values and for the values of filters."""
    release = catalog().release("latest")
    for pointer, node in nodes_of(identifier_of(event_type, release.era.events)).items():
        if not isinstance(node, Text | Entries):
            continue
        checks, suspecting = leaves._screens_of(node)
        for key in ("brand", "a\0") if isinstance(node, Entries) else (None,):
            for value in pool.strings():
                leaf = pool.leaf(node, value, key)
                chosen = [checks[number] for number in suspecting(key or "", value.value, value.raw)]
                assert list(ask_about(leaf, chosen)) == list(ask_about(leaf)), (pointer, value)
