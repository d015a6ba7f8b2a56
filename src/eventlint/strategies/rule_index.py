"""Which strategy breaks which rule; it must not know how."""

from __future__ import annotations

from eventlint import spec as contract
from eventlint.spec import catalog
from eventlint.strategies import api as doors
from eventlint.strategies import byte_mutations as spoiled
from eventlint.strategies import invalid as refused
from eventlint.strategies import lossy as lost
from eventlint.strategies import request as around

_TABLES: dict[str, tuple[str, ...]] = {
    "invalid_events": (*refused.WAYS, *refused.UNSENDABLE),
    "invalid_payloads": (*refused.WAYS, *spoiled.REFUSED),
    "invalid_requests": around.RULES,
    "untyped_files": ("undetermined-event-type",),
    "lossy_events": tuple(lost.WAYS),
    "lossy_payloads": (*lost.WAYS, *spoiled.LOST),
}

PRODUCERS: dict[str, tuple[str, ...]] = {
    rule: tuple(function for function, broken in _TABLES.items() if rule in broken)
    for rule in dict.fromkeys(rule for broken in _TABLES.values() for rule in broken)
}
"""For each rule of the tiers error and loss, the names of the strategies that can break it."""


def can_produce(function: str, event_type: str, rule: str, *, release: str = "latest") -> bool:
    """Whether a strategy can break a rule in an event type and a release.

    Some rules cannot be broken alone in some event types: there must be a field that they are about.

    Args:
        function: The strategy's name, as in :data:`PRODUCERS`.
        event_type: One of the contract's event types.
        rule: The rule's name.
        release: The server's release.

    Raises:
        UsageError: There is no such event type, or no such release.
    """
    contract.event(event_type)
    traits = catalog().release(release).era.traits
    return function in PRODUCERS.get(rule, ()) and rule in doors.breakable(function, event_type, traits)
