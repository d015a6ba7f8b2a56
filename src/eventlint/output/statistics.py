"""The statistics of a run, as text and as JSON (``output/statistics.schema.json``), instead of its findings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from eventlint.escaping import printable
from eventlint.findings_json import COUNTS, TOOL, VERSION, summary_to_dict
from eventlint.output.base import Rendered, Renderer, Summary
from eventlint.output.groups import TABLES, Row
from eventlint.output.text import Concise
from eventlint.redact import redact

_TITLES = {
    "tiers": "tier",
    "rules": "rule",
    "event_types": "event type",
    "collections": "collection",
    "days": "day",
}
_OF_FINDINGS = ("tiers", "rules")
"""The tables whose rows count findings of a kind; the others count all events."""


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _rows(summary: Summary, table: str) -> list[tuple[str | None, Row]]:
    """The rows of a table: days in their order, all others by their size; unknown names come last."""
    rows = summary.groups.tables[table].items() if summary.groups else ()
    if table == "days":
        return sorted(rows, key=lambda pair: (pair[0] is None, pair[0] or ""))
    return sorted(rows, key=lambda pair: (pair[0] is None, -pair[1].findings, -pair[1].events, pair[0] or ""))


def _findings(summary: Summary) -> int:
    return sum(summary.tiers.values())


class Statistics(Concise):
    """Tables of the events and findings by tier, rule, event type, collection and day."""

    def findings(self, rendered: Sequence[Rendered]) -> None:
        """Write nothing: the counts are known at the end."""

    def finish(self, summary: Summary) -> None:
        """Write the tables and the summary."""
        for table in TABLES:
            rows = _rows(summary, table)
            if rows and (table != "days" or summary.has_time):
                self._table(_TITLES[table], rows, summary, has_affected=table not in _OF_FINDINGS)
        super().finish(summary)

    def _table(self, title: str, rows: list[tuple[str | None, Row]], summary: Summary, *, has_affected: bool) -> None:
        lines = [[title, "events", "share", *["affected"] * has_affected, "findings", "share"]]
        for name, row in rows:
            affected = [str(row.affected)] * has_affected
            shares = _share(row.events, summary.events), _share(row.findings, _findings(summary))
            shown = "(unknown)" if name is None else printable(redact(name))
            lines.append([shown, str(row.events), f"{shares[0]:.1%}", *affected, str(row.findings), f"{shares[1]:.1%}"])
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        for line in lines:
            cells = (cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))
            self._write(f"{line[0].ljust(widths[0])}  {'  '.join(cells)}\n")
        self._write("\n")


class StatisticsJson(Renderer):
    """The tables as one JSON document."""

    def findings(self, rendered: Sequence[Rendered]) -> None:
        """Write nothing: the counts are known at the end."""

    def finish(self, summary: Summary) -> None:
        """Write the document."""
        counts = {name: getattr(summary, name) for name in COUNTS}
        document: dict[str, Any] = {
            "version": VERSION,
            "tool": TOOL,
            "statistics": {
                "events": summary.events,
                "findings": _findings(summary),
                **{table: [_object(table, *pair, summary) for pair in _rows(summary, table)] for table in TABLES},
            },
            "summary": summary_to_dict(summary.rules, summary.tiers, summary.reasons, **counts),
        }
        if not summary.has_time:
            document["statistics"]["days"] = []
        if summary.is_interrupted:
            document["summary"]["interrupted"] = True
        self._write(json.dumps(document, indent=2) + "\n")


def _object(table: str, name: str | None, row: Row, summary: Summary) -> dict[str, Any]:
    affected = {} if table in _OF_FINDINGS else {"affected": row.affected}
    return {
        "name": None if name is None else redact(name),
        "events": row.events,
        "events_share": _share(row.events, summary.events),
        **affected,
        "findings": row.findings,
        "findings_share": _share(row.findings, _findings(summary)),
    }
