"""Checks in another interpreter of the same process."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import pytest

from eventlint import Checker, UsageError

CODE = """
import eventlint
from eventlint.guard import Guard

event = b'{"session":{"id":"s"},"user":{"id":"u"},"search":{"query":"q"}}'
assert eventlint.check(event, "search").ok
assert not eventlint.check(b"{}", "search").ok
headers = {"content-type": "application/json"}
assert Guard().allows("POST", "/_application/analytics/site/event/search", headers, event)
"""


def _interpreters() -> Any:
    for name in ("_interpreters", "_xxsubinterpreters"):
        try:
            return importlib.import_module(name)
        except ImportError:
            continue
    pytest.skip("this Python has no module for sub-interpreters")


def test_a_subinterpreter_checks_events() -> None:
    """Nothing that a check or a guard imports depends on the main interpreter."""
    module = _interpreters()
    interpreter = module.create()
    try:
        failure = module.run_string(interpreter, f"import sys; sys.path[:] = {sys.path!r}\n{CODE}")
        assert failure is None
    finally:
        module.destroy(interpreter)


def test_a_contract_that_cannot_be_imported_is_a_usage_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dependency of contracts may refuse a sub-interpreter."""
    monkeypatch.setitem(sys.modules, "eventlint.contract", None)
    with pytest.raises(UsageError, match="contract cannot be used in this interpreter"):
        Checker(contract="schemas")
