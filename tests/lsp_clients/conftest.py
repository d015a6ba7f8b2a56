"""A project, and editors that open its files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls")

HERE = Path(__file__).parent
SERVER = [sys.executable, "-m", "eventlint", "lsp"]

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


def use(folder: Path, command: Sequence[str], **more: str) -> Any:
    """Run an editor in a project, and return what it saw.

    Args:
        folder: An empty folder for the project.
        command: How to start the editor with its script, which reads the file in the variable ``EVENTLINT_SCENARIO``.
        more: Further variables of the environment.
    """
    project = folder / "project"
    (project / "contracts").mkdir(parents=True)
    (project / "eventlint.toml").write_text('contracts = ["contracts"]\n')
    (project / "search.json").write_text(FIXTURE)
    (project / "contracts" / "search.json").write_text(CONTRACT)
    scenario = {
        "command": SERVER,
        "folder": str(project),
        "file": str(project / "search.json"),
        "contract": str(project / "contracts" / "search.json"),
        "output": str(folder / "seen.json"),
    }
    (folder / "scenario.json").write_text(json.dumps(scenario))
    environment = {**os.environ, "HOME": str(folder), "EVENTLINT_SCENARIO": str(folder / "scenario.json"), **more}
    done = subprocess.run(
        command, cwd=project, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120
    )
    seen = folder / "seen.json"
    assert seen.exists(), done.stdout + done.stderr
    return json.loads(seen.read_text())
