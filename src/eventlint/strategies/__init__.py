"""Events for tests, drawn by Hypothesis: good, broken and lossy ones; the door to them, which must not know files.

All of them are made from the compiled contract. Nothing here is imported by other rooms than the command line.

Raises:
    UsageError: Hypothesis is not installed (``pip install 'eventlint[hypothesis]'``).
"""

from eventlint.errors import UsageError

try:
    import hypothesis as _hypothesis  # noqa: F401 - only asked for, to tell what is missing
except ImportError as _error:
    raise UsageError("eventlint.strategies needs Hypothesis: pip install 'eventlint[hypothesis]'") from _error

from eventlint.strategies.api import (
    events,
    invalid_events,
    invalid_payloads,
    lossy_events,
    lossy_payloads,
    payloads,
    untyped_files,
)
from eventlint.strategies.encoding import EDGE_CASES
from eventlint.strategies.invalid_example import InvalidExample
from eventlint.strategies.request import invalid_requests, requests
from eventlint.strategies.rule_index import PRODUCERS, can_produce
from eventlint.strategies.seeded import drawn
from eventlint.strategies.valid import LINTS
from eventlint.strategies.violating import violating_events

__all__ = [
    "EDGE_CASES",
    "LINTS",
    "PRODUCERS",
    "InvalidExample",
    "can_produce",
    "drawn",
    "events",
    "invalid_events",
    "invalid_payloads",
    "invalid_requests",
    "lossy_events",
    "lossy_payloads",
    "payloads",
    "requests",
    "untyped_files",
    "violating_events",
]
