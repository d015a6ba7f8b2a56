"""The counts of a run as one line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from eventlint.escaping import printable
from eventlint.output.base import Summary

_NOUNS = {
    "error": ("error", "errors"),
    "contract": ("contract violation", "contract violations"),
    "loss": ("loss", "losses"),
    "lint": ("lint finding", "lint findings"),
}
_MAX_REASONS = 5


def counted(count: int, singular: str, plural: str | None = None) -> str:
    """A count with its noun."""
    return f"{count} {singular if count == 1 else plural or singular + 's'}"


def summary_line(summary: Summary) -> str:
    """The counts of a run as one line."""
    return ("interrupted: " if summary.is_interrupted else "") + "; ".join(_parts(summary))


def _parts(summary: Summary) -> Iterator[str]:
    found = ", ".join(counted(count, *_NOUNS[tier]) for tier, count in summary.tiers.items() if count)
    files = counted(summary.files, "file")
    if summary.events:
        yield f"{found or 'nothing found'} in {counted(summary.events, 'event')} in {files}"
    else:
        yield (f"{found}; " if found else "") + f"nothing was checked: no events in {files}"
    if summary.skipped or summary.unchecked:
        yield _not_checked(summary)
    others = {"known": summary.known, "suppressed": summary.suppressed, "fixed": summary.fixed}
    yield from (f"{count} {name}" for name, count in others.items() if count)
    safe, unsafe = summary.fixable["safe"], summary.fixable["unsafe"]
    if safe:
        yield f"{safe} fixable with `--fix`" + (f" ({unsafe} more with `--unsafe-fixes`)" if unsafe else "")
    elif unsafe:
        yield f"{unsafe} fixable with `--fix --unsafe-fixes`"
    if summary.not_fixed:
        yield not_fixed(summary)


def not_fixed(summary: Summary) -> str:
    """The number of findings whose fixes were not applied, and why."""
    return f"{sum(summary.not_fixed.values())} not fixed ({_reasons(summary.not_fixed)})"


def _not_checked(summary: Summary) -> str:
    """The number of events that were not checked, and why."""
    counts = {"skipped": summary.skipped, "not checked": summary.unchecked}
    text = ", ".join(f"{counted(count, 'event')} {name}" for name, count in counts.items() if count)
    return text + (f" ({_reasons(summary.reasons)})" if summary.reasons else "")


def _reasons(counts: Mapping[str, int]) -> str:
    """The most frequent reasons, each with its count."""
    reasons = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    listed = [f"{printable(reason)}: {count}" for reason, count in reasons[:_MAX_REASONS]]
    return ", ".join([*listed, *(["…"] if len(reasons) > _MAX_REASONS else [])])
