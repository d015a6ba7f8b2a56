"""Events, payloads and files that break one rule: they break it alone, where they say."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from eventlint import UsageError, check
from eventlint.cli import main
from eventlint.spec import catalog, event_types
from eventlint.strategies import (
    EDGE_CASES,
    InvalidExample,
    can_produce,
    drawn,
    invalid_events,
    invalid_payloads,
    untyped_files,
)
from tests.strategies.support import for_each, least, told

TYPES = event_types()
ERAS = [era.name for era in catalog().eras]


@pytest.mark.parametrize("release", ["latest", ERAS[0]])
@pytest.mark.parametrize("event_type", TYPES)
def test_an_invalid_event_breaks_one_rule_where_it_says(event_type: str, release: str) -> None:
    """There is exactly one finding of the tier error: the one that is named."""

    def judge(broken: InvalidExample) -> None:
        findings = check(broken.event, event_type, release=release).findings
        assert told(findings, "error") == [("error", broken.rule, broken.pointer)]

    for_each(invalid_events(event_type, release=release), judge)


@pytest.mark.parametrize("release", ["latest", ERAS[0], "key-length-limited"])
@pytest.mark.parametrize("event_type", TYPES)
def test_an_invalid_payload_breaks_one_rule_where_it_says(event_type: str, release: str) -> None:
    """There is exactly one finding of the tier error: the one that is named."""
    release = next((era.name for era in catalog().eras if release in era.traits), release)

    def judge(broken: InvalidExample) -> None:
        findings = check(broken.event, event_type, release=release).findings
        assert told(findings, "error") == [("error", broken.rule, broken.pointer)]

    for_each(invalid_payloads(event_type, release=release), judge)


@pytest.mark.parametrize("event_type", TYPES)
def test_a_file_without_a_type_is_told_to_have_none(
    event_type: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command finds only that nothing tells the type."""
    monkeypatch.chdir(tmp_path)
    for broken in islice(drawn(untyped_files(event_type), 1), 5):
        name, content = broken.event
        Path(name).write_bytes(content)
        main(["check", "--isolated", "--format", "json", name])
        document = json.loads(capsys.readouterr().out)
        assert [(one["rule"], one["pointer"]) for one in document["findings"]] == [(broken.rule, broken.pointer)]


@pytest.mark.parametrize(
    ("rule", "pointer", "change"),
    [
        ("missing-field", "", lambda event: event.pop("session")),
        ("blank-id", "/session/id", lambda event: event["session"].update(id="")),
        ("wrong-type", "/session/id", lambda event: event["session"].update(id=None)),
        ("unserializable-value", "/session", lambda event: event.update(session=b"a")),
    ],
)
def test_an_invalid_event_shrinks_to_the_least_change(rule: str, pointer: str, change: Any) -> None:
    """The least broken event is the least event, with the least that is wrong."""
    event: dict[str, Any] = {"session": {"id": "a"}, "user": {"id": "b"}, "search": {"query": "a"}}
    change(event)
    found = least(invalid_events("search", rule), lambda broken: broken.pointer == pointer)
    assert found == InvalidExample(event=event, rule=rule, pointer=pointer)


def test_the_rule_that_is_asked_for_is_broken() -> None:
    """Only the rule that is named is drawn."""
    assert {broken.rule for broken in islice(drawn(invalid_events("search", "blank-name")), 20)} == {"blank-name"}


def test_oddities_can_be_switched_off() -> None:
    """Without oddities a broken payload is compact JSON."""
    for broken in islice(drawn(invalid_payloads("search", "unknown-field", without=EDGE_CASES), 1), 50):
        assert json.dumps(json.loads(broken.event), ensure_ascii=False, separators=(",", ":")).encode() == broken.event


def test_rules_hold_in_some_releases() -> None:
    """What a release does not refuse cannot be asked for in it."""
    limited = next(era.name for era in catalog().eras if "key-length-limited" in era.traits)
    assert can_produce("invalid_payloads", "search", "key-too-long", release=limited)
    assert not can_produce("invalid_payloads", "search", "key-too-long")
    with pytest.raises(UsageError, match="key-too-long"):
        invalid_payloads("search", "key-too-long")


def test_rules_need_fields_that_they_are_about() -> None:
    """A rule about a field cannot be broken in an event that has none."""
    for rule in ("negative-number", "invalid-filter", "blank-name", "nesting-too-deep"):
        with pytest.raises(UsageError, match=rule):
            invalid_payloads("page_view", rule)
