"""Reading schema documents: files, folders, git, positions, and what cannot be read."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint.errors import InputError, UsageError
from eventlint.schemas import documents
from eventlint.schemas.documents import Document, address, load, load_from, siblings
from eventlint.schemas.json_places import MAX_DEPTH, SchemaSyntaxError, read
from eventlint.schemas.metaschema import faults
from eventlint.schemas.validity import Library, SchemaValidator, fragment

SCHEMA = '{"$id": "urn:x:a:1-0-0"}'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with schemas and other files, as the current folder."""
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "s/b.json": SCHEMA,
        "s/sub/a.json": '{"type": "string"}',
        "s/sample.json": '{"id": 7}',
        "s/list.json": "[]",
        "s/bad.json": "{",
        "s/.hidden.json": SCHEMA,
        "s/.git/c.json": SCHEMA,
        "s/node_modules/d.json": SCHEMA,
        "s/notes.txt": SCHEMA,
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def git(*words: str) -> None:
    """Run git in the current folder."""
    subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *words], check=True, capture_output=True)


def test_a_folder_means_its_schemas(folder: Path) -> None:
    """All visible ``.json`` files that look like schemas are read, in the order of their names."""
    found, unreadable = load("s")
    assert [(one.path, one.name) for one in found] == [("s/b.json", "b.json"), ("s/sub/a.json", "sub/a.json")]
    assert [(one.path, one.error.reason) for one in unreadable] == [
        ("s/bad.json", "expecting property name enclosed in double quotes")
    ]


def test_a_named_file_is_always_a_schema(folder: Path) -> None:
    """A file that is named is read, whatever it contains."""
    ((one,), _) = load("s/sample.json")
    assert (one.name, one.value, one.identifier, one.version) == ("sample.json", {"id": 7}, None, None)
    assert one.uri == address("s/sample.json") == f"file://{folder}/s/sample.json"
    assert [other.name for other in siblings("s/sample.json")] == ["b.json"]
    assert siblings("s") == siblings("s/notes.txt") == siblings("nowhere/a.json") == []


def test_git_has_the_same_documents_as_the_folder(folder: Path) -> None:
    """A commit is read like a folder; files that it does not have are left out."""
    git("init", "-q")
    git("add", "-f", "s/b.json", "s/sub", "s/sample.json", "s/bad.json", "s/.hidden.json")
    git("commit", "-qm", "one")
    found, unreadable = load("git:HEAD:s")
    assert [(one.path, one.name) for one in found] == [
        ("git:HEAD:s/b.json", "b.json"),
        ("git:HEAD:s/sub/a.json", "sub/a.json"),
    ]
    assert [one.name for one in unreadable] == ["bad.json"]
    assert [one.name for one in load_from("git:HEAD", "s")] == ["b.json", "sub/a.json"]
    assert load_from("git:HEAD", "s/list.json") == []
    assert [one.name for one in siblings("git:HEAD:s/sample.json")] == ["b.json"]


@pytest.mark.parametrize("ref", ["HEAD", "git:", "git:-x", "git:HEAD:s"])
def test_a_malformed_ref_is_a_usage_error(ref: str) -> None:
    """A ref is written ``git:REF``."""
    with pytest.raises(UsageError, match="git:REF"):
        load_from(ref, "s")


def test_paths_that_cannot_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing file, a file that is too large, and a missing git are input errors."""
    with pytest.raises(InputError, match=r"nowhere\.json: No such file"):
        load("nowhere.json")
    with pytest.raises(InputError, match="null byte"):
        load("a\0b")
    monkeypatch.setattr(documents, "MAX_BYTES", 10)
    with pytest.raises(InputError, match="at most 10 bytes"):
        load("s/b.json")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(InputError, match="cannot run git"):
        load("git:HEAD:s")


@pytest.mark.parametrize(
    ("data", "reason", "line", "column", "offset"),
    [
        (b"", "expecting value", 1, 1, 0),
        (b'{"a": tru}', "expecting value", 1, 7, 6),
        ('{"é":\n 1,}'.encode(), "double quotes", 2, 4, 10),
        (b"\xef\xbb\xbf{", "double quotes", 1, 2, 4),
        (b'{"a": "\xff"}', "not UTF-8", 1, 8, 7),
        (b'{"a": NaN}', "NaN is not JSON", 1, 7, 6),
        (b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), "nested too deep", 1, MAX_DEPTH + 1, MAX_DEPTH),
        (b"[" * 100_000, "nested too deep", 1, 1, 0),
        (b"9" * 5_000, "", 1, 1, 0),
    ],
)
def test_what_is_not_json_has_a_reason_and_a_position(
    data: bytes, reason: str, line: int, column: int, offset: int
) -> None:
    """The position is that of the error, or the start of the document if that is unknown."""
    with pytest.raises(SchemaSyntaxError) as raised:
        read(data)
    assert reason in raised.value.reason
    position = raised.value.position
    assert (position.line, position.column, position.offset) == (line, column, offset)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(max_size=3), below, max_size=3),
)


@given(JSON, st.sampled_from([None, 1]), st.booleans())
def test_each_value_and_key_has_its_offset(value: object, indent: int | None, mark: bool) -> None:
    """The offsets lead to the values and keys in the document."""
    data = (b"\xef\xbb\xbf" if mark else b"") + json.dumps(value, indent=indent).encode()
    text = read(data)
    assert text.value == value
    decoder = json.JSONDecoder()
    for path in text.values:
        found = value
        for part in path:
            found = found[int(part)] if isinstance(found, list) else found[part]  # type: ignore[index]
        assert decoder.raw_decode(data[text.offset(path) :].decode())[0] == found
    for path in text.keys:
        assert decoder.raw_decode(data[text.offset(path, of_key=True) :].decode())[0] == path[-1]


def test_a_missing_value_has_the_offset_of_its_container() -> None:
    """A path that does not exist leads to the innermost value that contains it."""
    text = read(b'{"a": {"b": 1}}')
    assert text.offset(("a", "c", "d")) == 6
    assert text.offset(("a", "c"), of_key=True) == 1
    assert text.offset(("z",)) == 0


def test_duplicate_keys_are_found() -> None:
    """Each key that an object has again is noted with the offset of the repetition."""
    text = read(b'{"a": 1, "b": {"a": 1}, "a": 2, "a": 3}')
    assert text.duplicates == ((("a",), 24), (("a",), 32))


def _library(*schemas: object) -> Library:
    texts = [read(json.dumps(one).encode()) for one in schemas]
    return Library([Document(path=f"/{n}.json", name=f"{n}.json", text=text) for n, text in enumerate(texts)])


def test_references_follow_identifiers() -> None:
    """A nested ``$id`` changes the base of references; a part of a document has an address."""
    inner = {"$id": "inner/", "$defs": {"a/b~": {"type": "null"}}, "$ref": "#/$defs/a~1b~0"}
    library = _library({"$id": "https://x.example/outer", "properties": {"p": inner}})
    assert SchemaValidator.of(library, "https://x.example/outer").accepts({"p": 1}) is False
    assert SchemaValidator.of(library, "https://x.example/inner/").accepts(None) is True
    part = fragment("https://x.example/outer", ("properties", "p", "$defs", "a/b~"))
    assert part.endswith("#/properties/p/$defs/a~1b~0".replace("$", "%24"))
    assert SchemaValidator.of(library, "https://x.example/outer").part(part).accepts(1) is False
    root = library.root("https://x.example/outer")
    assert root is not None
    paths = [path for path, _, _ in library.walk(*root)]
    assert paths == [(), ("properties", "p"), ("properties", "p", "$defs", "a/b~")]


def test_what_cannot_be_determined_is_none() -> None:
    """Unresolvable references, backreferences and circles have no answer, and no errors."""
    library = _library(
        {"$id": "urn:x:dead", "$ref": "urn:nowhere"},
        {"$id": "urn:x:circle", "$ref": "#"},
        {"$id": "urn:x:look", "pattern": r"(a)\1"},
    )
    for name in ("dead", "circle", "look"):
        validator = SchemaValidator.of(library, f"urn:x:{name}")
        assert validator.accepts("a") is None
        assert validator.errors("a") == []


@given(st.dictionaries(st.sampled_from(["a", "ab", "b", "c"]), st.integers(0, 3)))
def test_keys_that_match_patterns(value: dict[str, int]) -> None:
    """``patternProperties`` and ``additionalProperties`` use the linear engine, and report like the library."""
    schema = {
        "properties": {"b": {"maximum": 1}},
        "patternProperties": {"^a": {"maximum": 2}},
        "additionalProperties": {"maximum": 0},
    }
    validator = SchemaValidator.alone(schema)
    limits = {key: 1 if key == "b" else 2 if key.startswith("a") else 0 for key in value}
    wrong = {key for key in value if value[key] > limits[key]}
    assert validator.accepts(value) is (not wrong)
    assert {error.absolute_path[0] for error in validator.errors(value)} == wrong
    closed = SchemaValidator.alone({**schema, "additionalProperties": False})
    assert any("'c'" in error.message for error in closed.errors(value)) is ("c" in value)


def test_a_document_that_is_too_deep_has_one_fault() -> None:
    """Nested schemas that the metaschema cannot follow are reported, and do not raise."""
    document: Any = {}
    for _ in range(3000):
        document = {"not": document}
    assert [fault.message for fault in faults(document)] == ["schemas are nested too deeply"]
