"""The pytest plugin."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import entry_points

import httpx
import pytest
import requests

from eventlint import Checker, InvalidEvent, Request, UsageError
from eventlint.guard import guard
from eventlint.pytest_plugin import SentEvents, assert_event

pytest_plugins = ["pytester"]

GOOD = {"session": {"id": "s"}, "user": {"id": "u"}, "search": {"query": "q"}}
BAD = '{\n  "session": {"id": ""},\n  "user": {"id": "u"},\n  "search": {"query": "q"}\n}'
URL = "http://localhost:9200/_application/analytics/site/event/search"


def plugin() -> list[str]:
    """The options that load the plugin if its entry point is not installed, as in a checkout."""
    known = {point.value for point in entry_points(group="pytest11")}
    return [] if "eventlint.pytest_plugin" in known else ["-p", "eventlint.pytest_plugin"]


# ---- the assertion --------------------------------------------------------------------------------------------------


def test_a_valid_event_passes() -> None:
    """An event without findings passes, as an object and as bytes."""
    assert_event(GOOD, "search")
    assert_event(b'{"session":{"id":"s"},"user":{"id":"u"},"search":{"query":"q"}}', "search")


def test_a_failure_shows_findings_as_the_command_does() -> None:
    """It has the position, the rule, the line with a caret, and the server's answer."""
    with pytest.raises(AssertionError) as caught:
        assert_event(BAD, "search")
    assert str(caught.value).splitlines() == [
        "this search has findings:",
        "event:2:21: error[blank-id]: 'id' is blank (/session/id)",
        ' 2 |   "session": {"id": ""},',
        "   |                     ^",
        "   = server: 400 illegal_argument_exception: field [id] can't be blank",
        "   = hint: use a unique, non-blank ID",
    ]


def test_losses_fail_and_lint_does_not() -> None:
    """All tiers except ``lint`` fail by default."""
    event = {**GOOD, "user": {"id": "s"}}
    assert_event(event, "search")
    with pytest.raises(AssertionError, match="user-is-session"):
        assert_event(event, "search", tiers=["lint"])
    with pytest.raises(AssertionError, match="keyword-too-long"):
        assert_event({**GOOD, "user": {"id": "u" * 1025}}, "search")
    assert_event({**GOOD, "user": {"id": "u" * 1025}}, "search", ignore=["keyword-too-long"])


def test_secrets_are_redacted() -> None:
    """The failure does not show a password in an event."""
    event = '{"session":{"id":"s"},"user":{"id":"u"},"page":{"url":"https://me:hunter2@example.com/"}}'
    with pytest.raises(AssertionError, match="credentials-in-url") as caught:
        assert_event(event, "page_view")
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    "wrong",
    [
        {"tiers": ["errors"]},
        {"tiers": "error"},
        {"ignore": ["blank"]},
        {"ignore": "blank-id"},
        {"release": "1.0"},
        {"checker": "8.19"},
        {"checker": Checker(), "release": "8.19"},
    ],
)
def test_a_wrong_argument_is_a_usage_error(wrong: dict[str, object]) -> None:
    """A wrong call does not pass."""
    with pytest.raises(UsageError):
        assert_event(GOOD, "search", **wrong)  # type: ignore[arg-type]


# ---- the stand-in for the server ------------------------------------------------------------------------------------


def test_a_request_is_recorded_and_answered() -> None:
    """``record`` returns the server's answer; both are recorded."""
    sent = SentEvents()
    request = Request(
        method="POST",
        uri="/_application/analytics/site/event/search",
        headers={"Content-Type": "application/json"},
        body=b"{}",
    )
    answer = sent.record(request)
    assert answer.status == 400
    (one,) = sent.all
    assert (one.request, one.answer, one.event_type, one.event) == (request, answer, "search", {})
    assert {finding.rule for finding in one.findings} == {"missing-field"}
    assert sent.accepted == ()


def test_an_httpx_client_is_answered() -> None:
    """A client with the transport gets status, headers and body."""
    sent = SentEvents()
    with httpx.Client(transport=sent.httpx_transport()) as client:
        good, bad = client.post(URL, json=GOOD), client.post(URL, json={})
    assert (good.status_code, good.json()) == (202, {"accepted": True})
    assert good.headers["x-elastic-product"] == "Elasticsearch"
    assert bad.status_code == 400
    assert [one.event for one in sent.accepted] == [GOOD]


def test_a_requests_session_is_answered() -> None:
    """A session with the adapter gets the same."""
    sent = SentEvents(collections=["site"])
    with requests.Session() as session:
        session.mount("http://", sent.requests_adapter())
        good = session.post(URL, json=GOOD)
        missing = session.post(URL.replace("site", "shop"), json=GOOD)
    assert (good.status_code, good.json(), missing.status_code) == (202, {"accepted": True}, 404)
    assert len(sent) == 2


def test_assert_clean_fails_for_the_first_request_with_findings() -> None:
    """The failure has the findings of the request; ignored rules do not fail."""
    sent = SentEvents()
    with httpx.Client(transport=sent.httpx_transport()) as client:
        client.post(URL, json=GOOD)
        sent.assert_clean()
        client.post(URL, content=BAD, headers={"Content-Type": "application/json"})
    with pytest.raises(AssertionError, match="blank-id"):
        sent.assert_clean()
    sent.assert_clean(ignore=["blank-id"])
    with pytest.raises(UsageError):
        sent.assert_clean(ignore="blank-id")
    sent.clear()
    sent.assert_clean()


# ---- the plugin -----------------------------------------------------------------------------------------------------


def test_the_fixtures_are_available(pytester: pytest.Pytester) -> None:
    """A test can use both fixtures, and a failure is shown at the line of the test."""
    pytester.makepyfile("""
        def test_valid(assert_event):
            assert_event({"session": {"id": "s"}, "user": {"id": "u"}, "search": {"query": "q"}}, "search")

        def test_invalid(assert_event):
            assert_event({}, "search")

        def test_sent(sent_events):
            assert len(sent_events) == 0
    """)
    result = pytester.runpytest_subprocess(*plugin())
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["*error[[]missing-field]: missing field 'session'*"])
    result.stdout.no_fnmatch_line("*_fail_for*")


def test_the_release_is_a_setting(pytester: pytest.Pytester) -> None:
    """The fixtures check for the release; the API was deprecated later."""
    pytester.makeini("[pytest]\neventlint_release = 8.8")
    pytester.makepyfile("""
        def test_release(sent_events):
            from eventlint import Request
            headers = {"Content-Type": "application/json"}
            request = Request(method="POST", uri="/_application/analytics/a/event/search", headers=headers, body=b"{}")
            assert "Warning" not in sent_events.record(request).headers
    """)
    pytester.runpytest_subprocess(*plugin()).assert_outcomes(passed=1)


def test_the_contract_is_a_setting(pytester: pytest.Pytester) -> None:
    """Events must satisfy the schemas in a folder next to the configuration."""
    folder = pytester.mkdir("contracts")
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:acme:search:1-0-0",
        "title": "Searches",
        "allOf": [{"$ref": "urn:eventlint:event:search:1-0-0"}],
        "properties": {"search": {"properties": {"query": {"maxLength": 3}}}},
    }
    (folder / "search.json").write_text(json.dumps(schema))
    pytester.makeini("[pytest]\neventlint_contracts = contracts")
    pytester.makepyfile("""
        EVENT = {"session": {"id": "s"}, "user": {"id": "u"}, "search": {"query": "shoes"}}

        def test_event(assert_event):
            assert_event(EVENT, "search")

        def test_sent(sent_events):
            with sent_events.httpx_transport() as transport:
                import httpx
                client = httpx.Client(transport=transport, base_url="http://server")
                answer = client.post("/_application/analytics/site/event/search", json=EVENT)
            assert answer.status_code == 202
            findings = sent_events.all[0].findings
            assert [(finding.tier, finding.pointer) for finding in findings] == [("contract", "/search/query")]
    """)
    result = pytester.runpytest_subprocess(*plugin())
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*contract[[]*/search/query*"])


def test_a_guarded_client_is_recorded_like_any_other() -> None:
    """Events that the guard blocks are not recorded."""
    sent = SentEvents()
    client = guard(httpx.Client(transport=sent.httpx_transport()))
    client.post(URL, json=GOOD)
    with pytest.raises(InvalidEvent):
        client.post(URL, json={})
    assert [one.event for one in sent.all] == [GOOD]


def test_the_plugin_imports_nothing_heavy() -> None:
    """Loading it imports no other library and no checker."""
    heavy = "{'hypothesis', 'httpx', 'requests', 'jsonschema', 'rich', 'elasticsearch', 'eventlint.checker'}"
    program = f"import eventlint.pytest_plugin, sys; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
