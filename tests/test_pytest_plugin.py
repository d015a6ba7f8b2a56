"""The plugin for pytest: its failures, its stand-in for the server, and its page."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
import requests

from eventlint import InvalidEvent, Request, UsageError
from eventlint.guard import guard
from eventlint.pytest_plugin import SentEvents, assert_event

DOCS = Path(__file__).parent.parent / "docs"
GOOD = {"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
PATH = "/_application/analytics/site/event/search"


def test_a_failure_shows_the_findings_as_check_prints_them() -> None:
    """Place, rule, message, line, the server's words and a hint."""
    with pytest.raises(AssertionError) as raised:
        assert_event('{"session":{"id":"s"},\n "user":{"id":7},"search":{"query":"q"}}', "search")
    lines = str(raised.value).splitlines()
    assert lines[1] == "event:2:15: error[wrong-type]: 'id' cannot be a number (/user/id)"
    assert "server: 400 x_content_parse_exception: [2:15] [user] id doesn't support values" in str(raised.value)
    assert "hint: write it as a text" in str(raised.value)


def test_which_findings_fail() -> None:
    """Errors and losses, unless told otherwise; a rule can be left out."""
    odd = {**GOOD, "search": {"query": ""}}
    assert_event(odd, "search")
    with pytest.raises(AssertionError, match="empty-query"):
        assert_event(odd, "search", tiers=["lint"])
    assert_event(odd, "search", tiers=["lint"], ignore=["empty-query"])
    with pytest.raises(UsageError):
        assert_event(GOOD, "search", tiers=["nope"])
    with pytest.raises(UsageError):
        assert_event(GOOD, "search", ignore=["nope"])


def test_a_failure_shows_no_secret() -> None:
    """The line in a failure hides what is secret."""
    with pytest.raises(AssertionError) as raised:
        assert_event('{"session":{"id":"s"},"user":{"id":"u"},"page":{"url":"http://a:hunter2@b/"}}', "page_view")
    assert "hunter2" not in str(raised.value)


def test_clients_talk_to_the_stand_in(sent_events: SentEvents) -> None:
    """Httpx and requests get the server's answers, and what they send is recorded."""
    client = httpx.Client(base_url="http://server", transport=sent_events.httpx_transport())
    assert client.post(PATH, json=GOOD).status_code == 202
    session = requests.Session()
    session.mount("http://", sent_events.requests_adapter())
    answer = session.post(f"http://server{PATH}", json={"session": {}})
    assert (answer.status_code, answer.json()["status"]) == (400, 400)
    assert [sent.answer.status for sent in sent_events.all] == [202, 400]
    assert sent_events.accepted[0].event == GOOD
    with pytest.raises(AssertionError, match="missing-field"):
        sent_events.assert_clean()
    sent_events.clear()
    assert len(sent_events) == 0


def test_a_guarded_client_talks_to_the_stand_in(sent_events: SentEvents) -> None:
    """What the guard stops is not recorded."""
    client = guard(httpx.Client(base_url="http://server", transport=sent_events.httpx_transport()))
    client.post(PATH, json=GOOD)
    with pytest.raises(InvalidEvent):
        client.post(PATH, json={"session": {}})
    assert len(sent_events) == 1


def test_any_request_can_be_recorded() -> None:
    """The release and the collections decide on the answer."""
    recorder = SentEvents(release="8.19", collections=["site"])
    request = Request(method="POST", uri=PATH.replace("site", "x"), headers={}, body=b"{}")
    assert recorder.record(request).status in (404, 406)


@pytest.mark.parametrize("name", ["pytest.md", "strategies.md"])
def test_the_code_of_the_page_runs(name: str, tmp_path: Path) -> None:
    """The tests that a page shows pass, in a pytest that finds the plugin by itself."""
    blocks = re.findall(r"^```python\n(.*?)^```$", (DOCS / name).read_text(), re.MULTILINE | re.DOTALL)
    assert blocks
    (tmp_path / "test_page.py").write_text("\n\n".join(blocks))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout


def test_the_plugin_imports_nothing_heavy() -> None:
    """Pytest loads it at every start."""
    code = "import eventlint.pytest_plugin, sys; print(sorted({'hypothesis', 'httpx', 'requests'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
