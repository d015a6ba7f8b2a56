"""Settings of Hypothesis for all tests, and of coverage for the programs that they start; fixtures that tests share."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

if "PYTEST_XDIST_WORKER" in os.environ:
    # Only the processes of the tests are measured: some tests list what the programs that they start import.
    os.environ.pop("COVERAGE_PROCESS_CONFIG", None)

# How fast a machine is must not decide whether a test passes: the first draw builds tables of characters.
settings.register_profile("eventlint", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("eventlint")


@pytest.fixture
def no_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    """No templates of reports are known yet."""
    from eventlint import report_templates

    monkeypatch.setattr(report_templates, "_shapes", report_templates.Shapes())


@pytest.fixture
def short_queries(tmp_path: Path) -> Path:
    """The file of a custom contract that allows queries of at most three characters."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:example:search:1-0-0",
        "allOf": [{"$ref": "urn:eventlint:event:search:1-0-0"}],
        "properties": {"search": {"properties": {"query": {"maxLength": 3, "x-rule": {"name": "short-query"}}}}},
    }
    path = tmp_path / "contract.json"
    path.write_text(json.dumps(schema))
    return path
