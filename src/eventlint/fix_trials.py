"""Keeps which fixes of an event were refused, for the next events that are like it.

In an archive, the same mistake is in many events. Trying fixes takes longer than all else that is done with an event.
The result is the same for similar events (see :mod:`eventlint.report_templates`) as long as the server rejects all
events that were tried: it compares the values of an event with each other only if it accepts it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from eventlint.job import File, Job

Reasons = dict[tuple[str, str], str]
"""Why fixes are refused, by their rule and pointer."""

Note = Callable[[bool], object]
"""Receives whether an event that was tried is accepted."""

_MOST = 256
"""How many results are kept."""

_MOST_TRIED = 50
"""The result of more tries is not kept: the larger an event, the fewer are allowed, but always more than this if it has
a template."""

_known: dict[tuple[Hashable, File, int], tuple[Job, Reasons]] = {}
"""The results; they keep the jobs, whose identity is a part of the key."""


def ignore(is_accepted: bool) -> None:
    """Note nothing."""


def known_or_tried(similar: Hashable, job: Job, file: File, tried: Callable[[Note], Reasons]) -> Reasons:
    """Why fixes are refused: as for a similar event, or found by trying them.

    Args:
        similar: What similar events have in common; None if the event is like no other.
        job: What to check.
        file: The file of the event.
        tried: Tries the fixes, and notes each try.
    """
    key = similar, file, id(job)
    known = None if similar is None else _known.get(key)
    if known is not None:
        return known[1]
    notes: list[bool] = []
    reasons = tried(notes.append)
    if similar is not None and not any(notes) and len(notes) <= _MOST_TRIED:
        if len(_known) >= _MOST:
            _known.clear()
        _known[key] = job, reasons
    return reasons
