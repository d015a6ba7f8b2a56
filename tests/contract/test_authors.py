"""What an author of a contract may get wrong: an error with its place each time, no request, and no hang."""

from __future__ import annotations

import json
import pickle
import socket
from pathlib import Path
from typing import Any

import pytest

import eventlint
from eventlint.cli import main
from tests.contract.conftest import SEARCH, Make, of_search, search

REMOTE = "https://schemas.example/user.json"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens a connection fails."""

    def refuse(*_: Any) -> None:
        raise AssertionError("something was fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


CIRCLE = {"$defs": {"a": {"allOf": [{"$ref": "#/$defs/b"}]}, "b": {"anyOf": [{"$ref": "#/$defs/a"}]}}}
CHAIN = {f"n{number}": {"$ref": f"#/$defs/n{number + 1}"} for number in range(200)} | {"n200": {}}
DOUBLING: dict[str, Any] = {f"n{number}": {"allOf": [{"$ref": f"#/$defs/n{number + 1}"}] * 2} for number in range(18)}
DOUBLING["n18"] = {}
BROKEN: list[tuple[str, dict[str, Any], str, str]] = [
    ("remote", of_search({"$ref": REMOTE}), "/properties/search/$ref", "leads nowhere"),
    ("dynamic", of_search({"$dynamicRef": REMOTE}), "/properties/search/$dynamicRef", "leads nowhere"),
    ("missing", of_search({"$ref": "#/$defs/no"}), "/properties/search/$ref", "leads nowhere"),
    ("unused", {"$defs": {"a": {"$ref": REMOTE}}, **of_search({})}, "/$defs/a/$ref", "leads nowhere"),
    ("no-schema", {"title": "x", **of_search({"$ref": "#/title"})}, "/properties/search/$ref", "no schema"),
    ("self", {"$ref": "#"}, "/$ref", "leads to itself"),
    ("circle", {**CIRCLE, "$ref": "#/$defs/a"}, "/$defs/b/anyOf/0/$ref", "leads to itself"),
    ("dynamic-circle", {"$dynamicAnchor": "x", "not": {"$dynamicRef": "#x"}}, "/not/$dynamicRef", "leads to itself"),
    ("chain", {"$defs": CHAIN, "$ref": "#/$defs/n0"}, "/$defs/n38/$ref", "more than 40"),
    ("doubling", {"$defs": DOUBLING, "$ref": "#/$defs/n0"}, "", "more than 20,000 schemas"),
    ("catastrophic", of_search({"pattern": "^(a+)+$"}), "/properties/search/pattern", "may take forever"),
    ("catastrophic-name", {"patternProperties": {"^(a|a)*$": {}}}, "/patternProperties/^(a|a)*$", "may take forever"),
    ("no-pattern", of_search({"pattern": "("}), "/properties/search/pattern", "no regular expression"),
    ("format", of_search({"format": "uid"}), "/properties/search/format", '"uid" is not known; there are date'),
    ("type", of_search({"type": "text"}), "/properties/search/type", "text"),
    ("no-version", {"$id": "urn:acme:search"}, "/$id", "end in a version"),
    ("hiding", {"$id": SEARCH}, "/$id", "cannot begin with urn:eventlint:"),
    ("hiding-inside", {"$defs": {"a": {"$id": SEARCH}}}, "/$defs/a/$id", "cannot begin with urn:eventlint:"),
    ("draft", {"$schema": "http://json-schema.org/draft-07/schema#"}, "/$schema", "not the draft 2020-12"),
    ("no-event", {"x-applies-to": {"events": ["find"]}}, "/x-applies-to/events/0", "no event type"),
    ("deep-scope", of_search({"x-applies-to": {}}), "/properties/search/x-applies-to", "document's root"),
    ("rule-name", {"x-rule": {"name": "Bad Name"}}, "/x-rule/name", "Bad Name"),
    ("taken-name", {"x-rule": {"name": "unknown-field"}}, "/x-rule/name", "uses itself"),
    ("tier-name", {"x-rule": {"name": "error"}}, "/x-rule/name", "uses itself"),
    ("rule-key", {"x-rule": {"name": "a", "msg": "b"}}, "/x-rule", "msg"),
    ("about-nothing", {"$defs": {}, "type": "object"}, "", "about no event"),
]


@pytest.mark.parametrize(("document", "pointer", "words"), [one[1:] for one in BROKEN], ids=[one[0] for one in BROKEN])
def test_a_document_that_cannot_be_used_is_told(
    document: dict[str, Any], pointer: str, words: str, make: Make, tmp_path: Path
) -> None:
    """The error names the file, line and column, and the pointer; it can be handed to another process."""
    with pytest.raises(eventlint.SchemaError) as raised:
        make(document)
    error = raised.value
    assert words in str(error)
    assert error.pointer == pointer
    assert error.position is not None
    assert str(error).startswith(f"{tmp_path / '0.json'}:{error.position.line}:{error.position.column}: ")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - made in the line itself
    assert (str(again), again.position) == (str(error), error.position)


def test_a_broken_file_is_told_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is no JSON is told by line and column; the command cannot do its job then."""
    (tmp_path / "a.json").write_text('{"$id": "urn:acme:a:1-0-0",\n  "type": }')
    with pytest.raises(eventlint.SchemaError, match=r"a\.json:2:11: the file is no JSON"):
        eventlint.load_contract(tmp_path)
    assert main(["check", "--isolated", "--contract", str(tmp_path), str(tmp_path)]) == 4
    assert "a.json:2:11: the file is no JSON" in capsys.readouterr().err


def test_a_name_that_stands_twice_is_told(tmp_path: Path) -> None:
    """Of two members of one name, the second is told."""
    (tmp_path / "a.json").write_text('{"$id": "urn:acme:a:1-0-0",\n "$id": "urn:acme:b:1-0-0"}')
    with pytest.raises(eventlint.SchemaError, match=r'a\.json:2:2: "\$id" stands twice'):
        eventlint.load_contract(tmp_path)


def test_a_place_that_is_not_there(tmp_path: Path) -> None:
    """A missing folder is the environment's fault, an empty one the author's, a number the caller's."""
    with pytest.raises(eventlint.InputError, match="nowhere"):
        eventlint.load_contract(tmp_path / "nowhere")
    with pytest.raises(eventlint.SchemaError, match="no schema documents"):
        eventlint.load_contract(tmp_path)
    with pytest.raises(eventlint.UsageError, match="not from int"):
        eventlint.load_contract(7)  # type: ignore[arg-type]
    with pytest.raises(eventlint.InputError, match="nowhere"):
        eventlint.check({}, "search", contract=tmp_path / "nowhere")


def test_two_documents_cannot_share_a_name(make: Make) -> None:
    """The message names the other file."""
    with pytest.raises(eventlint.SchemaError, match=r"1\.json.* is the \$id of .*0\.json too"):
        make({"$id": "urn:acme:a:1-0-0"}, {"$id": "urn:acme:a:1-0-0"})


def test_a_document_about_two_events_has_to_say_so(make: Make) -> None:
    """Two built-in events for one value cannot both be meant without a word."""
    both = [{"$ref": SEARCH}, {"$ref": "urn:eventlint:event:page_view:1-0-0"}]
    with pytest.raises(eventlint.SchemaError, match="page_view and search; say with x-applies-to"):
        make({"anyOf": both})


def test_an_expression_is_not_tried_where_it_could_take_too_long(make: Make) -> None:
    """A text that is too long for an expression is a finding, whatever stands around the expression."""
    contract = make(of_search({"not": {"properties": {"query": {"pattern": "a*a*a*b"}}}}))
    report = eventlint.check(search(query="a" * 900), "search", contract=contract)
    ((rule, pointer, message),) = [
        (one.rule, one.pointer, one.message) for one in report.findings if one.tier == "contract"
    ]
    assert (rule, pointer) == ("contract-violation", "/search/query")
    assert "could take too long on a text of 900 characters" in message
    assert not eventlint.is_valid(search(query="a" * 900), "search", contract=contract)


def test_expressions_for_names_are_not_tried_either(make: Make) -> None:
    """The same holds for names of filters, in each keyword that asks for them."""
    filters = {"patternProperties": {"a*a*a*b": {}}, "unevaluatedProperties": {}, "additionalProperties": False}
    for keyword in ("patternProperties", "unevaluatedProperties", "additionalProperties"):
        schema = {key: filters[key] for key in ("patternProperties", keyword)}
        contract = make(of_search({"properties": {"filters": schema}}))
        report = eventlint.check(search(filters={"a" * 900: "x"}), "search", contract=contract)
        assert "could take too long" in report.findings[0].message


def test_a_schema_that_looks_into_itself_is_fine(make: Make) -> None:
    """A reference back that goes into the value ends where the value ends."""
    tree = {"properties": {"search": {"$ref": "#"}, "page": {"$ref": "#"}, "size": {"maximum": 5}}}
    contract = make(tree)
    report = eventlint.check(search(page={"current": 1, "size": 6}), "search", contract=contract)
    assert [one.pointer for one in report.findings] == ["/search/page/size"]


def test_documents_may_say_which_draft_they_are_of(make: Make) -> None:
    """``$schema`` does not turn off what is special here: expressions are still counted behind a reference."""
    draft = "https://json-schema.org/draft/2020-12/schema"
    defs = {"$schema": draft, "$id": "urn:acme:defs:1-0-0", "$defs": {"q": {"pattern": "a*a*a*b"}}}
    inner = {"$schema": draft, "$id": "urn:acme:inner:1-0-0", "$ref": "urn:acme:defs:1-0-0#/$defs/q"}
    contract = make(
        defs,
        {"$schema": draft, "$defs": {"i": inner}, "x-applies-to": {}, **of_search({"properties": {"query": inner}})},
    )
    report = eventlint.check(search(query="a" * 900), "search", contract=contract)
    assert "could take too long" in report.findings[0].message


def test_json_that_is_no_schema_is_passed_over(make: Make, tmp_path: Path) -> None:
    """A folder may hold other JSON, such as samples."""
    (tmp_path / "sample.json").write_text(json.dumps(search()))
    assert make(of_search({})).identifiers == ("urn:acme:0:1-0-0",)
