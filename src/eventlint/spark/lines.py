"""Adds the results of lines of NDJSON to a DataFrame: of events and envelopes, as ``eventlint check`` reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from pyspark.sql import functions

from eventlint.checker import Checker
from eventlint.checker_options import selected_rules
from eventlint.errors import UsageError
from eventlint.inputs.envelope import Envelope
from eventlint.job import Job, file_of
from eventlint.selection import Selection, names_of
from eventlint.spark.checking import Judge, with_results

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import Column, DataFrame

    from eventlint.arrow import ResultColumn
    from eventlint.bulk.block_check import Found


_FIRST = 16
"""The number of lines in which envelopes are looked for, at least as many as ``envelope_in`` reads."""


def check_lines(df: DataFrame, line: str, file: str, event_type: str | None, checker: Checker) -> DataFrame:
    """Add the column ``eventlint`` with the result for the events in each line.

    A line is read by itself: it is an event, an envelope, or an array of them, and the result is about all of them. The
    ``line`` of a finding is 1, and its ``column`` is that in the line.

    Args:
        df: The lines.
        line: The column with the lines.
        file: The column with the address of the file of each line, whose name can determine the event type.
        event_type: The type of all events; None if it is that in the envelope, or that in the name of the file.
        checker: What to check.
    """
    contract = checker.contract
    every = names_of(("all",), UsageError, () if contract is None else contract.rule_names)
    job = Job(
        releases=(checker.release.asked,),
        collections=None if checker.collections is None else tuple(sorted(checker.collections)),
        event_type=event_type,
        patterns=(),
        patterns_folder=".",
        form="ndjson",
        envelope=Envelope(),
        skip_unknown=False,
        stdin_name=None,
        selection=Selection(on=every),  # findings of rules that are not selected decide whether an event is accepted
        contract=contract,
    )
    selected = selected_rules(checker.select, checker.ignore, contract)
    files = [functions.col(file)] if event_type is None else []  # nothing else depends on them
    return with_line_results(df, line, files, _judge(job, selected))


def with_line_results(df: DataFrame, line: str, others: Sequence[Column], judge: Judge) -> DataFrame:
    """The DataFrame with the results that a function makes of its lines, as binary values, and of other columns."""
    given = functions.col(line)
    return with_results(df, given, [given.cast("binary"), *others], judge)


def _judge(job: Job, selected: frozenset[str] | None) -> Judge:
    """The function for the tasks."""

    def judge(lines: pa.Array, *files: pa.Array) -> ResultColumn:
        from eventlint.arrow import ResultColumn

        results, start = ResultColumn(len(lines)), 0
        for address, end in _runs(files[0]) if files else [("", len(lines))]:
            rows = lines.slice(start, end - start)
            for number, found in groupby(_found(job, address or "", rows), lambda one: one.line):
                _add(results, start + number - 1, list(found), selected)
            start = end
        return results

    return judge


def _runs(values: pa.Array) -> Iterator[tuple[str | None, int]]:
    """Each value of rows that follow each other, and the row after them."""
    import pyarrow.compute as pc

    if not len(values):
        return iter(())
    encoded = pc.run_end_encode(values)
    return zip(encoded.values.to_pylist(), encoded.run_ends.to_pylist(), strict=True)


def joined(lines: pa.Array) -> memoryview:
    """Lines as they are in a file; a null is a blank line."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if lines.null_count:
        lines = lines.fill_null(b"")
    ended = pa.concat_arrays([lines, pa.array([b""], lines.type)])
    rows = pa.ListArray.from_arrays(pa.array([0, len(ended)], pa.int32()), ended)
    return memoryview(pc.binary_join(rows, b"\n")[0].as_buffer())


def _found(job: Job, address: str, lines: pa.Array) -> Iterator[Found]:
    """What is found in lines of one file."""
    from eventlint.bulk.block_check import BlockChecker, Lines, Tools
    from eventlint.bulk.blocks import Block
    from eventlint.bulk.options import BulkOptions
    from eventlint.bulk.planning import envelope_in

    has_envelopes = envelope_in(job, bytes(joined(lines.slice(0, _FIRST)))) is not None
    shown = Lines(is_declared=True, has_envelopes=has_envelopes, are_envelopes=has_envelopes)
    tools = Tools(job, file_of(job, unquote(urlsplit(address).path)))
    return BlockChecker(tools, shown, BulkOptions()).check(Block(0, joined(lines)))


def _add(results: ResultColumn, index: int, found: list[Found], selected: frozenset[str] | None) -> None:
    """Add the result of a line."""
    every = [rendered.finding for one in found for rendered in one.findings]
    tiers = {finding.tier for finding in every}
    accepted = "error" not in tiers and not any(one.unchecked for one in found)
    shown = [
        finding if finding.position is None else replace(finding, position=replace(finding.position, line=1))
        for finding in every
        if selected is None or finding.rule in selected
    ]
    results.add(index, ok=accepted and "contract" not in tiers, accepted=accepted, findings=shown)
