"""The configuration: where it is found, what it may contain, and what its errors say."""

from __future__ import annotations

import os
import pickle
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from eventlint.cli import main
from eventlint.config import Config, config_schema, load, settings
from eventlint.errors import ConfigError


def write(folder: Path, name: str, text: str) -> Path:
    """Write a file, and create its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text)
    return path


def problem(folder: Path, text: str) -> str:
    """The error message for an ``eventlint.toml``, without the path in front."""
    path = write(folder, "eventlint.toml", text)
    with pytest.raises(ConfigError) as raised:
        load(str(path))
    assert str(raised.value).startswith(f"{path}: ")
    return str(raised.value).removeprefix(f"{path}: ")


def test_the_closest_parent_folder_has_precedence(tmp_path: Path) -> None:
    """The search goes from the start folder upward and stops at the first configuration."""
    write(tmp_path, "eventlint.toml", 'release = ["8.19"]')
    write(tmp_path / "a", "eventlint.toml", 'release = ["9.1"]')
    (tmp_path / "a/b/c").mkdir(parents=True)
    (tmp_path / "d").mkdir()
    assert load(start=str(tmp_path / "a/b/c")).get("release") == ["9.1"]
    assert load(start=str(tmp_path / "d")).get("release") == ["8.19"]


def test_eventlint_toml_has_precedence_in_a_folder(tmp_path: Path) -> None:
    """The whole eventlint.toml counts; the pyproject.toml next to it does not."""
    write(tmp_path, "pyproject.toml", '[tool.eventlint]\nrelease = ["9.1"]\njobs = 2')
    assert load(start=str(tmp_path)).values == {"release": ["9.1"], "jobs": 2}
    write(tmp_path, "eventlint.toml", 'release = ["8.19"]')
    assert load(start=str(tmp_path)).values == {"release": ["8.19"]}


@pytest.mark.parametrize("text", ["", "[tool.other]\nx = 1", "[tool.other]\neventlint = true", "tool = 1 # eventlint"])
def test_a_pyproject_without_the_table_is_passed_over(tmp_path: Path, text: str) -> None:
    """The search continues in the parent folder."""
    write(tmp_path, "eventlint.toml", "jobs = 3")
    write(tmp_path / "a", "pyproject.toml", text)
    assert load(start=str(tmp_path / "a")).get("jobs") == 3


def test_an_empty_table_is_a_configuration(tmp_path: Path) -> None:
    """It stops the search, and all settings have their defaults."""
    write(tmp_path, "eventlint.toml", "jobs = 3")
    path = write(tmp_path / "a", "pyproject.toml", "[tool.eventlint]")
    assert load(start=str(tmp_path / "a")) == Config(str(path))


def test_no_configuration(tmp_path: Path) -> None:
    """Without a file, every setting has its default."""
    config = load(start=str(tmp_path))
    assert config == Config()
    assert config.get("release") is None
    assert config.get("release", ["latest"]) == ["latest"]
    assert (config.folder("include"), config.paths("include")) == (".", [])


def test_paths_are_relative_to_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path in the configuration is converted to one from the current folder."""
    path = write(tmp_path, "eventlint.toml", 'include = ["fixtures/x.json", "/x.json"]')
    (tmp_path / "a").mkdir()
    monkeypatch.chdir(tmp_path / "a")
    for config in (load(), load(str(path)), load("../eventlint.toml")):
        assert config.folder("include") == str(tmp_path)
        assert config.paths("include") == [os.path.join("..", "fixtures", "x.json"), os.path.relpath("/x.json")]


def test_a_string_counts_as_an_array_of_one(tmp_path: Path) -> None:
    """Settings that take strings also take a single one."""
    write(tmp_path, "eventlint.toml", 'release = "9.1"\nignore = "lint"')
    assert load(start=str(tmp_path)).values == {"release": ["9.1"], "ignore": ["lint"]}


def test_a_configuration_can_be_pickled(tmp_path: Path) -> None:
    """Worker processes receive it."""
    write(tmp_path, "eventlint.toml", '[events]\n"*.json" = "search"')
    for config in (Config(), load(start=str(tmp_path))):
        assert pickle.loads(pickle.dumps(config)) == config  # noqa: S301 - made in the line itself


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("exlude = []", "unknown setting 'exlude'; did you mean 'exclude'?"),
        ("suppression = []", "unknown setting 'suppression'; did you mean 'suppress'?"),
        ("contract = []", "unknown setting 'contract'; did you mean 'contracts'?"),
        ("release = 9.1", "release: must be an array, not 9.1"),
        ("release = [9.1]", "release: must be a string, not 9.1"),
        ("jobs = true", "jobs: must be an integer, not True"),
        ("jobs = -1", "jobs: must be at least 1"),
        ("skip-unknown = 1", "skip-unknown: must be true or false, not 1"),
        ("baseline = []", "baseline: must be a string, not []"),
        ("events = ['search']", "events: must be a table, not ['search']"),
        ("[events]\n'*' = 'click'", "events: *: 'click' is not one of page_view, search, search_click"),
        ("fail-on = ['errors']", "fail-on: 'errors' is not one of error, contract, loss, lint"),
        ("[envelope]\nbody = '/x'", "envelope: unknown key 'body'; allowed: payload, event_type, collection"),
        ("[envelope]\npayloads = '/x'", "envelope: unknown key 'payloads'; did you mean 'payload'?"),
        ("[envelope]\npayload = 'x'", "envelope: payload: 'x' is not a JSON Pointer; start it with a slash"),
        ("[per-path-ignores]\n'*' = [1]", "per-path-ignores: *: must be a string, not 1"),
        ("[[suppress]]\nrule = 'x'", "suppress: key 'reason' is missing in {'rule': 'x'}"),
        ("[[suppress]]\nreason = 'x'", "suppress: key 'rule' is missing in {'reason': 'x'}"),
        ("[[suppress]]\nrule = 'x'\nreason = 'x'\nfile = 'x'", "suppress: unknown key 'file'; "),
        ("[[suppress]]\nrule = 'x'\nreason = 'x'\npointer = 'x'", "suppress: pointer: 'x' is not a JSON Pointer"),
        ("x = [", "not TOML: "),
        ("x = '\xff", "not TOML: "),
    ],
)
def test_errors_name_file_and_key(tmp_path: Path, text: str, message: str) -> None:
    """The message has the file, the setting, what is wrong, and the most similar name."""
    assert problem(tmp_path, text).startswith(message)


def test_an_unlike_setting_lists_all(tmp_path: Path) -> None:
    """Without a similar name, the message lists the settings."""
    assert problem(tmp_path, "zzz = 1") == f"unknown setting 'zzz'; allowed: {', '.join(settings())}"


def test_errors_of_the_file_name_it(tmp_path: Path) -> None:
    """A file that is missing or not UTF-8 is a configuration error."""
    with pytest.raises(ConfigError, match=r"none\.toml: No such file or directory"):
        load(str(tmp_path / "none.toml"))
    (tmp_path / "eventlint.toml").write_bytes(b"release = '\xff'")
    with pytest.raises(ConfigError, match=r"eventlint\.toml: not TOML: "):
        load(start=str(tmp_path))


def test_every_setting_has_a_description() -> None:
    """The JSON Schema of the configuration is valid, closed, and documents each setting."""
    schema = config_schema()
    Draft202012Validator.check_schema(schema)
    assert schema["additionalProperties"] is False
    assert set(schema["properties"]) == set(settings())
    assert all(setting["description"].endswith(".") for setting in schema["properties"].values())


@pytest.mark.parametrize(
    ("document", "is_valid"),
    [
        ({"release": "9.1"}, True),
        ({"release": ["9.1"]}, True),
        ({"release": 9.1}, False),
        ({"exlude": []}, False),
        ({"fail-on": ["warning"]}, False),
        ({"suppress": [{"rule": "x"}]}, False),
        ({"suppress": [{"rule": "x", "reason": "y"}]}, True),
    ],
)
def test_schema_and_loader_agree(tmp_path: Path, document: dict[str, Any], is_valid: bool) -> None:
    """An editor with the schema accepts what the loader accepts."""
    assert Draft202012Validator(config_schema()).is_valid(document) == is_valid
    path = write(tmp_path, "eventlint.toml", "".join(f"{key} = {_toml(value)}\n" for key, value in document.items()))
    if is_valid:
        load(str(path))
    else:
        with pytest.raises(ConfigError):
            load(str(path))


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_toml(below)}" for key, below in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return repr(value)


def test_a_deeply_nested_file_is_not_toml(tmp_path: Path) -> None:
    """The reader of TOML gives up, which is an error of the configuration."""
    path = tmp_path / "eventlint.toml"
    path.write_text("a=" + "[" * 5_000)
    with pytest.raises(ConfigError, match="not TOML"):
        load(str(path))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('output = ["text:../outside.txt"]', "output: '../outside.txt' is outside of '.'"),
        ('output = ["text:/etc/motd"]', "is outside of '.'"),
        ('output = ["text:link/outside.txt"]', "output: 'link/outside.txt' is outside of '.'"),
        ('baseline = "../../known.json"', "baseline: '../../known.json' is outside of '..'"),
        ('contracts = ["../../contracts"]', "contracts: '../../contracts' is outside of '..'"),
        ('extend = "../../eventlint.toml"', "extend: '../../eventlint.toml' is outside of the repository"),
        ('extend = "eventlint.toml"', "extend: the file extends itself"),
    ],
)
def test_a_configuration_cannot_reach_outside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str, message: str
) -> None:
    """It writes only inside of its folder, and reads only inside of its repository, also behind links."""
    folder = tmp_path / "repository/project"
    write(folder, "eventlint.toml", text)
    write(tmp_path, "eventlint.toml", "")
    (tmp_path / "repository/.git").mkdir()
    (folder / "link").symlink_to(tmp_path)
    monkeypatch.chdir(folder)
    assert main(["check"]) == 4
    assert message in capsys.readouterr().err


def test_what_is_inside_of_the_repository_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project uses the contracts, the baseline and the settings of the whole repository."""
    folder = tmp_path / "project"
    write(folder, "eventlint.toml", 'extend = "../base.toml"\nbaseline = "../known.json"\nignore = []')
    write(tmp_path, "base.toml", 'ignore = ["lint"]\ncontracts = ["contracts"]\n[events]\n"a/*" = "search"')
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(folder)
    config = load()
    assert (config.get("ignore"), config.get("events")) == ([], {"a/*": "search"})
    assert (config.folder("events"), config.folder("ignore")) == (str(tmp_path), str(folder))
    assert config.paths_to_read("contracts") == [os.path.join("..", "contracts")]
    assert config.paths_to_read("baseline") == [os.path.join("..", "known.json")]


def test_the_search_ends_at_the_repository_and_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A configuration further up is somebody else's."""
    write(tmp_path, "eventlint.toml", "jobs = 3")
    (tmp_path / "a/.git").mkdir(parents=True)
    (tmp_path / "home/b").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert [load(start=str(tmp_path / name)).get("jobs") for name in ("a", "home", "home/b")] == [None, None, None]
    (tmp_path / "c").mkdir()
    assert load(start=str(tmp_path / "c")).get("jobs") == 3


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 100_000,
        "a" + ".a" * 100_000 + " = 1",
        "[" + '"a" . ' * 100_000 + "a]",
        "[events]\na" + ".a" * 60 + " = 1",
        "[events]\na = " + "[" * 400 + "]" * 400,
        "exclude = " + "{a = " * 100 + "1" + "}" * 100,
    ],
    ids=["array", "key", "table", "setting", "value", "inline"],
)
def test_deep_toml_is_an_error_with_a_short_message(text: str, tmp_path: Path) -> None:
    """Whatever is nested; dotted keys would take memory that is quadratic in their parts."""
    path = tmp_path / "eventlint.toml"
    path.write_text(text)
    with pytest.raises(ConfigError) as error:
        load(str(path))
    assert len(str(error.value)) < len(str(path)) + 300
