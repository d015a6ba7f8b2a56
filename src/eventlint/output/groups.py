"""Counts of events and findings by tier, rule, event type, collection and day.

The memory is bounded: what exceeds the number of rows of a table is counted together.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

MAX_ROWS = 1000
"""How many different names a table has."""

OTHER = "(other)"
"""The name of the row for all further names."""

TABLES = ("tiers", "rules", "event_types", "collections", "days")


class Event(NamedTuple):
    """What an event belongs to; None is unknown.

    Attributes:
        prefix: The part of the URL's path in front of the endpoint.
        day: The day in UTC, as ``2024-05-31``.
    """

    event_type: str | None = None
    collection: str | None = None
    prefix: str | None = None
    day: str | None = None


class Row:
    """The counts of one name.

    Attributes:
        events: The number of events; for a tier or a rule, of those with such findings.
        affected: The number of events with findings.
        findings: The number of findings.
    """

    __slots__ = ("affected", "events", "findings")

    def __init__(self, events: int = 0, affected: int = 0, findings: int = 0) -> None:
        self.events, self.affected, self.findings = events, affected, findings


class Groups:
    """The tables of a run; each maps names to their counts, and None is the name of what is unknown."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[str | None, Row]] = {name: {} for name in TABLES}

    def row(self, table: str, name: str | None) -> Row:
        """The row for a name, or that for all further names."""
        rows = self.tables[table]
        if name not in rows and len(rows) >= MAX_ROWS:
            name = OTHER
        return rows.setdefault(name, Row())

    def _rows(self, event: Event) -> list[Row]:
        """The rows that count an event."""
        names = {"event_types": event.event_type, "collections": event.collection, "days": event.day}
        return [self.row(table, name) for table, name in names.items()]

    def count_event(self, event: Event, number: int = 1) -> None:
        """Count events that were checked and belong to the same."""
        for row in self._rows(event):
            row.events += number

    def count_findings(self, event: Event | None, findings: Iterable[tuple[str, str]]) -> None:
        """Count the findings of one event, as tiers and rules; the event is None for findings about the run."""
        found = list(findings)
        for number, table in enumerate(("tiers", "rules")):
            for name in {pair[number] for pair in found}:
                row = self.row(table, name)
                row.events += event is not None
                row.affected += event is not None
                row.findings += sum(pair[number] == name for pair in found)
        for row in self._rows(event) if event is not None and found else ():
            row.affected += 1
            row.findings += len(found)

    def add(self, other: Groups) -> None:
        """Add the counts of another part of the run."""
        for table, rows in other.tables.items():
            for name, more in rows.items():
                row = self.row(table, name)
                row.events += more.events
                row.affected += more.affected
                row.findings += more.findings
