"""Mistakes of contract authors: each is an error with a position, without network access."""

from __future__ import annotations

import json
import pickle
import socket
import time
from pathlib import Path
from typing import Any

import pytest

import eventlint
from eventlint.cli import main
from eventlint.model import MAX_KEY
from tests.contract.conftest import SEARCH, Make, of_search, search

REMOTE = "https://schemas.example/user.json"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail any attempt to open a connection."""

    def refuse(*_: Any) -> None:
        raise AssertionError("something was fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


CIRCLE = {"$defs": {"a": {"allOf": [{"$ref": "#/$defs/b"}]}, "b": {"anyOf": [{"$ref": "#/$defs/a"}]}}}
CHAIN = {f"n{number}": {"$ref": f"#/$defs/n{number + 1}"} for number in range(200)} | {"n200": {}}
DOUBLING: dict[str, Any] = {f"n{number}": {"allOf": [{"$ref": f"#/$defs/n{number + 1}"}] * 2} for number in range(18)}
DOUBLING["n18"] = {}
BROKEN: list[tuple[str, dict[str, Any], str, str]] = [
    ("remote", of_search({"$ref": REMOTE}), "/properties/search/$ref", "cannot be resolved"),
    ("dynamic", of_search({"$dynamicRef": REMOTE}), "/properties/search/$dynamicRef", "cannot be resolved"),
    ("missing", of_search({"$ref": "#/$defs/no"}), "/properties/search/$ref", "cannot be resolved"),
    ("unused", {"$defs": {"a": {"$ref": REMOTE}}, **of_search({})}, "/$defs/a/$ref", "cannot be resolved"),
    ("no-schema", {"title": "x", **of_search({"$ref": "#/title"})}, "/properties/search/$ref", "not a schema"),
    ("self", {"$ref": "#"}, "/$ref", "refers to itself"),
    ("circle", {**CIRCLE, "$ref": "#/$defs/a"}, "/$defs/b/anyOf/0/$ref", "refers to itself"),
    ("dynamic-circle", {"$dynamicAnchor": "x", "not": {"$dynamicRef": "#x"}}, "/not/$dynamicRef", "refers to itself"),
    ("chain", {"$defs": CHAIN, "$ref": "#/$defs/n0"}, "/$defs/n38/$ref", "more than 40"),
    ("doubling", {"$defs": DOUBLING, "$ref": "#/$defs/n0"}, "", "more than 20,000 schemas"),
    ("lookahead", of_search({"pattern": "^(?=a)"}), "/properties/search/pattern", "lookaround is not supported"),
    ("backreference", {"patternProperties": {r"(a)\1": {}}}, r"/patternProperties/(a)\1", "backreferences are not"),
    ("nested-set", of_search({"pattern": "[a&&b]"}), "/properties/search/pattern", "escape [, &&"),
    ("no-pattern", of_search({"pattern": "("}), "/properties/search/pattern", "unterminated subpattern"),
    ("format", of_search({"format": "uid"}), "/properties/search/format", 'unknown format "uid"'),
    ("type", of_search({"type": "text"}), "/properties/search/type", "text"),
    ("no-version", {"$id": "urn:acme:search"}, "/$id", "end in a version"),
    ("hiding", {"$id": SEARCH}, "/$id", "cannot begin with urn:eventlint:"),
    ("hiding-inside", {"$defs": {"a": {"$id": SEARCH}}}, "/$defs/a/$id", "cannot begin with urn:eventlint:"),
    ("draft", {"$schema": "http://json-schema.org/draft-07/schema#"}, "/$schema", "not the draft 2020-12"),
    ("no-event", {"x-applies-to": {"events": ["find"]}}, "/x-applies-to/events/0", "not an event type"),
    ("deep-scope", of_search({"x-applies-to": {}}), "/properties/search/x-applies-to", "root of a document"),
    ("rule-name", {"x-rule": {"name": "Bad Name"}}, "/x-rule/name", "Bad Name"),
    ("taken-name", {"x-rule": {"name": "unknown-field"}}, "/x-rule/name", "is reserved"),
    ("tier-name", {"x-rule": {"name": "error"}}, "/x-rule/name", "is reserved"),
    ("rule-key", {"x-rule": {"name": "a", "msg": "b"}}, "/x-rule/msg", 'unknown key "msg"'),
    ("about-nothing", {"$defs": {}, "type": "object"}, "", "applies to no event"),
]


@pytest.mark.parametrize(("document", "pointer", "words"), [one[1:] for one in BROKEN], ids=[one[0] for one in BROKEN])
def test_an_unusable_document_is_an_error(
    document: dict[str, Any], pointer: str, words: str, make: Make, tmp_path: Path
) -> None:
    """The error has file, line, column and pointer, and can be pickled."""
    with pytest.raises(eventlint.SchemaError) as raised:
        make(document)
    error = raised.value
    assert words in str(error)
    assert error.pointer == pointer
    assert error.position is not None
    assert str(error).startswith(f"{tmp_path / '0.json'}:{error.position.line}:{error.position.column}: ")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - made in the line itself
    assert (str(again), again.position) == (str(error), error.position)


def test_invalid_json_is_an_error_with_its_position(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is not JSON has an error with line and column, and the command exits with 4."""
    (tmp_path / "a.json").write_text('{"$id": "urn:acme:a:1-0-0",\n  "type": }')
    with pytest.raises(eventlint.SchemaError, match=r"a\.json:2:11: the file is not JSON"):
        eventlint.load_contract(tmp_path)
    assert main(["check", "--isolated", "--contract", str(tmp_path), str(tmp_path)]) == 4
    assert "a.json:2:11: the file is not JSON" in capsys.readouterr().err


def test_a_duplicate_key_is_an_error(tmp_path: Path) -> None:
    """The error is at the second key."""
    (tmp_path / "a.json").write_text('{"$id": "urn:acme:a:1-0-0",\n "$id": "urn:acme:b:1-0-0"}')
    with pytest.raises(eventlint.SchemaError, match=r'a\.json:2:2: duplicate key "\$id"'):
        eventlint.load_contract(tmp_path)


def test_a_missing_path(tmp_path: Path) -> None:
    """A missing folder is an input error, an empty one a schema error, and a number a usage error."""
    with pytest.raises(eventlint.InputError, match="nowhere"):
        eventlint.load_contract(tmp_path / "nowhere")
    with pytest.raises(eventlint.SchemaError, match="no schema documents"):
        eventlint.load_contract(tmp_path)
    with pytest.raises(eventlint.UsageError, match="not from int"):
        eventlint.load_contract(7)  # type: ignore[arg-type]
    with pytest.raises(eventlint.UsageError, match="contract must be a path or a Contract"):
        eventlint.check({}, "search", contract=7)  # type: ignore[arg-type]


def test_two_documents_cannot_have_the_same_id(make: Make) -> None:
    """The message names the other file."""
    with pytest.raises(eventlint.SchemaError, match=r"1\.json.* is also the \$id of .*0\.json"):
        make({"$id": "urn:acme:a:1-0-0"}, {"$id": "urn:acme:a:1-0-0"})


def test_references_to_two_events_are_ambiguous(make: Make) -> None:
    """A document that refers to two built-in events needs ``x-applies-to``."""
    both = [{"$ref": SEARCH}, {"$ref": "urn:eventlint:event:page_view:1-0-0"}]
    with pytest.raises(eventlint.SchemaError, match="refers to page_view and search"):
        make({"anyOf": both})


@pytest.mark.parametrize("pattern", ["^(a+)+$", "(a|a)*$", "a*a*a*a*b", "^(a?){50}a{50}$"])
def test_any_supported_pattern_takes_linear_time(pattern: str, make: Make) -> None:
    """A long string is quick, even with patterns that take exponential time in a backtracking engine."""
    contract = make(of_search({"properties": {"query": {"pattern": pattern}}}))
    event = search(query="a" * 50_000 + "!")
    started = time.process_time()
    accepted = contract.accepts(event, "search")
    assert time.process_time() - started < 10
    assert accepted == (pattern == "(a|a)*$")


def test_patterns_of_keys_take_linear_time_too(make: Make) -> None:
    """The same holds for the keys of filters, in each keyword that depends on them."""
    filters = {"patternProperties": {"^(a+)+$": {}}, "unevaluatedProperties": False, "additionalProperties": False}
    for keyword in ("unevaluatedProperties", "additionalProperties"):
        schema = {key: filters[key] for key in ("patternProperties", keyword)}
        contract = make(of_search({"properties": {"filters": schema}}))
        key = "a" * 900 + "!"
        started = time.process_time()
        report = eventlint.check(search(filters={key: "x"}), "search", contract=contract)
        assert time.process_time() - started < 10
        cut = f"{key[: MAX_KEY - 1]}…"
        assert [one.pointer for one in report.findings if one.tier == "contract"] == [f"/search/filters/{cut}"]


def test_a_recursive_schema_is_valid(make: Make) -> None:
    """A recursive schema that descends into the value is valid."""
    tree = {"properties": {"search": {"$ref": "#"}, "page": {"$ref": "#"}, "size": {"maximum": 5}}}
    contract = make(tree)
    report = eventlint.check(search(page={"current": 1, "size": 6}), "search", contract=contract)
    assert [one.pointer for one in report.findings] == ["/search/page/size"]


def test_documents_may_declare_the_draft(make: Make) -> None:
    """``$schema`` changes nothing: formats are still asserted behind a reference."""
    draft = "https://json-schema.org/draft/2020-12/schema"
    defs = {"$schema": draft, "$id": "urn:acme:defs:1-0-0", "$defs": {"q": {"format": "uuid"}}}
    inner = {"$schema": draft, "$id": "urn:acme:inner:1-0-0", "$ref": "urn:acme:defs:1-0-0#/$defs/q"}
    contract = make(
        defs,
        {"$schema": draft, "$defs": {"i": inner}, "x-applies-to": {}, **of_search({"properties": {"query": inner}})},
    )
    report = eventlint.check(search(query="shoes"), "search", contract=contract)
    assert report.findings[0].message == "'shoes' is not of the format uuid"


def test_other_json_files_are_ignored(make: Make, tmp_path: Path) -> None:
    """A folder may contain other JSON files, such as samples."""
    (tmp_path / "sample.json").write_text(json.dumps(search()))
    assert make(of_search({})).identifiers == ("urn:acme:0:1-0-0",)
