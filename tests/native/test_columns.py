"""Columns of Arrow, through the C data interface: made by hand, and by pyarrow if it is installed."""

from __future__ import annotations

import ctypes
import json
import struct
from typing import Any

import pytest

from eventlint.screen import native
from tests.native.support import needs_engine
from tests.screen import event_pool

pytestmark = needs_engine

CLEAN = json.dumps(event_pool.clean("search")).encode()
ROWS = [CLEAN, None, b"", b"{}", CLEAN.replace(b"shoes", "靴".encode()), CLEAN + b"\xff", CLEAN]
VERDICTS = bytes([1, 0, 0, 0, 1, 0, 1])

Release = ctypes.CFUNCTYPE(None, ctypes.c_void_p)


class Schema(ctypes.Structure):
    """The structure ArrowSchema."""

    _fields_ = (
        *((name, ctypes.c_char_p) for name in ("format", "name", "metadata")),
        *((name, ctypes.c_int64) for name in ("flags", "n_children")),
        *((name, ctypes.c_void_p) for name in ("children", "dictionary", "release", "private_data")),
    )


class Array(ctypes.Structure):
    """The structure ArrowArray."""

    _fields_ = (
        *((name, ctypes.c_int64) for name in ("length", "null_count", "offset", "n_buffers", "n_children")),
        *((name, ctypes.c_void_p) for name in ("buffers", "children", "dictionary", "release", "private_data")),
    )


class Column:
    """A column of bytes that is made by hand; it is kept by this object."""

    def __init__(self, layout: str, rows: list[bytes | None], offset: int = 0) -> None:
        values = [row or b"" for row in rows]
        bits = sum((row is not None) << number for number, row in enumerate(rows))
        validity = bits.to_bytes(len(rows) // 8 + 1, "little")
        buffers = [validity, *(views(values) if layout.startswith("v") else offsets(values, layout in "UZ"))]
        self._kept: list[Any] = [ctypes.create_string_buffer(one, len(one) + 1) for one in buffers]
        addresses = (ctypes.c_void_p * len(buffers))(*map(ctypes.addressof, self._kept))
        release = Release(lambda _: None)
        pointer = ctypes.cast(release, ctypes.c_void_p)
        self._kept += [addresses, release]
        self.schema = Schema(format=layout.encode(), release=pointer)
        self.array = Array(
            length=len(rows) - offset,
            null_count=-1,
            offset=offset,
            n_buffers=len(buffers),
            buffers=ctypes.addressof(addresses),
            release=pointer,
        )

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]:
        new = ctypes.pythonapi.PyCapsule_New
        new.restype, new.argtypes = ctypes.py_object, [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
        return (
            new(ctypes.addressof(self.schema), b"arrow_schema", None),
            new(ctypes.addressof(self.array), b"arrow_array", None),
        )


def offsets(values: list[bytes], is_large: bool) -> list[bytes]:
    """Offsets and data."""
    ends = [sum(map(len, values[:end])) for end in range(len(values) + 1)]
    return [struct.pack(f"={len(ends)}{'q' if is_large else 'i'}", *ends), b"".join(values)]


def views(values: list[bytes]) -> list[bytes]:
    """Views, two buffers of data, and their sizes."""
    data, made = [b"", b""], b""
    for number, value in enumerate(values):
        index = number % 2
        if len(value) <= 12:
            made += struct.pack("=i12s", len(value), value)
        else:
            made += struct.pack("=i4sii", len(value), value[:4], index, len(data[index]))
            data[index] += value
    return [made, *data, struct.pack("=2q", *map(len, data))]


@pytest.mark.parametrize("layout", ["u", "U", "z", "Z", "vu", "vz"])
@pytest.mark.parametrize("offset", [0, 3])
def test_columns_of_strings(layout: str, offset: int) -> None:
    """Each layout, also of an array that begins in the middle of its buffers."""
    engine = native.engine("latest", reports=True)
    assert engine is not None
    assert engine.scan_column(Column(layout, ROWS, offset), "search") == VERDICTS[offset:]
    assert engine.scan_column(Column(layout, []), "search") == b""


@pytest.mark.parametrize("layout", ["i", "+s", ""])
def test_columns_of_other_types_are_type_errors(layout: str) -> None:
    """Only strings and bytes are events."""
    engine = native.engine("latest", reports=True)
    assert engine is not None
    with pytest.raises(TypeError):
        engine.scan_column(Column(layout, ROWS), "search")


@pytest.mark.parametrize("layout", ["u", "Z", "vu"])
def test_a_row_ends_where_it_ends(layout: str) -> None:
    """Neither an event that goes on in the next row is clean, nor one that another event or a part of it follows."""
    engine = native.engine("latest", reports=True)
    assert engine is not None
    accents = CLEAN.replace(b"shoes", "\u00e9".encode())
    for text in (CLEAN, accents, b"  " + CLEAN + b" \n"):
        for at in range(len(text) + 1):
            rows = [text[:at], text[at:], text, text, text[:-at], b"", text[:at] + b"\xff", b" ", text]
            expected = bytes(engine.clean_bytes("search", row) for row in rows)
            assert engine.scan_column(Column(layout, [*rows]), "search") == expected
    many = [accents, *[CLEAN] * 500, accents[:-9] + b"\xc3", b"\xa9" + CLEAN, CLEAN]
    assert engine.scan_column(Column(layout, [*many]), "search") == bytes([1] * 501 + [0, 0, 1])


def test_arrays_of_pyarrow() -> None:
    """Each type of strings that the library has."""
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    engine = native.engine("latest", reports=True)
    assert engine is not None
    for kind in ("binary", "large_binary", "binary_view"):
        array = pyarrow.array(ROWS, type=getattr(pyarrow, kind)())
        assert engine.scan_column(array, "search") == VERDICTS
        assert engine.scan_column(array[1:4], "search") == VERDICTS[1:4]
