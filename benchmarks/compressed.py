"""Measure the check of a compressed file relative to decompression and counting of lines.

Run ``python -m benchmarks.compressed [MEGABYTES]`` (1,024 by default; the size of the content). It needs ``zstd`` and
``gzip``. The content is 60,000 different events, again and again, which is more than a window of the compression. Each
figure is the minimum of interleaved rounds; CPU time is that of all processes.

The last rows compare the default number of processes with one, for the archive and for its content. They say something
only if two cores are idle.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.bulk import COUNT, cost, least
from benchmarks.events import clean, encoded
from benchmarks.rows import Row, show

ROUNDS = 3
DISTINCT = 60_000


def write(path: Path, size: int) -> None:
    """Write a file of some megabytes."""
    block = b"".join(line + b"\n" for line in encoded(clean(DISTINCT)))
    with path.open("wb") as file:
        for _ in range(max(1, (size << 20) // len(block))):
            file.write(block)


def files(size: int) -> Iterator[Row]:
    """Check a compressed file whose content has some megabytes; programs decompress the same file."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "search_click.ndjson"
        write(path, size)
        paths, memory = [path], 0.0
        for suffix, program in ((".zst", ["zstd", "-q", "-k"]), (".gz", ["gzip", "-k", "-1"])):
            if shutil.which(program[0]) is None:
                continue
            subprocess.run([*program, str(path)], check=True)
            paths.append(path.with_name(path.name + suffix))
            command = partial(cost, [*COUNT, str(paths[-1])])
            peer = partial(cost, [program[0], "-dc", str(paths[-1])], pipe_to=["wc", "-l"])
            ours, theirs = least(command, peer, rounds=ROUNDS)
            memory = max(memory, ours.memory)
            what = f"check of {size} MB as {suffix} / {program[0]} -dc | wc -l, wall time"
            yield Row(what, ours.wall / theirs.wall, 2, detail=f"{ours}, {theirs}")
        for one in paths[:2]:
            commands = ([*COUNT, str(one)], [*COUNT, "--jobs", "1", str(one)])
            chosen, alone = least(*(partial(cost, command) for command in commands), rounds=ROUNDS)
            memory = max(memory, chosen.memory)
            what = f"wall time of the default / one process: {''.join(one.suffixes)}"
            yield Row(what, chosen.wall / alone.wall, 1.1, detail=f"{chosen}, {alone}")
        yield Row("peak memory of a process in MiB: compressed files", memory, 30)


if __name__ == "__main__":
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 1024
    print(f"python -m benchmarks.compressed {megabytes}: Python {platform.python_version()}, {os.cpu_count()} cores")
    show(files(megabytes))
