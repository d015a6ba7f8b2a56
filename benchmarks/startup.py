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
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.check import BARE
from benchmarks.events import clean, encoded
from benchmarks.rows import Row, show

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


def seconds(words: list[str], folder: Path, **variables: str) -> float:
    """Return the processor time of a process. It must not find anything."""
    # An installed package has compiled files, so let the first start write them.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(words, cwd=folder, stdout=subprocess.DEVNULL, check=True, env=environment | variables)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def starts(rounds: int = ROUNDS) -> Iterator[Row]:
    """Starts without and with a configuration, and without the native engine."""
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
        alone = [*check, "--isolated", "search_click.json"]
        runs = {
            "bare": partial(seconds, [sys.executable, "-I", "-c", BARE], empty),
            "one file, without a configuration": partial(seconds, alone, empty),
            "one file, in a configured repository": partial(seconds, [*check, "events/clicks/one.json"], repository),
            "all files of a configured repository": partial(seconds, check, repository),
            "off": partial(seconds, alone, empty, EVENTLINT_NATIVE="0"),
        }
        times: dict[str, list[float]] = {title: [] for title in runs}
        for _ in range(rounds + 1):
            for title, run in runs.items():
                times[title].append(run())
    best = {title: min(found[1:]) for title, found in times.items()}
    off, bare = best.pop("off"), best.pop("bare")
    for title, ours in best.items():
        detail = f"{ours * 1e3:.1f} ms, {bare * 1e3:.1f} ms"
        yield Row(f"cold start / bare: {title}", ours / bare, 1.5, detail=detail)
    alone_time = best["one file, without a configuration"]
    yield Row("cold start for one file, native engine on / off", alone_time / off, 1.03)


if __name__ == "__main__":
    print(f"python -m benchmarks.startup: Python {platform.python_version()}, {os.cpu_count()} cores")
    show(starts())
