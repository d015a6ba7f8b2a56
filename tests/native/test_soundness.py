"""What the native engine calls clean has no finding in the full check, and it calls nearly all such events clean.

``python -m tests.native.test_soundness SEED COUNT`` runs as many cases as you want, and prints figures.
"""

from __future__ import annotations

import sys
from collections import Counter
from itertools import cycle

import pytest

from eventlint.full_check import full_check
from eventlint.screen import native, plan
from eventlint.spec import catalog, event_types, identifier_of
from tests.native.cases import Case, all_cases

COUNT = 400
ERAS = [era.name for era in catalog().eras]

pytestmark = pytest.mark.skipif(native.library() is None, reason="the native engine is not built")


def compared(cases: object, known: Counter[tuple[str, str]]) -> None:
    """Compare engine and full check on cases, each in an era in turn; count what was clean."""
    engines = {era: native.engine(era, reports=True) for era in ERAS}
    accepting = {era: native.engine(era, reports=False) for era in ERAS}
    for case, era in zip(cases, cycle(ERAS), strict=False):  # type: ignore[call-overload]
        compare(case, era, engines[era], accepting[era], known)


def compare(case: Case, era: str, engine: object, accepting: object, known: Counter[tuple[str, str]]) -> None:
    """Compare engine and full check on one case."""
    source, event_type, data = case
    is_clean = engine.clean_bytes(event_type, data)  # type: ignore[attr-defined]
    is_accepted = accepting.clean_bytes(event_type, data)  # type: ignore[attr-defined]
    assert is_accepted or not is_clean, data
    _, _, suspects, counts = engine.scan(data.replace(b"\n", b" "), event_type)  # type: ignore[attr-defined]
    if b"\n" not in data:
        assert bool(counts) == is_clean, data
    report = full_check(data, event_type, catalog().release(era))
    if is_clean:
        assert report.findings == (), (era, data, report.findings)
    if is_accepted:
        assert report.first_error is None, (era, data, report.first_error)
    known[source, "clean" if not report.findings else "found"] += 1
    known[source, "native"] += is_clean


@pytest.mark.parametrize("seed", [1])
def test_what_is_clean_has_no_finding(seed: int) -> None:
    """Cases of every kind."""
    known: Counter[tuple[str, str]] = Counter()
    compared(all_cases(seed, COUNT), known)
    assert known["mutated", "native"] >= 0.98 * known["mutated", "clean"] > 0
    assert known["drawn", "native"] >= 0.9 * known["drawn", "clean"] > 0


if __name__ == "__main__":
    counted: Counter[tuple[str, str]] = Counter()
    compared(all_cases(int(sys.argv[1]), int(sys.argv[2])), counted)
    for source in dict.fromkeys(one for one, _ in counted):
        clean, quick = counted[source, "clean"], counted[source, "native"]
        total = clean + counted[source, "found"]
        print(
            f"{source}: {total:,} cases; {clean:,} clean, {quick:,} of them by the engine ({quick / max(clean, 1):.2%})"
        )
