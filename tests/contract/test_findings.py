"""Findings of contracts: rules, messages, positions, and the events that contracts check."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import eventlint
from eventlint.schemas.string_formats import FORMATS
from eventlint.spec import catalog, event_types
from tests.contract.conftest import ANY, SEARCH, Make, of_search, search, violations
from tests.corpus import payload_cases

BUILT_IN = [f"urn:eventlint:event:{kind}:{version}" for kind, version in catalog().eras[-1].events.items()]


def test_a_rule_has_the_name_message_and_hint_of_its_author(make: Make) -> None:
    """``x-rule`` is reported unchanged, at the position of the value."""
    rule = {"name": "short-query", "message": "Too short.", "hint": "Write more."}
    contract = make(of_search({"properties": {"query": {"x-rule": rule, "minLength": 9}}}))
    body = b'{"session":{"id":"s-1"},"user":{"id":"u-1"},\n "search":{"query":"shoes"}}'
    (found,) = eventlint.check(body, "search", contract=contract).findings
    assert found == eventlint.Finding(
        rule="short-query",
        tier="contract",
        message="Too short.",
        hint="Write more.",
        pointer="/search/query",
        position=eventlint.Position(line=2, column=20, offset=64),
        event_type="search",
    )
    assert found.url == "docs/rules/contract-violation.md"


def test_the_innermost_rule_applies(make: Make) -> None:
    """A rule applies to all constraints below it without a rule, also behind references; equal findings are merged."""
    inner = {"x-rule": {"name": "inner"}, "maxLength": 1}
    document = {
        "$defs": {"text": {"maxLength": 2, "pattern": "^.{0,2}$"}},
        "x-applies-to": {},
        "x-rule": {"name": "outer", "message": "outer"},
        **of_search({"properties": {"query": {"$ref": "#/$defs/text"}, "search_application": inner}}),
    }
    report = eventlint.check(search(search_application="app"), "search", contract=make(document))
    assert violations(report) == [
        ("outer", "/search/query", "outer"),
        ("inner", "/search/search_application", "'app' has 3 characters, more than 1"),
    ]


def test_without_a_name_the_finding_points_to_the_constraint(make: Make) -> None:
    """The hint is the address of the keyword."""
    contract = make(of_search({"properties": {"query": {"const": "hats"}}}))
    (found,) = eventlint.check(search(), "search", contract=contract).findings
    assert found.rule == "contract-violation"
    assert found.hint == "see urn:acme:0:1-0-0#/properties/search/properties/query/const"


def _filter(schema: Any) -> dict[str, Any]:
    """A schema for each filter."""
    return {"properties": {"filters": {"additionalProperties": schema}}}


def _size(schema: Any) -> dict[str, Any]:
    """A schema for the size of a page."""
    return {"properties": {"page": {"properties": {"size": schema}}}}


MESSAGES: list[tuple[Any, str, str]] = [
    ({"type": "array"}, "", "the object must be an array"),
    ({"type": ["array", "null"]}, "", "the object must be an array or null"),
    ({"properties": {"query": {"enum": ["a", "b"]}}}, "/query", "'shoes' is not one of 'a', 'b'"),
    ({"properties": {"query": {"const": "a"}}}, "/query", "'shoes' must be 'a'"),
    ({"properties": {"query": {"pattern": "^a"}}}, "/query", "'shoes' does not match the pattern '^a'"),
    ({"properties": {"query": {"format": "uuid"}}}, "/query", "'shoes' is not of the format uuid"),
    ({"properties": {"query": {"minLength": 6}}}, "/query", "'shoes' has 5 characters, fewer than 6"),
    ({"properties": {"query": {"maxLength": 1}}}, "/query", "'shoes' has 5 characters, more than 1"),
    ({"properties": {"query": False}}, "/query", "the contract allows no value here"),
    ({"properties": {"query": {"not": {"type": "string"}}}}, "/query", "the contract excludes 'shoes'"),
    (_size({"minimum": 11}), "/page/size", "10 is less than 11"),
    (_size({"maximum": 9}), "/page/size", "10 is more than 9"),
    (
        {"properties": {"page": {"properties": {"size": {"exclusiveMinimum": 10}}}}},
        "/page/size",
        "10 must be more than 10",
    ),
    (
        {"properties": {"page": {"properties": {"size": {"exclusiveMaximum": 10}}}}},
        "/page/size",
        "10 must be less than 10",
    ),
    (_size({"multipleOf": 12}), "/page/size", "10 is not a multiple of 12"),
    ({"required": ["sort"]}, "", "missing field 'sort', which the contract requires"),
    ({"dependentRequired": {"page": ["sort"]}}, "", "missing field 'sort', which another field here requires"),
    ({"minProperties": 5}, "", "the object has 3 keys, fewer than 5"),
    ({"maxProperties": 1}, "", "the object has 3 keys, more than 1"),
    (
        {"properties": {"query": {}, "page": {}}, "additionalProperties": False},
        "/filters",
        "the contract does not allow the key 'filters'",
    ),
    ({"propertyNames": {"maxLength": 5}}, "/filters", "the contract does not allow a key such as 'filters'"),
    (
        {"properties": {"query": {}, "page": {}}, "unevaluatedProperties": False},
        "/filters",
        "the contract does not allow the key 'filters'",
    ),
    (
        {"properties": {"filters": {"additionalProperties": {"minItems": 3}}}},
        "/filters/b",
        "the array has 2 elements, fewer",
    ),
    (
        {"properties": {"filters": {"additionalProperties": {"maxItems": 1}}}},
        "/filters/b",
        "the array has 2 elements, more",
    ),
    (_filter({"uniqueItems": True}), "/filters/b/1", "more than once"),
    (_filter({"contains": {"const": "y"}}), "/filters/b", "no element"),
    (
        {"properties": {"filters": {"additionalProperties": {"contains": {"const": "x"}, "minContains": 3}}}},
        "/filters/b",
        "fewer than 3",
    ),
    (
        {"properties": {"filters": {"additionalProperties": {"contains": {"const": "x"}, "maxContains": 1}}}},
        "/filters/b",
        "more than 1",
    ),
    (_filter({"unevaluatedItems": False}), "/filters/b", "elements that"),
    (
        {"anyOf": [{"required": ["sort"]}, {"required": ["results"]}]},
        "",
        "the object matches none of the contract's 2 choices",
    ),
    (
        {"oneOf": [{"required": ["query"]}, {"required": ["page"]}]},
        "",
        "the object matches more than one of the contract's",
    ),
    (
        {"oneOf": [{"required": ["sort"]}, {"required": ["results"]}]},
        "",
        "the object matches none of the contract's choices",
    ),
    ({"anyOf": [{"type": "array"}, {"required": ["sort"]}]}, "", "missing field 'sort'"),
    ({"if": {"required": ["page"]}, "then": {"required": ["sort"]}}, "", "missing field 'sort'"),
    ({"dependentSchemas": {"page": {"required": ["sort"]}}}, "", "missing field 'sort'"),
]


@pytest.mark.parametrize(("schema", "pointer", "message"), MESSAGES, ids=[json.dumps(one[0])[:60] for one in MESSAGES])
def test_each_constraint_has_a_message(schema: Any, pointer: str, message: str, make: Make) -> None:
    """A violated constraint has one finding, with its message, at the value."""
    event = search(page={"current": 1, "size": 10}, filters={"b": ["x", "x"]})
    ((rule, where, words),) = violations(eventlint.check(event, "search", contract=make(of_search(schema), ignore=ANY)))
    assert (rule, where) == ("contract-violation", f"/search{pointer}")
    assert message in words
    assert "\n" not in words


VALID = {
    "date": ["2024-02-29"],
    "date-time": ["2024-02-29T23:59:60Z", "2024-01-01t00:00:00.5+01:30"],
    "duration": ["P1D", "PT5M", "P2W", "P1Y2M3DT4H5M6S"],
    "email": ["a.b+c@example.org"],
    "hostname": ["a-b.example", "localhost"],
    "ipv4": ["127.0.0.1"],
    "ipv6": ["::1", "2001:db8::8a2e:370:7334"],
    "json-pointer": ["", "/a~1b/0"],
    "time": ["12:00:00Z"],
    "uri": ["https://user@example.org:80/a?b#c", "urn:a:b", "http://[::1]:80/x"],
    "uri-reference": ["", "/a", "../b?c#d", "//[::1]/"],
    "uuid": ["5f26f01a-bbee-4202-9298-81261067abbd", "5F26F01A-BBEE-4202-9298-81261067ABBD"],
}
INVALID = {
    "date": ["2023-02-29", "2024-1-1", "20240101", "२०२४-०१-०१"],
    "date-time": ["2024-01-01", "2024-01-01 00:00:00Z", "2024-01-01T00:00:00", "2024-01-01T24:00:00Z"],
    "duration": ["", "P", "PT", "P1DT", "1D", "P1S"],
    "email": ["a", "@b", "a@", "a..b@c", "a b@c"],
    "hostname": ["", "-a", "a_b", "a." + "b" * 64, "a" * 254],
    "ipv4": ["127.0.0", "127.0.0.01", "256.0.0.1"],
    "ipv6": ["1", "::1%eth0", "12345::"],
    "json-pointer": ["a", "/~2", "/~"],
    "time": ["12:00:00", "25:00:00Z", "12:00:00+24:00"],
    "uri": ["/a", "a b:c", "http://a b/", "http://a/%zz", "http://a/[b]", "http://[1]/", "1a:b"],
    "uri-reference": ["a b", "\\", "a#b#c", "ä"],
    "uuid": ["5f26f01abbee4202929881261067abbd", "5f26f01a-bbee-4202-9298-81261067abbg", ""],
}


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_accepts_and_rejects_strings(name: str) -> None:
    """Each format accepts its valid strings and rejects the others."""
    assert [text for text in VALID[name] if not FORMATS[name](text)] == []
    assert [text for text in INVALID[name] if FORMATS[name](text)] == []


@given(st.sampled_from(sorted(FORMATS)), st.text())
def test_a_format_never_raises(name: str, text: str) -> None:
    """A format has an answer for any string."""
    assert isinstance(FORMATS[name](text), bool)


def _only(report: eventlint.Report) -> eventlint.Finding:
    """The one finding of the tier contract."""
    (found,) = [one for one in report.findings if one.tier == "contract"]
    return found


# ---- which events, and which view of them ----------------------------------------------------------------------


def test_a_contract_does_not_check_rejected_events(make: Make) -> None:
    """An event that the server rejects only has its errors."""
    contract = make({"required": ["page"]}, ignore=ANY)
    for event in (b'{"search":{}}', b"{", b"", {"search": {}}, object()):
        plain, judged = (eventlint.check(event, "search", contract=one) for one in (None, contract))
        assert judged.findings == plain.findings
        assert judged.first_error == plain.first_error
    around = eventlint.check(search(), "search", collection="no", collections=["site"], contract=contract)
    assert {one.tier for one in around.findings} == {"error"}


@given(st.sampled_from(list(payload_cases())))
def test_a_contract_never_accepts_more(case: Any) -> None:
    """With a contract, all other findings and the server's answer stay."""
    if case.event_type in event_types():
        plain = eventlint.check(case.body, case.event_type)
        judged = eventlint.check(case.body, case.event_type, contract=NOTHING)
        assert [one for one in judged.findings if one.tier != "contract"] == list(plain.findings)
        assert (judged.first_error, judged.accepted, judged.ok) == (plain.first_error, plain.accepted, False)


def test_accepted_events_match_the_built_in_schemas() -> None:
    """A contract that only refers to the built-in events reports nothing for the accepted events of the corpus."""
    found = [
        (case.id, violations(report))
        for case in payload_cases()
        if case.event_type in event_types()
        for report in [eventlint.check(case.body, case.event_type, contract=SAME)]
        if violations(report)
    ]
    assert found == []


def _made(*documents: dict[str, Any]) -> eventlint.Contract:
    from eventlint.schemas.documents import Document
    from eventlint.schemas.json_places import read

    return eventlint.Contract(
        Document(path="a.json", name="a.json", text=read(json.dumps(one).encode())) for one in documents
    )


NOTHING = _made({"$id": "urn:acme:nothing:1-0-0", "x-applies-to": {}, "not": {}})
SAME = _made(*({"$id": f"urn:acme:{number}:1-0-0", "$ref": one} for number, one in enumerate(BUILT_IN)))


def test_numbers_are_checked_as_they_are_stored(make: Make) -> None:
    """A string or fraction that the server converts is checked as an integer, and reported where it was sent."""
    contract = make(of_search({"properties": {"page": {"properties": {"size": {"maximum": 9, "type": "integer"}}}}}))
    for size in ('"10"', "10.7", "1e1", "10"):
        body = json.dumps(search(page={"current": 1, "size": 0})).replace('"size": 0', f'"size": {size}').encode()
        (found,) = [
            one for one in eventlint.check(body, "search", contract=contract).findings if one.tier == "contract"
        ]
        assert (found.pointer, found.message) == ("/search/page/size", "10 is more than 9")
        assert found.position is not None
        assert body[found.position.offset :].startswith(size.encode())


def test_items_are_reported_where_they_were_sent(make: Make) -> None:
    """Dropped scalars and a single object do not change the pointer."""
    item = {"properties": {"document": {"properties": {"id": {"const": "1"}}}}}
    contract = make(of_search({"properties": {"results": {"properties": {"items": {"items": item}}}}}))
    good, bad = {"document": {"id": "1"}}, {"document": {"id": "2"}}
    for items, pointer in (
        (["x", good, 7, bad], "/3"),
        ([good, bad], "/1"),
        (["x", bad], "/1"),
        ([bad], "/0"),
        (bad, ""),
    ):
        body = json.dumps(search(results={"items": items})).encode()
        (found,) = [
            one for one in eventlint.check(body, "search", contract=contract).findings if one.tier == "contract"
        ]
        assert found.pointer == f"/search/results/items{pointer}/document/id"
        assert found.position is not None
        assert body[found.position.offset :].startswith(b'"2"')


def test_filters_are_checked_as_they_were_sent(make: Make) -> None:
    """A string stays a string and an array an array, also in JSON with comments."""
    contract = make(of_search({"properties": {"filters": {"properties": {"a": {"type": "string"}}}}}))
    for body, is_valid in (
        (b'{"a":"x"}', True),
        (b'{"a":["x"]}', False),
        (b'/**/{"a":"x"}', True),
        (b'{"a":[]}', False),
    ):
        whole = b'{"session":{"id":"s"},"user":{"id":"u"},"search":{"query":"q","filters":' + body + b"}} trailing"
        assert eventlint.check(whole, "search", contract=contract).ok == is_valid


def test_other_encodings_have_positions(make: Make) -> None:
    """In UTF-16, the offset counts the bytes that were sent."""
    contract = make(of_search({"properties": {"query": {"const": "hats"}}}))
    text = json.dumps(search())
    report = eventlint.check(text.encode("utf-16"), "search", contract=contract)
    found = _only(report)
    assert found.position is not None
    assert (found.position.column, found.position.offset) == (text.index('"shoes"') + 1, 2 + 2 * text.index('"shoes"'))


# ---- documents -----------------------------------------------------------------------------------------------------


def test_the_newest_version_is_used_by_default(make: Make) -> None:
    """Versions are compared as numbers; another version can be requested, which does not change the contract."""
    documents = [
        {"$id": f"urn:acme:q:{version}", "x-applies-to": {}, **of_search({"properties": {"query": {"const": version}}})}
        for version in ("1-2-0", "1-10-0", "1-9-9")
    ]
    contract = make(*documents)
    older = contract.with_versions({"urn:acme:q": "1-2-0"})
    assert contract.identifiers == ("urn:acme:q:1-10-0",)
    assert older.identifiers == make(*documents, versions={"urn:acme:q": "1-2-0"}).identifiers == ("urn:acme:q:1-2-0",)
    assert eventlint.is_valid(search(query="1-2-0"), "search", contract=older)
    assert not eventlint.is_valid(search(query="1-2-0"), "search", contract=contract)
    for wrong, words in (({"urn:acme:q": "1-0-0"}, "no version 1-0-0"), ({"urn:acme:x": "1-0-0"}, "no document")):
        with pytest.raises(eventlint.SchemaError, match=words):
            contract.with_versions(wrong)


def test_a_document_applies_to_some_events(make: Make) -> None:
    """``x-applies-to`` limits event types and collections; by default, the referenced built-in event counts."""
    contract = make(
        {"$id": "urn:acme:a:1-0-0", "allOf": [{"$ref": SEARCH}], "x-rule": {"name": "a"}, "required": ["x"]},
        {"$id": "urn:acme:b:1-0-0", "x-applies-to": {}, "x-rule": {"name": "b"}, "required": ["x"]},
        {
            "$id": "urn:acme:c:1-0-0",
            "x-applies-to": {"events": ["page_view", "search"], "collections": ["shop-*", "x"]},
            "x-rule": {"name": "c"},
            "required": ["x"],
        },
        ignore=ANY,
    )
    page = {"session": {"id": "s-1"}, "user": {"id": "u-1"}, "page": {"url": "https://acme.example/"}}

    def rules(event: Any, kind: str, collection: str | None) -> set[str]:
        return {
            rule for rule, _, _ in violations(eventlint.check(event, kind, collection=collection, contract=contract))
        }

    assert rules(search(), "search", None) == {"a", "b"}
    assert rules(search(), "search", "shop-de") == rules(search(), "search", "x") == {"a", "b", "c"}
    assert rules(page, "page_view", "shop-de") == {"b", "c"}
    assert rules(page, "page_view", "site") == {"b"}


def test_unique_items_take_linear_time(make: Make) -> None:
    """Many elements are not compared pair by pair."""
    contract = make(of_search({"properties": {"results": {"properties": {"items": {"uniqueItems": True}}}}}))
    items = [{"document": {"id": str(number)}} for number in range(20_000)]
    assert eventlint.is_valid(search(results={"items": items}), "search", contract=contract)
    report = eventlint.check(search(results={"items": [*items, items[7]]}), "search", contract=contract)
    assert [pointer for _, pointer, _ in violations(report)] == ["/search/results/items/20000"]


def test_without_a_contract_nothing_heavy_is_imported() -> None:
    """The libraries for schemas are imported when a contract is loaded, and not before."""
    heavy = "{'jsonschema', 'jsonschema_rs', 'eventlint.contract'}"
    code = f"import eventlint, sys; eventlint.check(b'{{}}', 'search'); print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
