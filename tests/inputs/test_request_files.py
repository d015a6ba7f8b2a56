"""Every request in a text file is checked or reported, and fixes change nothing but events."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint.file_check import check_record
from eventlint.file_fixes import fix_file
from eventlint.fixes.record_changes import record_changes
from eventlint.inputs.envelope import Envelope
from eventlint.inputs.markdown import read_markdown
from eventlint.inputs.record import Record
from eventlint.inputs.request_files import read_requests
from eventlint.job import Job, file_of
from eventlint.model import Finding
from eventlint.output import Summary
from eventlint.record_reports import reports_of
from tests.inputs.request_files import Part, request_files


def job(**options: Any) -> Job:
    """A job with default options."""
    defaults: dict[str, Any] = {
        "releases": ("latest",),
        "collections": ("site",),
        "event_type": None,
        "patterns": (),
        "patterns_folder": ".",
        "form": None,
        "envelope": Envelope(),
        "skip_unknown": False,
        "stdin_name": None,
    }
    return Job(**{**defaults, **options})


def checked(records: list[Record], name: str = "a.http") -> list[Finding]:
    """The findings in records, with positions in the file."""
    what = job()
    return [one.finding for record in records for one in check_record(what, file_of(what, name), record, Summary())]


def joined(parts: list[Part]) -> str:
    """The text of a request file."""
    return "".join(part.text for part in parts)


@given(request_files())
def test_every_request_is_checked_or_reported(parts: list[Part]) -> None:
    """The records are the requests and the lines that cannot be read, in their order, and nothing else."""
    expected: list[tuple[str, int | None]] = []
    size = 0
    for part in parts:
        if part.event is not None:
            expected.append(("checked", len((joined(parts)[: size + part.event[0]]).encode())))
        elif part.is_reported:
            expected.append(("reported", None))
        size += len(part.text)
    found = [
        ("reported", None) if record.problem else ("checked", record.place.offset)
        for record in read_requests(joined(parts).encode())
    ]
    assert found == expected


@given(request_files())
def test_each_event_ends_where_it_ends_in_the_file(parts: list[Part]) -> None:
    """A body contains its own query and nothing of the next part."""
    records = [record for record in read_requests(joined(parts).encode()) if record.problem is None]
    events = [part for part in parts if part.event is not None]
    for record, part in zip(records, events, strict=True):
        assert part.event is not None
        text = part.text[slice(*part.event)]
        assert record.text.decode() == text
        assert (len(record.body.splitlines()) == len(text.splitlines())) or '"""' in text


@given(request_files(), st.booleans())
def test_fixes_change_nothing_but_events(
    tmp_path_factory: pytest.TempPathFactory, parts: list[Part], unsafe: bool
) -> None:
    """All bytes outside of events, and all comments and variables inside, stay as they are."""
    path = tmp_path_factory.mktemp("fix") / "a.http"
    path.write_bytes(joined(parts).encode())
    what = job(fixes="unsafe" if unsafe else "safe")
    fix_file(what, file_of(what, str(path)), None, lambda _: None)
    rest = path.read_bytes().decode()
    for part in parts:
        if part.event is None:
            before, event, after = part.text, "", ""
        else:
            start, end = part.event
            before, event, after = part.text[:start], part.text[start:end], part.text[end:]
        assert rest.startswith(before)
        rest = rest[len(before) :]
        if event:
            fixed_event = rest[: _end_of_object(rest)]
            assert all(fixed_event.count(kept) == event.count(kept) for kept in part.fixed)
            rest = rest[len(fixed_event) :]
            assert rest.startswith(after)
            rest = rest[len(after) :]
    assert rest == ""


def _end_of_object(text: str) -> int:
    """The end of the first object, which contains no braces in strings other than variables."""
    depth = 0
    for index, character in enumerate(text):
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth == 0:
            return index + 1
    raise AssertionError


FRAGMENTS = (
    *(b"POST ", b"get ", b"http://h/", b"/", b"_application/analytics/site/event/search", b"_application/analytics/"),
    *(b"/event/", b"${c}", b"{{h}}", b"{{", b"}}", b"$X", b"$", b"?", b"\n  &a=1", b"### x", b"@a = {{b}}\n"),
    *(b"\n", b"\r\n", b"\r", b" ", b"\n\n", b"# eventlint: ignore[blank-id] x\n", b"// y", b"/*", b"*/", b'"""'),
    *(b"{", b"}", b"[", b"]", b":", b",", b'"id"', b'{"session": {"id": " s "}, "user": ', b'"', b"\\", b"\xff"),
    *(b"Content-Type: application/json\n", b"< a.json\n", b"<@ a.json\n", b"< {%\n", b"%}\n", b"> {%", b">> a\n"),
    *(b"```http\n", b"```\n", b"> ```console\n", b"~~~json search\n", b"~~~\n", b"> ", b"- ", b"\x00", b"\xef\xbb\xbf"),
    *(b"@b={{a}}\n", b"<> a\n", b"HTTP/1.1 200", b"\xc3\xa9"),
)


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=25).map(b"".join) | st.binary(max_size=60))
def test_no_content_raises_anything(data: bytes) -> None:
    """Any bytes are read and checked, and the fixes of their events stay inside of the file."""
    for records in (list(read_requests(data)), list(read_markdown(data))):
        checked(records)
        end = 0
        for record in records:
            if record.problem is None and record.unchecked is None:
                fixes = record_changes(record, _findings, unsafe=True, is_wanted=lambda finding: True)
                for edit in (edit for change in fixes.changes for edit in change.edits):
                    assert end <= edit.start <= edit.end <= len(data)
                    end = edit.end


def _findings(record: Record, body: bytes) -> list[Finding]:
    """The findings that a fix sees."""
    reports = reports_of(job(), file_of(job(), "a.http"), record, body)
    return [finding for _, report in reports for finding in report.findings]
