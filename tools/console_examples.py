"""The console examples in README and docs, with the output that their commands have now."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
EXAMPLE = re.compile(r"^```console\n\$ eventlint ([^\n|>]*)\n((?!\$).*?)^```$", re.MULTILINE | re.DOTALL)
"""A block with one command, and its output."""


def refreshed() -> dict[Path, str]:
    """The content of each page with console examples."""
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/*.md")]
    texts = {path: path.read_text() for path in pages}
    return {path: EXAMPLE.sub(_run, text) for path, text in texts.items() if EXAMPLE.search(text)}


def _run(example: re.Match[str]) -> str:
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "120"}
    done = subprocess.run(  # noqa: S603 - the command comes from our documentation
        [sys.executable, "-m", "eventlint", *shlex.split(example[1])],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    return f"```console\n$ eventlint {example[1]}\n{done.stdout}```"
