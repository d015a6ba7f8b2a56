"""The contract of the examples, with more than twenty rules: in files, in code, and in guards."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator

import eventlint
from eventlint.cli import main
from eventlint.guard import Counters, Guard, Policy, checked, guard
from tests.contract.conftest import EVENTS, ROOT, SCHEMAS
from tests.guard.services import Outcome, asgi, wsgi

CONTRACT = eventlint.load_contract(SCHEMAS)
LINES = [json.loads(line) for line in EVENTS.read_text().splitlines()]
EXPECTED = {
    4: ("uuid-session", "/session/id"),
    5: ("uuid-user", "/user/id"),
    6: ("https-only", "/page/url"),
    7: ("own-site", "/page/url"),
    8: ("long-title", "/page/title"),
    9: ("broken-referrer", "/page/referrer"),
    10: ("known-index", "/document/index"),
    11: ("document-without-index", "/document"),
    12: ("unnamed-application", "/search"),
    13: ("long-query", "/search/query"),
    14: ("padded-query", "/search/query"),
    15: ("unknown-application", "/search/search_application"),
    16: ("unknown-sort", "/search/sort/name"),
    17: ("unknown-filter", "/search/filters/brnd"),
    18: ("many-filters", "/search/filters"),
    19: ("many-values", "/search/filters/size"),
    20: ("price-range", "/search/filters/price"),
    21: ("page-size", "/search/page/size"),
    22: ("far-page", "/search/page/current"),
    23: ("results-without-total", "/search/results"),
    24: ("click-without-document", ""),
    25: ("shop-application", "/search/search_application"),
}


def value_at(line: dict[str, Any], pointer: str) -> Any:
    """The value in a line's payload that a pointer leads to."""
    value = line["payload"]
    for part in pointer.split("/")[1:]:
        value = value[part]
    return value


def test_each_line_violates_its_rule(capsys: pytest.CaptureFixture[str]) -> None:
    """From the fourth line on, each line violates one rule; the position is that of the value."""
    assert main(["check", "--isolated", "--contract", str(SCHEMAS), "--format", "json", str(EVENTS)]) == 1
    document = json.loads(capsys.readouterr().out)
    found = [one for one in document["findings"] if one["tier"] == "contract"]
    assert {one["line"]: (one["rule"], one["pointer"]) for one in found} == EXPECTED
    assert document["summary"]["contract"] == len(found) == len(EXPECTED)
    data = EVENTS.read_bytes()
    for one in found:
        written = json.dumps(value_at(LINES[one["line"] - 1], one["pointer"]), ensure_ascii=False)
        assert data[one["offset"] :].startswith(written.encode())
        assert data.splitlines()[one["line"] - 1][one["column"] - 1 :].startswith(written.encode())
    schema = json.loads((ROOT / "src/eventlint/output/findings.schema.json").read_text())
    Draft202012Validator(schema).validate(document)


def test_the_server_accepts_all_lines() -> None:
    """No line of the example has an error: only the contract is violated."""
    for line in LINES:
        report = eventlint.check(line["payload"], line["event_type"], collection=line["collection"], contract=CONTRACT)
        assert report.accepted
        assert report.first_error is None
        assert report.answer is not None
        assert report.answer.status == 202


@pytest.mark.parametrize("number", range(1, len(LINES) + 1))
def test_all_functions_agree(number: int) -> None:
    """``check``, ``is_valid``, ``validate``, ``check_request`` and a guard agree on each line."""
    line = LINES[number - 1]
    kind, collection, payload = line["event_type"], line["collection"], line["payload"]
    about: Any = {"collection": collection, "contract": CONTRACT}
    rules = {EXPECTED[number][0]} if number in EXPECTED else set()
    body = json.dumps(payload).encode()
    path = f"/_application/analytics/{collection}/event/{kind}"
    headers = {"content-type": "application/json"}
    request = eventlint.Request(method="POST", uri=path, headers=headers, body=body)
    reports = [
        eventlint.check(payload, kind, **about),
        eventlint.check(body, kind, **about),
        eventlint.check(body.decode(), kind, **about),
        eventlint.check_request(request, contract=CONTRACT),
    ]
    for report in reports:
        assert {one.rule for one in report.findings if one.tier == "contract"} == rules
        assert report.ok == (not rules)
    assert eventlint.is_valid(payload, kind, **about) == (not rules)
    verdict = Guard(contract=CONTRACT).judge("POST", path, headers, body)
    assert verdict.sent == (not rules)
    if rules:
        with pytest.raises(eventlint.InvalidEvent, match="violates the contract") as raised:
            eventlint.validate(payload, kind, **about)
        assert raised.value.answer is not None
        assert raised.value.answer.status == 202


def test_a_guarded_client_stops_what_breaks_the_contract() -> None:
    """A guard raises by default, counts violations, and sends valid events; a policy can change that."""
    counters = Counters()
    good, bad = LINES[0], LINES[3]
    uri = "/_application/analytics/site/event/search"
    transport = httpx.MockTransport(lambda _: httpx.Response(202))
    with guard(
        httpx.Client(base_url="http://server", transport=transport), contract=CONTRACT, counters=counters
    ) as client:
        assert client.post(uri, json=good["payload"]).status_code == 202
        with pytest.raises(eventlint.InvalidEvent, match="uuid-session"):
            client.post(uri, json=bad["payload"])
    counts = counters.read()
    assert (counts.checked, counts.refused, counts.violated, counts.sent) == (2, 0, 1, 1)
    assert counts.rules == {"uuid-session": 1}
    assert Guard(policy=Policy(contract="send"), contract=CONTRACT).judge_payload(bad["payload"], "search").sent
    assert not Guard(policy=Policy(contract="drop"), contract=CONTRACT).judge_payload(bad["payload"], "search").sent


@pytest.mark.parametrize("send", [asgi, wsgi])
def test_a_service_answers_422_to_violations(send: Callable[..., Outcome]) -> None:
    """The server would not reject the event, so the service explains the answer itself; valid events pass."""
    good, bad = (json.dumps(LINES[number]["payload"]).encode() for number in (0, 3))
    outcome = send((bad,), contract=CONTRACT)
    assert (outcome.status, outcome.passed) == (422, [])
    assert b"this search event violates the contract:" in outcome.body
    assert b"[uuid-session]" in outcome.body
    assert send((good,), contract=CONTRACT).passed == [good]


def test_a_guarded_function_knows_its_collection() -> None:
    """A document for some collections applies if the decorator names the collection."""
    sent: list[str] = []
    for collection in ("site", "shop-de", None):

        @checked("search", contract=CONTRACT, collection=collection, policy=Policy(contract="drop"))
        def send(payload: Any, to: str = str(collection)) -> None:
            sent.append(to)

        send(LINES[24]["payload"])
    assert sent == ["site", "None"]


def test_several_processes_agree(capsys: pytest.CaptureFixture[str]) -> None:
    """A contract can be sent to other processes."""
    words = ["check", "--isolated", "--contract", str(SCHEMAS), "--format", "concise", str(EVENTS), str(EVENTS)]
    main(words)
    one = capsys.readouterr().out
    main([*words, "--jobs", "2"])
    assert capsys.readouterr().out == one
    again = pickle.loads(pickle.dumps(CONTRACT))  # noqa: S301 - made in the line itself
    assert (again.identifiers, again.rules, again.rule_names) == (
        CONTRACT.identifiers,
        CONTRACT.rules,
        CONTRACT.rule_names,
    )


def test_threads_share_a_contract() -> None:
    """Threads find the same as one thread."""

    def rules(line: dict[str, Any]) -> list[str]:
        report = eventlint.check(line["payload"], line["event_type"], collection=line["collection"], contract=CONTRACT)
        return [one.rule for one in report.findings]

    once = [rules(line) for line in LINES]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(rules, LINES * 4)) == once * 4


def test_the_rules_can_be_listed() -> None:
    """Each rule is listed with its events, its pointer, and its file."""
    listed = {(rule.name, rule.pointer): rule for rule in CONTRACT.rules}
    for rule, pointer in EXPECTED.values():
        found = next(one for (name, _), one in listed.items() if name == rule)
        assert pointer.startswith(found.pointer.partition("/*")[0])
        assert ROOT.joinpath(found.path).is_file()
        line = (ROOT / found.path).read_text().splitlines()[found.position.line - 1]
        assert line[found.position.column - 1] == "{"
    assert listed["shop-application", "/search/search_application"].collections == ("shop-*",)
    assert listed["uuid-user", "/user/id"].event_types == ("page_view", "search", "search_click")
    assert (
        listed["known-index", "/search/results/items/*/document/index"].identifier == "urn:acme:contract:common:1-0-0"
    )
