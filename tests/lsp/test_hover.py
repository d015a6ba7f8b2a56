"""What is shown for a place."""

from __future__ import annotations

from pathlib import Path

import pytest

from eventlint.docs import build
from eventlint.lsp.hover import Hover, hover
from eventlint.lsp.rule_pages import manual_of
from eventlint.rules import RULES
from eventlint.rules.manual import manual
from tests.lsp.typed import document, with_contract


def shown(name: str, text: str, folder: str = "/nowhere", rules: tuple[str, ...] = ()) -> Hover | None:
    """What is shown at the bar in a document."""
    found, offset = document(name, text, folder)
    return hover(found, offset, rules, lambda rule: f"https://docs.example.com/{rule}")


def text_of(name: str, text: str, folder: str = "/nowhere", rules: tuple[str, ...] = ()) -> str:
    """The Markdown that is shown at the bar."""
    found = shown(name, text, folder, rules)
    assert found is not None
    return found.markdown


def test_a_field_has_its_documentation() -> None:
    """Title, description, limits, and what the server does with it come from the documentation of the release."""
    found = text_of("search.json", '{"session": {"i|d": "x"}}')
    event = build().event("search")
    field = event.field("/session/id")
    assert field is not None
    assert all(part in found for part in (field.title, field.description, *field.limits, "`/session/id`"))
    losses = [str(loss.rule) for loss in event.losses if "/session/id" in loss.pointers]
    assert losses
    assert [rule for rule in losses if rule not in found] == []


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        ('{"search": {"page": {"current": 1|2}}}', "/search/page/current"),
        ('{"search": {"results": {"items": [{}, {"page": {"url|', "/search/results/items/*/page/url"),
        ('{"search": {"results": {"items": {"page": {"url|', "/search/results/items/*/page/url"),
        ('{"search": {"filters": {"brand|": ["a"]}}}', "/search/filters"),
        ('{"search": {"filters": {"brand": ["a|"]}}}', "/search/filters"),
        ('[{"session": {"id|', "/session/id"),
    ],
)
def test_the_field_is_that_of_the_place(text: str, pointer: str) -> None:
    """Of a filter and of an element, it is the field around it."""
    assert f"`{pointer}`" in text_of("search.json", text)


@pytest.mark.parametrize(
    "text", ['{"nope|": 1}', '{"session": {"nope|": 1}}', '{"session" |: 1}', "// {|", '{"a": {"id|']
)
def test_nothing_is_shown_for_what_is_no_field(text: str) -> None:
    """An unknown field has no documentation."""
    assert shown("search.json", text) is None


def test_a_name_that_the_server_sets_is_explained() -> None:
    """It is no field, but people look for it."""
    assert "The server sets it to the time of arrival" in text_of("search.json", '{"@timestamp|": 1}')


def test_the_range_is_the_token() -> None:
    """Its offsets are those of the document."""
    found, offset = document("a.http", 'POST _application/analytics/a/event/search\n{"é": 1, "sess|ion": {}}')
    shown_there = hover(found, offset)
    assert shown_there is not None
    assert found.text[shown_there.start : shown_there.end] == b'"session"'


def test_request_lines() -> None:
    """Event types and parameters."""
    assert "A user searched." in text_of("a.http", "POST _application/analytics/a/event/sea|rch?pretty\n{}")
    assert "line breaks" in text_of("a.http", "POST _application/analytics/a/event/search?pre|tty\n{}")
    assert shown("a.http", "POST _application/analytics/a|b/event/search\n{}") is None


def test_a_contract_adds_its_constraints(tmp_path: Path) -> None:
    """With the place where they are; only in the collections that it applies to."""
    folder = with_contract(tmp_path, '[collections]\n"shop/*" = "shop-1"\n')
    found = text_of("shop/search.json", '{"search": {"search_application|": 1}}', folder)
    assert "one of web, app; The application is not known.; Use web." in found
    assert f"(file://{folder}/contracts/search.json#L13)" in found
    assert "at most 200 characters" in text_of("shop/search.json", '{"search": {"query|": 1}}', folder)
    assert "Contract" not in text_of("other/search.json", '{"search": {"query|": 1}}', folder)


@pytest.mark.parametrize("rule", [rule.name for rule in RULES])
def test_the_manual_of_a_rule_is_shown_in_short(rule: str) -> None:
    """Its summary, and the address of its page."""
    found = text_of("search.json", "{|}", rules=(rule,))
    summary = manual(next(one for one in RULES if one.name == rule)).summary
    assert summary in found
    assert f"https://docs.example.com/{rule}" in found


def test_a_rule_of_the_contract_is_shown(tmp_path: Path) -> None:
    """With its messages; its page is the one of all contract violations."""
    found = text_of("search.json", "{|}", with_contract(tmp_path), ("known-application",))
    assert "The application is not known." in found
    assert "https://docs.example.com/contract-violation" in found


def test_the_manual_of_a_rule_of_the_contract(tmp_path: Path) -> None:
    """It is made of what the contract has about the rule."""
    found, _ = document("search.json", "{}", with_contract(tmp_path))
    manual_text = manual_of("known-application", [found.settings.contract])
    assert manual_text is not None
    assert "The application is not known." in manual_text
    assert manual_of("known-application") is None


def test_nothing_of_the_event_is_shown() -> None:
    """Neither a value, nor a key that is not known."""
    found = text_of("search.json", '{"search": {"filters": {"api_key": ["s3cr|et\\u001b[31m"]}}}')
    assert [part for part in ("s3cr", "api_key", "\x1b") if part in found] == []


def test_the_documentation_is_that_of_the_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest of the releases of the configuration."""
    asked: list[str] = []

    def documentation(name: str) -> object:
        asked.append(name)
        return build()

    monkeypatch.setattr("eventlint.lsp.fields.documentation", documentation)
    monkeypatch.setattr("eventlint.lsp.hover.documentation", documentation)
    (tmp_path / "eventlint.toml").write_text('release = ["8.19.0", "8.16"]\n')
    text_of("search.json", '{"session|": {}}', str(tmp_path))
    assert {name.rpartition(".")[0] for name in asked} == {"8.19"}
