"""Tells what Elastic Behavioral Analytics will do with an event, before it is sent.

Each name is imported when it is first asked for, so that a short run pays only for what it uses.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from eventlint._version import __version__

if TYPE_CHECKING:
    from eventlint.checker import check, check_request, is_valid, validate
    from eventlint.contract import Contract, ContractRule, load_contract
    from eventlint.errors import ConfigError, EventlintError, InputError, InvalidEvent, SchemaError, UsageError
    from eventlint.mirror.server import Server
    from eventlint.model import Answer, Edit, Finding, Fix, Position, Request
    from eventlint.report import Report

__all__ = [
    "Answer",
    "ConfigError",
    "Contract",
    "ContractRule",
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

_HOMES = {
    "eventlint.checker": ("check", "check_request", "is_valid", "validate"),
    "eventlint.errors": (
        "ConfigError",
        "EventlintError",
        "InputError",
        "InvalidEvent",
        "SchemaError",
        "UsageError",
    ),
    "eventlint.model": ("Answer", "Edit", "Finding", "Fix", "Position", "Request"),
    "eventlint.contract": ("Contract", "ContractRule", "load_contract"),
    "eventlint.report": ("Report",),
    "eventlint.mirror.server": ("Server",),
}


def __getattr__(name: str) -> Any:
    for module, names in _HOMES.items():
        if name in names:
            found = getattr(import_module(module), name)
            globals()[name] = found
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
