"""Events that clients send in the tests."""

from __future__ import annotations

import datetime
import uuid
from decimal import Decimal
from typing import Any

import eventlint
from eventlint.model import Finding
from eventlint.report import Report

PLAIN: dict[str, Any] = {"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "red shoes"}}
RICH: dict[str, Any] = {
    "session": {"id": uuid.UUID(int=7)},
    "user": {"id": datetime.date(2026, 1, 2)},
    "search": {
        "query": datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC),
        "page": {"current": Decimal("1"), "size": 10},
        "filters": {"brand": ["é", "😀"]},
    },
}
BAD: dict[str, Any] = {"session": {"id": "s-1"}, "user": {"id": " "}, "search": {"quary": "shoes"}}

LOSS = Finding(rule="a-loss", tier="loss", message="it would be lost", pointer="/user", effect="lost")
LINT = Finding(rule="a-lint", tier="lint", message="it is odd", pointer="/search")


def finds(*findings: Finding) -> Any:
    """A stand-in for ``check`` that finds the same in every event, and no error."""

    def check(event: object, event_type: str, *, release: str = "latest", **_: Any) -> Report:
        clean = eventlint.check(PLAIN, "search", release=release)
        return Report(event_type, clean.release, findings)

    return check
