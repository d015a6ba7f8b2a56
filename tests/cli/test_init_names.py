"""``eventlint init`` in folders with unusual names: the configuration that it writes finds the same files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint.cli import main
from eventlint.cli.init import _escaped, _patterns, _quoted
from eventlint.config import load
from eventlint.inputs.path_patterns import matches

EVENT = '{"session":{"id":"s"},"user":{"id":"u"},"search":{"query":"q"},"document":{"id":"1"}}'
NAMES = [
    b"[a]",
    b"#a",
    b"!a",
    b"a*",
    b"a?b",
    b"a\\b",
    b'a"b',
    b"a\nb",
    b"a\x1b[31mb",
    b"a\x7fb",
    "a\u202eb\u0085".encode(),
    "\U000e0001".encode(),
    b"a\xffb",
    b"\xe9",
    b" a ",
]


@pytest.mark.parametrize("name", NAMES, ids=repr)
@pytest.mark.parametrize("in_folder", [True, False])
def test_the_configuration_gives_the_type(
    name: bytes, in_folder: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file is valid TOML in UTF-8 without control characters, and its pattern matches the file."""
    monkeypatch.chdir(tmp_path)
    try:
        os.mkdir(name + b".d")
    except OSError:
        pytest.skip("the file system has no such names")
    path = os.path.join(name + b".d", b"x.json") if in_folder else name + b".json"
    with open(path, "wb") as file:
        file.write(EVENT.encode())
    assert main(["init"]) == 0
    text = (tmp_path / "eventlint.toml").read_bytes().decode()
    assert [one for one in text if not one.isprintable() and one != "\n"] == []
    capsys.readouterr()
    assert main(["check"]) == 0
    assert "1 event in 1 file" in capsys.readouterr().out
    config = load("eventlint.toml")
    assert [kind for pattern, kind in config.get("events").items() if matches((pattern,), os.fsdecode(path), ".")]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when it leads to no file yet."""
    (tmp_path / "a").mkdir()
    monkeypatch.chdir(tmp_path / "a")
    (tmp_path / "a/eventlint.toml").symlink_to("../b")
    assert main(["init"]) == 2
    assert main(["init", "--force"]) == 4
    assert not (tmp_path / "b").exists()


@given(st.text(st.characters(blacklist_characters="/\0\n\r", blacklist_categories=["Cs"]), min_size=1))
def test_an_escaped_name_matches_itself(name: str) -> None:
    """And it is a string in TOML."""
    import tomllib

    if name in (".", ".."):
        return
    patterns = _patterns({os.path.join(name, "x.json"): "search"})
    assert len(patterns) == 1
    assert matches((patterns[0][0],), os.path.join(name, "x.json"), ".")
    assert tomllib.loads(f"a = {_quoted(name)}") == {"a": name}


def test_a_wildcard_is_escaped() -> None:
    """The pattern of one file does not match another one."""
    assert not matches(("/" + _escaped("a*.json"),), "ab.json", ".")
