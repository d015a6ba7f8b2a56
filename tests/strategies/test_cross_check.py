"""What another library draws from the schemas, the server takes; it runs where that library is installed."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eventlint import is_valid
from eventlint.contract import event_types
from eventlint.contract.projection import bundle, draft_07

hypothesis_jsonschema = pytest.importorskip("hypothesis_jsonschema")
DRAWS = int(os.environ.get("EVENTLINT_DRAWS", "100"))


@pytest.mark.parametrize("event_type", event_types())
@given(data=st.data())
@settings(
    max_examples=DRAWS,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
def test_what_the_plain_schema_allows_is_accepted(event_type: str, data: st.DataObject) -> None:
    """The draft-07 projection allows only what the server takes."""
    event = data.draw(hypothesis_jsonschema.from_schema(draft_07(bundle(event_type))))
    assert is_valid(event, event_type)
