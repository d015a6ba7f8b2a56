"""The functions that answer clean or suspect for a decoded event, by event type and release."""

from __future__ import annotations

import functools
from collections.abc import Callable

from eventlint.screen.plan import plan_of
from eventlint.spec import Release, identifier_of

Clean = Callable[[object], bool]
"""Whether a decoded event is certainly clean; False means suspect."""

_LARGE, _DENSE = 10_000, 16


def accepts(event_type: str, release: Release) -> Clean:
    """The function that is true only for decoded events that the server certainly accepts as they are.

    Args:
        event_type: The event's type.
        release: The server's release.

    Raises:
        UsageError: The release has no such event type.
    """
    return _function(identifier_of(event_type, release.era.events), ("refuse",))


def is_clean(event_type: str, release: Release) -> Clean:
    """The function that is true only for decoded events in which no built-in rule certainly finds anything.

    The arguments and errors are those of :func:`accepts`.
    """
    return _function(identifier_of(event_type, release.era.events), ("refuse", "report"))


@functools.cache
def _function(identifier: str, lists: tuple[str, ...]) -> Clean:
    """Releases with the same schema share the function."""
    from eventlint.screen.functions import FUNCTIONS

    function = FUNCTIONS.get((identifier, lists))
    if function is not None:
        return function
    from eventlint.screen.code_generator import run

    return run(plan_of(identifier), identifier, lists)


def not_dense(text: str) -> str:
    """The same JSON text, if the objects that Python makes of it do not need much more memory than the text.

    Raises:
        ValueError: It is longer than 10,000 characters and has a bracket for less than 16 of them.
    """
    if len(text) > _LARGE and (text.count("{") + text.count("[")) * _DENSE > len(text):
        raise ValueError
    return text
