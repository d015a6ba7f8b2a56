"""A made-up release as data only: a copy of the package whose newest release has one more field than all others."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import eventlint
from eventlint.spec.packaged import folder

RELEASE = "9.99.0"
"""The made-up release, newer than all others."""

FIELD = "campaign"
"""The string field that only the made-up release has, in the object ``search``."""

_OLD, _NEW = "1-0-0", "1-1-0"
_EVENT_TYPES = ("search", "search_click")


class MadeUp(NamedTuple):
    """A copy of the package that knows the made-up release.

    Attributes:
        package: The folder of the package.
        schemas: Its schema documents and catalog.
        env: An environment in which Python imports the copy.
        cwd: An empty folder to run programs in.
    """

    package: Path
    schemas: Path
    env: dict[str, str]
    cwd: Path

    def python(self, program: str) -> str:
        """Run a program that imports the copy; returns what it prints."""
        return self.run(sys.executable, "-c", program).stdout

    def run(self, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        """Run a command with the copy (``python -m eventlint …``); asserts its exit code."""
        done = subprocess.run(list(words), capture_output=True, text=True, env=self.env, cwd=self.cwd, check=False)
        assert done.returncode == code, done.stderr
        return done


def made_up(tmp_path: Path) -> MadeUp:
    """Copy the package and add the made-up release to the copy, as data only.

    Args:
        tmp_path: An empty folder.
    """
    package = tmp_path / "site" / "eventlint"
    shutil.copytree(Path(eventlint.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    schemas = package / "event_schemas"
    shutil.copytree(folder(), schemas, dirs_exist_ok=True)
    field = {
        "title": "Campaign",
        "description": "The campaign that led to the search.",
        "type": "string",
        "x-reads": {"as": "string"},
        "x-ingest": {"mapping": "keyword"},
        "x-lint": {"placeholder-value": {}},
        "examples": ["spring"],
    }
    search = _next_version(schemas / "objects" / "search", f"urn:eventlint:object:search:{_NEW}")
    search["properties"][FIELD] = field
    search["x-order"].append(FIELD)
    _write(schemas / "objects" / "search", search)
    for event_type in _EVENT_TYPES:
        event = _next_version(schemas / event_type, f"urn:eventlint:event:{event_type}:{_NEW}")
        event["properties"]["search"]["$ref"] = search["$id"]
        _write(schemas / event_type, event)
    path = schemas / "catalog.json"
    catalog = json.loads(path.read_text())
    newest = catalog["eras"][-1]
    events = dict.fromkeys(_EVENT_TYPES, _NEW)
    catalog["eras"].append({**newest, "name": RELEASE, "releases": [RELEASE], "events": events})
    path.write_text(json.dumps(catalog))
    cwd = tmp_path / "cwd"
    cwd.mkdir()
    env = {**os.environ, "PYTHONPATH": str(package.parent), "PYTHONDONTWRITEBYTECODE": "1"}
    return MadeUp(package, schemas, env, cwd)


def _next_version(below: Path, identifier: str) -> Any:
    return {**json.loads((below / f"{_OLD}.json").read_text()), "$id": identifier}


def _write(below: Path, document: Any) -> None:
    (below / f"{_NEW}.json").write_text(json.dumps(document))
