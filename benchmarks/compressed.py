"""Measure the check of a compressed file relative to decompression and counting of lines.

Run ``python -m benchmarks.compressed [MEGABYTES]`` (1,024 by default; the size of the content). It needs ``zstd`` and
``gzip``. The content is 60,000 different events, again and again, which is more than a window of the compression. Each
figure is the minimum of interleaved rounds; CPU time is that of all processes.

The last lines compare one process with two, for the archive and for its content. The ratio of their CPU times shows
what the division costs. The ratio of their wall times shows what it gains only if two cores are idle.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from benchmarks.bulk import Cost, cost, least
from benchmarks.events import clean, encoded

ROUNDS = 3
DISTINCT = 60_000


def write(path: Path, size: int) -> None:
    """Write a file of some megabytes."""
    block = b"".join(line + b"\n" for line in encoded(clean(DISTINCT)))
    with path.open("wb") as file:
        for _ in range(max(1, (size << 20) // len(block))):
            file.write(block)


def show(name: str, peer: str, costs: list[Cost]) -> None:
    """Print a line of the table."""
    ours, theirs = costs
    print(
        f"{name:<22} wall {ours.wall:6.2f} s, CPU {ours.cpu:6.2f} s, {ours.memory:5.1f} MiB; {peer}: wall"
        f" {theirs.wall:6.2f} s, CPU {theirs.cpu:6.2f} s; ratio {ours.wall / theirs.wall:.2f}"
        f" (CPU {ours.cpu / theirs.cpu:.2f})",
        flush=True,
    )


def main() -> None:
    """Measure and print the ratios."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1024
    check = [sys.executable, "-m", "eventlint", "check", "--isolated", "--statistics"]
    print(f"python -m benchmarks.compressed {size}: Python {platform.python_version()}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "search_click.ndjson"
        write(path, size)
        paths = [path]
        for suffix, program in ((".zst", ["zstd", "-q", "-k"]), (".gz", ["gzip", "-k", "-1"])):
            if shutil.which(program[0]) is None:
                continue
            subprocess.run([*program, str(path)], check=True)
            paths.append(path.with_name(path.name + suffix))
            command = partial(cost, [*check, str(paths[-1])])
            peer = partial(cost, [program[0], "-dc", str(paths[-1])], pipe_to=["wc", "-l"])
            show(suffix, f"{program[0]} -dc | wc -l", least(command, peer, rounds=ROUNDS))
        for one in paths[:2]:
            jobs = [partial(cost, [*check, "--jobs", number, str(one)]) for number in ("2", "1")]
            show(f"{one.name}, 2 jobs", "1 job", least(*jobs, rounds=ROUNDS))


if __name__ == "__main__":
    main()
