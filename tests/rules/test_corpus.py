"""The findings in the accepted events of the corpus are recorded in a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.findings import listed

from tests.corpus import PACKAGED, folder

LIST = Path(__file__).parent / "corpus.txt"


@pytest.mark.skipif(folder() != PACKAGED, reason="the list belongs to the corpus of the tests")
def test_findings_in_accepted_events_match_the_recorded_list() -> None:
    """The rules report exactly the findings in the list."""
    assert listed() == LIST.read_text()
