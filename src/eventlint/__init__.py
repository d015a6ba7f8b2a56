"""Shows what Elastic Behavioral Analytics does with an event, before you send it.

Find all problems of an event:

    >>> import eventlint
    >>> event = {"session": {"id": "s-1"}, "user": {"id": " "}, "search": {"query": "shoes"}}
    >>> report = eventlint.check(event, "search")
    >>> print(report.findings[0])
    eventlint: error[blank-id]: 'id' is blank (/user/id)
    >>> print(report.answer)
    400 illegal_argument_exception: field [id] can't be blank

Get a yes or no, or an exception:

    >>> eventlint.is_valid(event, "search")
    False
    >>> eventlint.validate(event, "search")
    Traceback (most recent call last):
    eventlint.errors.InvalidEvent: the server would reject this search event:
      /user/id: 'id' is blank [blank-id]

Check a whole request, with its path and headers:

    >>> request = eventlint.Request(method="PUT", uri="/_application/analytics/site/event/search")
    >>> print(eventlint.check_request(request).answer.status)
    405

Create a checker to set the options once:

    >>> checker = eventlint.Checker("8.19", collections=["site"], ignore=["lint"])
    >>> checker.is_valid({**event, "user": {"id": "u-1"}}, "search", collection="site")
    True

Add your organization's rules with a contract, from JSON Schema files:

    >>> contract = eventlint.load_contract("examples/contracts/schemas")
    >>> eventlint.Checker(contract=contract).check(event, "search").accepted
    False

See what the server answers:

    >>> eventlint.Server("9.0").respond("GET", "/unknown", {}, b"").status
    400
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from eventlint._version import __version__

if TYPE_CHECKING:
    from eventlint.checker import Checker
    from eventlint.contract import Contract, ContractRule, load_contract
    from eventlint.errors import (
        ConfigError,
        ContractWarning,
        EventlintError,
        InputError,
        InvalidEvent,
        SchemaError,
        UsageError,
    )
    from eventlint.mirror.server import Server
    from eventlint.model import Answer, Edit, Finding, Fix, Position, Request
    from eventlint.report import Report
    from eventlint.shortcuts import check, check_request, is_valid, validate

__all__ = [
    "Answer",
    "Checker",
    "ConfigError",
    "Contract",
    "ContractRule",
    "ContractWarning",
    "Edit",
    "EventlintError",
    "Finding",
    "Fix",
    "InputError",
    "InvalidEvent",
    "Position",
    "Report",
    "Request",
    "SchemaError",
    "Server",
    "UsageError",
    "__version__",
    "check",
    "check_request",
    "is_valid",
    "load_contract",
    "validate",
]

# Each name is imported when it is first used, so that a short run imports only what it needs.
_MODULES = {
    "eventlint.checker": ("Checker",),
    "eventlint.shortcuts": ("check", "check_request", "is_valid", "validate"),
    "eventlint.errors": (
        *("ConfigError", "ContractWarning", "EventlintError", "InputError"),
        *("InvalidEvent", "SchemaError", "UsageError"),
    ),
    "eventlint.model": ("Answer", "Edit", "Finding", "Fix", "Position", "Request"),
    "eventlint.contract": ("Contract", "ContractRule", "load_contract"),
    "eventlint.report": ("Report",),
    "eventlint.mirror.server": ("Server",),
}


def __getattr__(name: str) -> Any:
    for module, names in _MODULES.items():
        if name in names:
            found = getattr(import_module(module), name)
            globals()[name] = found
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*__all__, *(name for name in globals() if name.startswith("__") and name.endswith("__"))})
