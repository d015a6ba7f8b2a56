"""Hypothesis strategies for events, made from the compiled contract; the package must not know how they are checked.

They need Hypothesis: ``pip install 'eventlint[hypothesis]'``.

- :func:`events` and :func:`payloads` are accepted, and nothing in the former is lost, changed or odd.
- :func:`invalid_events`, :func:`invalid_payloads` and :func:`invalid_requests` break exactly one rule of the tier
  error.
- :func:`lossy_events` and :func:`lossy_payloads` break exactly one rule of the tier loss.

What breaks a rule says which, and where: :class:`Broken`.
"""

from __future__ import annotations

from eventlint.errors import UsageError

try:
    import hypothesis as _  # noqa: F401
except ImportError as error:
    raise UsageError("strategies need Hypothesis: pip install 'eventlint[hypothesis]'") from error

from eventlint.strategies.broken import PRODUCERS, invalid_events, invalid_payloads, lossy_events, lossy_payloads
from eventlint.strategies.events import events
from eventlint.strategies.requests import invalid_requests, requests
from eventlint.strategies.sites import Broken
from eventlint.strategies.writing import ODDITIES, payloads

__all__ = [
    "ODDITIES",
    "PRODUCERS",
    "Broken",
    "events",
    "invalid_events",
    "invalid_payloads",
    "invalid_requests",
    "lossy_events",
    "lossy_payloads",
    "payloads",
    "requests",
]
