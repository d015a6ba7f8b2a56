"""Adds the results of lines that are JSON objects with a payload, an event type and a collection.

Spark's reader of JSON is not used. It makes null of a payload in a line that it cannot read, reads only the first of
several objects in a line, uses one of two equal keys, and replaces invalid UTF-8.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, NamedTuple, TypeGuard

from pyspark.sql import functions

from eventlint.checker import Checker, check_suspect, finds_nothing, suspect_leaves
from eventlint.checker_options import selected_rules
from eventlint.errors import UsageError
from eventlint.inputs.content import BLANKS, MARK
from eventlint.inputs.envelope import ABSENT, value_at
from eventlint.jsontext.strict import parse
from eventlint.mirror.request_checks import exists
from eventlint.spark.checking import Judge
from eventlint.spark.lines import joined, with_line_results
from eventlint.spec import event_types

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import Column, DataFrame

    from eventlint.arrow import ResultColumn
    from eventlint.inputs.json_spans import Span
    from eventlint.jsontext.syntax_error import JsonSyntaxError
    from eventlint.model import Finding

Keys = tuple[str, ...]

_NO_COLLECTION = ("",)
"""A key that no line has, or that makes a line suspect."""


_SURROGATE = re.compile("[\ud800-\udfff]")


class Members(NamedTuple):
    """The keys that lead to the parts of an event in an object.

    Attributes:
        event_type: The keys that lead to the event type, or the type of all events.
        collection: The keys that lead to the collection; None checks no collection.
    """

    payload: Keys
    event_type: Keys | str
    collection: Keys | None

    @property
    def wanted(self) -> list[Keys]:
        """The keys of all parts that are in the object."""
        found = [self.payload]
        found += [self.event_type] if isinstance(self.event_type, tuple) else []
        return found + ([self.collection] if self.collection is not None else [])


class Row(NamedTuple):
    """A line as it was read.

    Attributes:
        event: The payload, or the whole line if it is not an object.
        found: The keys of the parts that the line has; their values may be null.
        error: Why the line cannot be read; None if it can.
    """

    event: bytes
    found: Collection[Keys] = ()
    event_type: str = ""
    collection: str | None = None
    error: JsonSyntaxError | None = None


def members(payload: str, event_type: str, collection: str | None) -> Members:
    """The members with some names, in which a dot separates keys unless the name is in backticks.

    Raises:
        UsageError: Two parts have the same name.
    """
    constant = event_type if event_type in event_types() else None
    made = Members(_keys(payload), constant or _keys(event_type), _keys(collection) if collection else None)
    if len(set(made.wanted)) < len(made.wanted):
        raise UsageError(f"the payload, the event type and the collection need different keys, not {payload!r} twice")
    return made


def _keys(name: str) -> Keys:
    return (name[1:-1],) if name[:1] == name[-1:] == "`" and len(name) > 1 else tuple(name.split("."))


def string_in(line: Column, keys: Keys) -> Column:
    """The string that some keys lead to in a line, as a label: null if it is missing or the line cannot be read."""
    path = "".join(f"['{key}']" for key in keys)
    return functions.get_json_object(line, f"${path}")


def check_rows(df: DataFrame, line: str, parts: Members, checker: Checker) -> DataFrame:
    """Add the column ``eventlint`` with the result for the event in each line.

    A payload that is a string is checked as its content, any other value as the bytes that it has in the line, and a
    missing one as an empty body. Positions are those in the payload. A line that cannot be read has a finding with its
    position in the line.

    Args:
        df: The lines.
        line: The column with the lines; blank lines are no events.
        parts: Where the parts of an event are.
        checker: What to check.
    """
    return with_line_results(df, line, [], _judge(parts, checker))


def _judge(parts: Members, checker: Checker) -> Judge:
    """The function for the tasks."""
    selected = selected_rules(checker.select, checker.ignore, checker.contract)

    def judge(lines: pa.Array) -> ResultColumn:
        from eventlint.arrow import ResultColumn
        from eventlint.output.rendering import redacted

        results = ResultColumn(len(lines))
        for index, line in _suspects(lines, parts, checker):
            row = row_of(line, parts)
            if row.error is not None:
                found = _problem(line, row.error)
                selection = [found] if selected is None or found.rule in selected else []
                results.add(index, ok=False, accepted=False, findings=redacted(selection, line))
            else:
                leaves = suspect_leaves(checker, row.event, row.event_type)
                report = check_suspect(checker, row.event, row.event_type, collection=row.collection, leaves=leaves)
                results.add_report(index, row.event, report)
        return results

    return judge


def _suspects(lines: pa.Array, parts: Members, checker: Checker) -> list[tuple[int, bytes]]:
    """The lines that may have findings, with their indexes."""
    suspects: list[tuple[int, bytes]] = []
    strings: list[tuple[int, bytes]] = []
    events: list[_Event] = []
    for index in _scanned(lines, parts, checker):
        line = (lines[index].as_py() or b"").rstrip(b"\r")
        event = _event_in(line, parts)
        if event is not None and isinstance(event.payload, str):
            strings.append((index, line))
            events.append(event)
        elif event is None or not finds_nothing(checker, *event):
            suspects.append((index, line))
    return sorted([*suspects, *(strings[row] for row in _suspect_strings(events, checker))])


def _suspect_strings(events: list[_Event], checker: Checker) -> list[int]:
    """The indexes of events in strings that may have findings; checking a column is faster than one at a time."""
    import pyarrow as pa

    from eventlint.arrow import suspect_rows

    payloads, kinds, names = zip(*events, strict=True) if events else ((), (), ())
    encoded = [payload.encode("utf-8", "surrogatepass") for payload in payloads]
    return suspect_rows(
        checker, pa.array(encoded, pa.binary()), pa.array(kinds, pa.string()), pa.array(names, pa.string())
    )


def _scanned(lines: pa.Array, parts: Members, checker: Checker) -> Iterable[int]:
    """The indexes of lines that the native engine does not call clean, which reads payloads that are objects."""
    from eventlint.screen.native import Scanner

    if checker.contract is not None or isinstance(parts.event_type, str):
        return range(len(lines))
    paths = (parts.payload, parts.event_type, parts.collection or _NO_COLLECTION, None)
    try:
        scanner = Scanner(checker.release.asked, paths)
    except RuntimeError:
        return range(len(lines))
    found = scanner.scan(joined(lines), exists=lambda name: exists(name, checker.collections))
    return [suspect.line for suspect in found[2]]


class _Event(NamedTuple):
    """The parts of an event in a line, as they are."""

    payload: object
    event_type: str
    collection: str | None


def _event_in(line: bytes, parts: Members) -> _Event | None:
    """The event in a line; None if the line must be read exactly."""
    try:
        whole = parse(line)
    except (ValueError, RecursionError):
        return None
    payload = value_at(whole, parts.payload)
    kind = parts.event_type if isinstance(parts.event_type, str) else value_at(whole, parts.event_type)
    name = None if parts.collection is None else value_at(whole, parts.collection)
    name = None if name is ABSENT else name
    if not (isinstance(payload, str | dict) and _is_text(kind) and (name is None or _is_text(name))):
        return None
    return _Event(payload, kind, name)


def _is_text(value: object) -> TypeGuard[str]:
    """Whether a value is a string without lone surrogates, which Arrow cannot hold."""
    return isinstance(value, str) and (value.isascii() or not _SURROGATE.search(value))


def row_of(line: bytes, parts: Members) -> Row:
    """Read a line."""
    from eventlint.inputs.json_spans import find_all, plain_spans, string_at

    error = None
    found = plain_spans(line, parts.wanted)
    if found is None:
        found, error = find_all(line, parts.wanted, len(MARK) if line.startswith(MARK) else 0)
    if error is not None:
        return Row(line, error=error)
    begin, end = found.get(parts.payload, (0, 0))
    event = line[begin:end]
    if event[:1] == b'"':
        text = string_at(line, (begin, end)) or ""
        event = text.encode("utf-8", "surrogatepass")
    elif event == b"null":
        event = b""
    elif not event and not line.removeprefix(MARK).lstrip(BLANKS).startswith(b"{"):
        event = line  # a number or an array is not an object with a payload
    kind = parts.event_type
    return Row(
        event,
        found,
        kind if isinstance(kind, str) else _label(line, found.get(kind)) or "",
        None if parts.collection is None else _label(line, found.get(parts.collection)),
    )


def _label(line: bytes, span: Span | None) -> str | None:
    """The string in a span, or another value as it is in the line; None for null."""
    from eventlint.inputs.json_spans import string_at

    if span is None or line[slice(*span)] == b"null":
        return None
    text = string_at(line, span)
    return line[slice(*span)].decode("utf-8", "replace") if text is None else text


def _problem(line: bytes, error: JsonSyntaxError) -> Finding:
    from eventlint.inputs.json_problems import problem_of

    return problem_of(error, line)
