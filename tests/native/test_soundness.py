"""What the native engine calls clean has no finding in the full check, and it calls nearly all such events clean.

``python -m tests.native.test_soundness SEED COUNT`` runs as many cases as you want, and prints figures.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from itertools import cycle
from unicodedata import category

from eventlint.full_check import full_check
from eventlint.screen import native
from eventlint.screen.plan_compiler import characters
from eventlint.spec import catalog
from tests.native.cases import Case, all_cases
from tests.native.support import needs_engine

COUNT = 400
ERAS = [era.name for era in catalog().eras]


def engine_of(era: str, *, reports: bool) -> native.Engine:
    """The engine of an era, which must be there."""
    engine = native.engine(era, reports=reports)
    assert engine is not None
    return engine


def compared(cases: Iterable[Case], known: Counter[tuple[str, str]]) -> None:
    """Compare engine and full check on cases, each in an era in turn; count what was clean."""
    engines = {era: (engine_of(era, reports=True), engine_of(era, reports=False)) for era in ERAS}
    for case, era in zip(cases, cycle(ERAS), strict=False):
        compare(case, era, *engines[era], known)


def compare(
    case: Case, era: str, engine: native.Engine, accepting: native.Engine, known: Counter[tuple[str, str]]
) -> None:
    """Compare engine and full check on one case."""
    source, event_type, data = case
    is_clean = engine.clean_bytes(event_type, data)
    is_accepted = accepting.clean_bytes(event_type, data)
    assert is_accepted or not is_clean, data
    if b"\n" not in data:
        assert bool(engine.scan(data, event_type)[3]) == is_clean, data
    report = full_check(data, event_type, catalog().release(era))
    if is_clean:
        assert report.findings == (), (era, data, report.findings)
    if is_accepted:
        assert report.first_error is None, (era, data, report.first_error)
    known[source, "clean" if not report.findings else "found"] += 1
    known[source, "native"] += is_clean


@needs_engine
def test_what_is_clean_has_no_finding() -> None:
    """Cases of every kind; nearly all that the full check finds clean are clean for the engine, too."""
    known: Counter[tuple[str, str]] = Counter()
    compared(all_cases(1, COUNT), known)
    assert known["mutated", "native"] >= 0.98 * known["mutated", "clean"] > 0
    assert known["drawn", "native"] >= 0.9 * known["drawn", "clean"] > 0


def test_the_plan_has_all_digits_and_white_space() -> None:
    """The lists that the plan brings along are those of this Python; the engine knows where other digits may be."""
    lists = characters()
    every = [chr(code) for code in range(0x110000)]
    assert set(filter(str.isspace, every)) <= set(lists["white_space"])
    digits = {one for one in every if category(one) == "Nd" and not one.isascii()}
    beyond = digits - set(lists["digits"])
    assert all("\U00010000" <= one <= "\U0001efff" or "\U0001fbf0" <= one <= "\U0001fbf9" for one in beyond)


if __name__ == "__main__":
    counted: Counter[tuple[str, str]] = Counter()
    compared(all_cases(int(sys.argv[1]), int(sys.argv[2])), counted)
    for source in dict.fromkeys(one for one, _ in counted):
        clean, quick = counted[source, "clean"], counted[source, "native"]
        total = clean + counted[source, "found"]
        print(
            f"{source}: {total:,} cases; {clean:,} clean, {quick:,} of them by the engine ({quick / max(clean, 1):.2%})"
        )
