"""Columns of Arrow, through the C data interface: made by hand, and by pyarrow if it is installed."""

from __future__ import annotations

import ctypes
import json
import struct
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventlint.screen import native
from eventlint.spec import event_types
from tests.native.support import needs_engine
from tests.screen import event_pool

pytestmark = needs_engine

CLEAN = json.dumps(event_pool.clean("search")).encode()
ROWS = [CLEAN, None, b"", b"{}", CLEAN.replace(b"shoes", "靴".encode()), CLEAN + b"\xff", CLEAN]
SUSPECTS = [1, 2, 3, 5]
PADDED = CLEAN.replace(b'"s-1"', b'" s-1"')
LAYOUTS = ["u", "U", "z", "Z", "vu", "vz"]

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


def engine() -> native.Engine:
    """The engine of the newest release."""
    made = native.engine("latest", reports=True)
    assert made is not None
    return made


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("offset", [0, 3])
def test_columns_of_strings(layout: str, offset: int) -> None:
    """Each layout, also of an array that begins in the middle of its buffers."""
    expected = [row - offset for row in SUSPECTS if row >= offset]
    assert engine().scan_column(Column(layout, ROWS, offset), "search") == expected
    assert engine().scan_column(Column(layout, []), "search") == []


@pytest.mark.parametrize("layout", ["i", "+s", ""])
def test_columns_of_other_types_are_type_errors(layout: str) -> None:
    """Only strings and bytes are events, names of event types, or labels."""
    other = Column(layout, ROWS)
    for call in (
        lambda: engine().scan_column(other, "search"),
        lambda: engine().scan_column(Column("u", ROWS), other),
        lambda: engine().take(other, "search", []),
        lambda: engine().take(Column("u", ROWS), other, []),
        lambda: engine().distinct(other),
    ):
        with pytest.raises(TypeError, match="must have strings or bytes"):
            call()


@settings(max_examples=200, deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from([*ROWS, *(json.dumps(event_pool.clean(name)).encode() for name in event_types())]),
            st.none()
            | st.sampled_from([b"", b"click", b"Search", b"search ", b"\xff", *map(str.encode, event_types())]),
        )
    ),
    layouts=st.tuples(st.sampled_from(LAYOUTS), st.sampled_from(LAYOUTS)),
    offsets=st.tuples(st.integers(0, 3), st.integers(0, 3)),
)
def test_the_events_of_a_column_of_types_are_those_of_single_calls(
    rows: list[tuple[bytes | None, bytes | None]], layouts: tuple[str, str], offsets: tuple[int, int]
) -> None:
    """An event is clean as in a column of its type alone; one without a known type is suspect."""
    known = {name.encode(): name for name in event_types()}

    def is_suspect(event: bytes | None, name: bytes | None) -> bool:
        return name not in known or engine().scan_column(Column("z", [event]), known[name]) != []

    before: list[list[bytes | None]] = [[b"before"] * count for count in offsets]
    events = Column(layouts[0], [*before[0], *(event for event, _ in rows)], offsets[0])
    types = Column(layouts[1], [*before[1], *(name for _, name in rows)], offsets[1])
    assert engine().scan_column(events, types) == [row for row, one in enumerate(rows) if is_suspect(*one)]


def test_suspect_rows_of_several_types_are_in_order() -> None:
    """The engine reads many rows block by block, and one type after another."""
    names = [b"click", *map(str.encode, event_types())] * 500

    def is_suspect(name: bytes) -> bool:
        return name == b"click" or not engine().clean_bytes(name.decode(), CLEAN)

    suspects = engine().scan_column(Column("z", [CLEAN] * len(names)), Column("u", [*names]))
    assert suspects == [row for row, name in enumerate(names) if is_suspect(name)]


@settings(max_examples=200, deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from([*ROWS, PADDED]),
            st.none() | st.sampled_from([b"", b"click", b"\xff", *map(str.encode, event_types())]),
        )
    ),
    layouts=st.tuples(st.sampled_from(LAYOUTS), st.sampled_from(LAYOUTS)),
    offsets=st.tuples(st.integers(0, 3), st.integers(0, 3)),
)
def test_rows_are_taken_as_they_are(
    rows: list[tuple[bytes | None, bytes | None]], layouts: tuple[str, str], offsets: tuple[int, int]
) -> None:
    """The bytes of each row, its type, and its suspect strings; also of rows that are clean, or not there."""
    known = {name.encode(): name for name in event_types()}
    before: list[list[bytes | None]] = [[b"before"] * count for count in offsets]
    events = Column(layouts[0], [*before[0], *(event for event, _ in rows)], offsets[0])
    types = Column(layouts[1], [*before[1], *(name for _, name in rows)], offsets[1])

    def leaves(event: bytes | None, name: bytes | None) -> list[tuple[Any, ...]] | None:
        return None if event is None or name not in known else engine().suspect_leaves(known[name], event)

    numbers = [*range(len(rows))][::-2]
    expected = [
        (rows[row][0] or b"", known.get(rows[row][1] or b"", rows[row][1]), leaves(*rows[row])) for row in numbers
    ]
    assert engine().take(events, types, numbers) == expected
    assert engine().take(events, types, [len(rows)]) == [(b"", None, None)]
    of_one_type = [(rows[row][0] or b"", "search", leaves(rows[row][0], b"search")) for row in numbers]
    assert engine().take(events, "search", numbers) == of_one_type


@pytest.mark.parametrize("count", [0, len(ROWS) - 1, len(ROWS) + 1])
def test_a_column_of_types_of_another_length_is_a_value_error(count: int) -> None:
    """Also if one of the columns is empty."""
    with pytest.raises(ValueError, match=f"has {len(ROWS)} rows, the array of event types {count}"):
        engine().scan_column(Column("z", ROWS), Column("u", [b"search"] * count))


@pytest.mark.parametrize("event_type", ["click", "", "Search"])
def test_an_unknown_type_of_all_events_is_a_key_error(event_type: str) -> None:
    """As in the other methods."""
    with pytest.raises(KeyError, match=f"'{event_type}'"):
        engine().scan_column(Column("z", ROWS), event_type)


@pytest.mark.parametrize("other", [None, 1, ["search"], b"search"])
def test_a_type_that_is_neither_a_string_nor_an_array_is_an_attribute_error(other: object) -> None:
    """The error names the method that an array has."""
    with pytest.raises(AttributeError, match="__arrow_c_array__"):
        engine().scan_column(Column("z", ROWS), other)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_distinct_strings(layout: str) -> None:
    """In the order of the first row with each, also with long strings, which views store elsewhere."""
    names = [b"a", b"a", None, b"", b"long names are stored elsewhere", b"a", None, b"\xff", b"a"]
    expected = [b"a", None, b"", b"long names are stored elsewhere", b"\xff"]
    assert engine().distinct(Column(layout, names)) == expected
    assert engine().distinct(Column(layout, names, offset=6)) == [None, b"\xff", b"a"]
    assert engine().distinct(Column(layout, [])) == []


@pytest.mark.parametrize("layout", ["u", "Z", "vu"])
def test_a_row_ends_where_it_ends(layout: str) -> None:
    """Neither an event that goes on in the next row is clean, nor one that another event or a part of it follows."""
    accents = CLEAN.replace(b"shoes", "\u00e9".encode())
    for text in (CLEAN, accents, b"  " + CLEAN + b" \n"):
        for at in range(len(text) + 1):
            rows = [text[:at], text[at:], text, text, text[:-at], b"", text[:at] + b"\xff", b" ", text]
            expected = [number for number, row in enumerate(rows) if not engine().clean_bytes("search", row)]
            assert engine().scan_column(Column(layout, [*rows]), "search") == expected
    many = [accents, *[CLEAN] * 500, accents[:-9] + b"\xc3", b"\xa9" + CLEAN, CLEAN]
    assert engine().scan_column(Column(layout, [*many]), "search") == [501, 502]


def test_arrays_of_pyarrow() -> None:
    """Each type of strings that the library has."""
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    kinds = [getattr(pyarrow, kind, None) for kind in ("binary", "large_binary", "binary_view")]
    for kind in filter(None, kinds):  # older libraries have no views
        array = pyarrow.array(ROWS, type=kind())
        assert engine().scan_column(array, "search") == SUSPECTS
        assert engine().scan_column(array[1:4], "search") == [0, 1, 2]
        types = pyarrow.array([b"search"] * len(ROWS), type=kind())
        assert engine().scan_column(array, types) == SUSPECTS
