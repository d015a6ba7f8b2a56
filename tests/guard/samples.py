"""Events and findings for the tests of guards."""

from __future__ import annotations

import datetime
import uuid
from decimal import Decimal
from typing import Any

import pytest

from eventlint import Checker
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

LOSS = Finding(rule="a-loss", tier="loss", message="the event is lost", pointer="/user", effect="lost")
LINT = Finding(rule="a-lint", tier="lint", message="the value is unusual", pointer="/search")


def patch_checker(monkeypatch: pytest.MonkeyPatch, *findings: Finding) -> None:
    """Make every checker report some findings for every event and request."""

    def report(checker: Checker, *_: Any, **__: Any) -> Report:
        return Report("search", checker.release, findings)

    monkeypatch.setattr(Checker, "check", report)
    monkeypatch.setattr(Checker, "check_request", report)
