"""Guards for code that sends events: the door to them; it must not know any client library.

Each kind of client is imported when a client of that kind is guarded.
"""

from eventlint.guard.asgi import AsgiGuard
from eventlint.guard.clients import guard
from eventlint.guard.core import Guard, Verdict
from eventlint.guard.counters import Counters, Counts
from eventlint.guard.decorator import checked
from eventlint.guard.guard_error import GuardError
from eventlint.guard.policy import Action, EventWarning, Handler, Incident, Policy
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
    "Verdict",
    "WsgiGuard",
    "checked",
    "guard",
]
