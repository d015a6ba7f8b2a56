"""Reads columns in Apache Arrow's format: events as binary values, and labels such as event types.

pyarrow must be installed, which :mod:`eventlint.arrow` checks.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import pyarrow as pa

from eventlint.errors import UsageError


def bytes_of(events: pa.Array) -> pa.Array:
    """The events as a column of binary values; strings are not decoded, because they may be invalid UTF-8.

    Raises:
        UsageError: The column has neither strings nor binary values.
    """
    kind = events.type
    if pa.types.is_dictionary(kind):
        return bytes_of(events.dictionary_decode())
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


def require_labels(name: str, value: object, length: int) -> None:
    """Raise an error if an argument is neither a string nor a column of strings, one for each event.

    Args:
        name: The name of the argument.
        value: The argument.
        length: The number of events.

    Raises:
        UsageError: The argument is wrong.
    """
    if isinstance(value, str):
        return
    if not isinstance(value, pa.Array | pa.ChunkedArray):
        raise UsageError(f"{name} must be a string or an Arrow column, not {type(value).__name__}")
    if len(value) != length:
        raise UsageError(f"{name} has {len(value)} values for {length} events")
    if not _is_string(value.type):
        raise UsageError(f"{name} must be a column of strings, not of {value.type}")


def _is_string(kind: pa.DataType) -> bool:
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    tests = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view, pa.types.is_null)
    return any(test(kind) for test in tests)


class Labels:
    """A string or a null for each event: their types, or their collections.

    Attributes:
        names: The distinct strings; None is a null.
    """

    def __init__(self, value: str | pa.Array | pa.ChunkedArray | None, start: int = 0, end: int = 0) -> None:
        """Take a string or None that holds for all events, or the part of a column from a row to before another."""
        self._codes: pa.Array | None = None
        self.names: list[str | None]
        if value is None or isinstance(value, str):
            self.names = [value]
            return
        encoded = _encoded(value.slice(start, end - start))
        self.names = encoded.dictionary.to_pylist()
        if len(self.names) > 1:
            self._codes = encoded.indices

    def __getitem__(self, row: int) -> str | None:
        return self.names[0 if self._codes is None else self._codes[row].as_py()]

    def rows_of(self, number: int) -> pa.Array | None:
        """The rows that have the name with a number, in order; None if these are all rows."""
        if self._codes is None:
            return None
        import pyarrow.compute as pc

        return pc.indices_nonzero(pc.equal(self._codes, number))


def _encoded(values: pa.Array | pa.ChunkedArray) -> pa.DictionaryArray:
    """The values as numbers of distinct strings, of which a null is one."""
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    if pa.types.is_null(values.type) or pa.types.is_string_view(values.type):
        values = values.cast(pa.string())
    return values.dictionary_encode("encode")


def row_numbers(rows: Sequence[int]) -> pa.Array:
    """Numbers of rows as a column. It is much faster than ``pa.array``, which imports pandas if it is installed."""
    return pa.Array.from_buffers(pa.int64(), len(rows), [None, pa.py_buffer(array("q", rows))])
