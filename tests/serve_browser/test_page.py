"""The page: what arrives, the playground, how it looks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import httpx

from eventlint.serve import RunningEndpoint
from tests.serve.wire import LOST, PAGE_VIEW, PATH
from tests.serve_browser.conftest import Drive

MARKUP = "<script>globalThis.ran = 1</script><img src=x onerror='globalThis.ran = 1'>"
CONTROLS = "\u202e\u2066\x1b[31m\u200b"
HOSTILE = {**PAGE_VIEW, "page": {"url": "https://shop.example.com/", "title": MARKUP + CONTROLS}}
SEARCH = '{"session": {"id": "s-1"},\n "user": {"id": "bob@example.com"}, "search": {"query": "x"}, "a": 1}'
EVENTS = [
    {"type": "page_view", "collection": "site", "body": json.dumps(HOSTILE, ensure_ascii=False)},
    {"type": "search", "collection": "shop", "body": SEARCH},
    {"type": "page_view", "collection": "site", "body": json.dumps(LOST)},
    {"type": "page_view", "collection": "site", "body": json.dumps(PAGE_VIEW)},
]
FILTERS = {"verdict": "lost", "type": "search", "rule": "credentials-in-url", "collection": "shop"}


def eventlint(*arguments: str, cwd: Path) -> str:
    """What the program prints."""
    command = [sys.executable, "-m", "eventlint", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True).stdout


def test_what_arrives_is_shown(drive: Drive, endpoint: RunningEndpoint, tmp_path: Path) -> None:
    """Events appear with verdict, findings and places; no text of an event is run; filters, copies, downloads work."""
    seen = drive("live.mjs", events=EVENTS, filters=FILTERS)

    # Nothing came from the network, nothing from an event ran, no policy was violated.
    assert all(url.startswith(f"{endpoint.url}/_eventlint/") for url in seen["requests"])
    assert (seen["elements"], seen["ran"], seen["errors"], seen["console"]) == (0, None, [], [])

    verdicts = [row.splitlines()[2] for row in seen["rows"]]
    assert verdicts == ["accepted 202", "lost 202", "rejected 400", "accepted 202"]
    assert [len(rows) for rows in seen["filtered"].values()] == [1, 1, 1, 1]
    assert "lost 202" in seen["filtered"]["rule"][0]
    assert seen["counts"].splitlines() == ["4 total", "accepted 2", "lost 1", "rejected 1"]
    assert seen["chart"].startswith("4 events in the last 60 minutes")
    assert seen["left"] == 0

    _, lost, rejected, hostile = seen["details"]
    assert "then drops the event" in lost["text"]
    assert lost["stored"] is None
    assert lost["focused"] == lost["mark"] == '"https://***********************/"'
    assert rejected["mark"] == '"***************"'
    assert "[search_event] unknown field [a]" in rejected["text"]
    assert MARKUP in hostile["body"]
    assert MARKUP in hostile["stored"]

    everything = json.dumps(seen, ensure_ascii=False)
    assert not [one for one in CONTROLS if one in everything and not one.isprintable()]
    assert "\\\\u202e\\\\u2066\\\\u001b[31m\\\\u200b" in json.dumps(hostile["body"])
    assert "bob@example.com" not in everything
    assert "user:secret" not in everything

    check_copies(seen["copies"], endpoint, tmp_path)
    check_downloads(seen["downloads"], tmp_path)


def check_copies(copies: dict[str, str], endpoint: RunningEndpoint, folder: Path) -> None:
    """The copies of the event with the hostile title are the event."""
    endpoint.clear()
    subprocess.run(["bash", "-c", f"{copies['Copy as curl']} --silent --noproxy '*'"], check=True, capture_output=True)
    (received,) = endpoint.events
    assert received.event == HOSTILE
    assert json.loads(copies["Copy as console request"].partition("\n")[2]) == HOSTILE
    (folder / "one.json").write_text(copies["Copy as fixture"])
    (folder / "one.console").write_text(copies["Copy as console request"])
    for name in ("one.json", "one.console"):
        report = json.loads(eventlint("check", "--format", "json", name, cwd=folder))
        assert (report["summary"]["events"], report["findings"]) == (1, [])


def check_downloads(downloads: dict[str, str], folder: Path) -> None:
    """The program reads the downloads, and finds what the page shows."""
    assert sorted(downloads) == ["events.har", "events.ndjson"]
    for name, content in downloads.items():
        (folder / name).write_text(content)
        report = json.loads(eventlint("check", "--format", "json", name, cwd=folder))
        assert report["summary"]["events"] == 4
        assert "unknown-field" in {finding["rule"] for finding in report["findings"]}


def test_the_playground(drive: Drive, endpoint: RunningEndpoint) -> None:
    """Findings follow the text; each release has its answer; an upgrade shows what changes."""
    httpx.post(endpoint.url + PATH, json=PAGE_VIEW, trust_env=False)
    cut = '{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "page": {"url": "https://a.example/"}, "x": 1, "y": tru}'
    bodies = [
        {"body": json.dumps(LOST), "release": "9.1.2", "from": "8.8.1", "to": "9.5.4"},
        {"body": cut, "release": "8.8.1", "from": "8.8.1", "to": "8.19.20"},
        {"body": '{"session": ', "release": "8.8.1", "from": "8.8.1", "to": "9.0.0"},
        {"body": '\ufeff{"\U0001f600x": 1}', "release": "9.5.4", "from": "9.5.4", "to": "8.8.1"},
    ]
    seen = drive("playground.mjs", bodies=bodies)
    assert (seen["errors"], seen["console"]) == ([], [])
    assert seen["examples"] == dict.fromkeys(("page_view", "search", "search_click"), "accepted")
    lost, unknown, incomplete, marked = seen["bodies"]
    assert lost["places"] == ['"https://user:secret@example.com/"']
    assert "Answer of 9.1.2" in lost["answer"]
    assert lost["upgrade"].startswith("The same: lost, 202")
    assert [row.split("\t")[0] for row in lost["eras"]] == ["8.8.1 to 8.19.21", "9.0.0 to 9.5.4"]
    assert "user:secret" not in lost["answer"] + lost["findings"]
    assert unknown["places"][0] == '"x"'
    assert "unknown-field" in unknown["findings"]
    assert len(incomplete["eras"]) > 2
    assert incomplete["upgrade"].startswith("The event is rejected before and after the upgrade, but")
    assert '"\U0001f600x"' in marked["places"]
    assert marked["upgrade"] == "9.5.4 is newer than 8.8.1."
    assert seen["opened"] == [json.dumps(PAGE_VIEW, separators=(",", ":")), "page_view"]


def test_how_it_looks(drive: Drive, endpoint: RunningEndpoint) -> None:
    """No view has serious findings of axe or is wider than the screen, in both color schemes and on 360 pixels."""
    for event in (HOSTILE, {**PAGE_VIEW, "x" * 300: 1}, LOST):
        httpx.post(endpoint.url + PATH, json=event, trust_env=False)
    seen = drive("look.mjs", screenshots=os.environ.get("EVENTLINT_SCREENSHOTS"))
    assert len(seen) == 9
    for view, found in seen.items():
        serious = [one for one in found["violations"] if one["impact"] in ("serious", "critical")]
        assert not serious, (view, serious)
        assert found["width"] <= found["screen"], view


def test_a_lost_connection(drive: Drive, endpoint: RunningEndpoint) -> None:
    """The page goes on where it was; if another endpoint answers, it begins again with its events."""
    with RunningEndpoint() as other:
        httpx.post(other.url + PATH, json=LOST, trust_env=False)
        httpx.post(other.url + PATH, json=LOST, trust_env=False)
        seen = drive("connection.mjs", other=other.url, path=PATH, body=json.dumps(PAGE_VIEW))
    assert seen["lost"] == "Not connected; trying again…"
    assert [len(seen["before"]), len(seen["after"])] == [1, 2]
    assert [row.splitlines()[2] for row in seen["another"]] == ["lost 202", "lost 202"]
    assert seen["errors"] == []
