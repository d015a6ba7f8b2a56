"""The JSON API: what arrived, waiting, the stream, and checks."""

from __future__ import annotations

import json
import threading
from typing import Any

import httpx
import jsonschema
import pytest
from openapi_spec_validator import validate

from eventlint import Server
from eventlint.serve import RunningEndpoint
from eventlint.serve.openapi import document
from eventlint.spec import catalog
from tests.serve.wire import LOST, PAGE_VIEW, PATH, SEARCH

SEARCH_PATH = PATH.replace("page_view", "search")


def schema(name: str) -> dict[str, Any]:
    """A schema of the description, with those that it refers to."""
    described = document()
    return {"$ref": f"#/components/schemas/{name}", "components": described["components"]}


def events(client: httpx.Client, query: str = "") -> list[Any]:
    """The events that a request returns."""
    found = client.get(f"/_eventlint/events{query}").json()
    jsonschema.validate(found, schema("Events"))
    events: list[Any] = found["events"]
    return events


@pytest.fixture
def three(client: httpx.Client) -> httpx.Client:
    """A client that has sent an event that is stored, one that is lost, and one that is rejected."""
    client.post(PATH, json=PAGE_VIEW)
    client.post(PATH.replace("site", "shop"), json=LOST)
    client.post(SEARCH_PATH, json={"a": 1})
    return client


def test_the_description_is_valid() -> None:
    """It is a valid document of OpenAPI."""
    validate(document())


def test_each_path_is_described(client: httpx.Client) -> None:
    """The description is served, and it has every path of the API."""
    from eventlint.serve.api import api_for
    from eventlint.serve.endpoint import Endpoint

    paths = {route.path for route in api_for(Endpoint()).routes}  # type: ignore[attr-defined]
    assert client.get("/_eventlint/openapi.json").json() == document()
    assert set(document()["paths"]) | {"/_eventlint/openapi.json"} == paths


def test_an_event(three: httpx.Client) -> None:
    """An event has the request, the answer, the findings, and what is stored."""
    stored, lost, rejected = events(three)
    assert [event["id"] for event in (stored, lost, rejected)] == [1, 2, 3]
    assert [event["verdict"] for event in (stored, lost, rejected)] == ["accepted", "lost", "rejected"]
    assert stored["payload"] == PAGE_VIEW
    assert json.loads(stored["body"]) == PAGE_VIEW
    assert stored["stored"]["page"]["url"]["domain"] == "shop.example.com"
    assert stored["stored"]["data_stream"]["namespace"] == "site"
    assert "ip" not in stored["stored"]["session"]
    assert (lost["status"], lost["stored"], lost["collection"]) == (202, None, "shop")
    assert lost["rules"] == ["credentials-in-url"]
    assert rejected["status"] == 400
    expected = Server().respond("POST", SEARCH_PATH, {"Content-Type": "application/json"}, b'{"a":1}')
    assert rejected["answer"]["reason"] == str(expected)
    unknown = next(finding for finding in rejected["findings"] if finding["rule"] == "unknown-field")
    assert rejected["body"][unknown["offset"] :].startswith('"a"')
    assert three.get("/_eventlint/events/2").json() == lost
    assert three.get("/_eventlint/events/4").status_code == 404


def test_an_unknown_path_is_kept(client: httpx.Client) -> None:
    """A request that misses the endpoint is an event, too."""
    client.request("POST", f"{client.base_url}/{PATH}", json=PAGE_VIEW)
    client.get(PATH)
    client.post("/_bulk", json={})
    assert [(event["status"], event["rules"]) for event in events(client)] == [
        (400, ["unknown-path"]),
        (405, ["wrong-method"]),
    ]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("?after=1", [2, 3]),
        ("?type=page_view", [1, 2]),
        ("?verdict=lost", [2]),
        ("?collection=site", [1, 3]),
        ("?rule=unknown-field", [3]),
        ("?tier=loss", [2]),
        ("?limit=1", [3]),
        ("?type=page_view&after=1&verdict=accepted", []),
    ],
)
def test_filters(three: httpx.Client, query: str, ids: list[int]) -> None:
    """Each parameter selects events."""
    assert [event["id"] for event in events(three, query)] == ids


@pytest.mark.parametrize("query", ["?after=x", "?verdict=good", "?tier=x", "?limit=-1", "?redacted=maybe"])
def test_wrong_parameters(client: httpx.Client, query: str) -> None:
    """A wrong value is an error, not an empty list."""
    response = client.get(f"/_eventlint/events{query}")
    assert response.status_code == 400
    jsonschema.validate(response.json(), schema("Error"))


def test_redaction(client: httpx.Client) -> None:
    """With the parameter, no secret is in the answer; places stay the same."""
    url = "https://shop.example.com/?api_key=kx81hq02mzp4"
    body = json.dumps({**PAGE_VIEW, "page": {"url": url, "title": "reach me: jane@example.com"}})
    headers = {"Content-Type": "application/json", "Authorization": "ApiKey c2VjcmV0", "Cookie": "a=kx81hq02mzp4"}
    client.post(f"{PATH}?debug", content=body, headers=headers)
    plain = client.get("/_eventlint/events").text
    hidden = client.get("/_eventlint/events?redacted").text
    assert "kx81hq02mzp4" in plain
    assert "c2VjcmV0" not in plain
    assert "kx81hq02mzp4" not in hidden
    assert "jane@example.com" not in hidden
    event = json.loads(hidden)["events"][0]
    assert len(event["body"]) == len(body)
    assert event["stored"]["page"]["url"]["domain"] == "shop.example.com"
    assert "cookie" not in {name.lower() for name, _ in event["headers"]}


def test_deleting(three: httpx.Client) -> None:
    """Events and counts start again; IDs do not."""
    assert three.delete("/_eventlint/events").json() == {"deleted": 3}
    assert events(three) == []
    three.post(PATH, json=PAGE_VIEW)
    assert [event["id"] for event in events(three)] == [4]
    assert three.get("/_eventlint/counts").json()["total"] == 1


def test_waiting(client: httpx.Client) -> None:
    """The answer comes when the events are there, or the time is over."""
    found = client.get("/_eventlint/wait?count=1&timeout=0").json()
    jsonschema.validate(found, schema("Waited"))
    assert found == {"events": [], "last_id": 0, "timed_out": True}
    thread = threading.Thread(target=client.post, args=(PATH,), kwargs={"json": PAGE_VIEW})
    with httpx.Client(base_url=client.base_url, timeout=60) as other:
        thread.start()
        found = other.get("/_eventlint/wait?count=1&timeout=50&type=page_view").json()
    thread.join()
    assert [event["event_type"] for event in found["events"]] == ["page_view"]
    assert not found["timed_out"]


def test_waiting_in_python(server: RunningEndpoint, client: httpx.Client) -> None:
    """Tests in the same process can wait, too."""
    with pytest.raises(TimeoutError, match="0 of 1 events"):
        server.wait(1, timeout=0)
    client.post(PATH, json=PAGE_VIEW)
    (event,) = server.wait(1)
    assert event.event == PAGE_VIEW
    server.clear()
    assert server.events == []


def messages(response: httpx.Response, count: int) -> list[dict[str, str]]:
    """The first messages of a stream."""
    found: list[dict[str, str]] = []
    current: dict[str, str] = {}
    for line in response.iter_lines():
        if line:
            name, _, value = line.partition(": ")
            current[name] = value
        else:
            found += [current] if "event" in current else []
            current = {}
        if len(found) == count:
            break
    return found


def test_the_stream(client: httpx.Client, server: RunningEndpoint) -> None:
    """Events come as they arrive, redacted; a reader continues after the last one that it got."""
    client.post(PATH, json=PAGE_VIEW)
    with (
        httpx.Client(base_url=client.base_url, timeout=60) as reader,
        reader.stream("GET", "/_eventlint/stream") as stream,
    ):
        client.post(PATH, json=LOST)
        client.delete("/_eventlint/events")
        event, cleared = messages(stream, 2)
    assert (event["event"], event["id"], cleared["event"]) == ("event", "2", "cleared")
    data = json.loads(event["data"])
    jsonschema.validate(data, schema("Event"))
    assert "secret" not in event["data"]
    client.post(PATH, json=PAGE_VIEW)
    with client.stream("GET", "/_eventlint/stream", headers={"Last-Event-ID": "2"}) as stream:
        assert [message["id"] for message in messages(stream, 1)] == ["3"]
    with client.stream("GET", "/_eventlint/stream?after=0&type=page_view") as stream:
        assert [message["id"] for message in messages(stream, 1)] == ["3"]


def test_counts(three: httpx.Client) -> None:
    """Events are counted by name and by minute."""
    counts = three.get("/_eventlint/counts").json()
    jsonschema.validate(counts, schema("Counts"))
    assert counts["verdicts"] == {"accepted": 1, "lost": 1, "rejected": 1, "unchecked": 0}
    assert counts["event_types"] == {"page_view": 2, "search": 1}
    assert counts["rules"]["unknown-field"] == 1
    assert sum(minute["lost"] for minute in counts["minutes"]) == 1


def test_old_events_are_dropped() -> None:
    """Only the newest events are kept; all are counted."""
    from eventlint.serve import Endpoint

    with RunningEndpoint(Endpoint(keep=2)) as server, httpx.Client(base_url=server.url) as client:
        for _ in range(5):
            client.post(PATH, json=PAGE_VIEW)
        counts = client.get("/_eventlint/counts").json()
        assert [event.id for event in server.events] == [4, 5]
        assert client.get("/_eventlint/events/4").json()["id"] == 4
        assert client.get("/_eventlint/events/3").status_code == 404
    assert (counts["kept"], counts["dropped"], counts["total"]) == (2, 3, 5)


def test_info_and_releases(client: httpx.Client) -> None:
    """The settings, and all eras."""
    info = client.get("/_eventlint/info").json()
    releases = client.get("/_eventlint/releases").json()
    assert info["release"] == releases["latest"] == catalog().release("latest").name
    assert [era["name"] for era in releases["eras"]] == [era.name for era in catalog().eras]


def test_checking_an_event_that_is_not_sent(client: httpx.Client) -> None:
    """The findings for one release, and the answer of every era."""
    response = client.post(
        "/_eventlint/check",
        content=json.dumps({"event_type": "search", "body": '{"session": {"id": "\ud800"}}', "release": "8.18"}),
    )
    found = response.json()
    jsonschema.validate(found, schema("Checked"))
    assert found["release"].startswith("8.18.")
    assert found["findings"]
    eras = [name for group in found["answers"] for name in group["eras"]]
    assert sorted(eras) == sorted(era.name for era in catalog().eras)
    assert len(found["answers"]) > 1
    assert events(client) == []


def test_checking_a_good_event(client: httpx.Client) -> None:
    """All eras accept it, and the stored form is shown."""
    found = client.post("/_eventlint/check", json={"event_type": "search", "payload": SEARCH}).json()
    assert (found["verdict"], found["stored"]["search"]) == ("accepted", {"query": "shoes"})
    assert [group["status"] for group in found["answers"]] == [202]


@pytest.mark.parametrize(
    "body",
    [
        b"x",
        b"[]",
        b"{}",
        b'{"event_type": "x", "payload": 1}',
        b'{"event_type": "search"}',
        b'{"event_type": "search", "payload": 1, "body": ""}',
        b'{"event_type": "search", "body": 1}',
        b'{"event_type": "search", "body_base64": "!"}',
        b'{"event_type": "search", "payload": 1, "release": "x"}',
        b'{"event_type": "search", "payload": 1, "release": 8}',
        b"[" * 100_000,
    ],
)
def test_wrong_checks(client: httpx.Client, body: bytes) -> None:
    """A wrong request is an error."""
    response = client.post("/_eventlint/check", content=body)
    assert response.status_code == 400
    jsonschema.validate(response.json(), schema("Error"))


def test_a_representation_has_no_payload(client: httpx.Client, server: RunningEndpoint) -> None:
    """What pytest prints of an event that arrived has no secret of its payload."""
    client.post(PATH, json={**PAGE_VIEW, "password": "kx81hq02mzp4"})
    assert "kx81hq02mzp4" not in repr(server.events[-1])
