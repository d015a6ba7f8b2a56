"""Changes of schemas, and the versions that they require."""

from __future__ import annotations

import json
import os
import random
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from eventlint.errors import InputError, SchemaError, UsageError
from eventlint.schemas.counterexample import classify
from eventlint.schemas.diff import DocumentDiff, compared, diff
from eventlint.schemas.diff_model import divides
from eventlint.schemas.documents import Document
from eventlint.schemas.json_places import read
from eventlint.schemas.normal_form import Normalizer
from eventlint.schemas.validity import Library, SchemaValidator
from eventlint.schemas.versions import BUMPS, Version, is_enough, next_version, version_at_end, without_version
from tests.schemas import drawn

PAIRS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "pairs.json").read_text())
DRAWS = int(os.environ.get("EVENTLINT_DRAWS", "600"))
Write = Callable[[str, Any], Path]


def document(value: Any, folder: str) -> Document:
    """A document without a file."""
    return Document(path=f"/{folder}/thing.json", name="thing.json", text=read(json.dumps(value).encode()))


def changes(old: Any, new: Any) -> DocumentDiff:
    """The differences of two schemas."""
    found = compared([document(old, "old")], [document(new, "new")])
    return found[0] if found else DocumentDiff(name="thing.json", old=None, new=None)


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write documents into an empty current folder."""
    monkeypatch.chdir(tmp_path)

    def writer(name: str, value: Any) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(value if isinstance(value, str) else json.dumps(value))
        return path

    return writer


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: str(pair["name"]))
def test_the_bump_of_a_pair(pair: dict[str, Any]) -> None:
    """Each pair has its expected bump."""
    assert changes(pair["old"], pair["new"]).bump == pair["bump"]


@pytest.mark.parametrize(
    "pair", [pair for pair in PAIRS if pair["bump"] in ("model", "revision")], ids=lambda pair: str(pair["name"])
)
def test_a_pair_has_a_counterexample(pair: dict[str, Any]) -> None:
    """If the accepted values change, a counterexample shows it, and two validators confirm it."""
    found = [one for one in changes(pair["old"], pair["new"]).changes if one.bump == pair["bump"]]
    assert any(one.has_counterexample and one.verified for one in found)
    for change in found:
        if change.has_counterexample:
            wanted = (True, False) if change.bump == "model" else (False, True)
            for kind in (Draft202012Validator, jsonschema_rs.Draft202012Validator):
                assert (
                    kind(pair["old"]).is_valid(change.counterexample),
                    kind(pair["new"]).is_valid(change.counterexample),
                ) == wanted


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if pair["bump"] == "none"], ids=lambda pair: str(pair["name"]))
def test_a_bump_of_none_is_certain(pair: dict[str, Any]) -> None:
    """A bump of none is proven in both directions."""
    for old, new in ((pair["old"], pair["new"]), (pair["new"], pair["old"])):
        found = changes(old, new)
        assert found.bump == "none"
        assert all(change.certain for change in found.changes)


def test_there_are_enough_pairs() -> None:
    """The pairs have different names, and there are many."""
    assert len({pair["name"] for pair in PAIRS}) == len(PAIRS) >= 60


@settings(max_examples=max(20, DRAWS // 20))
@given(st.integers(0, 2**32))
def test_drawn_values_do_not_contradict(seed: int) -> None:
    """Counterexamples of random pairs hold, and no drawn value requires more than the reported bump."""
    dice = random.Random(seed)
    old = drawn.schema(dice)
    new = drawn.change(dice, old)
    found = changes(old, new)
    before, after = Draft202012Validator(old), Draft202012Validator(new)
    for change in found.changes:
        if change.has_counterexample:
            verdicts = before.is_valid(change.counterexample), after.is_valid(change.counterexample)
            assert verdicts == ((True, False) if change.bump == "model" else (False, True))
    sides = [document(old, "old"), document(new, "new")]
    libraries = [Library([side]) for side in sides]
    forms = [Normalizer(library).form(side.uri) for library, side in zip(libraries, sides, strict=True)]
    validators = [SchemaValidator.of(library, side.uri) for library, side in zip(libraries, sides, strict=True)]
    is_certain = all(change.certain for change in found.changes)
    for _ in range(20):
        value = drawn.near(dice, dice.choice([old, new]))
        for form, validator in zip(forms, validators, strict=True):
            assert SchemaValidator.alone(form).accepts(value) == validator.accepts(value)
        bump = classify(value, validators[0], validators[1], forms[0])
        assert bump is None or not is_certain or BUMPS.index(bump) <= BUMPS.index(found.bump)


def test_a_change_has_a_sentence() -> None:
    """The sentence has the place, the old value and the new value."""
    change = changes({"properties": {"a": {"maximum": 5}}}, {"properties": {"a": {"maximum": 4}}}).changes[0]
    assert (change.sentence, change.pointer) == ("a: maximum changed from 5 to 4", "/properties/a/maximum")
    assert change.direction == "narrows"


ONE_OF = [{"required": ["a"]}, {"required": ["b"]}]
OPEN = {"type": "object", "anyOf": [{"properties": {"a": {"type": "string"}}, "required": ["a"]}, {"required": ["b"]}]}


def conditions(*patterns: str) -> dict[str, Any]:
    """A schema with several patterns."""
    return {"type": "string", "allOf": [{"pattern": pattern} for pattern in patterns]}


@pytest.mark.parametrize(
    ("old", "new", "bump", "sentences"),
    [
        (
            {"type": "object"},
            {"type": "object", "oneOf": ONE_OF},
            "model",
            ["the whole value: added a list of choices"],
        ),
        (
            {"type": "object", "oneOf": ONE_OF},
            {"type": "object"},
            "revision",
            ["the whole value: removed the list of choices"],
        ),
        (
            {"type": "object", "oneOf": ONE_OF},
            {"type": "object", "oneOf": [*ONE_OF, {"required": ["c"]}]},
            "model",
            ['the whole value: added the choice {"required": ["c"]}'],
        ),
        (
            {"type": "object", "oneOf": ONE_OF},
            {"type": "object", "oneOf": [ONE_OF[0], {"required": ["c"]}]},
            "model",
            ['the whole value: "c" is now required', 'the whole value: "b" is no longer required'],
        ),
        (
            {"type": "object", "anyOf": ONE_OF},
            {"type": "object"},
            "revision",
            ["the whole value: removed the list of choices"],
        ),
        (
            {"type": "string", "enum": ["a", "ab"], "pattern": "(?=a)"},
            {"type": "string", "pattern": "(?=a)"},
            "revision",
            ['the whole value: removed the list of values ["a", "ab"]'],
        ),
        (
            {"type": "array", "contains": {"type": "string"}, "maxContains": 2},
            {"type": "array", "contains": {"type": ["string", "null"]}, "maxContains": 2},
            "model",
            ['the whole value: contains changed from {"type": ["string"]} to {"type": ["null", "string"]}'],
        ),
        (
            conditions("^a", "b$"),
            conditions("^a", "b$", "c"),
            "model",
            ['the whole value: added the condition {"pattern": "c"}'],
        ),
        (
            conditions("^a", "b$", "c"),
            conditions("^a", "b$"),
            "revision",
            ['the whole value: removed the condition {"pattern": "c"}'],
        ),
        (
            conditions("^a", "b$", "c"),
            conditions("^a", "b$", "d"),
            "model",
            ['the whole value: pattern changed from "c" to "d"'],
        ),
        (
            {"enum": ["a", "b"]},
            {"enum": ["a", "c"]},
            "model",
            ['the whole value: removed the value "b"', 'the whole value: added the value "c"'],
        ),
        (
            OPEN,
            {**OPEN, "unevaluatedProperties": False},
            "model",
            ["the whole value: added unevaluatedProperties false"],
        ),
        (
            {**OPEN, "unevaluatedProperties": False},
            OPEN,
            "revision",
            ["the whole value: removed unevaluatedProperties false"],
        ),
        (
            {"type": "object", "patternProperties": {"^a": {"type": "string"}}, "properties": {"ab": {"minLength": 3}}},
            {"type": "object", "patternProperties": {"^a": {"type": "string"}}},
            "revision",
            ['the whole value: removed the property "ab"'],
        ),
        (
            {"type": "object", "properties": {"a": False}},
            {"type": "object", "properties": {"a": {"type": "string"}}},
            "revision",
            ["a: any value was rejected, and may be accepted now"],
        ),
        (
            {"prefixItems": [{"type": "object", "additionalProperties": False}], "contains": {"type": "object"}},
            {"prefixItems": [{"type": "object"}], "contains": {"type": "object"}},
            "addition",
            ["[0]: other properties are now allowed"],
        ),
        (
            {"type": "object", "additionalProperties": {"type": "object", "patternProperties": {"^x": False}}},
            {"type": "object", "additionalProperties": {"type": "object"}},
            "revision",
            ['[]: removed properties that match "^x"'],
        ),
    ],
)
def test_the_sentences_of_a_change(old: Any, new: Any, bump: str, sentences: list[str]) -> None:
    """Each difference has its own sentence, and the largest decides."""
    found = changes(old, new)
    assert (found.bump, [one.sentence for one in found.changes]) == (bump, sentences)


@pytest.mark.parametrize(
    ("above", "where"),
    [
        (lambda below: {"properties": {"a": below}}, "a"),
        (lambda below: {"patternProperties": {"^a": below}}, "[]"),
        (lambda below: {"prefixItems": [below]}, "[0]"),
        (lambda below: {"items": below}, "[]"),
        (lambda below: {"additionalProperties": {"items": below}}, "[][]"),
        (lambda below: {"allOf": [below]}, "the whole value"),
        (lambda below: {"$defs": {"d": below}}, "d"),
    ],
)
def test_a_changed_title_has_a_place(above: Callable[[Any], Any], where: str) -> None:
    """The sentence names the values that the schema applies to."""
    change = changes(*(above({"title": title}) for title in ("one", "two"))).changes[0]
    assert (change.bump, change.sentence) == ("none", f'{where}: title changed from "one" to "two"')


def test_a_number_beyond_the_range_divides_nothing() -> None:
    """JSON allows a ``multipleOf`` that a float cannot represent."""
    assert divides(0.1, 0.3)
    assert not divides(float("inf"), 2)


def test_the_same_schema_in_other_words() -> None:
    """A schema that is written differently, and accepts the same, changes nothing."""
    found = changes({"const": 1}, {"enum": [1]})
    assert (found.bump, found.changes[0].sentence) == (
        "none",
        "the document was rewritten, and accepts the same values",
    )
    assert changes(True, True).changes == changes(True, {}).changes[1:] == ()


def test_an_unknown_change_is_reported() -> None:
    """Patterns with backreferences are neither equal nor different."""
    found = changes({"pattern": r"^(ab|cd)\1$"}, {"pattern": r"^(cd|ab)\1$"})
    assert (found.bump, found.is_certain) == ("unknown", False)
    assert not found.changes[0].verified


def test_a_hostile_pattern_does_not_hang() -> None:
    """A pattern that takes exponential time elsewhere is compared in a moment."""
    found = changes({"pattern": "^(a+)+$"}, {"pattern": "^(a+)+b$", "maxLength": 5000})
    assert not found.changes[0].has_counterexample or found.changes[0].verified


def test_definitions_that_double() -> None:
    """References that double thirty times are not resolved."""
    doubled = {f"d{n}": {"allOf": [{"$ref": f"#/$defs/d{n + 1}"}] * 2} for n in range(30)}
    schema = {"$ref": "#/$defs/d0", "$defs": {**doubled, "d30": {"type": "string"}}}
    found = changes(schema, {**schema, "minLength": 1})
    assert found.bump == "unknown"


def test_references_in_circles() -> None:
    """A schema that only refers to itself has an answer."""
    assert changes({"$ref": "#"}, {"$ref": "#", "type": "string"}).bump in ("model", "unknown")


def test_a_format_is_an_annotation() -> None:
    """Formats are not asserted, so a new format rejects nothing; the sentence explains it."""
    change = changes({"type": "string"}, {"type": "string", "format": "date"}).changes[0]
    assert (change.bump, "not asserted" in change.sentence) == ("none", True)
    assert Draft202012Validator({"format": "date"}, format_checker=FormatChecker()).is_valid("x") is False


# ---- versions -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("new", "bump", "enough"),
    [
        ("2-0-0", "model", True),
        ("1-1-0", "model", False),
        ("1-1-0", "revision", True),
        ("1-0-1", "revision", False),
        ("1-0-1", "addition", True),
        ("1-0-0", "addition", False),
        ("1-0-0", "none", True),
        ("0-9-9", "none", False),
        ("1-0-0", "unknown", True),
    ],
)
def test_which_version_is_enough(new: str, bump: Any, enough: bool) -> None:
    """MODEL-REVISION-ADDITION: each part counts one kind of change."""
    version = version_at_end(f"urn:x:order:{new}")
    assert version is not None
    assert is_enough(Version(1, 0, 0), version, bump) is enough


@given(st.sampled_from(BUMPS), st.tuples(*[st.integers(0, 9)] * 3))
def test_the_next_version_is_enough(bump: Any, numbers: tuple[int, int, int]) -> None:
    """The proposed version is high enough."""
    assert is_enough(Version(*numbers), next_version(Version(*numbers), bump), bump)


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("urn:x:order:1-0-0", "1-0-0"),
        ("https://x.org/order/1-2-3", "1-2-3"),
        ("order-1-2-3.json", "1-2-3"),
        ("order", None),
    ],
)
def test_where_a_version_is(text: str, version: str | None) -> None:
    """A version is at the end of an ``$id`` or of a file name."""
    found = version_at_end(text)
    assert (str(found) if found else None) == version


def test_a_name_without_its_version() -> None:
    """Two versions of a document have the same name."""
    assert without_version("a/order-1-0-0.json") == without_version("a/order-2-0-1.json")
    assert without_version("a/1-0-0.json") != without_version("b/1-0-0.json")


# ---- files, folders, git --------------------------------------------------------------------------------------------


def test_two_files(write: Write) -> None:
    """Two single files are compared, whatever their names are."""
    write("a.json", {"$id": "urn:x:order:1-0-0", "type": "string"})
    write("b.json", {"$id": "urn:x:order:2-0-0", "type": "integer"})
    found = diff("a.json", "b.json")
    assert [(one.bump, one.is_enough) for one in found] == [("model", True)]


def test_two_folders(write: Write) -> None:
    """Documents in folders are compared by name; added and removed documents are changes."""
    for side in ("old", "new"):
        write(f"{side}/same.json", {"$id": "urn:x:same:1-0-0", "type": "string"})
        write(f"{side}/notes.json", {"anything": side})
    write("old/gone.json", {"$id": "urn:x:gone:1-0-0", "type": "string"})
    write("new/come.json", {"$id": "urn:x:come:1-0-0", "type": "string"})
    found = {one.name: (one.bump, one.is_enough) for one in diff("old", "new")}
    assert found == {"gone.json": ("model", False), "come.json": ("addition", True)}


def test_a_new_version_in_a_new_file(write: Write) -> None:
    """A document with a version in its name is compared with the newest earlier one."""
    write("old/order/1-0-0.json", {"$id": "urn:x:order:1-0-0", "type": "string"})
    write("new/order/1-0-0.json", {"$id": "urn:x:order:1-0-0", "type": "string"})
    write("new/order/1-0-1.json", {"$id": "urn:x:order:1-0-1", "type": ["string", "null"]})
    found = diff("old", "new")
    assert [(one.name, one.bump, one.is_enough) for one in found] == [("order/1-0-1.json", "revision", False)]


def test_a_reference_to_another_document(write: Write) -> None:
    """A change of a referenced document changes the document."""
    for side, kind in (("old", "number"), ("new", "integer")):
        write(f"{side}/part.json", {"$id": "urn:x:part:1-0-0", "type": kind})
        write(f"{side}/whole.json", {"$id": "urn:x:whole:1-0-0", "items": {"$ref": "urn:x:part:1-0-0"}})
    assert {one.name: one.bump for one in diff("old", "new")} == {"part.json": "model", "whole.json": "model"}


def test_git(write: Write) -> None:
    """Either side may be in git."""

    def git(*words: str) -> None:
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *words], check=True, capture_output=True)

    write("schemas/order.json", {"$id": "urn:x:order:1-0-0", "type": "string"})
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "one")
    write("schemas/order.json", {"$id": "urn:x:order:1-1-0", "type": ["string", "null"]})
    for old, new in (("git:HEAD:schemas", "schemas"), ("git:HEAD:schemas/order.json", "schemas/order.json")):
        assert [(one.bump, one.is_enough) for one in diff(old, new)] == [("revision", True)]
    for wrong in ("git:HEAD:nothing", "git:nothing:schemas"):
        with pytest.raises(InputError, match="git failed"):
            diff(wrong, "schemas")
    for wrong in ("git:HEAD", "git:--output=x:schemas"):
        with pytest.raises(UsageError):
            diff(wrong, "schemas")


@pytest.mark.parametrize(("text", "words"), [('{"a": tru}', "1:7: "), ('{"type": "text"}', "1:10: not JSON Schema")])
def test_an_invalid_document_is_an_error_with_its_position(write: Write, text: str, words: str) -> None:
    """A document that is not JSON Schema stops the comparison."""
    write("a.json", text)
    with pytest.raises(SchemaError, match=words):
        diff("a.json", "a.json")
