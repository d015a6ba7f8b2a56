"""Reads the files of the job."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pyspark.sql import functions

from eventlint.errors import UsageError
from eventlint.spark.checking import COLUMN
from eventlint.spark.columns import has_column
from eventlint.spark.json_rows import Members, row_of, string_in

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

FILE, LINE = "_eventlint_file", "_eventlint_line"
"""The columns with the path of the file that an event is in, and with its line."""

_LOOKED_AT = 100
"""The number of lines in which the parts of events are looked for."""


_NOT_BLANK = r"[^ \t\r\uFEFF]"
"""What a line has that is not blank: more than white space and byte order marks, as for ``eventlint check``."""


def read(session: SparkSession, paths: Sequence[str], form: str) -> DataFrame:
    """The rows of Parquet files, or the lines of text and of JSON; with the file of each.

    Raises:
        UsageError: The rows have a column with a name that the job uses.
    """
    if form == "parquet":
        events = session.read.parquet(*paths)
        for name in (COLUMN, FILE):
            if has_column(events, name):
                raise UsageError(f"the input has a column {name!r}; rename it first")
    else:  # a carriage return alone ends no line of NDJSON, and blank lines are no events
        lines = session.read.option("lineSep", "\n").text(list(paths))
        events = lines.where(functions.col("value").rlike(_NOT_BLANK)).withColumnRenamed("value", LINE)
    return events.withColumn(FILE, functions.col("_metadata.file_path"))


def require_members(lines: DataFrame, parts: Members) -> None:
    """Raise an error if none of the first lines that can be read has a payload, or an event type, or a collection.

    Raises:
        UsageError: The part has another name, or the lines are events.
    """
    first = lines.select(functions.col(LINE).cast("binary")).limit(_LOOKED_AT).collect()
    rows = [row_of(bytes(row[0]).rstrip(b"\r"), parts) for row in first]
    readable = [row for row in rows if row.error is None]
    for keys in parts.wanted:
        if readable and not any(keys in row.found for row in readable):
            name = ".".join(keys)
            hint = "for lines that are events, use --input-format text"
            raise UsageError(f"no {name!r} in the first {len(rows)} lines; {hint}")


def labels_of(names: Iterable[str], parts: Members) -> list[Column]:
    """The columns with the event type and the collection of each line, as far as they have names."""
    keys = [part for part in (parts.event_type, parts.collection) if isinstance(part, tuple)]
    line = functions.col(LINE)
    return [string_in(line, part).alias(name) for name, part in zip(names, keys, strict=True)]
