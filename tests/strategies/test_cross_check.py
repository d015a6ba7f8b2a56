"""What another library draws from the schemas, the server takes; it runs where that library is installed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from eventlint import is_valid
from eventlint.contract import event_types
from eventlint.contract.projection import bundle, draft_07
from tests.strategies.support import DRAWS, SLOW

hypothesis_jsonschema = pytest.importorskip("hypothesis_jsonschema")


@pytest.mark.parametrize("event_type", event_types())
def test_what_the_plain_schema_allows_is_accepted(event_type: str) -> None:
    """The draft-07 projection allows only what the server takes."""
    strategy = hypothesis_jsonschema.from_schema(draft_07(bundle(event_type)))

    @settings(max_examples=DRAWS, deadline=None, database=None, suppress_health_check=SLOW)
    @given(strategy)
    def run(event: object) -> None:
        assert is_valid(event, event_type)

    run()
