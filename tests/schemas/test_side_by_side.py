"""Versions of a document beside each other, of all drafts, and the versions that their changes require."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from eventlint.cli import main
from eventlint.schemas.diff import diff
from eventlint.schemas.shortened import shortened
from eventlint.schemas.version_findings import version_findings
from tests.schemas.test_diff import PAIRS

Write = Callable[[str, Any], Path]
STEPS = {"none": "1-0-0", "addition": "1-0-1", "revision": "1-1-0", "model": "2-0-0"}
LOWER = {"addition": "1-0-0", "revision": "1-0-1", "model": "1-1-0"}


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write documents into an empty current folder."""
    monkeypatch.chdir(tmp_path)

    def writer(name: str, value: Any) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value))
        return path

    return writer


def git(*words: str) -> None:
    """Run git in the current folder."""
    subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *words], check=True, capture_output=True)


@pytest.mark.parametrize("pair", [one for one in PAIRS if one["bump"] != "none"], ids=lambda pair: str(pair["name"]))
def test_a_new_version_beside_an_old_one(write: Write, pair: dict[str, Any]) -> None:
    """A new file is compared with the nearest older version; its version must be high enough for the change."""
    bump = pair["bump"]
    write("one.json", {"$id": "urn:x:a:0-9-0", "type": "string", "const": "far"})
    write("two.json", {**pair["old"], "$id": "urn:x:a:1-0-0"})
    write("three.json", {**pair["new"], "$id": f"urn:x:a:{STEPS[bump]}"})
    found = {one.name: one for one in diff(".")}["three.json"]
    assert (str(found.old), found.bump, found.is_enough) == ("1-0-0", bump, True)
    for change in found.changes:
        if change.has_counterexample:
            verdicts = [
                jsonschema.Draft202012Validator(pair[side]).is_valid(change.counterexample) for side in ("old", "new")
            ]
            assert verdicts == ([True, False] if change.bump == "model" else [False, True])
    write("three.json", {**pair["new"], "$id": f"urn:x:a:{LOWER[bump]}"})
    if bump != "addition":  # the same version twice is not a new version
        assert not {one.name: one for one in diff(".")}["three.json"].is_enough


def test_the_nearest_older_version_may_be_on_either_side(write: Write) -> None:
    """Of two versions that are new together, the second is compared with the first."""
    write("old/a-1-0-0.json", {"$id": "urn:x:a:1-0-0", "type": "string"})
    write("new/a-1-0-0.json", {"$id": "urn:x:a:1-0-0", "type": "string"})
    write("new/a-1-1-0.json", {"$id": "urn:x:a:1-1-0", "type": ["string", "null"]})
    write("new/b.json", {"$id": "urn:x:a:1-1-1", "type": ["string", "null"], "maxLength": 9})
    found = {one.name: (str(one.old), one.bump, one.is_enough) for one in diff("old", "new")}
    assert found == {"a-1-1-0.json": ("1-0-0", "revision", True), "b.json": ("1-1-0", "model", False)}


@pytest.mark.parametrize("path", ["schemas", "schemas/a/1-0-1.json"])
def test_lint_against_a_commit_finds_a_new_file(write: Write, path: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A new version in a new file is compared with the older one, also if only the file is linted."""
    write("schemas/a/1-0-0.json", {"$id": "urn:x:a:1-0-0", "title": "A", "type": "string", "examples": ["a"]})
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "one")
    write("schemas/a/1-0-1.json", {"$id": "urn:x:a:1-0-1", "title": "A", "maxLength": 5_000, "type": "string"})
    (finding,) = version_findings("git:HEAD", [path])
    assert '"a" × 5,001' in finding.message
    assert "SchemaVer" in (finding.hint or "")
    assert main(["schema", "lint", "--select", "version-too-low", "--against", "git:HEAD", path]) == 1
    assert "use 2-0-0" in capsys.readouterr().out


def test_a_self_describing_schema(write: Write) -> None:
    """The version may be in ``self``, and the file's name may be the version alone."""
    for version, most in (("1-0-0", 255), ("1-0-1", 36)):
        about = {"vendor": "x", "name": "a", "format": "jsonschema", "version": version}
        dialect = "http://iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0#"
        write(f"x/a/jsonschema/{version}", {"$schema": dialect, "self": about, "type": "string", "maxLength": most})
    (found,) = diff("x")
    assert (str(found.old), str(found.new), found.bump, found.is_enough) == ("1-0-0", "1-0-1", "model", False)


DRAFTS: dict[str, tuple[Any, str]] = {
    "4": (jsonschema.Draft4Validator, "http://json-schema.org/draft-04/schema#"),
    "6": (jsonschema.Draft6Validator, "http://json-schema.org/draft-06/schema#"),
    "7": (jsonschema.Draft7Validator, "http://json-schema.org/draft-07/schema#"),
    "2019-09": (jsonschema.Draft201909Validator, "https://json-schema.org/draft/2019-09/schema"),
}
OLDER: list[tuple[list[str], Any, Any, str]] = [
    (["4"], {"minimum": 3}, {"minimum": 3, "exclusiveMinimum": True}, "model"),
    (["4", "6", "7"], {"$ref": "#/definitions/a", "maxLength": 5}, {"$ref": "#/definitions/a"}, "none"),
    (list(DRAFTS), {"items": [{}, {"type": "string"}]}, {"items": [{}, {"type": "string", "maxLength": 9}]}, "model"),
    (list(DRAFTS), {"items": [{}], "additionalItems": False}, {"items": [{}]}, "revision"),
    (["4", "6", "7"], {"dependencies": {"a": ["b"]}}, {}, "revision"),
    (["4", "6", "7"], {}, {"dependencies": {"a": {"required": ["b"]}}}, "model"),
    (["4"], {}, {"const": 1, "contains": False, "propertyNames": False}, "none"),
    (["4", "6"], {}, {"if": True, "then": False}, "none"),
    (["7", "2019-09"], {}, {"if": {"type": "string"}, "then": False}, "model"),
    (["4", "6", "7"], {}, {"dependentRequired": {"a": ["b"]}, "unevaluatedProperties": False}, "none"),
    (["2019-09"], {"type": "object"}, {"type": "object", "unevaluatedProperties": False}, "model"),
    (["2019-09"], {"items": {"$recursiveRef": "#"}}, {"items": {"$recursiveRef": "#"}, "maxItems": 3}, "model"),
    (["4", "6", "7"], {"definitions": {"a": {}}}, {"definitions": {"a": {"minimum": 1}}}, "none"),
]


@pytest.mark.parametrize(("drafts", "old", "new", "bump"), OLDER)
def test_older_drafts_have_their_own_meaning(write: Write, drafts: list[str], old: Any, new: Any, bump: str) -> None:
    """Keywords mean what they mean in the draft that the documents declare."""
    for draft in drafts:
        kind, dialect = DRAFTS[draft]
        shared = {"definitions": {"a": {"type": "string"}}} if "$ref" in old else {}
        sides = [{"$schema": dialect, **shared, **side} for side in (old, new)]
        for name, side in zip(("old.json", "new.json"), sides, strict=True):
            write(name, side)
        found = diff("old.json", "new.json")
        assert (found[0].bump if found else "none") == bump, draft
        for change in found[0].changes if found else ():
            if change.has_counterexample:
                verdicts = [kind(side).is_valid(change.counterexample) for side in sides]
                assert verdicts == ([True, False] if change.bump == "model" else [False, True])


@pytest.mark.parametrize("style", ["text", "markdown", "github"])
def test_each_format_shows_a_large_value_shortened(
    write: Write, capsys: pytest.CaptureFixture[str], style: str
) -> None:
    """A long string is shown as a repetition; the exit code says that the version is too low."""
    write("a/1-0-0.json", {"$id": "urn:x:a:1-0-0", "properties": {"s": {"type": "string"}}})
    write("a/1-0-1.json", {"$id": "urn:x:a:1-0-1", "properties": {"s": {"type": "string", "maxLength": 4_096}}})
    assert main(["schema", "diff", "--format", style, "a"]) == 1
    out = capsys.readouterr().out
    assert '"a" × 4,097' in out.replace("%2C", ",").replace("%3A", ":")
    assert len(out) < 2_000


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a" * 4_097, '"a" × 4,097'),
        ("https://" + "a" * 70 + "/b", '"https://" + "a" × 70 + "/b"'),
        ([None] * 500, "[null × 500]"),
        ({"a": ["b" * 100, 1]}, '{"a": ["b" × 100, 1]}'),
        (list(range(100)), "[" + ", ".join(map(str, range(16))) + ", … 84 more elements]"),
        ("ab" * 200, '"' + "ab" * 30 + '" … 340 more characters'),
        (True, "true"),
    ],
)
def test_a_long_value_is_shortened(value: Any, text: str) -> None:
    """What repeats is shown once, with its number."""
    assert shortened(value) == text
