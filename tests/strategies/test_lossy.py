"""Events and payloads that the server takes and then loses or changes: exactly one thing, where they say."""

from __future__ import annotations

import pytest

from eventlint import UsageError, check
from eventlint.spec import event_types
from eventlint.strategies import InvalidExample, lossy_events, lossy_payloads
from tests.strategies.support import for_each, least, told

TYPES = event_types()


@pytest.mark.parametrize("event_type", TYPES)
def test_a_lossy_event_loses_one_thing_where_it_says(event_type: str) -> None:
    """There is no finding of the tier error, and exactly one of the tier loss: the one that is named."""

    def judge(broken: InvalidExample) -> None:
        found = told(check(broken.event, event_type).findings, "error", "loss")
        assert found == [("loss", broken.rule, broken.pointer)]

    for_each(lossy_events(event_type), judge)


@pytest.mark.parametrize("event_type", TYPES)
def test_a_lossy_payload_loses_one_thing_where_it_says(event_type: str) -> None:
    """There is no finding of the tier error, and exactly one of the tier loss: the one that is named."""

    def judge(broken: InvalidExample) -> None:
        found = told(check(broken.event, event_type).findings, "error", "loss")
        assert found == [("loss", broken.rule, broken.pointer)]

    for_each(lossy_payloads(event_type), judge)


def test_a_lossy_event_shrinks_to_the_least_change() -> None:
    """The least lossy event is the least event, with the least that is lost."""
    found = least(lossy_events("search", "keyword-too-long"), lambda broken: broken.pointer == "/session/id")
    assert found.event == {"session": {"id": "a" * 1025}, "user": {"id": "b"}, "search": {"query": "a"}}


def test_rules_need_fields_that_they_are_about() -> None:
    """A rule about a field finds nothing in an event that has none."""
    with pytest.raises(UsageError, match="dropped-item"):
        lossy_events("page_view", "dropped-item")
    with pytest.raises(UsageError, match="trailing-content"):
        lossy_events("page_view", "trailing-content")
