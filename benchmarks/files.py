"""Measure the check of a folder relative to check-jsonschema on the same folder.

Run ``python -m benchmarks.files``. The folder contains 5,000 files, each with a different event of about 1 kB.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from benchmarks.events import sized
from eventlint.spec.bundles import bundle

COUNT = 5_000
ROUNDS = 3


def run(words: list[str], folder: Path) -> float:
    """Return the time that a command takes, in seconds. The command must not find anything."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begin = perf_counter()
    subprocess.run(words, cwd=folder, stdout=subprocess.DEVNULL, check=True, env=environment)
    return perf_counter() - begin


def peak(words: list[str], folder: Path) -> float:
    """Return the peak memory of a command, in MB."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", code, *words], cwd=folder, capture_output=True, text=True, check=True)
    return int(done.stdout) / (1024 if sys.platform != "darwin" else 1024 * 1024)


def main() -> None:
    """Measure and print the ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "search_click").mkdir()
        for number, event in enumerate(sized(COUNT, 1_000)):
            (folder / f"search_click/{number:04}.json").write_bytes(event)
        (folder / "schema").write_text(json.dumps(bundle("search_click")))
        ours = [sys.executable, "-m", "eventlint", "check", "--isolated", "search_click"]
        paths = sorted(str(path.relative_to(folder)) for path in (folder / "search_click").iterdir())
        theirs = [sys.executable, "-m", "check_jsonschema", "--schemafile", "schema", *paths]
        size = sum(path.stat().st_size for path in (folder / "search_click").iterdir()) // COUNT
        print(f"python -m benchmarks.files: Python {platform.python_version()}, {os.cpu_count()} cores")
        print(f"{COUNT} files of {size} bytes, medians of {ROUNDS} rounds; ours, theirs, theirs/ours")
        for command in (ours, theirs):
            run(command, folder)
        pairs = [(run(ours, folder), run(theirs, folder)) for _ in range(ROUNDS)]
        our_time, their_time = (statistics.median(column) for column in zip(*pairs, strict=True))
        print(
            f"check / check-jsonschema {our_time:8.2f} s {their_time:8.2f} s   {their_time / our_time:.1f} times faster"
        )
        print(f"memory {peak(ours, folder):8.0f} MB {peak(theirs, folder):8.0f} MB")


if __name__ == "__main__":
    main()
