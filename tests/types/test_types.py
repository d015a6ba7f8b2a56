"""The typed dictionaries in mypy and pyright."""

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
    """Skip the test if a type checker is not installed."""
    missing = importlib.util.find_spec(name) is None
    return pytest.mark.skipif(missing, reason=f"{name} is not installed; tox run -e types installs it")


def marked() -> set[Place]:
    """The lines that must be errors."""
    return {
        (path, number)
        for path in SAMPLES
        for number, line in enumerate((HERE / path).read_text().splitlines(), 1)
        if line.endswith("# error")
    }


def by_mypy(folder: Path) -> set[Place]:
    """The lines with errors in mypy."""
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
    """The lines with errors in pyright."""
    config = folder / "pyrightconfig.json"
    paths = [] if INSTALLED else [str(ROOT)]
    settings = {"typeCheckingMode": "strict", "include": ["good", "bad"], "extraPaths": paths}
    config.write_text(json.dumps(settings))
    words = ["--outputjson", "--project", str(config), "--pythonpath", sys.executable]
    done = subprocess.run(
        [sys.executable, "-m", "pyright", *words], capture_output=True, text=True, check=False, cwd=folder
    )
    result: dict[str, Any] = json.loads(done.stdout)
    assert result["summary"]["filesAnalyzed"] == len(SAMPLES)
    return {
        ("/".join(Path(one["file"]).parts[-2:]), one["range"]["start"]["line"] + 1)
        for one in result["generalDiagnostics"]
        if one["severity"] == "error"
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the samples, outside the project, so that its configuration does not apply."""
    made = tmp_path_factory.mktemp("types")
    for path in SAMPLES:
        (made / path).parent.mkdir(exist_ok=True)
        shutil.copyfile(HERE / path, made / path)
    return made


@needs("mypy")
def test_mypy_reports_exactly_the_marked_lines(folder: Path) -> None:
    """``mypy --strict`` reports the marked lines and no others."""
    assert by_mypy(folder) == marked()


@needs("pyright")
def test_pyright_reports_exactly_the_marked_lines(folder: Path) -> None:
    """The strict mode of pyright reports the marked lines and no others."""
    assert by_pyright(folder) == marked()


def test_each_event_and_object_has_a_type_with_its_fields() -> None:
    """A type has the fields of its schema; the required fields are required keys."""
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
            assert kind.__required_keys__ | kind.__optional_keys__ == set(schema["properties"])
            assert set(schema.get("required", ())) <= kind.__required_keys__


def test_event_type_names_every_event_type() -> None:
    """``EventType`` is a literal of the event types of the catalog."""
    assert get_args(types.EventType) == event_types()


@needs("mypy")
def test_accepted_events_of_the_corpus_have_the_types(tmp_path: Path) -> None:
    """An event that the server accepts without coercing a number type-checks."""
    names = {kind: "".join(map(str.capitalize, kind.split("_"))) + "Event" for kind in event_types()}
    lines = ["from eventlint.types import PageViewEvent, SearchClickEvent, SearchEvent"]
    seen: set[str] = set()
    for case, event, valid, exception in judged():
        text = repr(event)
        if valid and exception is None and len(text) < 2_000 and text not in seen:
            seen.add(text)
            lines.append(f"event_{len(lines)}: {names[case.event_type]} = {text}")
    assert len(lines) > 20
    (tmp_path / "corpus.py").write_text("\n".join(lines) + "\n")
    (tmp_path / "mypy.ini").write_text("[mypy]\nstrict = True\n" + ("" if INSTALLED else f"mypy_path = {ROOT}\n"))
    command = [sys.executable, "-m", "mypy", "--config-file", "mypy.ini", "--cache-dir", ".", "corpus.py"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.stdout == "Success: no issues found in 1 source file\n"
