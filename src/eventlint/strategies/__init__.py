"""Hypothesis strategies for events: valid, invalid and lossy ones, made from the specification of a release.

Raises:
    UsageError: Hypothesis is not installed (``pip install 'eventlint[hypothesis]'``).
"""

from eventlint.errors import UsageError

try:
    import hypothesis as _hypothesis  # noqa: F401 - to say what is missing
except ImportError as _error:
    raise UsageError("eventlint.strategies needs Hypothesis: pip install 'eventlint[hypothesis]'") from _error

from eventlint.strategies.api import (
    PRODUCERS,
    can_produce,
    events,
    files_without_event_type,
    invalid_events,
    invalid_payloads,
    lossy_events,
    lossy_payloads,
    payloads,
)
from eventlint.strategies.encoding import EDGE_CASES
from eventlint.strategies.invalid_example import InvalidExample
from eventlint.strategies.request import invalid_requests, requests
from eventlint.strategies.rule_index import LINTS
from eventlint.strategies.seeded import drawn
from eventlint.strategies.violating import violating_events

__all__ = [
    "EDGE_CASES",
    "LINTS",
    "PRODUCERS",
    "InvalidExample",
    "can_produce",
    "drawn",
    "events",
    "files_without_event_type",
    "invalid_events",
    "invalid_payloads",
    "invalid_requests",
    "lossy_events",
    "lossy_payloads",
    "payloads",
    "requests",
    "violating_events",
]
