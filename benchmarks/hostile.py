"""Measure how time and memory grow with the size of hostile events.

Run ``python -m benchmarks.hostile``, or with names of shapes and sizes in kB: ``python -m benchmarks.hostile url-ipv6
--sizes 64 256``. Each check runs in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from time import process_time

from benchmarks.hostile_shapes import SHAPES, event_type

SIZES = (64, 256, 1024, 4096)
FORMS: dict[str, Callable[[bytes], object]] = {"bytes": bytes, "str": bytes.decode, "dict": json.loads}
"""How an event is passed to ``check``."""

MAX_SECONDS = 60
_UNIT = 1 if sys.platform == "darwin" else 1024


def measure(name: str, form: str, kilobytes: int) -> dict[str, float]:
    """Check one event in this process: the seconds, the findings, and how much the peak of memory grew, in bytes."""
    from eventlint import check

    check(b"{}", "search")  # loads what every check needs
    raw = SHAPES[name](kilobytes * 1024)
    event = FORMS[form](raw)
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = process_time()
    report = check(event, event_type(name))
    lines = [str(finding) for finding in report.findings]
    seconds = process_time() - start
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"seconds": seconds, "findings": len(lines), "memory": (after - before) * _UNIT / len(raw)}


def run(name: str, form: str, kilobytes: int) -> dict[str, float] | None:
    """Check one event in another process; None if the event has no such form, or if it took too long."""
    command = [sys.executable, "-m", "benchmarks.hostile", "--one", name, form, str(kilobytes)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=dict(os.environ))
    return None if done.returncode else dict(json.loads(done.stdout))


def table(names: list[str], forms: list[str], sizes: list[int]) -> None:
    """Print a line for each shape and form: seconds per size, the ratio for four times the size, and the memory."""
    heads = "".join(f"{f'{size} kB':>10}" for size in sizes)
    print(f"{'shape':30}{'form':6}{heads}   ratios for a larger size        findings  memory / size")
    for name in names:
        for form in forms:
            results = [run(name, form, size) for size in sizes]
            found = [result for result in results if result is not None]
            if not found:
                continue
            seconds = [result["seconds"] for result in found]
            ratios = [f"{two / one:.1f}" for one, two in pairwise(seconds) if one]
            columns = "".join(f"{'-' if one is None else format(one['seconds'], '.3f'):>10}" for one in results)
            last = found[-1]
            print(
                f"{name:30}{form:6}{columns}   {' '.join(ratios):32}{last['findings']:8.0f} {last['memory']:10.0f}",
                flush=True,
            )


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="shape", help="the shapes (default: all)")
    parser.add_argument("--forms", nargs="+", choices=FORMS, default=list(FORMS))
    parser.add_argument("--sizes", nargs="+", type=int, default=list(SIZES), help="in kB")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        name, form, kilobytes = options.one
        print(json.dumps(measure(name, form, int(kilobytes))))
        return
    table(options.names or list(SHAPES), options.forms, options.sizes)


if __name__ == "__main__":
    main()
