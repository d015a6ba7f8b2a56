"""What is shown of a predicted report is what is shown of that of the full check."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from eventlint.full_check import full_check
from eventlint.model import Finding
from eventlint.output import predicted
from eventlint.output.rendering import RedactedLines, without_secrets
from eventlint.report_templates import report_of
from eventlint.report_templates.template import predicted_from
from eventlint.spec import release
from tests.secret_spellings import spellings

pytestmark = pytest.mark.usefixtures("no_templates")

LATEST = release()

VALUES: list[Any] = [
    *("red shoes", " u-1 ", "", "undefined", "it's", "x" * 1200, "38x38x38", "token", "session", "-", "a@b", "@a"),
    *("anna@example.org", "/p/1", "https://shop example.com/1", "https://anna:hunter2hunter2@example.org/"),
    *("https://example.org/?token=abcdefghijklmnop", "http://localhost:3000/", "Bearer 0123456789abcdef"),
    *("+1 212 555 0142", "the password is", 5, -3, 99_999_999_999, "12 results", "1234567890123456789"),
    *(None, {}, ["a"], [{"id": "x"}]),
]
KEYS = ["querry", "ip", "password", "session", "api_key", "name", "tokenn", "user"]


def events() -> Iterator[tuple[str, bytes]]:
    """Events with values that are secret, or are in a message, where one or two places are unusual; without end."""
    source = random.Random(1)
    secrets = [spelling.text for spelling in spellings() if '"' not in spelling.text][::7]
    for number in count():
        page = {"url": f"https://example.org/p/{number}", "title": "Shoes", "referrer": "https://example.org/"}
        event: dict[str, Any] = {"session": {"id": f"s-{number}"}, "user": {"id": f"u-{number}"}, "page": page}
        event["document"] = {"id": f"d-{source.randrange(10)}", "index": "products"}
        for _ in range(source.choice((1, 1, 2))):
            at = source.choice([event, *(below for below in event.values() if isinstance(below, dict))])
            value = source.choice(secrets) if source.random() < 0.2 else source.choice(VALUES)
            key = source.choice([*at, source.choice(KEYS)])
            if source.random() < 0.2:
                at.pop(key, None)
            else:
                at[key] = value
        data = json.dumps(event, separators=source.choice([(",", ":"), None])).encode()
        yield "page_view", data.replace(b'"user"', b"'user'") if number % 9 == 0 else data


def expected(event: bytes, event_type: str) -> list[tuple[Any, ...]]:
    """What is shown of the findings of the full check."""
    lines = RedactedLines(event)
    shown = [without_secrets(one, lines) for one in full_check(event, event_type, LATEST).findings]
    return [_members(*predicted.placed(one)) for one in shown]


def _members(finding: Finding, line: int | None, column: int | None) -> tuple[Any, ...]:
    return finding.rule, finding.pointer, finding.message, finding.hint, line, column


def test_what_is_shown_is_what_is_shown_of_the_full_check(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most of it without a search for secrets."""
    searched: list[bytes] = []
    search = predicted._without_secrets

    def noted(report: Any, event: bytes) -> Any:
        searched.append(event)
        return search(report, event)

    monkeypatch.setattr(predicted, "_without_secrets", noted)
    for (event_type, event), _ in zip(events(), range(4000), strict=False):
        report = report_of(event, event_type, LATEST, None, None)
        assert [_members(*one) for one in predicted.shown_findings(report, event)] == expected(event, event_type), event
    assert len(searched) < 3000


def test_what_is_shown_of_an_event_that_comes_again_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also if it has a secret, and more than one line."""
    event = b'{"session":{"id":"s-1"},\n"user":{"id":"u-1", "password": "hunter2hunter2"}}'
    report_of(event, "page_view", LATEST, None, None)
    first = predicted.shown_findings(report_of(event, "page_view", LATEST, None, None), event)
    monkeypatch.setattr(predicted, "_without_secrets", None)
    again = predicted.shown_findings(report_of(event, "page_view", LATEST, None, None), event)
    assert [_members(*one) for one in again] == [_members(*one) for one in first] == expected(event, "page_view")


@pytest.mark.parametrize(
    ("event_type", "event"),
    [
        ("search", '"search":{"query":"token=x1y2z3w%d","sort":{"name":"a","direction":"x1y2z3w%d"}}'),
        ("search", '"search":{"query":"q","st":"x1y2z3w%d","sort":{"name":"a","direction":"x1y2z3w%d"}}'),
        ("page_view", '"page":{"url":"/p/%d","title":"%d"},"session":{"id":"s-1","123456789012":1}'),
    ],
    ids=["a value", "the outline", "the value of a key that indicates a secret"],
)
def test_a_part_of_the_event_that_is_a_secret_elsewhere_is_redacted(event_type: str, event: str) -> None:
    """In what is said of a finding about another part."""
    for number in range(1, 6):
        data = f'{{"session":{{"id":"s-1"}},"user":{{"id":"u-1"}},{event % (number, number)}}}'.encode()
        report = report_of(data, event_type, LATEST, None, None)
        shown = [_members(*one) for one in predicted.shown_findings(report, data)]
        assert shown == expected(data, event_type)
        assert any("*" in str(one) for one in shown)
        assert number < 3 or predicted_from(report) is not None
