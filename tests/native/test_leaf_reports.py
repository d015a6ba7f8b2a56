"""The report that is made from suspect leaves alone is that of the full check."""

from __future__ import annotations

import json
from collections import Counter
from itertools import cycle, islice

import pytest

from eventlint.checker import Checker, check_suspect
from eventlint.full_check import full_check, leaf_report
from eventlint.screen import native
from eventlint.spec import catalog, event_types, identifier_of
from tests.native.cases import Case, mutations, values
from tests.native.support import needs_engine
from tests.screen import event_pool

pytestmark = needs_engine
ERAS = [era.name for era in catalog().eras]
COUNT = 1_500


def lines(case: Case) -> list[bytes]:
    """The payload of a case as a line, and in an envelope."""
    line = case.data.replace(b"\n", b" ")
    envelope = b'{"payload": %s , "event_type": "%s", "collection": "site"}' % (line, case.event_type.encode())
    return [line, envelope]


def test_leaves_give_the_report_of_the_full_check() -> None:
    """Strings of the pool and mutated lines, alone and in an envelope, each in an era in turn."""
    paths = (("payload",), ("event_type",), ("collection",), None)
    seen: Counter[str] = Counter()
    cases = [*islice(values(), 0, None, 7), *islice(mutations(3, "hostile"), COUNT)]
    for case, era in zip(cases, cycle(ERAS), strict=False):
        release = catalog().release(era)
        plain, wrapped = native.Scanner(era), native.Scanner(era, paths)
        alone, around = lines(case)
        for scanner, line, event_type in ((plain, alone, case.event_type), (wrapped, around, None)):
            _, _, suspects, _ = scanner.scan(line, event_type)
            for suspect in suspects:
                seen[suspect.why] += 1
                if suspect.leaves is None:
                    continue
                found = suspect.leaves
                payload = line[found.start : found.end]
                report = leaf_report(payload, found.event_type, release, found.leaves)
                full = full_check(payload, case.event_type, release)
                assert report.findings == full.findings, payload
                assert (report.first_error, report.event_type, report.answer) == (None, full.event_type, full.answer)
                assert report.to_dict() == full.to_dict()
                seen["reported"] += bool(report.findings)
    assert min(seen["leaves"], seen["reported"], seen["value"], seen["structure"]) > 20, seen


def test_an_event_alone_has_the_report_of_the_full_check() -> None:
    """As a line and over several lines, from a column and from one call, and if only some rules are selected."""
    checkers = {era: Checker(era) for era in ERAS}
    seen: Counter[str] = Counter()
    cases = [*islice(values(), 0, None, 11), *islice(mutations(4, "hostile"), COUNT)]
    for case, era, is_long in zip(cases, cycle(ERAS), cycle([False, True, False])):
        data = case.data.replace(b",", b",\r\n ") if is_long else case.data
        engine, release = native.engine(era, reports=True), catalog().release(era)
        assert engine is not None
        leaves = engine.suspect_leaves(case.event_type, data)
        is_listed = leaves is not None
        report = check_suspect(checkers[era], data, case.event_type, leaves=leaves)
        full = full_check(data, case.event_type, release)
        assert (report.findings, report.first_error) == (full.findings, full.first_error), data
        assert report.to_dict() == checkers[era].check(data, case.event_type).to_dict() == full.to_dict()
        assert is_listed <= report.accepted
        few = check_suspect(Checker(era, select=["loss"]), data, case.event_type, leaves=leaves)
        assert few.findings == tuple(one for one in full.findings if one.tier == "loss")
        seen["long" if is_long else "short"] += is_listed
        seen["reported"] += is_listed and bool(report.findings)
    assert min(seen["long"], seen["short"], seen["reported"]) > 20, seen


def test_leaves_in_arrays_and_entries_have_their_pointers() -> None:
    """The index of an element, the key of an entry, and the index in its array."""
    event = event_pool.clean("search")
    event["search"]["results"]["items"][1]["page"]["title"] = "{{title}}"
    event["search"]["filters"] = {"brand": ["acme", "{{brand}}"], "färbe": "{{color}}"}
    data = json.dumps(event).encode()
    _, _, [suspect], _ = native.Scanner("latest").scan(data, "search")
    assert suspect.leaves is not None
    report = leaf_report(data, "search", catalog().release("latest"), suspect.leaves.leaves)
    assert [finding.pointer for finding in report.findings] == [
        "/search/filters/brand/1",
        "/search/filters/färbe",
        "/search/results/items/1/page/title",
    ]


@pytest.mark.parametrize("value", [b'"x"', b'["x","y"]', b'["x","{{b}}"]', b"[]"])
def test_all_values_of_a_suspect_key_are_suspect(value: bytes) -> None:
    """A rule about values may report what is in the key."""
    filters = b'{"size":"4","a\\u0000b":%s,"color":"red"}' % value
    data = b'{"session":{"id":"s"},"user":{"id":"u"},"search":{"query":"q","filters":%s}}' % filters
    _, _, [suspect], _ = native.Scanner("latest").scan(data, "search")
    release = catalog().release("latest")
    assert suspect.leaves is not None
    report = leaf_report(data, "search", release, suspect.leaves.leaves)
    assert report.findings == full_check(data, "search", release).findings


def test_all_leaves_have_paths_in_the_schema() -> None:
    """Each leaf's path leads to a value that a clean event has."""
    for event_type in event_types():
        for path in native.leaf_paths(event_type, identifier_of(event_type, catalog().release("latest").era.events)):
            value = event_pool.clean(event_type)
            for part in path:
                value = value[-1] if part is None else value[part]
            assert isinstance(value, str | dict), path
