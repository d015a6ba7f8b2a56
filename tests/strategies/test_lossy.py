"""The server accepts lossy events and payloads, and then loses or changes exactly one thing, at the named place."""

from __future__ import annotations

import pytest

from eventlint import UsageError, check
from eventlint.spec import event_types
from eventlint.strategies import InvalidExample, lossy_events, lossy_payloads
from tests.strategies.support import for_each, least, reported

TYPES = event_types()


@pytest.mark.parametrize("event_type", TYPES)
def test_a_lossy_event_violates_one_rule_at_its_pointer(event_type: str) -> None:
    """There is no finding of the tier error, and exactly one of the tier loss: the named one."""

    def assertion(example: InvalidExample) -> None:
        found = reported(check(example.event, event_type).findings, "error", "loss")
        assert found == [("loss", example.rule, example.pointer)]

    for_each(lossy_events(event_type), assertion)


@pytest.mark.parametrize("event_type", TYPES)
def test_a_lossy_payload_violates_one_rule_at_its_pointer(event_type: str) -> None:
    """There is no finding of the tier error, and exactly one of the tier loss: the named one."""

    def assertion(example: InvalidExample) -> None:
        found = reported(check(example.event, event_type).findings, "error", "loss")
        assert found == [("loss", example.rule, example.pointer)]

    for_each(lossy_payloads(event_type), assertion)


def test_a_lossy_event_shrinks_to_the_smallest_change() -> None:
    """The smallest lossy event is the smallest event with the smallest loss."""
    found = least(lossy_events("search", "keyword-too-long"), lambda example: example.pointer == "/session/id")
    assert found.event == {"session": {"id": "a" * 1025}, "user": {"id": "b"}, "search": {"query": "a"}}


def test_rules_need_the_fields_that_they_are_about() -> None:
    """A rule about a field cannot be violated by an event without the field."""
    with pytest.raises(UsageError, match="dropped-item"):
        lossy_events("page_view", "dropped-item")
    with pytest.raises(UsageError, match="trailing-content"):
        lossy_events("page_view", "trailing-content")
