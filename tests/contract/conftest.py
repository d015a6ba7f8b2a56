"""Contracts for the tests, from files and from values."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import eventlint

ROOT = Path(__file__).parent.parent.parent
SCHEMAS = ROOT / "examples/contracts/schemas"
EVENTS = ROOT / "examples/contracts/events.ndjson"
SEARCH = "urn:eventlint:event:search:1-0-0"

STYLE = ("missing-title", "missing-description", "missing-example", "unanchored-pattern", "unknown-keyword")
"""Rules that the documents of tests need not keep."""

ANY = (*STYLE, "impossible-constraint", "forbidden-required", "ineffective-keyword", "disjoint-types")
"""The same for constraints that no accepted event can violate."""

Make = Callable[..., eventlint.Contract]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Writes documents into a folder and loads it; by default, a document applies to searches."""

    def maker(*documents: Any, **options: Any) -> eventlint.Contract:
        for number, document in enumerate(documents):
            whole = {"$id": f"urn:acme:{number}:1-0-0", "title": "A test", "description": "A test.", **document}
            if not {"x-applies-to", "$defs"} & whole.keys() and SEARCH not in json.dumps(whole):
                whole["x-applies-to"] = {"events": ["search"]}
            (tmp_path / f"{number}.json").write_text(json.dumps(whole, indent=1))
        return eventlint.load_contract(tmp_path, **{"ignore": STYLE, **options})

    return maker


def search(**fields: Any) -> dict[str, Any]:
    """A search with a query and some other fields."""
    return {"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes", **fields}}


def of_search(schema: Any) -> dict[str, Any]:
    """A document with a schema for the field ``search``."""
    return {"properties": {"search": schema}}


def violations(report: eventlint.Report) -> list[tuple[str, str, str]]:
    """Rule, pointer and message of each finding of the tier contract."""
    return [(one.rule, one.pointer, one.message) for one in report.findings if one.tier == "contract"]
