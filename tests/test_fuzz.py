"""A short run of the fuzzer: ``python -m tools.fuzz`` runs as many cases as you like."""

from __future__ import annotations

import os

import pytest
from tools.fuzz.__main__ import KINDS, run

CASES = {"bodies": 400, "objects": 400, "containers": 150}
FACTOR = int(os.environ.get("EVENTLINT_MUTATIONS", "300")) / 300


@pytest.mark.parametrize("kind", KINDS)
def test_no_case_fails(kind: str) -> None:
    """Nothing raises, no event is dropped, all functions agree, and fixes stay inside of their event."""
    shown: list[str] = []
    assert run(kind, 2, range(round(CASES[kind] * FACTOR)), shown.append) == 0, "\n".join(shown)
