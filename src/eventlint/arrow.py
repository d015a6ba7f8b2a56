"""Checks columns of events in Apache Arrow's format, as Spark, Polars, DuckDB, pandas and Parquet files have them.

Most events are clean, so a clean event costs little: only suspect events are checked in full. The result of a column is
a column of structs, of the type :data:`RESULT`.

pyarrow is required (``pip install 'eventlint[arrow]'``).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any, TypeVar, Unpack

from eventlint.checker import Checker, check_suspect, checker_of, finds_nothing_in
from eventlint.errors import UsageError
from eventlint.escaping import printable
from eventlint.mirror.request_checks import exists
from eventlint.screen import native

try:
    import pyarrow as pa
except ImportError as _error:
    raise UsageError("eventlint.arrow needs pyarrow: pip install 'eventlint[arrow]'") from _error

if TYPE_CHECKING:
    from eventlint.checker_options import CheckerOptions
    from eventlint.model import Finding
    from eventlint.report import Report

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

RESULT = pa.struct(
    [pa.field("ok", pa.bool_()), pa.field("accepted", pa.bool_()), pa.field("findings", pa.list_(FINDING))]
)
"""The type of the result for an event: :attr:`eventlint.Report.ok` and :attr:`eventlint.Report.accepted`, and the
findings."""

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
    types = _column("event_type", event_type, len(events))
    collections = None if collection is None else _column("collection", collection, len(events))
    if not isinstance(events, pa.ChunkedArray):
        return _check_array(checker, events, types, collections)
    results, start = [], 0
    for chunk in events.chunks:
        end = start + len(chunk)
        part = None if collections is None else _slice(collections, start, end)
        results.append(_check_array(checker, chunk, _slice(types, start, end), part))
        start = end
    return pa.chunked_array(results, RESULT)


def _column(name: str, value: object, length: int) -> str | Sequence[str | None]:
    """A string that holds for all events, or a list with a string for each."""
    if isinstance(value, str):
        return value
    if not isinstance(value, pa.Array | pa.ChunkedArray):
        raise UsageError(f"{name} must be a string or an Arrow column, not {type(value).__name__}")
    if len(value) != length:
        raise UsageError(f"{name} has {len(value)} values for {length} events")
    values = value.to_pylist() if _is_string(_value_type(value.type)) else None
    if values is None and not pa.types.is_null(value.type):
        raise UsageError(f"{name} must be a column of strings, not of {value.type}")
    values = [None] * length if values is None else values
    distinct = set(values)
    constant = distinct.pop() if len(distinct) == 1 else None
    return values if constant is None else constant


def _value_type(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _is_string(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _slice(values: str | Sequence[str | None], start: int, end: int) -> str | Sequence[str | None]:
    return values if isinstance(values, str) else values[start:end]


def _bytes_of(events: pa.Array) -> pa.Array:
    """The events as a column of binary values; strings are not decoded, because they may be invalid UTF-8."""
    kind = events.type
    if pa.types.is_dictionary(kind):
        return _bytes_of(events.dictionary_decode())
    if pa.types.is_string(kind):
        return events.view(pa.binary())
    if pa.types.is_large_string(kind):
        return events.view(pa.large_binary())
    if pa.types.is_string_view(kind):
        return events.cast(pa.large_string()).view(pa.large_binary())
    if pa.types.is_binary_view(kind) or pa.types.is_fixed_size_binary(kind):
        return events.cast(pa.large_binary())
    if pa.types.is_null(kind):
        return events.cast(pa.binary())
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return events
    raise UsageError(f"events must be a column of strings or binary values, not of {kind}")


def _check_array(
    checker: Checker,
    events: pa.Array,
    types: str | Sequence[str | None],
    collections: str | Sequence[str | None] | None,
) -> pa.Array:
    column = _bytes_of(events)
    results = ResultColumn(len(column))
    for index, event, event_type, collection in _suspects(checker, column, types, collections):
        report = check_suspect(checker, event, event_type, collection=collection)
        if report.findings or not report.accepted:
            results.add(index, ok=report.ok, accepted=report.accepted, findings=_shown(event, report))
    return results.column()


def _suspects(
    checker: Checker,
    column: pa.Array,
    types: str | Sequence[str | None],
    collections: str | Sequence[str | None] | None,
) -> Iterator[tuple[int, bytes, str, str | None]]:
    """The events that may have findings: the index of each, its bytes, its type and its collection."""
    flags = _native_flags(checker, column, types, collections)
    rows: Iterable[tuple[int, bytes | None]]
    if flags is None:
        rows = enumerate(column.to_pylist())
    else:
        indexes = list(_zeros(flags))
        chosen = pa.Array.from_buffers(pa.int64(), len(indexes), [None, pa.py_buffer(array("q", indexes))])
        rows = zip(indexes, column.take(chosen).to_pylist(), strict=True) if indexes else ()
    for index, value in rows:
        event = value or b""
        event_type = (types if isinstance(types, str) else types[index]) or ""
        collection = collections if collections is None or isinstance(collections, str) else collections[index]
        if flags is not None or not finds_nothing_in(checker, event, event_type, collection):
            yield index, event, event_type, collection


def _native_flags(
    checker: Checker,
    column: pa.Array,
    types: str | Sequence[str | None],
    collections: str | Sequence[str | None] | None,
) -> bytes | None:
    """A byte for each row that is 1 for a clean event; None if the native engine cannot be used."""
    engine = native.engine(checker.release, reports=True) if checker.contract is None else None
    if engine is None:
        return None
    known = {types} if isinstance(types, str) else set(types)
    by_type = {name: engine.scan_column(column, name) for name in checker.release.era.events if name in known}
    nothing = bytes(len(column))
    if isinstance(types, str):
        flags = by_type.get(types, nothing)
    else:
        flags = bytes(by_type.get(name or "", nothing)[index] for index, name in enumerate(types))
    targets = {collections} if collections is None or isinstance(collections, str) else set(collections)
    missing = {name for name in targets if name is not None and not exists(name, checker.collections)}
    if not missing:
        return flags
    if collections is None or isinstance(collections, str):
        return nothing
    return bytes(flag and name not in missing for flag, name in zip(flags, collections, strict=True))


def _zeros(flags: bytes) -> Iterator[int]:
    index = flags.find(0)
    while index >= 0:
        yield index
        index = flags.find(0, index + 1)


def _encodable(text: str) -> str:
    """A text with escapes instead of lone surrogates, which Arrow cannot hold."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()


class ResultColumn:
    """Collects the results of a column, of the type RESULT. Only results other than the clean one are added."""

    def __init__(self, length: int) -> None:
        """Take the number of events."""
        self._length = length
        self._offsets = array("i")  # the number of findings before each event
        self._findings: list[_Shown] = []
        self._ok = _Bits(length)
        self._accepted = _Bits(length)

    def add(self, index: int, *, ok: bool, accepted: bool, findings: Iterable[Finding]) -> None:
        """Add the result of the event with an index; the indexes of the calls increase.

        The findings have no secrets, and their positions are those in the event.
        """
        self._fill(index)
        self._findings += map(_members, findings)
        if not ok:
            self._ok.clear(index)
        if not accepted:
            self._accepted.clear(index)

    def _fill(self, last: int) -> None:
        self._offsets.extend(array("i", [len(self._findings)]) * (last + 1 - len(self._offsets)))

    def column(self) -> pa.Array:
        """The results of all events."""
        self._fill(self._length)
        offsets = pa.Array.from_buffers(pa.int32(), self._length + 1, [None, pa.py_buffer(self._offsets)])
        columns = zip(*self._findings, strict=True) if self._findings else [()] * len(FINDING)
        members = [_made(field.type, values) for field, values in zip(FINDING, columns, strict=True)]
        findings = pa.ListArray.from_arrays(offsets, pa.StructArray.from_arrays(members, fields=list(FINDING)))
        return pa.StructArray.from_arrays([self._ok.column(), self._accepted.column(), findings], fields=list(RESULT))


def _members(finding: Finding) -> _Shown:
    """The values of a finding, in the order of FINDING."""
    place = (finding.position.line, finding.position.column) if finding.position else (None, None)
    message, pointer = _encodable(finding.message), _encodable(printable(finding.pointer))
    return finding.rule, finding.tier, finding.effect, message, pointer, *place


def _shown(event: bytes, report: Report) -> Iterator[Finding]:
    """The findings of an event as they are shown, without secrets."""
    from eventlint.output.rendering import RedactedLines, without_secrets

    lines = RedactedLines(event)
    return (without_secrets(finding, lines) for finding in report.findings)


def _made(kind: pa.DataType, values: Sequence[Any]) -> pa.Array:
    """A column of strings or integers. It is much faster than ``pa.array``, which imports pandas if it is installed."""
    known = _Bits(len(values))
    nulls = [index for index, value in enumerate(values) if value is None]
    for index in nulls:
        known.clear(index)
    buffers = [known.buffer() if nulls else None]
    if kind == pa.int32():
        buffers.append(pa.py_buffer(array("i", [value or 0 for value in values])))
    else:
        data = [(value or "").encode() for value in values]
        buffers.append(pa.py_buffer(array("i", accumulate(map(len, data), initial=0))))
        buffers.append(pa.py_buffer(b"".join(data)))
    return pa.Array.from_buffers(kind, len(values), buffers, len(nulls))


class _Bits:
    """A Boolean for each event, in the layout of Arrow; all are true at first."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._bits = bytearray(b"\xff") * ((length + 7) // 8)

    def clear(self, index: int) -> None:
        self._bits[index >> 3] &= ~(1 << (index & 7))

    def buffer(self) -> pa.Buffer:
        return pa.py_buffer(self._bits)

    def column(self) -> pa.Array:
        return pa.Array.from_buffers(pa.bool_(), self._length, [None, self.buffer()])
