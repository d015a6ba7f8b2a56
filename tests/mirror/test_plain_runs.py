"""Reading many values in one step gives the report of reading them one by one."""

from __future__ import annotations

import random

import pytest

from eventlint import Report, check, full_check
from eventlint.mirror import plain_runs, walk, walk_results
from eventlint.mirror.reading import Reading
from eventlint.mirror.stored_elements import StoredElements
from eventlint.rules import ask
from eventlint.spec import catalog

_KEYS = ['"f#"'] * 8 + ['"same"', '"é#"', '"\\u0041#"', '"\\ud800"', '" k# "', '""', f'"{"k" * 1001}"']
_VALUES = [
    *('"v"', '""', '"a b"', '"é"', '"\\u0041"', '"\\ud800"', "1", "-1.5e9", "01", "null", "nul", '"\x01"', "/**/1"),
    *("[]", '["a","b"]', '["a",1]', "[[]]", '["a",]', "{}", '{"a":1,"b":2}', '{"a":1,"a":2}', '{"a" 1}', "{1}"),
    *('"a@.b"', '"a@b.co"', '["a@.b","a@b.co"]', '["\\u0000"]', '"{{a}}"'),
    *('[{"a":1,"a":2},{"a":1,"\\u0061":2}]', '{"a":[{"b":[{"c":[[[1]]]}]}]}', f'"{"x" * 40_000}"', '["a":1]'),
]
_ELEMENTS = [
    *('{"document":{"id":"#"}}', '{"document":{"id":"same"}}', '{"document":{"id":" "}}', '{"document":{"id":1}}'),
    *('{"document":{"id":"#","index":"i","x":1}}', '{"document":{"id":"#","id":"#"}}', '{"document":{}}', "{}"),
    *('{"page":{"url":""}}', '{"page":{"url":"https://u:p@a.b/#"}}', '{"page":null}', '{"document":{"id":"\\u00e9"}}'),
    *('{"page":{"url":"http://[1::#]/"}}', '{"page":{"url":"https://a.b/?x=%41#"}}', '{"page":{"url":"a b"}}'),
    *('{"document":{"id":"a#@.b"}}', '{"document":{"id":" # "},"page":{"url":"ftp://a.b/#","title":null}}'),
    *("#", '"],{"', "null", "[]", "[{}]", "@", '{"document":{"id":"\x01"}}', ' { "document" : { "id" : "#" } } '),
]
_SEEDS = 40


def _listed(pieces: list[str], chosen: random.Random) -> str:
    """Many pieces, most of them alike."""
    size = chosen.choice([20, 130, 260])
    few = [chosen.choice(pieces)] * 5 + chosen.choices(pieces, k=2)
    return ",".join(chosen.choice(few).replace("#", str(number)) for number in range(size))


def _event(chosen: random.Random) -> bytes:
    members = [f"{key}:{value}" for key in chosen.choices(_KEYS, k=9) for value in chosen.choices(_VALUES, k=2)]
    members.append(f'"list#":[{_listed(_VALUES, chosen)}]')
    event = (
        f'{{"session":{{"id":"s"}},"user":{{"id":"u"}},"search":{{"query":"q","filters":{{{_listed(members, chosen)}}},'
        f'"results":{{"items":[{_listed(_ELEMENTS, chosen)}],"total_results":1}}}}}}'
    ).encode()
    return event if chosen.random() < 0.8 else event[: chosen.randrange(len(event))]


def _everything(report: Report) -> object:
    return report.findings, report.first_error, report.answer


@pytest.mark.parametrize("most", [3, 1_000])
def test_a_run_gives_the_report_of_single_steps(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where a run ends, where a value is not plain, and where more problems are only counted."""
    for module in (walk_results, full_check, ask):
        monkeypatch.setattr(module, "MAX_FAULTS", most)
    for seed in range(_SEEDS):
        event = _event(random.Random(seed))
        in_runs = _everything(check(event, "search"))
        with monkeypatch.context() as by_steps:
            by_steps.setattr(walk, "FIRST_RUN", len(event))
            assert in_runs == _everything(check(event, "search")), seed


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The indexes of the elements that the walk reads step by step."""
    read, indexes = walk.Walk._next_element, list[int]()

    def noted(self: walk.Walk, index: int) -> int:
        indexes.append(index)
        return read(self, index)

    monkeypatch.setattr(walk.Walk, "_next_element", noted)
    return indexes


@pytest.mark.parametrize("piece", ['{"document":{"id":"#"}}', '1,{"document":{"id":"#"}}', '{"document":{"id":"é"}}'])
def test_elements_without_kept_problems_are_read_in_runs(
    piece: str, steps: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Most elements of a large array are not read step by step."""
    monkeypatch.setattr(walk_results, "MAX_FAULTS", 10)
    elements = ",".join(piece.replace("#", str(number)) for number in range(2_000))
    check(f'{{"session":{{"id":"s"}},"search":{{"query":"q","results":{{"items":[{elements}]}}}}}}', "search")
    assert 0 < len(steps) < 20 * 2_000 / plain_runs._LONGEST


def _large(elements: str, filters: str = "") -> bytes:
    return (
        f'{{"session":{{"id":"s"}},"user":{{"id":"u"}},"search":{{"query":"q","filters":{{{filters}}},'
        f'"results":{{"items":[{elements}],"total_results":1000}}}}}}'
    ).encode()


def test_the_fields_of_a_large_event_are_complete() -> None:
    """The walk keeps no objects of runs, but the event is the one that the server stores."""
    elements = ",".join(f'{number},{{"document":{{"id":"d{number}"}}}}' for number in range(300))
    filters = ",".join([*(f'"f{number}":["a","b{number}"]' for number in range(300)), '"list":["a"]'])
    payload = _large(elements, filters)
    release = catalog().release("latest")
    walked = full_check.read(payload, "search", release).walk
    stored = Reading(payload, "search", release, first_only=True).walk
    assert walked is not None
    assert stored is not None
    assert isinstance(walked.compared["search"]["results"]["items"], StoredElements)
    assert walked.event == stored.event
    assert list(walked.compared["search"]["results"]["items"]) == stored.event["search"]["results"]["items"]


def test_values_that_screens_suspect_and_rules_accept_are_read_in_runs(steps: list[int]) -> None:
    """No element of a large array is read step by step because a rule is asked about it."""
    check(_large(",".join(f'{{"page":{{"url":"https://a.b/?x=%41{number}"}}}}' for number in range(2_000))), "search")
    assert 0 < len(steps) < 20 * 2_000 / plain_runs._LONGEST
