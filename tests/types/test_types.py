"""The typed dictionaries, as two type checkers see them."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any, get_args

import pytest

import eventlint
from eventlint import types
from eventlint.spec import document, event_types
from tests.spec.test_schemas import judged

HERE = Path(__file__).parent
SAMPLES = sorted(path.relative_to(HERE).as_posix() for kind in ("good", "bad") for path in (HERE / kind).glob("*.py"))
ROOT = Path(eventlint.__file__).parent.parent
INSTALLED = ROOT.name in ("site-packages", "dist-packages")
Place = tuple[str, int]


def needs(name: str) -> pytest.MarkDecorator:
    """Skip where a checker is not installed."""
    missing = importlib.util.find_spec(name) is None
    return pytest.mark.skipif(missing, reason=f"{name} is not installed; tox -e types has it")


def marked() -> set[Place]:
    """The lines that must be refused."""
    return {
        (path, number)
        for path in SAMPLES
        for number, line in enumerate((HERE / path).read_text().splitlines(), 1)
        if line.endswith("# error")
    }


def by_mypy(folder: Path) -> set[Place]:
    """The lines that mypy refuses."""
    config = folder / "mypy.ini"
    config.write_text("[mypy]\nstrict = True\n" + ("" if INSTALLED else f"mypy_path = {ROOT}\n"))
    words = ["--config-file", str(config), "--cache-dir", str(folder), "--no-error-summary", *SAMPLES]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *words], capture_output=True, text=True, check=False, cwd=folder
    )
    assert done.stderr == ""
    lines = re.findall(r"(\w+/\w+\.py):(\d+): error: ", done.stdout)
    assert len(lines) == done.stdout.count(": error: ")
    return {(name, int(number)) for name, number in lines}


def by_pyright(folder: Path) -> set[Place]:
    """The lines that pyright refuses."""
    config = folder / "pyrightconfig.json"
    paths = [] if INSTALLED else [str(ROOT)]
    settings = {"typeCheckingMode": "strict", "include": ["good", "bad"], "extraPaths": paths}
    config.write_text(json.dumps(settings))
    words = ["--outputjson", "--project", str(config), "--pythonpath", sys.executable]
    done = subprocess.run(
        [sys.executable, "-m", "pyright", *words], capture_output=True, text=True, check=False, cwd=folder
    )
    told: dict[str, Any] = json.loads(done.stdout)
    assert told["summary"]["filesAnalyzed"] == len(SAMPLES)
    return {
        ("/".join(Path(one["file"]).parts[-2:]), one["range"]["start"]["line"] + 1)
        for one in told["generalDiagnostics"]
        if one["severity"] == "error"
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the samples, so that no configuration of the project is used."""
    made = tmp_path_factory.mktemp("types")
    for path in SAMPLES:
        (made / path).parent.mkdir(exist_ok=True)
        shutil.copyfile(HERE / path, made / path)
    return made


@needs("mypy")
def test_mypy_refuses_the_mistakes_and_nothing_else(folder: Path) -> None:
    """Under ``mypy --strict`` exactly the marked lines are errors."""
    assert by_mypy(folder) == marked()


@needs("pyright")
def test_pyright_refuses_the_mistakes_and_nothing_else(folder: Path) -> None:
    """Under pyright's strict mode exactly the marked lines are errors."""
    assert by_pyright(folder) == marked()


def test_each_event_and_object_has_a_type_with_its_fields() -> None:
    """A type has the fields of its schema; those that may be missing are marked."""
    seen = Counter(
        identifier
        for name in types.__all__
        for identifier in re.findall(r"Schema: ``(.*)``", getattr(types, name).__doc__ or "")
    )
    assert {identifier.split(":")[3] for identifier in seen if ":event:" in identifier} == set(event_types())
    for name in types.__all__:
        kind = getattr(types, name)
        for identifier in re.findall(r"Schema: ``(.*)``", kind.__doc__ or ""):
            schema = document(identifier)
            assert set(kind.__annotations__) | _inherited(kind) == set(schema["properties"])
            assert set(schema.get("required", ())) <= _required(kind)


def _inherited(kind: Any) -> set[str]:
    return {name for base in getattr(kind, "__orig_bases__", ()) for name in getattr(base, "__annotations__", {})}


def _required(kind: Any) -> set[str]:
    names = {**kind.__annotations__}
    for base in getattr(kind, "__orig_bases__", ()):
        names |= getattr(base, "__annotations__", {})
    return {name for name, told in names.items() if "NotRequired" not in getattr(told, "__forward_arg__", str(told))}


def test_the_event_types_are_those_of_the_contract() -> None:
    """``EventType`` names each event type."""
    assert get_args(types.EventType) == event_types()


@needs("mypy")
def test_accepted_events_of_the_corpus_have_the_types(tmp_path: Path) -> None:
    """An event that the server takes without converting a number is of its type."""
    names = {kind: "".join(map(str.capitalize, kind.split("_"))) + "Event" for kind in event_types()}
    lines = ["from eventlint.types import PageViewEvent, SearchClickEvent, SearchEvent"]
    seen: set[str] = set()
    for case, event, valid, exception in judged():
        text = repr(event)
        if valid and exception is None and len(text) < 2_000 and text not in seen:
            seen.add(text)
            lines.append(f"event_{len(lines)}: {names[case.event_type]} = {text}")
    assert len(lines) > 100
    (tmp_path / "corpus.py").write_text("\n".join(lines) + "\n")
    (tmp_path / "mypy.ini").write_text("[mypy]\nstrict = True\n" + ("" if INSTALLED else f"mypy_path = {ROOT}\n"))
    command = [sys.executable, "-m", "mypy", "--config-file", "mypy.ini", "--cache-dir", ".", "corpus.py"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.stdout == "Success: no issues found in 1 source file\n"
