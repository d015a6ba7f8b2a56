"""Tells what Elastic Behavioral Analytics will do with an event, before it is sent."""

from eventlint._version import __version__
from eventlint.check import Report, check, check_request, is_valid, validate
from eventlint.errors import ConfigError, EventlintError, InputError, InvalidEvent, SchemaError, UsageError
from eventlint.model import Answer, Finding, Position, Request
from eventlint.server.server import Server

__all__ = [
    "Answer",
    "ConfigError",
    "EventlintError",
    "Finding",
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
    "validate",
]
