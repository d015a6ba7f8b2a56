"""The command line of the fuzzer; see CONTRIBUTING.md."""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from random import Random

from tools.fuzz.bodies import check_body
from tools.fuzz.containers import check_container
from tools.fuzz.objects import check_object

KINDS: dict[str, Callable[[Random, int], None]] = {
    "bodies": check_body,
    "objects": check_object,
    "containers": check_container,
}
_SHARES = (("bodies", 0.6), ("objects", 0.2), ("containers", 0.2))
_EVERY = 60.0
"""The seconds after which progress is printed."""
_MOST_SHOWN = 50


def run(kind: str, seed: int, numbers: Sequence[int], show: Callable[[str], object]) -> int:
    """Run some cases of a kind, and return how many fail. The same seed and number give the same case."""
    failed = 0
    last = time.monotonic()
    for count, number in enumerate(numbers, 1):
        try:
            KINDS[kind](Random(f"{seed} {kind} {number}"), number)  # noqa: S311 - a case must be reproducible
        except Exception:
            failed += 1
            if failed <= _MOST_SHOWN:
                show(f"FAILED: --seed {seed} --only {kind}:{number}\n{traceback.format_exc()}")
        if time.monotonic() - last > _EVERY:
            last = time.monotonic()
            show(f"{kind}: {count} of {len(numbers)} cases, {failed} failed")
    show(f"{kind}: {len(numbers)} cases, {failed} failed")
    return failed


def main(words: Sequence[str] | None = None) -> int:
    """Run the fuzzer; the exit code is 1 if a case fails."""
    parser = argparse.ArgumentParser(prog="python -m tools.fuzz", description="Fuzz eventlint.")
    parser.add_argument("--seed", type=int, default=0, help="seed of the cases (default: 0)")
    parser.add_argument("--cases", type=int, default=10_000, help="number of cases of all kinds (default: 10000)")
    parser.add_argument("--kind", choices=list(KINDS), action="append", help="only cases of this kind (repeatable)")
    parser.add_argument("--only", metavar="KIND:NUMBER", help="only one case, as a failure prints it")
    options = parser.parse_args(words)

    def show(text: str) -> None:
        print(text, flush=True)

    if options.only:
        kind, _, number = options.only.partition(":")
        return min(run(kind, options.seed, [int(number)], show), 1)
    shares = {kind: share for kind, share in _SHARES if not options.kind or kind in options.kind}
    total = sum(shares.values())
    failed = 0
    for kind, share in shares.items():
        failed += run(kind, options.seed, range(round(options.cases * share / total)), show)
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main())
