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

from eventlint.strategies.around import invalid_requests, requests
from eventlint.strategies.breaching import breaching_events
from eventlint.strategies.broken import Broken
from eventlint.strategies.clean import LINTS
from eventlint.strategies.doors import (
    events,
    invalid_events,
    invalid_payloads,
    lossy_events,
    lossy_payloads,
    payloads,
    untyped_files,
)
from eventlint.strategies.produced import PRODUCERS, can_produce
from eventlint.strategies.seeded import drawn
from eventlint.strategies.writing import ODDITIES

__all__ = [
    "LINTS",
    "ODDITIES",
    "PRODUCERS",
    "Broken",
    "breaching_events",
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
]
