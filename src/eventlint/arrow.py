"""Checks columns of events in Apache Arrow's format, as Spark, Polars, DuckDB, pandas and Parquet files have them.

Most events are clean, so a clean event costs little: only suspect events are checked in full. The result of a column is
a column of structs, of the type :data:`RESULT`.

pyarrow is required (``pip install 'eventlint[arrow]'``).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, Unpack

from eventlint.checker import Checker, check_suspect, checker_of, column_engine, finds_nothing_in
from eventlint.errors import UsageError
from eventlint.escaping import printable
from eventlint.mirror.request_checks import exists
from eventlint.output.predicted import Placed, placed, shown_findings

try:
    import pyarrow as pa
except ImportError as _error:
    raise UsageError("eventlint.arrow needs pyarrow: pip install 'eventlint[arrow]'") from _error

from eventlint.arrow_columns import Labels, bytes_of, require_labels, text_of

if TYPE_CHECKING:
    from eventlint.checker_options import CheckerOptions
    from eventlint.model import Finding
    from eventlint.report import Report

    _Labels: TypeAlias = str | pa.Array | pa.ChunkedArray
    _Shown = tuple[str | None, str | None, str | None, str, str, int | None, int | None]

FINDING = pa.struct(
    [
        pa.field("rule", pa.string()),
        pa.field("tier", pa.string()),
        pa.field("effect", pa.string()),
        pa.field("message", pa.string()),
        pa.field("pointer", pa.string()),
        pa.field("line", pa.int32()),
        pa.field("column", pa.int32()),
    ]
)
"""The type of a finding. ``effect`` is null except in the tier ``loss``. ``line`` and ``column`` (characters, from 1)
are the position in the event, and null if the finding has none. Secrets are redacted, and control characters are
escaped."""

_TYPES = [field.type for field in FINDING]
_FINDINGS = pa.list_(FINDING)

RESULT = pa.struct([pa.field("ok", pa.bool_()), pa.field("accepted", pa.bool_()), pa.field("findings", _FINDINGS)])
"""The type of the result for an event: :attr:`eventlint.Report.ok` and :attr:`eventlint.Report.accepted`, and the
findings."""

_Suspect = tuple[int, bytes, str, "list[tuple[Any, ...]] | None"]
"""The row of an event that may have findings, the event, its type, and its suspect strings if nothing else is."""

_Waiting = tuple[_Suspect, Checker, str | None]
"""An event that may have findings, its checker and its collection."""

_TAKEN = 1000
"""So many suspect events are copied out of a column at once, and wait to be checked."""

_Strings = TypeVar("_Strings", pa.Array, pa.ChunkedArray)


def check(
    events: _Strings,
    event_type: str | pa.Array | pa.ChunkedArray,
    *,
    collection: str | pa.Array | pa.ChunkedArray | None = None,
    checker: Checker | None = None,
    **options: Unpack[CheckerOptions],
) -> _Strings:
    """Find all problems of each event in a column.

    Args:
        events: The events as strings or binary values. They may be invalid UTF-8. A null is checked as an empty body.
        event_type: The type of all events, or a column with the type of each. A null is checked as an unknown type.
        collection: The collection of all events, or a column with the collection of each. None checks no collection,
            and so does a null.
        checker: The checker; pass either this or the arguments of :class:`eventlint.Checker`.
        **options: The arguments of :class:`eventlint.Checker`.

    Returns:
        A column of the type :data:`RESULT`, as long as the column of events, and chunked in the same way. No result
        is null.

    Raises:
        UsageError: A column has another type or length, or an argument of the checker is wrong.
        InputError: The contract cannot be read.
        SchemaError: The contract is unusable.
    """
    checker = checker_of(checker, options)
    if not isinstance(events, pa.Array | pa.ChunkedArray):
        raise UsageError(f"events must be an Arrow column, not {type(events).__name__}")
    if not isinstance(events, pa.ChunkedArray):
        return results_of(checker, events, event_type, collection).column()
    _require_labels(event_type, collection, len(events))
    results, start = [], 0
    for chunk in events.chunks:
        end = start + len(chunk)
        types, collections = Labels(event_type, start, end), Labels(collection, start, end)
        results.append(_results(checker, chunk, types, collections).column())
        start = end
    return pa.chunked_array(results, RESULT)


def results_of(checker: Checker, events: pa.Array, event_type: _Labels, collection: _Labels | None) -> ResultColumn:
    """The results that :func:`check` makes a column of."""
    _require_labels(event_type, collection, len(events))
    types, collections = Labels(event_type, 0, len(events)), Labels(collection, 0, len(events))
    return _results(checker, events, types, collections)


def suspect_rows(checker: Checker, events: pa.Array, event_type: _Labels, collection: _Labels | None) -> list[int]:
    """The rows of events that may have findings, in order; the others certainly have none. Arguments as for check."""
    types, collections = Labels(event_type, 0, len(events)), Labels(collection, 0, len(events))
    return [row for row, *_ in _suspects(checker, bytes_of(events), types, collections)]


def _require_labels(event_type: _Labels, collection: _Labels | None, length: int) -> None:
    require_labels("event_type", event_type, length)
    if collection is not None:
        require_labels("collection", collection, length)


def _results(checker: Checker, events: pa.Array, types: Labels, collections: Labels) -> ResultColumn:
    results = ResultColumn(len(events))
    for suspect in _suspects(checker, bytes_of(events), types, collections):
        results.add_suspect(suspect, checker, collections[suspect[0]])
    return results


def check_suspects(columns: Iterable[ResultColumn]) -> None:
    """Check the events that wait in some columns: those that are checked in the same way after each other.

    This is faster than to check each column by itself, because what was used last is still in the caches of the CPU.
    """
    waiting = [(results, one) for results in columns for one in results.take_waiting()]
    waiting.sort(key=_way)
    for results, ((row, event, event_type, leaves), checker, collection) in waiting:
        report = check_suspect(checker, event, event_type, collection=collection, leaves=leaves)
        results.add_report(row, event, report)


def _way(waiting: tuple[ResultColumn, _Waiting]) -> tuple[bool, str]:
    """In which way an event is checked."""
    _, ((_, _, event_type, leaves), _, _) = waiting
    return leaves is None, event_type


def _suspects(checker: Checker, column: pa.Array, types: Labels, collections: Labels) -> Iterator[_Suspect]:
    """The events that may have findings."""
    rows, engine = _suspect_rows(checker, column, types, collections), column_engine(checker)
    if rows is None or engine is None:
        for row, value in enumerate(column):
            event, event_type = value.as_py() or b"", types[row] or ""
            if not finds_nothing_in(checker, event, event_type, collections[row]):
                yield row, event, event_type, None
        return
    for start in range(0, len(rows), _TAKEN):
        part = rows[start : start + _TAKEN]
        for row, (event, label, leaves) in zip(part, engine.take(column, types.value, part), strict=True):
            yield row, event, label if isinstance(label, str) else text_of(label or b""), leaves


def _suspect_rows(checker: Checker, column: pa.Array, types: Labels, collections: Labels) -> Sequence[int] | None:
    """The rows that the native engine suspects, in order; None if it cannot be used."""
    engine = column_engine(checker)
    event_type, collection = types.value, collections.value
    if engine is None or (isinstance(event_type, str) and event_type not in checker.release.era.events):
        return None
    if isinstance(collection, str) and not exists(collection, checker.collections):
        return range(len(column))
    rows = engine.scan_column(column, event_type)
    if isinstance(collection, pa.Array):
        names = engine.distinct(collection)
        missing = {name for name in names if name is not None and not exists(text_of(name), checker.collections)}
        if missing:
            others = (row for row, name in enumerate(collection.to_pylist()) if name in missing)
            rows = sorted({*rows, *others})
    return rows


class ResultColumn:
    """Collects the results of a column, of the type RESULT. Only results other than the clean one are added."""

    def __init__(self, length: int) -> None:
        """Take the number of events."""
        self._length = length
        self._waiting: list[_Waiting] = []
        self._results: list[tuple[int, bool, bool, list[_Shown]]] = []

    def add_suspect(self, suspect: _Suspect, checker: Checker, collection: str | None) -> None:
        """Add the result of an event that may have findings; it is checked later, see :func:`check_suspects`."""
        self._waiting.append((suspect, checker, collection))
        if len(self._waiting) >= _TAKEN:
            check_suspects([self])

    def take_waiting(self) -> list[_Waiting]:
        """The events that have not been checked, with their checkers and collections; they wait no longer."""
        waiting, self._waiting = self._waiting, []
        return waiting

    def add_report(self, index: int, event: bytes, report: Report) -> None:
        """Add the result of the event with an index, unless it is clean; as :meth:`add`, and without secrets."""
        accepted = report.accepted
        if not accepted or report.findings:
            self._add(index, ok=report.ok, accepted=accepted, findings=shown_findings(report, event))

    def add(self, index: int, *, ok: bool, accepted: bool, findings: Iterable[Finding]) -> None:
        """Add the result of the event with an index, once, in any order.

        The findings have no secrets, and their positions are those in the event.
        """
        self._add(index, ok=ok, accepted=accepted, findings=map(placed, findings))

    def _add(self, index: int, *, ok: bool, accepted: bool, findings: Iterable[Placed]) -> None:
        self._results.append((index, ok, accepted, [_members(*one) for one in findings]))

    def column(self, *, sparse: bool = False) -> pa.Array:
        """The results of all events.

        Args:
            sparse: Whether the result of a clean event is null.
        """
        check_suspects([self])
        self._results.sort(key=itemgetter(0))
        verdicts = [
            pa.Array.from_buffers(pa.bool_(), self._length, [None, _bits(self._length, rows, others=True)])
            for rows in (
                [index for index, ok, _, _ in self._results if not ok],
                [index for index, _, accepted, _ in self._results if not accepted],
            )
        ]
        valid = _bits(self._length, [index for index, *_ in self._results], others=False) if sparse else None
        findings = self._findings()
        return pa.StructArray.from_buffers(RESULT, self._length, [valid], children=[*verdicts, findings])

    def _findings(self) -> pa.Array:
        """The findings of each event."""
        findings: list[_Shown] = []
        offsets = array("i")  # the number of findings before each event, and of all
        for index, _, _, found in self._results:
            offsets.extend(array("i", [len(findings)]) * (index + 1 - len(offsets)))
            findings += found
        offsets.extend(array("i", [len(findings)]) * (self._length + 1 - len(offsets)))
        columns = zip(*findings, strict=True) if findings else [()] * len(_TYPES)
        members = [_made(kind, values) for kind, values in zip(_TYPES, columns, strict=True)]
        structs = pa.StructArray.from_buffers(FINDING, len(findings), [None], children=members)
        buffers = [None, pa.py_buffer(offsets)]
        return pa.ListArray.from_buffers(_FINDINGS, self._length, buffers, children=[structs])


def _members(finding: Finding, line: int | None, column: int | None) -> _Shown:
    """The values of a finding, in the order of FINDING."""
    return finding.rule, finding.tier, finding.effect, finding.message, printable(finding.pointer), line, column


def _made(kind: pa.DataType, values: Sequence[Any]) -> pa.Array:
    """A column of strings or integers. It is much faster than ``pa.array``, which imports pandas if it is installed."""
    nulls = [index for index, value in enumerate(values) if value is None] if None in values else []
    buffers = [_bits(len(values), nulls, others=True) if nulls else None]
    if kind == pa.int32():
        buffers.append(pa.py_buffer(array("i", [value or 0 for value in values] if nulls else values)))
    else:
        texts: Sequence[str] = [value or "" for value in values] if nulls else values
        joined = "".join(texts)
        lengths = map(len, texts if joined.isascii() else map(_encoded, texts))
        buffers.append(pa.py_buffer(array("i", accumulate(lengths, initial=0))))
        buffers.append(pa.py_buffer(_encoded(joined)))
    return pa.Array.from_buffers(kind, len(values), buffers, len(nulls))


def _encoded(text: str) -> bytes:
    """A text in UTF-8; Arrow cannot hold lone surrogates."""
    return text.encode("utf-8", "backslashreplace")


def _bits(length: int, rows: Iterable[int], *, others: bool) -> pa.Buffer:
    """A bit for each row, in the layout of Arrow: ``not others`` for some rows, which are there once."""
    bits = bytearray(b"\xff" if others else b"\0") * ((length + 7) // 8)
    for row in rows:
        bits[row >> 3] ^= 1 << (row & 7)
    return pa.py_buffer(bits)
