"""The document agrees with the schemas and the rules, and its examples are true."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

import eventlint
from eventlint.docs import ContractRule, Document, build
from eventlint.docs.document_model import Code, Event, Example
from eventlint.errors import UsageError
from eventlint.inputs.request_files import read_requests
from eventlint.model import Request
from eventlint.rules import RULES
from eventlint.spec import catalog, document, event_types

DOCUMENT = build()
RELEASES = [era.releases[-1] for era in catalog().eras]
OLDEST = RELEASES[0]


def fields(schema: dict[str, Any], above: str = "") -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """All fields of a schema document: the pointer, the schema of the field, and the schema that it refers to."""
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
def test_fields_are_in_the_order_of_the_schemas(name: str) -> None:
    """The fields are those of the schemas, parents first, in ``x-order``."""
    assert [field.pointer for field in DOCUMENT.event(name).fields] == [
        pointer for pointer, _, _ in fields(schema_of(name))
    ]


@pytest.mark.parametrize("name", event_types())
def test_field_agrees_with_its_schema(name: str) -> None:
    """Title, description, example and limits are those of the schema."""
    event = DOCUMENT.event(name)
    for pointer, schema, _ in fields(schema_of(name)):
        field = event.field(pointer)
        assert field is not None
        assert (field.title, field.description) == (schema["title"], schema["description"])
        assert json.loads(field.example) == schema["examples"][0]
        limits = " ".join(field.limits)
        assert ("not blank" in limits) == ("pattern" in schema)
        assert all(f"{schema[key]:,}" in limits for key in ("minimum", "maximum") if key in schema)


@pytest.mark.parametrize("name", event_types())
def test_required_sets_have_a_sentence(name: str) -> None:
    """The sentence of each object names all fields of its required sets, in their order."""
    sentences = {one.pointer: one.sentence for one in DOCUMENT.event(name).requirements}
    assert set(sentences) == {pointer for pointer, _ in objects(name)}
    for pointer, schema in objects(name):
        names = [str(part) for part in sentences[pointer] if isinstance(part, Code)]
        wanted = [field for one in schema["x-required-sets"] for field in one] or schema["x-order"]
        assert names[-len(wanted) :] == wanted


def test_requirements_are_sentences() -> None:
    """A choice, an optional object and an element of an array are described in words."""
    sentences = {one.anchor: "".join(one.sentence) for one in DOCUMENT.event("search_click").requirements}
    assert sentences["search_click--requires"].endswith("It also requires at least one of document and page.")
    assert sentences["search_click--requires-search-page"] == "If present, search.page requires current and size."
    assert sentences["search_click--requires-search-results-items-any"] == (
        "Each element of search.results.items has no required fields; optional: document, page."
    )
    assert sentences["search_click--requires-search-results-items-any-page"] == (
        "If present, search.results.items[].page requires url."
    )


@pytest.mark.parametrize("name", event_types())
def test_required_fields_are_those_that_the_server_requires(name: str) -> None:
    """A field is required if and only if the server rejects an event with all fields except that one."""
    event = DOCUMENT.event(name)
    whole = json.loads(event.valid[-1].payload)
    for field in event.fields:
        if "*" in field.pointer:
            assert not field.is_required
            continue
        changed = json.loads(json.dumps(whole))
        *path, last = field.pointer.split("/")[1:]
        inside = changed
        for part in path:
            inside = inside[part]
        del inside[last]
        if field.is_required:
            assert not eventlint.is_valid(changed, name)
        elif field.required == "no":
            assert eventlint.is_valid(changed, name)


@pytest.mark.parametrize("name", event_types())
def test_fields_list_the_rules_of_their_schemas(name: str) -> None:
    """A field lists each rule in its ``x-lint``, and the event lists each rule of its objects."""
    event = DOCUMENT.event(name)
    for pointer, schema, target in fields(schema_of(name)):
        field = event.field(pointer)
        assert field is not None
        assert set(schema.get("x-lint", {})) <= set(field.rules)
        if "x-order" not in target:
            assert set(target.get("x-lint", {})) <= set(field.rules)
    targets = {target.rule for target in event.lint}
    assert all(set(schema.get("x-lint", {})) <= targets for _, schema in objects(name))


@pytest.mark.parametrize("name", event_types())
def test_losses_cover_the_ingest_facts_of_the_schemas(name: str) -> None:
    """Each fact in ``x-ingest`` appears as a loss of the field."""
    rules = {"keyword": "keyword-too-long", "uri_parts": "unparsable-url", "flattened": "filter-too-long"}
    event = DOCUMENT.event(name)
    losses = {(one.rule, pointer) for one in event.losses for pointer in one.pointers}
    for pointer, field, target in fields(schema_of(name)):
        facts = field.get("x-ingest") or target.get("x-ingest") or {}
        if "/*" not in pointer and facts.get("mapping") in rules:
            assert (rules[facts["mapping"]], pointer) in losses
        if facts.get("routing"):
            assert ("session-id-too-long", pointer) in losses
        if facts.get("mapping") == "disabled":
            assert (None, pointer) in losses
            assert all(("unparsable-url", f"{pointer}/*{url}") in losses for url in facts["uri_parts"])


def test_effect_of_a_loss_depends_on_the_field() -> None:
    """A password drops the event if the URL is indexed, and is stored if it is not."""
    found = {
        (one.effect, pointer)
        for one in DOCUMENT.event("search_click").losses
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
    """Every valid example is accepted by the server and has no findings."""
    for event in build(release).events:
        assert all(one.status == 202 for one in event.valid)
        assert all(eventlint.check(one.payload, event.name, release=release).findings == () for one in event.valid)


@pytest.mark.parametrize("release", RELEASES)
def test_answers_are_those_of_the_release(release: str) -> None:
    """The check reports the rule and, apart from ``?pretty``, the answer in each example."""
    for event, one in examples(build(release)):
        report = eventlint.check(one.payload, event.name, release=release)
        assert report.answer is not None
        assert (report.answer.status, json.loads(report.answer.body)) == (one.status, json.loads(one.answer))
        assert (report.first_error.rule if report.first_error else None) == one.rule


@pytest.mark.parametrize("name", event_types())
def test_rejected_examples_cover_the_common_mistakes(name: str) -> None:
    """The examples include unknown fields, wrong types and every missing field; no payload occurs twice."""
    invalid = DOCUMENT.event(name).invalid
    payloads = [one.payload for one in invalid]
    assert len(set(payloads)) == len(payloads)
    rules = {"missing-field", "unknown-field", "wrong-type", "duplicate-key", "truncated-json", "invalid-json"}
    assert rules <= {one.rule for one in invalid}
    missing = sum(len(schema["x-required-sets"]) for _, schema in objects(name))
    assert sum(one.rule == "missing-field" for one in invalid) == missing


@pytest.mark.parametrize("event", DOCUMENT.events, ids=lambda event: event.name)
def test_requests_are_clean(event: Event) -> None:
    """The requests for a dev console and for a shell have no findings."""
    (record,) = read_requests(event.request.console.encode())
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
    """No two events, fields, rules or sentences have the same anchor."""
    anchors = [event.anchor for event in DOCUMENT.events] + [rule.anchor for rule in DOCUMENT.rules]
    for event in DOCUMENT.events:
        anchors += [field.anchor for field in event.fields] + [one.anchor for one in event.requirements]
    assert len(set(anchors)) == len(anchors)
    assert {"search_click-search-query", "rule-unknown-field"} <= set(anchors)


@pytest.mark.parametrize("release", RELEASES)
def test_rules_are_those_of_the_release(release: str) -> None:
    """The document has a rule if and only if the release has its trait."""
    traits = catalog().release(release).era.traits
    wanted = [rule.name for rule in RULES if rule.trait is None or rule.trait in traits]
    assert [rule.name for rule in build(release).rules] == wanted


def test_releases_answer_differently() -> None:
    """The answers of the oldest release differ from those of the newest."""
    assert [one.answer for _, one in examples(build(OLDEST))] != [one.answer for _, one in examples(DOCUMENT)]


def test_unknown_release_is_a_usage_error() -> None:
    """An invalid release is a usage error."""
    with pytest.raises(UsageError):
        build("seven")


def contract_rule(pointer: str, event_type: str | None = None) -> ContractRule:
    """A rule of a custom contract."""
    return ContractRule(pointer=pointer, name="house", message="be kind", source="house.json", event_type=event_type)


@pytest.mark.parametrize(
    ("pointer", "nearest"),
    [
        ("/search/query", "/search/query"),
        ("/search/filters/brand", "/search/filters"),
        ("/search/results/items/0/document/id", "/search/results/items/*/document/id"),
        ("/nothing", None),
        ("", None),
    ],
)
def test_contract_rule_belongs_to_the_nearest_field(pointer: str, nearest: str | None) -> None:
    """A contract rule appears once: with its field, the nearest field above, or the event."""
    rule = contract_rule(pointer, "search")
    event = build(contract_rules=[rule]).event("search")
    assert [field.pointer for field in event.fields if rule in field.contract_rules] == ([nearest] if nearest else [])
    assert (rule in event.contract_rules) == (nearest is None)


def test_contract_rule_without_event_type_belongs_to_every_event() -> None:
    """A contract rule without an event type appears in every event that has its field."""
    made = build(contract_rules=[contract_rule("/user/id")])
    assert all(event.field("/user/id").contract_rules for event in made.events)  # type: ignore[union-attr]


@pytest.mark.parametrize("rule", [contract_rule("user"), contract_rule("", "click")])
def test_invalid_contract_rule_is_a_usage_error(rule: ContractRule) -> None:
    """An invalid pointer or an unknown event type is a usage error."""
    with pytest.raises(UsageError):
        build(contract_rules=[rule])


_FOR_PEOPLE = ("examples", "description", "title")


def bare(value: Any) -> Any:
    """A copy of a schema without titles, descriptions and examples."""
    if isinstance(value, list):
        return [bare(one) for one in value]
    if not isinstance(value, dict):
        return value
    kept = {key: one for key, one in value.items() if isinstance(one, dict) or key not in _FOR_PEOPLE}
    return {key: bare(one) for key, one in kept.items()}


def test_schemas_without_descriptions_are_documented(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without titles, descriptions and examples in the schemas, the examples are still accepted by the server."""
    monkeypatch.setattr("eventlint.spec.document", lambda identifier: bare(document(identifier)))
    monkeypatch.setattr("eventlint.exports.fields.document", lambda identifier: bare(document(identifier)))
    for event in build().events:
        assert [one.status for one in event.valid] == [202]
        assert [field.example for field in event.fields] == [""] * len(event.fields)
