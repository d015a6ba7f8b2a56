"""The server accepts what another library draws from the schemas; runs only if that library is installed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from eventlint import is_valid
from eventlint.spec import event_types
from eventlint.spec.bundles import bundle, draft_07
from tests.strategies.support import DRAWS, SLOW

hypothesis_jsonschema = pytest.importorskip("hypothesis_jsonschema")


def inlined(value: Any, definitions: dict[str, Any]) -> Any:
    """A schema with its references replaced: the library does not follow references below references."""
    if isinstance(value, list):
        return [inlined(below, definitions) for below in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("$ref"), str):
        return inlined(definitions[value["$ref"].removeprefix("#/definitions/")], definitions)
    return {name: inlined(below, definitions) for name, below in value.items() if name not in ("$id", "definitions")}


@pytest.mark.parametrize("event_type", event_types())
def test_what_the_draft_07_schema_allows_is_accepted(event_type: str) -> None:
    """The draft-07 projection allows only what the server accepts."""
    schema = draft_07(bundle(event_type))
    strategy = hypothesis_jsonschema.from_schema(inlined(schema, schema["definitions"]))

    @settings(max_examples=DRAWS, database=None, suppress_health_check=SLOW)
    @given(strategy)
    def run(event: object) -> None:
        assert is_valid(event, event_type)

    run()
