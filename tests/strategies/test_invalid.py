"""Invalid events, payloads and files violate the named rule alone, at the named place."""

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
    files_without_event_type,
    invalid_events,
    invalid_payloads,
)
from tests.strategies.support import for_each, least, reported

TYPES = event_types()
ERAS = [era.name for era in catalog().eras]


@pytest.mark.parametrize("release", ["latest", ERAS[0]])
@pytest.mark.parametrize("event_type", TYPES)
def test_an_invalid_event_violates_one_rule_at_its_pointer(event_type: str, release: str) -> None:
    """There is exactly one finding of the tier error: the named one."""

    def assertion(example: InvalidExample) -> None:
        findings = check(example.event, event_type, release=release).findings
        assert reported(findings, "error") == [("error", example.rule, example.pointer)]

    for_each(invalid_events(event_type, release=release), assertion)


@pytest.mark.parametrize("release", ["latest", ERAS[0], "key-length-limited"])
@pytest.mark.parametrize("event_type", TYPES)
def test_an_invalid_payload_violates_one_rule_at_its_pointer(event_type: str, release: str) -> None:
    """There is exactly one finding of the tier error: the named one."""
    release = next((era.name for era in catalog().eras if release in era.traits), release)

    def assertion(example: InvalidExample) -> None:
        findings = check(example.event, event_type, release=release).findings
        assert reported(findings, "error") == [("error", example.rule, example.pointer)]

    for_each(invalid_payloads(event_type, release=release), assertion)


@pytest.mark.parametrize("event_type", TYPES)
def test_the_event_type_of_a_file_cannot_be_determined(
    event_type: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """That is the only finding of the command."""
    monkeypatch.chdir(tmp_path)
    for example in islice(drawn(files_without_event_type(event_type), 1), 5):
        name, content = example.event
        Path(name).write_bytes(content)
        main(["check", "--isolated", "--format", "json", name])
        document = json.loads(capsys.readouterr().out)
        assert [(one["rule"], one["pointer"]) for one in document["findings"]] == [(example.rule, example.pointer)]


@pytest.mark.parametrize(
    ("rule", "pointer", "change"),
    [
        ("missing-field", "", lambda event: event.pop("session")),
        ("blank-id", "/session/id", lambda event: event["session"].update(id="")),
        ("wrong-type", "/session/id", lambda event: event["session"].update(id=None)),
        ("unserializable-value", "/session", lambda event: event.update(session=b"a")),
    ],
)
def test_an_invalid_event_shrinks_to_the_smallest_change(rule: str, pointer: str, change: Any) -> None:
    """The smallest invalid event is the smallest event with the smallest fault."""
    event: dict[str, Any] = {"session": {"id": "a"}, "user": {"id": "b"}, "search": {"query": "a"}}
    change(event)
    found = least(invalid_events("search", rule), lambda example: example.pointer == pointer)
    assert found == InvalidExample(event=event, rule=rule, pointer=pointer)


def test_only_the_named_rule_is_violated() -> None:
    """All draws are of the rule that the call names."""
    assert {example.rule for example in islice(drawn(invalid_events("search", "blank-name")), 20)} == {"blank-name"}


def test_edge_cases_can_be_switched_off() -> None:
    """Without edge cases, an invalid payload is compact JSON."""
    for example in islice(drawn(invalid_payloads("search", "unknown-field", without=EDGE_CASES), 1), 50):
        assert (
            json.dumps(json.loads(example.event), ensure_ascii=False, separators=(",", ":")).encode() == example.event
        )


def test_some_rules_apply_to_some_releases_only() -> None:
    """A call for a rule that does not apply to the release is a usage error."""
    limited = next(era.name for era in catalog().eras if "key-length-limited" in era.traits)
    assert can_produce("invalid_payloads", "search", "key-too-long", release=limited)
    assert not can_produce("invalid_payloads", "search", "key-too-long")
    with pytest.raises(UsageError, match="key-too-long"):
        invalid_payloads("search", "key-too-long")


def test_rules_need_the_fields_that_they_are_about() -> None:
    """A rule about a field cannot be violated by an event without the field."""
    for rule in ("negative-number", "invalid-filter", "blank-name", "nesting-too-deep"):
        with pytest.raises(UsageError, match=rule):
            invalid_payloads("page_view", rule)
