"""Fixes remove their findings, add no new ones, and leave all other bytes as they are."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint import Finding, check
from eventlint.fixes.edits import apply, compose
from eventlint.fixes.payload_fixes import MAX_CHECKED, fix_payload
from eventlint.fixes.record_changes import record_changes
from eventlint.fixes.unified_diff import unified_diff
from eventlint.inputs.record import Place, Record
from eventlint.model import Edit
from eventlint.rules import RULES
from eventlint.spec import event_types
from tests.corpus import payload_cases

IDS = st.sampled_from(['"s-1"', '" u-1 "', '"\\tx\\u0020"', "7", "true", "-1.5e3", '"é "', "null", '""'])
NUMBERS = st.sampled_from(
    ["3", '"3"', "3.7", '" 3 "', '"0x1p3"', '{"value": 3}', '{"value": 3, "of": "eq"}', "[3]", '"x"']
)
FILTERS = st.sampled_from(
    [
        "{}",
        '{"a": 1, "b": [true, "x", 2.50]}',
        '[{"field": "a", "value": "x"}]',
        '[{"field": "a", "value": [1, 2]}, {"name": "a", "values": "y"}]',
        '[{"field": "a", "value": {}}]',
        '{"a": [1, null]}',
        "[]",
    ]
)
SORTS = st.sampled_from(
    ['{"name": "p"}', '[{"name": "p"}]', '[ {"name": ""} ]', "[]", '[{"name": "p"}, {"name": "q"}]']
)
ITEMS = st.sampled_from(["[]", '[null, {"document": {"id": "1"}}]', '[{}, 7 , {}, "x", {}]', "[1, 2]", "{}"])
GAPS = st.sampled_from(["", " ", "\n  ", "/* c */", " // c\n", "\n// c\n\n", "/**//**/"])
TAILS = st.sampled_from(["", "\n", " // c", "/* c */\n", " x", "\n{}\n", "}", "/* open", " \x00"])
MARKS = st.sampled_from([b"", b"", b"\xef\xbb\xbf"])


@st.composite
def payloads(draw: st.DrawFn) -> bytes:
    """A search event with all kinds of fixable mistakes, and some that are not fixable."""
    gap = [draw(GAPS) for _ in range(6)]
    parts = [
        f'"query":{gap[0]}"shoes"',
        f'"sort":{gap[1]}{draw(SORTS)}',
        f'"filters": {draw(FILTERS)}{gap[2]}',
        f'"page": {{"current": {draw(NUMBERS)}, "size": {draw(NUMBERS)}}}',
        f'"results": {{"items": {draw(ITEMS)}, "total_results": {draw(NUMBERS)}}}',
    ]
    kept = [part for part in parts if draw(st.booleans())]
    text = (
        f'{gap[3]}{{"session": {{"id":{gap[4]}{draw(IDS)}}}, "user": {{"id": {draw(IDS)}}},{gap[5]}'
        f'"search": {{{", ".join(kept)}}}}}{draw(TAILS)}'
    )
    return draw(MARKS) + text.encode()


def rules(findings: Sequence[Finding]) -> Counter[str]:
    """The number of findings of each rule."""
    return Counter(finding.rule for finding in findings)


def fixed(body: bytes, event_type: str, *, unsafe: bool) -> bytes:
    """Fix a payload, and check what fixes promise."""
    before = check(body, event_type).findings
    done = fix_payload(body, lambda one: check(one, event_type).findings, unsafe=unsafe)
    result, made = done.body, done.fixed
    assert apply(body, done.edits) == result
    after = rules(check(result, event_type).findings)
    left = rules(before)
    left.subtract(rules(made))
    if not any(finding.fatal for finding in made):  # a syntax error hides what follows it
        assert all(after[rule] <= max(left[rule], 0) for rule in after), "a finding is left, or a new one appeared"
    again = fix_payload(result, lambda one: check(one, event_type).findings, unsafe=unsafe)
    assert (again.body, again.edits, again.fixed) == (result, (), [])
    assert (result == body) == (not made)
    return result


@given(payloads(), st.booleans())
def test_fixes_remove_their_findings_and_add_none(body: bytes, unsafe: bool) -> None:
    """A fixed finding does not appear again, no new one appears, and fixing twice changes nothing."""
    fixed(body, "search", unsafe=unsafe)


@given(payloads())
def test_a_fix_changes_only_the_bytes_of_its_edits(body: bytes) -> None:
    """All bytes outside of the edits stay as they are."""
    for finding in check(body, "search").findings:
        if finding.fix is None:
            continue
        edits = finding.fix.edits
        assert all(0 <= edit.start <= edit.end <= len(body) for edit in edits)
        assert all(one.end <= two.start for one, two in itertools.pairwise(edits))
        rest, at = [], 0
        for edit in edits:
            rest.append(body[at : edit.start])
            at = edit.end
        changed = apply(body, edits)
        for part in [*rest, body[at:]]:
            assert part in changed


def test_fixes_in_the_corpus_make_nothing_worse() -> None:
    """The same promises are kept for the payloads of the corpus, for every event type."""
    for case in list(payload_cases())[::7]:
        if case.event_type in event_types():
            fixed(case.body, case.event_type, unsafe=True)


S = '"session": {"id": "s-1"}, "user": {"id": "u-1"}'


@pytest.mark.parametrize(
    ("before", "after", "unsafe"),
    [
        ('"results": {"total_results": "7"}', '"results": {"total_results": 7}', False),
        ('"page": {"current": 1.9, "size":  "1e1"}', '"page": {"current": 1, "size":  10}', False),
        ('"sort": [ {"name": "p"} ]', '"sort": {"name": "p"}', False),
        ('"sort":[{"name":"p"}] /* x */', '"sort":{"name":"p"} ', False),
        ('"results": {"total_results": {"value": 3}}', '"results": {"total_results": 3}', True),
        ('"filters": {"a": [1, "b", true]}', '"filters": {"a": ["1", "b", "true"]}', True),
        ('"filters": [{"field": "a", "value": 1}]', '"filters": {"a": "1"}', True),
        ('"results": {"items": [null,  {}]}', '"results": {"items": [{}]}', True),
        ('"pag": {"current": 1, "size": 2}', '"page": {"current": 1, "size": 2}', True),
        ('"results": {"totalResults": 7}', '"results": {"total_results": 7}', True),
        ('"page": {"current": 1, "size": 2,}', '"page": {"current": 1, "size": 2}', False),
        ('"filters": {"a": ["x" , ] ,}', '"filters": {"a": ["x"  ] }', False),
        (
            '"filters": {"a,]": ["{,}", "\\",]"], "b": ["x"],}',
            '"filters": {"a,]": ["{,}", "\\",]"], "b": ["x"]}',
            False,
        ),
    ],
)
def test_the_result_of_a_fix(before: str, after: str, unsafe: bool) -> None:
    """A fix writes the bytes that a person would write."""
    body = f'{{{S}, "search": {{"query": "q", {before}}}}}\n'.encode()
    wanted = f'{{{S}, "search": {{"query": "q", {after}}}}}\n'.encode()
    assert fixed(body, "search", unsafe=unsafe) == wanted
    if unsafe:
        assert fixed(body, "search", unsafe=False) == body


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\ufeff{}", "{}"),
        ("// one\n{} // two\n", "{}\n"),
        ("{}\n// two", "{}\n"),
        ("{} /* two */\n", "{}\n"),
        ("{}\n  // two\r\n", "{}\n"),
    ],
)
def test_byte_order_marks_and_comments_are_removed_safely(before: str, after: str) -> None:
    """A byte order mark and comments around the event are removed; line endings stay."""
    event = f'{{{S}, "search": {{"query": "q"}}}}'
    assert fixed(before.replace("{}", event).encode(), "search", unsafe=False) == after.replace("{}", event).encode()


def test_other_trailing_content_is_removed_only_by_unsafe_fixes() -> None:
    """Trailing content may be an event, so safe fixes keep it."""
    event = f'{{{S}, "search": {{"query": "q"}}}}'
    body = f"{event}\n{event}\n".encode()
    assert fixed(body, "search", unsafe=False) == body
    assert fixed(body, "search", unsafe=True) == f"{event}\n".encode()


@pytest.mark.parametrize("tail", ['"a":}', "[,]", '{"a": "1",,}', '{"a": ["1",,]}', "{,}", '{"a", }', "{'a': ',}',}"])
def test_only_a_comma_after_a_value_is_trailing(tail: str) -> None:
    """Other commas before a closing bracket are not removed."""
    body = f'{{{S}, "search": {{"query": "q", "filters": {tail}'.encode()
    assert fix_payload(body, lambda one: check(one, "search").findings, unsafe=True).body == body


def test_problems_after_a_trailing_comma_are_found_when_it_is_removed() -> None:
    """The comma is removed even if the server rejects the event for another reason then."""
    body = f'{{{S}, "search": {{"query": "q", "filters": {{"a": "1",}}, "sort": 7}}}}'.encode()
    done = fix_payload(body, lambda one: check(one, "search").findings, unsafe=False)
    assert done.body == body.replace(b'"1",}', b'"1"}')
    assert rules(check(done.body, "search").findings) == {"wrong-type": 1}


@pytest.mark.parametrize(
    ("event", "found"),
    [
        ('{"session": {"id": "s"}, "usr": {"id": "u"}, "search": {"query": "q"}}', {"unknown-field": 1}),
        ('{"session": {"idd": "s"}, "user": {"id": "u"}, "search": {"quary": "q"}}', {"unknown-field": 2}),
        (
            '{"session": {"x": "s"}, "user": {"id": "u"}, "search": {"query": "q"}}',
            {"unknown-field": 1, "missing-field": 1},
        ),
        (
            '{"session": {"id": "s"}, "user": {"id": "u"}, "quary": "q", "search": {}}',
            {"unknown-field": 1, "missing-field": 1},
        ),
    ],
)
def test_a_misspelled_required_field_is_one_finding(event: str, found: dict[str, int]) -> None:
    """The absence of the field is not reported if its key is misspelled in the same object."""
    assert rules(check(event, "search").findings) == found


def test_a_name_that_is_present_is_not_written_twice() -> None:
    """A misspelled key stays if the field exists, because the server rejects duplicate keys."""
    body = f'{{{S}, "search": {{"query": "q", "quary": "x"}}}}'.encode()
    done = fix_payload(body, lambda one: check(one, "search").findings, unsafe=True)
    assert done.body == body
    assert [one.reason for one in done.refused] == ["it would cause duplicate-key"]


def test_a_fix_that_adds_a_finding_is_not_applied() -> None:
    """An array with one sort order stays an array when the order itself is invalid."""
    body = f'{{{S}, "search": {{"query": "q", "sort": [{{"name": 7}}]}}}}'.encode()
    assert fixed(body, "search", unsafe=False) == body


@given(st.binary(max_size=30), st.lists(st.tuples(st.integers(0, 30), st.binary(max_size=3)), max_size=4))
def test_apply_replaces_exactly_the_edited_parts(data: bytes, places: list[tuple[int, bytes]]) -> None:
    """Edits may come in any order."""
    starts = sorted({at for at, _ in places if at < len(data)})
    edits = [Edit(at, at + 1, content) for at, (_, content) in zip(starts, places, strict=False)]
    expected = b"".join(
        next((edit.content for edit in edits if edit.start == at), data[at : at + 1]) for at in range(len(data))
    )
    assert apply(data, reversed(edits)) == expected


EDITS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 4), st.binary(max_size=3)), max_size=5)


def disjoint(places: list[tuple[int, int, bytes]], size: int) -> list[Edit]:
    """Edits of a number of bytes that do not overlap."""
    edits: list[Edit] = []
    for start, length, content in sorted(places):
        end = min(start + length, size)
        if start <= size and (not edits or start > edits[-1].end):
            edits.append(Edit(start, end, content))
    return edits


@given(st.binary(max_size=20), EDITS, EDITS)
def test_composed_edits_have_the_effect_of_both(data: bytes, one: list[tuple[int, int, bytes]], two: Any) -> None:
    """Applying the composed edits gives the same bytes as applying one list after the other."""
    first = disjoint(one, len(data))
    between = apply(data, first)
    second = disjoint(two, len(between))
    composed = compose(first, second, between)
    assert apply(data, composed) == apply(between, second)
    assert all(before.end < after.start for before, after in itertools.pairwise(composed))


def patched(data: bytes, diff: str) -> bytes:
    """Apply a unified diff as ``patch`` does, without fuzz."""
    lines = data.decode().splitlines(keepends=True)
    result: list[str] = []
    at = 0
    rows = diff.splitlines(keepends=True)[2:]
    while rows:
        old_line, old, new_line, new = map(int, re.findall(r"\d+", rows.pop(0))[:4])
        start = old_line - (old > 0)
        assert start >= at, "hunks overlap"
        result += lines[at:start]
        assert len(result) == new_line - (new > 0)
        before, after = [], []
        while rows and not rows[0].startswith("@@"):
            row = rows.pop(0)
            text = row[1:]
            if rows and rows[0].startswith("\\"):
                rows.pop(0)
                text = text.removesuffix("\n")
            before += [text] if row[0] != "+" else []
            after += [text] if row[0] != "-" else []
        assert (before, len(before), len(after)) == (lines[start : start + old], old, new)
        result += after
        at = start + old
    return "".join([*result, *lines[at:]]).encode()


LINES = st.lists(st.sampled_from(["a\n", "b\n", "a a\n", "\n"]), max_size=40).map("".join)
TEXT_EDITS = st.lists(
    st.tuples(st.integers(0, 80), st.integers(0, 6), st.sampled_from([b"", b"x", b"\n", b"x\ny", b"x\n"])), max_size=4
)


@given(LINES, st.sampled_from(["", "end"]), TEXT_EDITS)
def test_a_diff_gives_the_edited_file(lines: str, end: str, places: list[tuple[int, int, bytes]]) -> None:
    """Applying the diff of some edits gives the same bytes as applying the edits."""
    data = (lines + end).encode()
    edits = disjoint(places, len(data))
    if edits:
        assert patched(data, "".join(unified_diff(data, "x", edits))) == apply(data, edits)


def test_fixing_needs_few_checks() -> None:
    """The number of checks does not grow with the number of fixes that do not help."""
    counts = []
    for size in (100, 400):
        items = ", ".join(f'{{"document": {{"id": " {number % 50} "}}}}' for number in range(size))
        items += ", " + ", ".join(f'{{"document": {{"id": "{number}"}}}}' for number in range(50))
        body = f'{{{S}, "search": {{"query": "q", "results": {{"items": [{items}]}}}}}}'.encode()
        calls: list[int] = []

        def checked(one: bytes, calls: list[int] = calls) -> Sequence[Finding]:
            calls.append(len(one))
            return check(one, "search").findings

        fix_payload(body, checked, unsafe=True)
        counts.append(sum(calls))
    assert counts[1] <= MAX_CHECKED + 100_000


def test_findings_that_were_not_listed_are_not_new() -> None:
    """An event with more findings than are listed is fixed, too."""
    filters = ", ".join(f'"f{number}": {number}' for number in range(2_500))
    body = f'{{{S}, "search": {{"query": "q", "filters": {{{filters}}}}}}}'.encode()
    fixed = fix_payload(body, lambda one: check(one, "search").findings, unsafe=True)
    assert check(fixed.body, "search").findings == ()
    assert len(fixed.fixed) == 2_500


@pytest.mark.parametrize(
    "record",
    [
        Record(body=b"", place=Place(encoded=True)),
        Record(body=b"", source="other.json"),
        Record(body=b"", unknown=((60, 80),)),
    ],
)
def test_only_the_bytes_of_the_event_in_this_file_are_fixed(record: Record) -> None:
    """Nothing is fixed in a recording, in a body from another file, or where a variable is."""
    body = f'{{{S}, "search": {{"query": "q", "quary": "x"}}}}'.replace('"query": "q", ', "").encode()
    done = record_changes(
        record._replace(body=body),
        lambda _, one: check(one, "search").findings,
        unsafe=True,
        is_wanted=lambda finding: True,
    )
    assert done.changes == []
    assert record_changes(
        Record(body=body), lambda _, one: check(one, "search").findings, unsafe=True, is_wanted=lambda finding: True
    ).changes


FIXES_THAT_ARE_CERTAIN = frozenset(rule.name for rule in RULES if rule.fix_is_certain)


@given(payloads())
def test_certain_fixes_need_no_check(body: bytes) -> None:
    """Each fix that a rule calls certain removes its finding, and all of them together cause no other."""
    before = check(body, "search").findings
    certain = [finding for finding in before if finding.rule in FIXES_THAT_ARE_CERTAIN and finding.fix is not None]
    for chosen in [*([one] for one in certain), certain]:
        edits = [edit for finding in chosen for edit in (finding.fix.edits if finding.fix else ())]
        left = rules(before)
        left.subtract(rules(chosen))
        assert rules(check(apply(body, edits), "search").findings) == +left


def test_certain_fixes_are_not_checked() -> None:
    """An event whose fixes are all certain is fixed without another check; others are checked."""
    body = f'{{{S}, "search": {{"query": "q", "results": {{"total_results": "7"}}}}}}'.encode()
    found = check(body, "search").findings
    calls: list[bytes] = []

    def checked(one: bytes) -> Sequence[Finding]:
        calls.append(one)
        return check(one, "search").findings

    assert fix_payload(body, checked, unsafe=False, findings=found, is_certain=lambda _: True).fixed == list(found)
    assert not calls
    fix_payload(body, checked, unsafe=False, findings=found)
    assert calls
