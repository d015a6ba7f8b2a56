"""A project, and editors that open its files."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls")

HERE = Path(__file__).parent
PAGE = HERE.parent.parent / "docs" / "editors.md"

FIXTURE = """\
{
  "session": {"id": "s-1"},
  "user": {"id": "u-1"},
  "search": {
    "query": "shoes",
    "filters": {"brand": ["a"]},
    "sort": [{"name": "price", "direction": "asc"}]
  }
}
"""
FIXED = FIXTURE.replace("[{", "{").replace("}]", "}")

CONTRACT = """\
{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "https://shop.example.com/search/1-0-0",
  "title": "Search",
  "description": "A search in the shop",
  "allOf": [{"$ref": "urn:eventlint:event:search:1-0-0"}],
  "properties": {
    "search": {
      "properties": {
        "query": {"$ref": "#/$defs/short"}
      }
    }
  },
  "$defs": {
    "short": {"type": "string", "maxLength": 100}
  }
}
"""

REQUESTS = """\
POST /_application/analytics/site/event/search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
"""


def settings(language: str, contains: str) -> str:
    """The only settings in the docs in a language that contain a text."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```", PAGE.read_text(), re.DOTALL | re.MULTILINE)
    (found,) = [block for block in blocks if contains in block]
    return str(found)


def use(folder: Path, command: Sequence[str], setup: str) -> Any:
    """Run an editor in a project, and return what it saw.

    Args:
        folder: An empty folder for the project.
        command: How to start the editor with its script, which reads the file in the variable ``EVENTLINT_SCENARIO``.
        setup: The settings of the editor.
    """
    programs = folder / "bin"
    programs.mkdir()
    (programs / "eventlint").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m eventlint "$@"\n')
    (programs / "eventlint").chmod(0o755)
    (folder / "setup").write_text(setup)
    project = folder / "project"
    (project / "contracts").mkdir(parents=True)
    (project / "eventlint.toml").write_text('contracts = ["contracts"]\n')
    (project / "search.json").write_text(FIXTURE)
    (project / "requests.http").write_text(REQUESTS)
    (project / "contracts" / "search.json").write_text(CONTRACT)
    scenario = {
        "setup": str(folder / "setup"),
        "file": str(project / "search.json"),
        "requests": str(project / "requests.http"),
        "contract": str(project / "contracts" / "search.json"),
        "output": str(folder / "seen.json"),
    }
    (folder / "scenario.json").write_text(json.dumps(scenario))
    environment = {
        **os.environ,
        "EVENTLINT_SCENARIO": str(folder / "scenario.json"),
        "HOME": str(folder),
        "PATH": os.pathsep.join([str(programs), os.environ["PATH"]]),
    }
    done = subprocess.run(
        command, cwd=project, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120
    )
    seen = folder / "seen.json"
    assert seen.exists(), done.stdout + done.stderr
    return json.loads(seen.read_text())
