"""What the native engine calls clean has no finding in the full check, and it calls nearly all such events clean.

``python -m tests.native.test_soundness SEED COUNT`` runs as many cases as you want, and prints figures. For an
engine without SIMD, build it with ``python -m tools.build_native --scalar``.
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


def compared(cases: Iterable[Case], known: Counter[tuple[str, str]], *, counted: int = 1) -> None:
    """Compare engine and full check on cases, each in an era in turn; count what was clean in each ``counted`` case.

    The full check of other cases is left out if the engine finds nothing clean, because there is nothing to compare.
    """
    engines = {era: (engine_of(era, reports=True), engine_of(era, reports=False)) for era in ERAS}
    for number, (case, era) in enumerate(zip(cases, cycle(ERAS), strict=False)):
        known[case.source, "all"] += 1
        compare(case, era, *engines[era], known if number % counted == 0 else None)


def compare(
    case: Case, era: str, engine: native.Engine, accepting: native.Engine, known: Counter[tuple[str, str]] | None
) -> None:
    """Compare engine and full check on one case, and count what is clean if there is a counter."""
    source, event_type, data = case
    is_clean = engine.clean_bytes(event_type, data)
    is_accepted = accepting.clean_bytes(event_type, data)
    assert is_accepted or not is_clean, data
    if b"\n" not in data:
        assert bool(engine.scan(data, event_type)[3]) == is_clean, data
    if known is None and not is_accepted:
        return
    report = full_check(data, event_type, catalog().release(era))
    if is_clean:
        assert report.findings == (), (era, data, report.findings)
    if is_accepted:
        assert report.first_error is None, (era, data, report.first_error)
    if known is not None:
        known[source, "clean"] += not report.findings
        known[source, "native"] += is_clean


@needs_engine
def test_what_is_clean_has_no_finding() -> None:
    """Cases of every kind; nearly all that the full check finds clean are clean for the engine, too."""
    known: Counter[tuple[str, str]] = Counter()
    compared(all_cases(1, COUNT), known)
    assert known["mutated", "native"] >= 0.995 * known["mutated", "clean"] > 0
    assert known["drawn", "native"] >= 0.95 * known["drawn", "clean"] > 0


def test_the_plan_has_all_digits_and_white_space() -> None:
    """The lists that the plan brings along are those of this Python; the engine knows where other digits may be."""
    lists = characters()
    every = [chr(code) for code in range(0x110000)]
    assert set(filter(str.isspace, every)) <= set(lists["white_space"])
    digits = {one for one in every if category(one) == "Nd" and not one.isascii()}
    beyond = digits - set(lists["digits"])
    assert all("\U00010000" <= one <= "\U0001efff" or "\U0001fbf0" <= one <= "\U0001fbf9" for one in beyond)


if __name__ == "__main__":
    totals: Counter[tuple[str, str]] = Counter()
    compared(all_cases(int(sys.argv[1]), int(sys.argv[2])), totals, counted=11)
    for name in dict.fromkeys(one for one, _ in totals):
        clean, quick = totals[name, "clean"], totals[name, "native"]
        share = f"the engine found {quick:,} of {clean:,} clean ones ({quick / max(clean, 1):.2%})"
        print(f"{name}: {totals[name, 'all']:,} cases; of each eleventh, {share}")
