"""What the rules find in the corpus' accepted events, listed once and kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.findings import listed

from tests.corpus import PACKAGED, folder

LIST = Path(__file__).parent / "corpus.txt"


@pytest.mark.skipif(folder() != PACKAGED, reason="the list is of the own corpus")
def test_the_findings_in_accepted_events_are_those_that_are_listed() -> None:
    """Nothing is found that is not in the list, and all that is in the list is found."""
    assert listed() == LIST.read_text()
