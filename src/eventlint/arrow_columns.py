"""Reads columns in Apache Arrow's format: events as binary values, and labels such as event types.

pyarrow must be installed, which :mod:`eventlint.arrow` checks.
"""

from __future__ import annotations

import pyarrow as pa

from eventlint.errors import UsageError

_BINARY = {"string": "binary", "large_string": "large_binary", "string_view": "binary_view"}
"""The type of binary values in the layout of each type of strings. Names, because views are newer than pyarrow 14."""


def bytes_of(column: pa.Array) -> pa.Array:
    """A column as binary values; strings are not decoded, because they may be invalid UTF-8.

    Raises:
        UsageError: The column has neither strings nor binary values.
    """
    kind = column.type
    if str(kind) in _BINARY:
        return column.view(getattr(pa, _BINARY[str(kind)])())
    if str(kind) in _BINARY.values():
        return column
    if pa.types.is_null(kind):
        return pa.nulls(len(column), pa.binary())
    if pa.types.is_dictionary(kind):
        return bytes_of(column.dictionary_decode())
    if pa.types.is_fixed_size_binary(kind):
        return column.cast(pa.large_binary())
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
    return str(kind) in _BINARY or pa.types.is_null(kind)


class Labels:
    """A string or a null for each event: their types, or their collections.

    Attributes:
        value: The string or None that holds for all events, or a column of binary values. Spark makes strings that are
            not UTF-8.
    """

    def __init__(self, value: str | pa.Array | pa.ChunkedArray | None, start: int, end: int) -> None:
        """Take a string or None that holds for all events, or the part of a column from a row to before another."""
        if isinstance(value, pa.Array | pa.ChunkedArray):
            value = value.slice(start, end - start)
            value = bytes_of(value.combine_chunks() if isinstance(value, pa.ChunkedArray) else value)
        self.value = value

    def __getitem__(self, row: int) -> str | None:
        if self.value is None or isinstance(self.value, str):
            return self.value
        label = self.value[row].as_py()
        return None if label is None else text_of(label)


def text_of(label: bytes) -> str:
    """A label as a string; what is not UTF-8 becomes replacement characters."""
    return label.decode(errors="replace")
