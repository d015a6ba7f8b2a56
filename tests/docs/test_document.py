"""The document says what the schemas and rules say, and its examples are true."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

import eventlint
from eventlint.docs import Document, OwnRule, build
from eventlint.docs.document_model import Code, Event, Example
from eventlint.errors import UsageError
from eventlint.inputs.file_formats import read_console
from eventlint.model import Request
from eventlint.rules import RULES
from eventlint.spec import catalog, document, event_types

DOCUMENT = build()
RELEASES = [era.releases[-1] for era in catalog().eras]
OLDEST = RELEASES[0]


def fields(schema: dict[str, Any], above: str = "") -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """All fields of a schema document: the pointer, the field's own schema, and that of the object it refers to."""
    for name in schema.get("x-order", ()):
        field = schema["properties"][name]
        listed = field.get("x-reads", {}).get("of")
        target = document(listed or field["$ref"]) if listed or "$ref" in field else {}
        yield f"{above}/{name}", field, target
        yield from fields(target, f"{above}/{name}/*" if listed else f"{above}/{name}")


def schema_of(name: str) -> dict[str, Any]:
    """The newest schema document of an event type."""
    found: dict[str, Any] = document(f"urn:eventlint:event:{name}:{catalog().eras[-1].events[name]}")
    return found


def objects(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """All schemas of objects in an event, with their pointers."""
    yield "", schema_of(name)
    for pointer, field, target in fields(schema_of(name)):
        if "x-order" in target:
            yield f"{pointer}/*" if "x-reads" in field else pointer, target


def examples(made: Document) -> list[tuple[Event, Example]]:
    """All examples, with their events."""
    return [(event, one) for event in made.events for one in (*event.valid, *event.invalid)]


@pytest.mark.parametrize("name", event_types())
def test_each_field_stands_there_in_the_order_of_the_schemas(name: str) -> None:
    """The rows are the fields of the schemas, each after the one that holds it, in ``x-order``."""
    assert [field.pointer for field in DOCUMENT.event(name).fields] == [
        pointer for pointer, _, _ in fields(schema_of(name))
    ]


@pytest.mark.parametrize("name", event_types())
def test_a_field_has_what_its_schema_says(name: str) -> None:
    """Title, meaning, example and limits are those of the schema."""
    event = DOCUMENT.event(name)
    for pointer, schema, _ in fields(schema_of(name)):
        field = event.field(pointer)
        assert field is not None
        assert (field.title, field.meaning) == (schema["title"], schema["description"])
        assert json.loads(field.example) == schema["examples"][0]
        limits = " ".join(field.limits)
        assert ("not blank" in limits) == ("pattern" in schema)
        assert all(f"{schema[key]:,}" in limits for key in ("minimum", "maximum") if key in schema)


@pytest.mark.parametrize("name", event_types())
def test_each_required_set_has_a_sentence(name: str) -> None:
    """For each object there is a sentence that names all fields of its required sets, in their order."""
    sentences = {one.pointer: one.sentence for one in DOCUMENT.event(name).conditions}
    assert set(sentences) == {pointer for pointer, _ in objects(name)}
    for pointer, schema in objects(name):
        names = [str(part) for part in sentences[pointer] if isinstance(part, Code)]
        wanted = [field for one in schema["x-required-sets"] for field in one] or schema["x-order"]
        assert names[-len(wanted) :] == wanted


def test_conditions_read_as_sentences() -> None:
    """A choice, a condition and an element of a list are told in words."""
    told = {one.anchor: "".join(one.sentence) for one in DOCUMENT.event("search_click").conditions}
    assert told["search_click--needs"].endswith("It needs document, page, or both.")
    assert told["search_click--needs-search-page"] == "When page is given in search, it needs both current and size."
    assert told["search_click--needs-search-results-items-any-page"] == (
        "When page is given in an element of search.results.items, it needs url."
    )


@pytest.mark.parametrize("name", event_types())
def test_required_is_what_the_schemas_require(name: str) -> None:
    """A field is required in each event exactly when the server refuses an event with all fields but that one."""
    event = DOCUMENT.event(name)
    whole = json.loads(event.valid[-1].payload)
    for field in event.fields:
        if "*" in field.pointer:
            assert not field.is_needed
            continue
        changed = json.loads(json.dumps(whole))
        *way, last = field.pointer.split("/")[1:]
        inside = changed
        for part in way:
            inside = inside[part]
        del inside[last]
        if field.is_needed:
            assert not eventlint.is_valid(changed, name)
        elif field.needed == "no":
            assert eventlint.is_valid(changed, name)


@pytest.mark.parametrize("name", event_types())
def test_the_rules_of_the_schemas_stand_with_the_fields(name: str) -> None:
    """Each rule in a field's ``x-lint`` stands with the field, and each rule of an object among the looks."""
    event = DOCUMENT.event(name)
    for pointer, schema, target in fields(schema_of(name)):
        field = event.field(pointer)
        assert field is not None
        assert set(schema.get("x-lint", {})) <= set(field.rules)
        if "x-order" not in target:
            assert set(target.get("x-lint", {})) <= set(field.rules)
    looks = {look.rule for look in event.looks}
    assert all(set(schema.get("x-lint", {})) <= looks for _, schema in objects(name))


@pytest.mark.parametrize("name", event_types())
def test_what_the_schemas_say_of_the_index_is_told(name: str) -> None:
    """Each fact of ``x-ingest`` shows as a loss of the field."""
    rules = {"keyword": "keyword-too-long", "uri_parts": "unparsable-url", "flattened": "filter-too-long"}
    event = DOCUMENT.event(name)
    told = {(one.rule, pointer) for one in event.silent for pointer in one.pointers}
    for pointer, field, target in fields(schema_of(name)):
        facts = field.get("x-ingest") or target.get("x-ingest") or {}
        if "/*" not in pointer and facts.get("mapping") in rules:
            assert (rules[facts["mapping"]], pointer) in told
        if facts.get("routing"):
            assert ("session-id-too-long", pointer) in told
        if facts.get("mapping") == "disabled":
            assert (None, pointer) in told
            assert all(("unparsable-url", f"{pointer}/*{url}") in told for url in facts["uri_parts"])


def test_an_effect_is_that_of_the_place() -> None:
    """A password drops the event where the URL is indexed, and is stored where it is not."""
    found = {
        (one.effect, pointer)
        for one in DOCUMENT.event("search_click").silent
        if one.rule == "credentials-in-url"
        for pointer in one.pointers
    }
    assert found == {
        ("lost", "/page/url"),
        ("lost", "/page/referrer"),
        ("changed", "/search/results/items/*/page/url"),
    }


@pytest.mark.parametrize("release", RELEASES)
def test_valid_examples_are_clean(release: str) -> None:
    """In each event that is shown as valid nothing is found, and the server takes it."""
    for event in build(release).events:
        assert all(one.status == 202 for one in event.valid)
        assert all(eventlint.check(one.payload, event.name, release=release).findings == () for one in event.valid)


@pytest.mark.parametrize("release", RELEASES)
def test_answers_are_those_of_the_release(release: str) -> None:
    """The check says the same rule and, without ``?pretty``, the same answer as is shown."""
    for event, one in examples(build(release)):
        report = eventlint.check(one.payload, event.name, release=release)
        assert report.answer is not None
        assert (report.answer.status, json.loads(report.answer.body)) == (one.status, json.loads(one.answer))
        assert (report.first_error.rule if report.first_error else None) == one.rule


@pytest.mark.parametrize("name", event_types())
def test_refused_examples_are_many(name: str) -> None:
    """An unknown field, a wrong kind and each missing field are among what is refused; no payload stands twice."""
    invalid = DOCUMENT.event(name).invalid
    payloads = [one.payload for one in invalid]
    assert len(set(payloads)) == len(payloads)
    assert {"missing-field", "unknown-field", "wrong-type", "duplicate-key"} <= {one.rule for one in invalid}
    missing = sum(len(schema["x-required-sets"]) for _, schema in objects(name))
    assert sum(one.rule == "missing-field" for one in invalid) == missing


@pytest.mark.parametrize("event", DOCUMENT.events, ids=lambda event: event.name)
def test_the_request_can_be_sent(event: Event) -> None:
    """The request of the dev console, and that of the command line, are clean."""
    (record,) = read_console(event.request.console.encode())
    assert record.request is not None
    assert eventlint.check_request(record.request).findings == ()
    words = shlex.split(event.request.curl.replace("\\\n", ""))
    headers = dict(word.split(": ", 1) for before, word in pairwise(words) if before == "-H")
    request = Request(
        method=words[words.index("-X") + 1],
        uri=next(word for word in words if "$ELASTICSEARCH_URL" in word).removeprefix("$ELASTICSEARCH_URL"),
        headers=headers,
        body=words[words.index("-d") + 1].encode(),
    )
    report = eventlint.check_request(request)
    assert (report.event_type, report.findings) == (event.name, ())


def test_anchors_are_unique() -> None:
    """No two fields, rules or sentences have the same place."""
    anchors = [event.anchor for event in DOCUMENT.events] + [rule.anchor for rule in DOCUMENT.rules]
    for event in DOCUMENT.events:
        anchors += [field.anchor for field in event.fields] + [one.anchor for one in event.conditions]
    assert len(set(anchors)) == len(anchors)
    assert {"search_click-search-query", "rule-unknown-field"} <= set(anchors)


@pytest.mark.parametrize("release", RELEASES)
def test_rules_are_those_of_the_release(release: str) -> None:
    """A rule stands there exactly when the release has its trait."""
    traits = catalog().release(release).era.traits
    wanted = [rule.name for rule in RULES if rule.trait is None or rule.trait in traits]
    assert [rule.name for rule in build(release).rules] == wanted


def test_releases_answer_differently() -> None:
    """The document of the oldest release shows other answers than that of the newest."""
    assert [one.answer for _, one in examples(build(OLDEST))] != [one.answer for _, one in examples(DOCUMENT)]


def test_an_unknown_release_is_the_callers_fault() -> None:
    """A release that cannot be is a usage error."""
    with pytest.raises(UsageError):
        build("seven")


def own(pointer: str, event_type: str | None = None) -> OwnRule:
    """A rule of an organisation."""
    return OwnRule(pointer=pointer, name="house", message="be kind", source="house.json", event_type=event_type)


@pytest.mark.parametrize(
    ("pointer", "shown"),
    [
        ("/search/query", "/search/query"),
        ("/search/filters/brand", "/search/filters"),
        ("/search/results/items/0/document/id", "/search/results/items/*/document/id"),
        ("/nothing", None),
        ("", None),
    ],
)
def test_an_own_rule_stands_with_the_nearest_field(pointer: str, shown: str | None) -> None:
    """A rule of an organisation is shown once: with its field, or the nearest above, or the event."""
    rule = own(pointer, "search")
    event = build(extra=[rule]).event("search")
    assert [field.pointer for field in event.fields if rule in field.own] == ([shown] if shown else [])
    assert (rule in event.own) == (shown is None)


def test_an_own_rule_of_every_type_stands_in_each() -> None:
    """Without an event type, a rule is shown in each event."""
    made = build(extra=[own("/user/id")])
    assert all(event.field("/user/id").own for event in made.events)  # type: ignore[union-attr]


@pytest.mark.parametrize("rule", [own("user"), own("", "click")])
def test_an_own_rule_that_cannot_be_is_the_callers_fault(rule: OwnRule) -> None:
    """A pointer that is none, or an unknown event type, is a usage error."""
    with pytest.raises(UsageError):
        build(extra=[rule])


_FOR_PEOPLE = ("examples", "description", "title")


def bare(value: Any) -> Any:
    """A schema without what is only told to people."""
    if isinstance(value, list):
        return [bare(one) for one in value]
    if not isinstance(value, dict):
        return value
    told = {key: one for key, one in value.items() if isinstance(one, dict) or key not in _FOR_PEOPLE}
    return {key: bare(one) for key, one in told.items()}


def test_schemas_may_be_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without titles, descriptions and examples there still is a document, with events that the server takes."""
    monkeypatch.setattr("eventlint.spec.document", lambda identifier: bare(document(identifier)))
    monkeypatch.setattr("eventlint.docs.builder.document", lambda identifier: bare(document(identifier)))
    for event in build().events:
        assert [one.status for one in event.valid] == [202]
        assert [field.example for field in event.fields] == [""] * len(event.fields)
