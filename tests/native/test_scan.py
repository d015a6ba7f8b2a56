"""Scans of lines: counts, places, envelopes, threads, and memory that ends where the data end."""

from __future__ import annotations

import ctypes
import json
import mmap
import pickle
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest

from eventlint.screen import native
from eventlint.spec import event_types
from tests.native.cases import mutations
from tests.native.support import needs_engine
from tests.screen import event_pool

pytestmark = needs_engine
PATHS: native.Paths = (("event", "payload"), ("event", "type"), ("site",), ("ts",))


def dump(value: object) -> bytes:
    """A value as compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def envelope(event_type: str = "search", payload: object = None, **others: object) -> dict[str, Any]:
    """An envelope as the paths describe it."""
    clean = event_pool.clean(event_type) if payload is None else payload
    return {"id": [1, {"a": None}], "event": {"payload": clean, "type": event_type, "v": -1.5e3}, **others}


def test_lines_are_counted_and_suspects_placed() -> None:
    """Blank lines count as lines, not as events; the last line may lack its end."""
    clean = dump(event_pool.clean("search"))
    data = b"\n".join([clean, b"", b"{}", b" \t\r", clean + b"\r", clean + b"x"])
    lines, events, suspects, counts = native.Scanner("latest").scan(data, "search")
    assert (lines, events, counts) == (6, 4, {("search", None, None): 2})
    assert [(one.line, data[one.offset : one.offset + one.length], one.why) for one in suspects] == [
        (2, b"{}", "structure"),
        (5, clean + b"x", "syntax"),
    ]


@pytest.mark.parametrize("letter", [b"\xc1\xa9", b"\xe0\x81\xa9"])
def test_letters_of_keys_may_have_more_bytes_than_they_need(letter: bytes) -> None:
    """The server reads such a key like others; in a string, or in the key of a filter, they are a finding."""
    clean = b'{"session":{"id":"s-1"},"user":{"id":"u-1"},"search":{"query":"shirt","filters":{"fit":"wide"}}}'
    scanner = native.Scanner("latest")
    for old, is_clean in ((b'"id"', True), (b'"shirt"', False), (b'"fit"', False), (b'"wide"', False)):
        data = clean.replace(old, old.replace(b"i", letter))
        lines, events, suspects, counts = scanner.scan(b"\n".join([clean, data, clean]), "search")
        assert (lines, events, len(suspects)) == (3, 3, not is_clean)
        assert counts == {("search", None, None): 2 + is_clean}
    for odd in (clean.replace(b"id", b"\x01i" + b"d"), clean.replace(b"id", letter + b"\x01d")):
        assert not scanner.scan(odd, "search")[3]
    twice = clean.replace(b'{"id":"s-1"}', b'{"id":"s-1","%sd":"s-2"}' % letter)
    assert not scanner.scan(twice, "search")[3]


@pytest.mark.parametrize("data", [b"", b"\n", b"\n\n", b" "])
def test_nothing_but_blank_lines(data: bytes) -> None:
    """They are no events."""
    lines, events, suspects, counts = native.Scanner("latest").scan(data, "search", threads=3)
    assert (lines, events, suspects, counts) == (data.count(b"\n") or len(data), 0, [], {})


def test_an_unknown_event_type_is_a_key_error() -> None:
    """The caller knows the event types."""
    with pytest.raises(KeyError):
        native.Scanner("latest").scan(b"", "view")


def test_threads_change_nothing() -> None:
    """Clean and mutated lines, in any number of ranges, also ones that begin and end in long lines."""
    parts = [case.data.replace(b"\n", b" ") for case in islice(mutations(8), 300) if case.event_type == "search"]
    data = b"\n".join([*parts, b"[" * 5_000, b"", *parts])
    scanner = native.Scanner("latest")
    one = scanner.scan(data, "search")
    assert one[0] == data.count(b"\n") + 1
    for threads in (2, 3, 7, 64):
        assert scanner.scan(data, "search", threads=threads) == one


def test_envelopes_are_counted_by_type_collection_and_day() -> None:
    """The payload may come before its type; keys of no interest may have any values."""
    lines = [
        envelope("search", site="a", ts="2024-05-31T10:00:00Z"),
        envelope("page_view", site="a", ts="2024-05-31T10:00:00Z"),
        {"ts": 1_717_150_000, **envelope("page_view")},
        envelope("search", site="b", ts="2024-05-31T23:00:00-02:00"),
    ]
    _, _, suspects, counts = native.Scanner("latest", PATHS).scan(b"\n".join(map(dump, lines)))
    assert suspects == []
    assert counts == {
        ("search", "a", "2024-05-31"): 1,
        ("page_view", "a", "2024-05-31"): 1,
        ("page_view", None, "1717150000"): 1,
        ("search", "b", '"2024-05-31T23:00:00-02:00"'): 1,
    }


@pytest.mark.parametrize(
    "line",
    [
        dump(envelope("search", payload={})),
        dump(envelope("view", payload=event_pool.clean("search"))),
        dump(envelope("page_view", payload=event_pool.clean("search"))),
        dump({"event": {"type": "search"}}),
        dump({"event": {"payload": event_pool.clean("search")}}),
        dump({"event": []}),
        dump(envelope("search", site=["a"])),
        dump(envelope("search", site='"')),
        dump(envelope("search"))[:-1] + b',"event":{"type":"page_view"}}',
        dump(envelope("search"))[:-1] + b',"e\\u0076ent":{"type":"page_view"}}',
        dump(envelope("search"))[:-1] + b',"x":01}',
        dump(envelope("search"))[:-1] + b',"x":"\xff"}',
        dump(envelope("search")) + b"}",
        b"[%s]" % dump(envelope("search")),
        dump(event_pool.clean("search")),
        b"[" * 100_000,
    ],
    ids=range(16),
)
def test_envelopes_that_are_not_understood_are_suspect(line: bytes) -> None:
    """Each of them goes to the full check, and the lines around it are read."""
    clean = dump(envelope("search"))
    _, events, suspects, counts = native.Scanner("latest", PATHS).scan(b"\n".join([clean, line, clean]))
    assert (events, [one.line for one in suspects], counts) == (3, [1], {("search", None, None): 2})


def test_events_of_collections_that_do_not_exist_are_suspect() -> None:
    """Clean events, and events with suspect leaves."""
    dirty = event_pool.clean("search")
    dirty["user"]["id"] = "{{id}}"
    lines = [
        envelope(site="a"),
        envelope(site="b"),
        envelope(site="b", payload=dirty),
        envelope(site="a", payload=dirty),
    ]
    scanner = native.Scanner("latest", PATHS)
    data = b"\n".join(map(dump, lines))
    _, _, suspects, counts = scanner.scan(data, exists=lambda name: name == "a")
    assert [(one.line, one.why) for one in suspects] == [(1, "envelope"), (2, "envelope"), (3, "leaves")]
    assert counts == {("search", "a", None): 1}


@pytest.mark.parametrize("time", [None, ("event", "payload", "ts")])
def test_a_time_inside_of_the_payload_is_not_read(time: tuple[str, ...] | None) -> None:
    """A clean event has no such field."""
    _, _, suspects, counts = native.Scanner("latest", (*PATHS[:3], time)).scan(dump(envelope(ts=1)))
    assert (suspects, counts) == ([], {("search", None, None): 1})


def test_paths_through_another_path_need_the_reader_in_python() -> None:
    """The door has no engine for them."""
    with pytest.raises(RuntimeError):
        native.Scanner("latest", (("a",), ("a", "b"), ("c",), None))


def test_a_scanner_can_be_pickled() -> None:
    """Other processes create their own engine."""
    data = dump(envelope(site="a"))
    scanner = native.Scanner("8.19", PATHS)
    assert pickle.loads(pickle.dumps(scanner)).scan(data) == scanner.scan(data)  # noqa: S301


@pytest.fixture
def guarded() -> Iterator[Any]:
    """Puts data at the end of a page that an unreadable page follows; returns a view of them."""
    if not hasattr(mmap, "PROT_NONE") and not hasattr(mmap, "MAP_ANONYMOUS"):
        pytest.skip("no pages without access here")
    size = mmap.PAGESIZE
    pages = mmap.mmap(-1, 16 * size)
    start = ctypes.addressof(ctypes.c_char.from_buffer(pages))
    protect = ctypes.CDLL(None, use_errno=True).mprotect
    protect.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
    assert protect(start + 15 * size, size, 0) == 0

    def put(data: bytes) -> memoryview:
        pages[15 * size - len(data) : 15 * size] = data
        return memoryview(pages)[15 * size - len(data) : 15 * size]

    yield put
    assert protect(start + 15 * size, size, 3) == 0


def test_nothing_is_read_after_the_end(guarded: Any) -> None:
    """Events, and each of their beginnings, end where an unreadable page begins."""
    scanner, wrapped = native.Scanner("latest"), native.Scanner("latest", PATHS)
    for event_type in event_types():
        data = dump(event_pool.clean(event_type))
        for end in range(len(data) + 1):
            scanner.scan(guarded(data[:end]), event_type)
        around = dump(envelope(event_type, site="a", ts="2024-05-31"))
        for end in range(len(around) + 1):
            wrapped.scan(guarded(around[:end]))
    for length in range(200):
        scanner.scan(guarded(b'{"user":{"id":"' + b"a" * length), "search")
