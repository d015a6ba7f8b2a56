"""Print every figure of the native engine and of bulk checks with its bar, in one run.

Run ``python -m benchmarks.table``: about five minutes on an idle machine. ``--long`` uses larger files (1 GB for
``.zst``) and more cases of the soundness test. ``--before COMMIT`` also compares the pure Python engine with the one of
another commit, which git must know.

The exit status is 1 if a figure misses its bar. A busy machine misses the bars for an idle one, which the rows name.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from itertools import chain
from pathlib import Path

from tests.native.cases import all_cases
from tests.native.test_soundness import compared

from benchmarks import bulk, compressed, startup
from benchmarks import native as engine
from benchmarks.rows import Row, show
from eventlint.screen import native

ROOT = Path(__file__).parent.parent


def soundness(count: int) -> Iterator[Row]:
    """Cases of every kind in all eras; an assertion fails if a clean event has a finding."""
    known: Counter[tuple[str, str]] = Counter()
    compared(all_cases(1, count), known, counted=11)
    total = sum(number for (_, kind), number in known.items() if kind == "all")
    yield Row("clean by the engine, with a finding", 0, 0, detail=f"{total:,} cases, all eras")
    for source, bar in (("mutated", 99.5), ("drawn", 95)):
        clean, found = known[source, "clean"], known[source, "native"]
        detail = f"{found:,} of {clean:,}"
        yield Row(f"recall of {source} events, percent", 100 * found / max(clean, 1), bar, at_least=True, detail=detail)


def before(commit: str, size: int) -> Iterator[Row]:
    """The check of files without the native engine, relative to that of another commit."""
    with tempfile.TemporaryDirectory() as name:
        other = Path(name, "other")
        git = shutil.which("git") or sys.exit("needs git")
        archive = subprocess.run([git, "-C", str(ROOT), "archive", commit], capture_output=True, check=True).stdout
        with tarfile.open(fileobj=BytesIO(archive)) as tar:
            tar.extractall(other, filter="data")
        for is_envelope, bar in ((True, 0.35), (False, 0.85)):
            path = Path(name, f"search_click-{is_envelope}.ndjson")
            bulk.write(path, size, None, is_envelope=is_envelope)
            check = [*bulk.COUNT, "--jobs", "1", str(path)]
            ours, theirs = bulk.least(*(partial(_pure, root, check) for root in (ROOT, other)), rounds=3)
            kind = "envelopes" if is_envelope else "events"
            detail = f"{ours.cpu:.2f} s, {theirs.cpu:.2f} s"
            yield Row(f"{kind} without the engine / {commit}", ours.cpu / theirs.cpu, bar, detail=detail)


def _pure(root: Path, check: list[str]) -> bulk.Cost:
    """The cost of a check with the sources of a folder, without the native engine."""
    variables = ["EVENTLINT_NATIVE=0", f"PYTHONPATH={root / 'src'}"]
    return bulk.cost(["env", *variables, *check])


def main() -> int:
    """Measure and print all rows."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.table", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--long", action="store_true", help="larger files and more cases (about half an hour)")
    parser.add_argument("--before", metavar="COMMIT", help="also compare the pure Python engine with this commit")
    options = parser.parse_args()
    if native.library() is None:
        parser.error("the native engine is not built (python -m tools.build_native)")
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores, load {load}")
    parts = [engine.single_events(), engine.lines(100 if options.long else 20)]
    parts += [bulk.files(1_000 if options.long else 100), compressed.files(1_024 if options.long else 128)]
    parts.append(startup.starts())
    parts.append(soundness(300_000 if options.long else 2_000))
    if options.before is not None:
        parts.append(before(options.before, 20))
    missed = show(chain.from_iterable(parts))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
