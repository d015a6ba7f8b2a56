"""Deliberate mistakes in contracts: one message each, the same from loading, ``check`` and ``schema lint``."""

from __future__ import annotations

import copy
import json
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import eventlint
from eventlint.cli import contract_option, main
from eventlint.schemas.lint_rules import ALWAYS_ON, BY_NAME

SEARCH = "urn:eventlint:event:search:1-0-0"
GOOD: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:acme:search:1-0-0",
    "title": "Searches",
    "description": "Rules for searches.",
    "allOf": [{"$ref": SEARCH}],
    "properties": {
        "user": {"properties": {"id": {"x-rule": {"name": "uuid-user", "message": "not a UUID"}, "format": "uuid"}}},
        "search": {
            "properties": {
                "query": {"maxLength": 200},
                "page": {"properties": {"size": {"enum": [12, 24]}}},
                "filters": {"properties": {"brand": {"maxItems": 5}}, "additionalProperties": False},
            }
        },
    },
}
QUERY = "/properties/search/properties/query"
SIZE = "/properties/search/properties/page/properties/size"
FILTERS = "/properties/search/properties/filters"
USER = "/properties/user/properties/id"
GONE = object()
# The pointer to what is set, its value, the rule, and the pointer of the finding if it is another one.
SET: list[tuple[str, Any, str, str | None]] = [
    # keywords
    (f"{QUERY}/maxLenght", 200, "misspelled-keyword", None),
    (f"{QUERY}/maxlength", 200, "misspelled-keyword", None),
    (f"{QUERY}/max_length", 200, "misspelled-keyword", None),
    (f"{QUERY}/regex", "^a$", "misspelled-keyword", None),
    (f"{SIZE}/enums", [12], "misspelled-keyword", None),
    (f"{SIZE}/max", 12, "misspelled-keyword", None),
    (f"{QUERY}/nullable", True, "misspelled-keyword", None),
    (f"{FILTERS}/additionalProps", False, "misspelled-keyword", None),
    ("/requierd", ["search"], "misspelled-keyword", None),
    ("/definitions", {}, "misspelled-keyword", None),
    ("/owner", "search team", "unknown-keyword", None),
    ("/search", {"properties": {"query": {"minLength": 2}}}, "misspelled-keyword", None),
    ("/x-aplies-to", {"events": ["search"]}, "misspelled-keyword", None),
    ("/x-apply", {"events": ["search"]}, "misspelled-keyword", None),
    (f"{QUERY}/x-ruel", {"name": "long-query"}, "misspelled-keyword", None),
    (f"{QUERY}/xrule", {"name": "long-query"}, "misspelled-keyword", None),
    # values of keywords
    (f"{QUERY}/maxLength", "200", "invalid-schema", None),
    (f"{QUERY}/maxLength", -1, "invalid-schema", None),
    (f"{QUERY}/maxLength", 2.5, "invalid-schema", None),
    (f"{QUERY}/type", "text", "invalid-schema", None),
    (f"{QUERY}/type", ["string", "string"], "invalid-schema", None),
    (f"{QUERY}/type", ["string", "txt"], "invalid-schema", f"{QUERY}/type/1"),
    (f"{QUERY}/pattern", 5, "invalid-schema", None),
    (f"{QUERY}/required", True, "invalid-schema", None),
    ("/required", "search", "invalid-schema", None),
    ("/required", ["search", 5], "invalid-schema", "/required/1"),
    ("/required", ["search", "search"], "invalid-schema", None),
    (f"{SIZE}/enum", 12, "invalid-schema", None),
    (f"{SIZE}/multipleOf", 0, "invalid-schema", None),
    ("/properties", [], "invalid-schema", None),
    (f"{FILTERS}/additionalProperties", "false", "invalid-schema", None),
    (f"{FILTERS}/properties/brand", "string", "invalid-schema", None),
    (f"{FILTERS}/properties/maxItems", 3, "invalid-schema", None),
    ("/allOf", {"$ref": SEARCH}, "invalid-schema", None),
    ("/allOf", [], "invalid-schema", None),
    ("/$id", 7, "invalid-schema", None),
    ("/$id", "urn:acme:search:1-0-0#part", "invalid-schema", None),
    # bounds and values that no event has
    (QUERY, {"minLength": 5, "maxLength": 2}, "inverted-bounds", f"{QUERY}/minLength"),
    (SIZE, {"minimum": 5, "exclusiveMaximum": 5}, "inverted-bounds", f"{SIZE}/minimum"),
    (SIZE, {"minimum": 3_000_000_000}, "impossible-constraint", f"{SIZE}/minimum"),
    (SIZE, {"maximum": -1}, "impossible-constraint", f"{SIZE}/maximum"),
    (SIZE, {"enum": ["12"]}, "impossible-constraint", f"{SIZE}/enum/0"),
    (SIZE, {"const": -5}, "impossible-constraint", f"{SIZE}/const"),
    (SIZE, {"pattern": "^1$"}, "impossible-constraint", f"{SIZE}/pattern"),
    (QUERY, {"type": "integer"}, "impossible-constraint", f"{QUERY}/type"),
    (QUERY, {"type": "string", "minimum": 3}, "impossible-constraint", f"{QUERY}/minimum"),
    (QUERY, {"enum": []}, "empty-enum", f"{QUERY}/enum"),
    (QUERY, {"enum": ["shoes"], "maxLength": 3}, "impossible-value", f"{QUERY}/enum/0"),
    (QUERY, {"examples": ["shoes"], "maxLength": 3}, "invalid-example", f"{QUERY}/examples/0"),
    (FILTERS, {"minProperties": 3, "maxProperties": 2}, "inverted-bounds", f"{FILTERS}/minProperties"),
    ("/minProperties", 9, "impossible-constraint", None),
    ("/additionalProperties", False, "forbidden-required", None),
    ("/properties/session", False, "forbidden-required", None),
    ("/properties/serch", {"properties": {"qurey": {}}}, "impossible-constraint", None),
    ("/properties/search/properties/q", {"maxLength": 5}, "impossible-constraint", None),
    ("/required", ["serch"], "impossible-constraint", "/required/0"),
    ("/dependentRequired", {"search": ["usr"]}, "impossible-constraint", "/dependentRequired/search/0"),
    (
        "/properties/search/properties/page",
        {"$ref": "#/$defs/p"},
        "unresolvable-ref",
        "/properties/search/properties/page/$ref",
    ),
    # regular expressions
    (QUERY, {"pattern": "^(a$"}, "invalid-pattern", f"{QUERY}/pattern"),
    (QUERY, {"pattern": "^(?!a)b$"}, "invalid-pattern", f"{QUERY}/pattern"),
    (QUERY, {"pattern": r"^(a)\1$"}, "invalid-pattern", f"{QUERY}/pattern"),
    (QUERY, {"pattern": "^[a-$"}, "invalid-pattern", f"{QUERY}/pattern"),
    (QUERY, {"pattern": "shoes"}, "unanchored-pattern", f"{QUERY}/pattern"),
    (FILTERS, {"patternProperties": {"^(": {}}}, "invalid-pattern", f"{FILTERS}/patternProperties/^("),
    # references
    ("/allOf/0/$ref", "urn:eventlint:event:serch:1-0-0", "unresolvable-ref", None),
    ("/allOf/0/$ref", "urn:eventlint:event:search:9-0-0", "unresolvable-ref", None),
    ("/allOf/0/$ref", 5, "invalid-schema", None),
    (QUERY, {"$ref": "https://schemas.example/query.json"}, "unresolvable-ref", f"{QUERY}/$ref"),
    (QUERY, {"$ref": "#/title"}, "unresolvable-ref", f"{QUERY}/$ref"),
    (QUERY, {"$ref": "common.json"}, "unresolvable-ref", f"{QUERY}/$ref"),
    (QUERY, {"$ref": f"#{QUERY}"}, "circular-ref", f"{QUERY}/$ref"),
    # identity
    ("/$id", GONE, "missing-id", ""),
    ("/$id", "", "missing-id", None),
    ("/$id", "urn:acme:search", "missing-version", None),
    ("/$id", "urn:acme:search:1.0.0", "missing-version", None),
    ("/$id", "urn:eventlint:event:find:1-0-0", "reserved-id", None),
    ("/$schema", "http://json-schema.org/draft-07/schema#", "unsupported-draft", None),
    ("/allOf", GONE, "no-event", ""),
    ("/title", GONE, "missing-title", ""),
    ("/description", GONE, "missing-description", ""),
    # formats
    (f"{USER}/format", "uid", "unknown-format", None),
    (f"{USER}/format", "url", "unknown-format", None),
    (f"{USER}/format", "UUID", "unknown-format", None),
    (f"{USER}/format", 5, "invalid-schema", None),
    # x-rule and x-applies-to
    (f"{USER}/x-rule", "uuid-user", "invalid-extension", None),
    (f"{USER}/x-rule", {"message": "not a UUID"}, "invalid-extension", None),
    (f"{USER}/x-rule", {"name": "UUID user"}, "invalid-extension", f"{USER}/x-rule/name"),
    (f"{USER}/x-rule", {"name": "uuid-user", "mesage": "x"}, "invalid-extension", f"{USER}/x-rule/mesage"),
    (f"{USER}/x-rule", {"name": "uuid-user", "message": ""}, "invalid-extension", f"{USER}/x-rule/message"),
    (f"{USER}/x-rule", {"name": "unknown-field"}, "reserved-rule-name", f"{USER}/x-rule/name"),
    (f"{USER}/x-rule", {"name": "loss"}, "reserved-rule-name", f"{USER}/x-rule/name"),
    ("/x-applies-to", {"events": ["serch"]}, "unknown-event", "/x-applies-to/events/0"),
    ("/x-applies-to", {"events": "search"}, "invalid-extension", "/x-applies-to/events"),
    ("/x-applies-to", {"events": []}, "invalid-extension", "/x-applies-to/events"),
    ("/x-applies-to", {"event": ["search"]}, "invalid-extension", "/x-applies-to/event"),
    ("/x-applies-to", {"collections": [""]}, "invalid-extension", "/x-applies-to/collections/0"),
    ("/x-applies-to", {"collections": "shop-*"}, "invalid-extension", "/x-applies-to/collections"),
    (f"{QUERY}/x-applies-to", {"events": ["search"]}, "misplaced-applies-to", None),
]
TEXT = json.dumps(GOOD, indent=1)
# The name of the file, its bytes, the rule, the pointer, and the position.
FILES: list[tuple[bytes, str, str, tuple[int, int]]] = [
    (TEXT.replace('"Searches",', '"Searches",\n "title": "Twice",').encode(), "duplicate-schema-key", "/title", (5, 2)),
    (TEXT.replace('"maxLength": 200', '"maxLength": 200,').encode(), "invalid-schema-json", "", (0, 0)),
    (TEXT.replace('"title"', "// the title\n 'title'").encode(), "invalid-schema-json", "", (4, 2)),
    (TEXT.replace("200", "NaN").encode(), "invalid-schema-json", "", (0, 0)),
    (TEXT[:-1].encode(), "invalid-schema-json", "", (0, 0)),
    (b"", "invalid-schema-json", "", (1, 1)),
    (TEXT.replace("Searches", "Süche").encode("latin-1"), "invalid-schema-json", "", (0, 0)),
    (TEXT.encode("utf-16"), "invalid-schema-json", "", (1, 1)),
    (b"\xef\xbb\xbf" + TEXT.encode(), "schema-byte-order-mark", "", (1, 1)),
    (b"[]", "invalid-schema", "", (1, 1)),
]


def changed(pointer: str, value: Any) -> str:
    """The good document with another value at a pointer."""
    document = copy.deepcopy(GOOD)
    *above, last = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
    holder: Any = document
    for part in above:
        holder = holder[int(part)] if isinstance(holder, list) else holder[part]
    if value is GONE:
        del holder[last]
    else:
        holder[last] = value
    return json.dumps(document, indent=1)


CASES = [
    (changed(where, value).encode(), rule, where if other is None else other) for where, value, rule, other in SET
] + [case[:3] for case in FILES]


def from_loading(path: Path, ignore: tuple[str, ...] = ()) -> Iterator[str]:
    """The messages of :func:`eventlint.load_contract`, without hints."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            eventlint.load_contract(path, ignore=ignore)
        except eventlint.SchemaError as error:
            yield from str(error).splitlines()
    for one in caught:
        assert one.category is eventlint.ContractWarning
        yield from str(one.message).splitlines()


def from_check(path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """The exit code of ``check``, and its messages."""
    (path.parent / "event.search.json").write_text('{"session":{"id":"s"},"user":{"id":"u"},"search":{"query":"q"}}')
    capsys.readouterr()
    code = main(["check", "--isolated", "--contract", str(path), str(path.parent / "event.search.json")])
    lines = capsys.readouterr().err.splitlines()
    return code, [
        line.partition(": ")[2].partition(": ")[2] if line.startswith("eventlint") else line for line in lines
    ]


@pytest.mark.parametrize(("data", "rule", "pointer"), CASES, ids=range(len(CASES)))
def test_a_mistake_has_one_message_everywhere(
    data: bytes,
    rule: str,
    pointer: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The message has file, line, column and pointer; errors end ``check`` with 4, others are shown."""
    monkeypatch.setattr(contract_option, "_SHOWN", set())
    path = tmp_path / "contracts" / "search.json"
    path.parent.mkdir()
    path.write_bytes(data)
    code = main(["schema", "lint", "--isolated", "--format", "jsonl", str(path)])
    (found,) = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
    assert (found["rule"], found["pointer"]) == (rule, pointer)
    place = f"{path}:{found['line']}:{found['column']}"
    where = f" ({pointer})" if pointer else ""
    expected = [f"{place}: {found['message']}{where} [{rule}]"]
    expected += [f"  hint: {found['hint']}"] if found["hint"] else []
    assert list(from_loading(path)) == expected
    checked, lines = from_check(path, capsys)
    assert lines[: len(expected)] == expected
    is_error = found["tier"] == "error"
    assert (code, checked == 4) == (1, is_error)
    assert len(found["message"]) < 200
    assert "is not valid under" not in found["message"]


@pytest.mark.parametrize(("data", "position"), [(one[0], one[3]) for one in FILES if one[3] != (0, 0)])
def test_the_position_of_a_mistake_in_a_file(data: bytes, position: tuple[int, int], tmp_path: Path) -> None:
    """A mistake in the text has the position of the wrong character."""
    (tmp_path / "a.json").write_bytes(data)
    (line, *_) = from_loading(tmp_path / "a.json")
    assert f"a.json:{position[0]}:{position[1]}: " in line


def test_the_good_document_has_no_findings(tmp_path: Path) -> None:
    """Without a mistake, nothing is reported."""
    (tmp_path / "search.json").write_text(TEXT)
    assert list(from_loading(tmp_path)) == []


@pytest.mark.parametrize("rule", ["misspelled-keyword", "missing-title", "impossible-constraint"])
def test_a_rule_is_switched_off_by_name_and_by_path(
    rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Settings switch rules off for ``check`` and ``schema lint``; ``ignore=`` does for loading."""
    mistake = {"misspelled-keyword": (f"{QUERY}/maxLenght", 9), "missing-title": ("/title", GONE)}
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(contract_option, "_SHOWN", set())
    (tmp_path / "contracts").mkdir()
    path = tmp_path / "contracts/search.json"
    path.write_text(changed(*mistake.get(rule, ("/properties/serch", {}))))
    event = '{"session":{"id":"s-1"},"user":{"id":"095de0b4-2c85-4d8a-b1a9-1f6a8f1d3c11"},"search":{"query":"q"}}'
    (tmp_path / "search.json").write_text(event)
    assert list(from_loading(path, (rule,))) == []
    settings = ("", f'ignore = ["{rule}"]', f'per-path-ignores = {{"contracts/*.json" = ["{rule}"]}}')
    for number, setting in enumerate(settings):
        (tmp_path / "eventlint.toml").write_text(f'contracts = ["contracts"]\n{setting}\n')
        codes = (main(["schema", "lint", "contracts"]), main(["check", "search.json"]))
        shown = "no title" in capsys.readouterr().err
        is_error = BY_NAME[rule].tier == "error"
        assert (codes, shown) == (((0, 0), False) if number else ((1, 4 if is_error else 0), not is_error))


def test_some_rules_stay_on(tmp_path: Path) -> None:
    """A document that cannot be used is an error, whatever is ignored; unknown names are errors, too."""
    (tmp_path / "a.json").write_text(changed("/$id", "urn:acme:search"))
    assert "missing-version" in ALWAYS_ON
    assert len(list(from_loading(tmp_path, ("missing-version",)))) == 2
    with pytest.raises(eventlint.UsageError, match="unknown rule of schema lint: 'mising-title'"):
        eventlint.load_contract(tmp_path, ignore=["mising-title"])


def test_mistakes_of_several_documents_have_one_message_each(tmp_path: Path) -> None:
    """A reference to a document with a mistake is not a second mistake; a circle has one message."""
    common = {"$id": "urn:acme:common:1-0-0", "title": "C", "description": "C.", "examples": [1]}
    ref = {"$ref": "urn:acme:common:1-0-0#/$defs/query"}
    (tmp_path / "search.json").write_text(changed(QUERY, ref))
    for definition, count in (({"maxLength": 5}, 0), ({"maxLength": "5"}, 1), (ref, 1), ({"minimum": 3}, 1)):
        (tmp_path / "common.json").write_text(json.dumps({**common, "$defs": {"query": definition}}))
        assert len([line for line in from_loading(tmp_path) if not line.startswith("  ")]) == count
