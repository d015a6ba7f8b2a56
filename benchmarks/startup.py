"""Measure the start of ``eventlint check`` for one file, relative to a bare start of Python.

Run ``python -m benchmarks.startup``. A hook runs the command in a repository with a configuration, so the file is
checked there, too. The time is that of the processor, and the fastest of interleaved rounds counts, because machines
are busy.
"""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.check import BARE
from benchmarks.events import clean, encoded

ROUNDS = 15
_CONFIGURATION = """\
[project]
name = "shop"

[tool.eventlint]
release = ["8.19"]
include = ["fixtures", "events/**/*.json"]
exclude = ["fixtures/broken/", "*.tmp.json", "events/old/**"]

[tool.eventlint.events]
"events/clicks/**" = "search_click"
"events/views/*.json" = "page_view"
"""
_IGNORED = "# Python\n__pycache__/\n*.py[cod]\n/dist/\n.venv\n!keep.pyc\n"


def seconds(words: list[str], folder: Path) -> float:
    """Return the processor time of a process. It must not find anything."""
    # An installed package has compiled files, so let the first start write them.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(words, cwd=folder, stdout=subprocess.DEVNULL, check=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure and print the ratios."""
    with tempfile.TemporaryDirectory() as name:
        empty, repository = Path(name, "empty"), Path(name, "repository")
        for folder in (empty, repository / "fixtures", repository / "events/clicks", repository / ".git"):
            folder.mkdir(parents=True)
        event = encoded(clean(1))[0]
        (empty / "search_click.json").write_bytes(event)
        (repository / "events/clicks/one.json").write_bytes(event)
        (repository / "pyproject.toml").write_text(_CONFIGURATION)
        (repository / ".gitignore").write_text(_IGNORED)
        check = [str(Path(sys.executable).parent / "eventlint"), "check"]
        bare = [sys.executable, "-I", "-c", BARE]
        runs = {
            "one file, without a configuration": ([*check, "--isolated", "search_click.json"], empty),
            "one file, in a configured repository": ([*check, "events/clicks/one.json"], repository),
            "all files of a configured repository": (check, repository),
        }
        print(f"python -m benchmarks.startup: Python {platform.python_version()}, {os.cpu_count()} cores")
        print(f"processor time, fastest of {ROUNDS} rounds; ours, a bare start of Python, ours/theirs")
        times: dict[str, list[float]] = {name: [] for name in ("", *runs)}
        for _ in range(ROUNDS + 1):
            times[""].append(seconds(bare, empty))
            for title, (words, folder) in runs.items():
                times[title].append(seconds(words, folder))
        theirs = min(times[""][1:])
        for title in runs:
            ours = min(times[title][1:])
            print(f"{title:40} {ours * 1e3:6.1f} ms {theirs * 1e3:6.1f} ms   ratio {ours / theirs:5.2f}")


if __name__ == "__main__":
    main()
