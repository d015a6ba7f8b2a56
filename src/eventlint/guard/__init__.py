"""Guards check every event just before it is sent, in clients, services and functions.

The module for a client library is imported when a client of that library is guarded.
"""

from eventlint.guard.asgi import AsgiGuard
from eventlint.guard.clients import guard
from eventlint.guard.core import Guard, Verdict
from eventlint.guard.counters import Counters, Counts
from eventlint.guard.decorator import checked
from eventlint.guard.policy import Action, EventWarning, GuardError, Handler, Incident, Policy, UnknownEncodingError
from eventlint.guard.wsgi import WsgiGuard

__all__ = [
    "Action",
    "AsgiGuard",
    "Counters",
    "Counts",
    "EventWarning",
    "Guard",
    "GuardError",
    "Handler",
    "Incident",
    "Policy",
    "UnknownEncodingError",
    "Verdict",
    "WsgiGuard",
    "checked",
    "guard",
]
