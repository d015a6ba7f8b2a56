"""The official client, sync and async, against a server on the loopback address."""

from __future__ import annotations

import asyncio
import copy
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import elasticsearch
import pytest
from elasticsearch import AsyncElasticsearch, Elasticsearch, JsonSerializer

from eventlint import Checker, InvalidEvent, Report, Request
from eventlint.guard import Counters, EventWarning, Guard, Policy, guard
from tests.guard.conftest import PATH, Endpoint
from tests.guard.samples import BAD, LOSS, PLAIN, RICH, patch_checker

Post = Callable[..., Any]
# The client tells that the API is a preview, or deprecated.
pytestmark = [
    pytest.mark.filterwarnings("ignore:.*(preview|beta)"),
    pytest.mark.filterwarnings("ignore:Behavioral Analytics"),
]


def post_sync(url: str, times: int = 1, **options: Any) -> Any:
    """Send an event with the sync client, guarded; the last answer."""
    arguments = {"collection_name": "site", "event_type": "search", **options.pop("arguments")}
    unguarded = options.pop("unguarded", False)
    with Elasticsearch(url, max_retries=0) as client:
        used = client if unguarded else guard(client, **options)
        return [used.search_application.post_behavioral_analytics_event(**arguments) for _ in range(times)][-1]


def post_async(url: str, times: int = 1, **options: Any) -> Any:
    """The same with the async client."""
    arguments = {"collection_name": "site", "event_type": "search", **options.pop("arguments")}
    unguarded = options.pop("unguarded", False)

    async def send() -> Any:
        async with AsyncElasticsearch(url, max_retries=0) as client:
            used = client if unguarded else guard(client, **options)
            sending = (used.search_application.post_behavioral_analytics_event(**arguments) for _ in range(times))
            return (await asyncio.gather(*sending))[-1]

    return asyncio.run(send())


both = pytest.mark.parametrize("post", [post_sync, post_async])


@both
@pytest.mark.parametrize("name", ["payload", "body"])
@pytest.mark.parametrize("event", [PLAIN, RICH, json.dumps(PLAIN), json.dumps(PLAIN).encode()])
def test_a_good_event_arrives_as_without_the_guard(post: Post, name: str, event: Any, endpoint: Endpoint) -> None:
    """Whatever the client makes JSON of, the server gets the same request, byte for byte, and the caller its answer."""
    arguments = {name: event, "debug": False}
    before = copy.deepcopy(event)
    answers = [post(endpoint.url, arguments=arguments, unguarded=unguarded) for unguarded in (True, False)]
    one, other = endpoint.requests
    assert one == other
    assert [(answer.body, answer.meta.status) for answer in answers] == [({"accepted": True}, 202)] * 2
    assert event == before


@both
def test_a_bad_event_is_raised_and_not_sent(post: Post, endpoint: Endpoint) -> None:
    """The exception holds the findings, and the answer that the server would have given to this very request."""
    with pytest.raises(InvalidEvent) as raised:
        post(endpoint.url, arguments={"payload": BAD})
    assert endpoint.requests == []
    assert [finding.rule for finding in raised.value.findings] == ["blank-id", "missing-field", "unknown-field"]
    with pytest.raises(elasticsearch.BadRequestError) as refused:
        post(endpoint.url, arguments={"payload": BAD}, unguarded=True)
    assert raised.value.answer is not None
    assert json.loads(raised.value.answer.body) == refused.value.body
    assert raised.value.answer.headers["Content-Type"] == refused.value.meta.headers["content-type"]


@both
def test_a_bad_event_is_dropped(post: Post, endpoint: Endpoint) -> None:
    """The caller gets an answer that is told apart from the server's."""
    answer = post(endpoint.url, arguments={"payload": BAD}, policy=Policy(error="drop"))
    assert (answer["accepted"], answer.meta.status, answer.meta.headers["x-eventlint"]) == (False, 202, "dropped")
    assert endpoint.requests == []


@both
def test_a_bad_event_is_sent_with_a_warning(post: Post, endpoint: Endpoint) -> None:
    """The server refuses it, and the client raises its own error."""
    with pytest.warns(EventWarning, match="blank-id"), pytest.raises(elasticsearch.BadRequestError):
        post(endpoint.url, arguments={"payload": BAD}, policy=Policy(error="warn"))
    assert len(endpoint.requests) == 1


@both
@pytest.mark.parametrize(("action", "entries"), [("log", 1), ("send", 0), (lambda incident: "log", 1)])
def test_a_bad_event_is_sent(
    post: Post, action: Any, entries: int, endpoint: Endpoint, caplog: pytest.LogCaptureFixture
) -> None:
    """Whether it is logged or not, the server gets it."""
    with pytest.raises(elasticsearch.BadRequestError):
        post(endpoint.url, arguments={"payload": BAD}, policy=Policy(error=action))
    assert len(endpoint.requests) == 1
    assert len([entry for entry in caplog.records if entry.name == "eventlint"]) == entries


@both
def test_a_loss_is_raised(post: Post, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    """An event that would be lost is stopped when the policy says so."""
    patch_checker(monkeypatch, LOSS)
    with pytest.raises(InvalidEvent, match="a-loss"):
        post(endpoint.url, arguments={"payload": PLAIN}, policy=Policy(loss="raise"))
    assert endpoint.requests == []


@both
def test_a_server_that_is_down_gives_the_clients_own_error(post: Post, nowhere: str) -> None:
    """The guard adds nothing to it, also when it is to ask for the release."""
    for options in ({"unguarded": True}, {}, {"release": "auto"}):
        with pytest.raises(elasticsearch.ConnectionError):
            post(nowhere, arguments={"payload": PLAIN}, **options)


@both
def test_an_event_that_cannot_be_written_gives_the_clients_own_error(post: Post, endpoint: Endpoint) -> None:
    """What is not JSON is for the client to refuse."""
    told = []
    for unguarded in (True, False):
        with pytest.raises(elasticsearch.SerializationError) as raised:
            post(endpoint.url, arguments={"payload": {"session": object}}, unguarded=unguarded)
        told.append(str(raised.value))
    assert told[0] == told[1]


@both
@pytest.mark.parametrize(
    ("told", "expected"), [("8.17.6", "8.17.6"), ("999.1.2", None), ("7.17.0", "8.8.1"), ("odd", None), (None, None)]
)
def test_the_server_is_asked_once_for_its_release(
    post: Post,
    told: Any,
    expected: str | None,
    endpoint: Endpoint,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """However many events are sent at once; a release that is not known is logged, and stops nothing."""
    endpoint.reported_release = told
    used: list[str] = []

    original = Checker.check_request

    def check_request(checker: Checker, request: Request) -> Report:
        used.append(checker.release.name)
        return original(checker, request)

    monkeypatch.setattr(Checker, "check_request", check_request)
    counters, policy = Counters(), Policy(error="drop")
    post(endpoint.url, times=5, arguments={"payload": BAD}, release="auto", counters=counters, policy=policy)
    assert (endpoint.asked, counters.read().blocked, set(used)) == (1, 5, {expected or Guard().checker.release.name})
    assert ("eventlint" in {entry.name for entry in caplog.records}) == (told is None or expected != told)


def test_a_release_is_asked_for_with_the_events_credentials(endpoint: Endpoint) -> None:
    """A client from options() has its own; they are used."""
    with Elasticsearch(endpoint.url) as client:
        guarded = guard(client, release="auto").options(basic_auth=("u", "p"))
        guarded.search_application.post_behavioral_analytics_event(
            collection_name="site", event_type="search", payload=PLAIN
        )
    assert (endpoint.asked, endpoint.asked_with) == (1, "Basic dTpw")


def test_the_guarded_client_is_of_the_same_class(endpoint: Endpoint) -> None:
    """Also for a class that somebody derived, with an attribute of its own methods."""

    class Own(Elasticsearch):
        def perform_request(self, *arguments: Any, **named: Any) -> Any:
            return super().perform_request(*arguments, **named)

    with Own(endpoint.url) as client:
        assert type(guard(client)) is Own
        assert type(guard(client).options(request_timeout=3)) is Own
        assert isinstance(guard(client).transport, type(client.transport))


def test_a_client_from_options_is_guarded_and_keeps_its_options(endpoint: Endpoint) -> None:
    """Options before and after guarding hold; so does the guard."""
    with Elasticsearch(endpoint.url) as client:
        guarded = guard(client.options(headers={"x-one": "1"})).options(headers={"x-two": "2"})
        with pytest.raises(InvalidEvent):
            guarded.search_application.post_behavioral_analytics_event(
                collection_name="site", event_type="search", payload=BAD
            )
        guarded.search_application.post_behavioral_analytics_event(
            collection_name="site", event_type="search", payload=PLAIN
        )
    (request,) = endpoint.requests
    got = {name.lower(): value for name, value in request.headers.items()}
    assert (got["x-one"], got["x-two"]) == ("1", "2")


def test_perform_request_is_checked(endpoint: Endpoint) -> None:
    """An event that is sent without the named method is looked at, too, with its query string."""
    headers = {"accept": "application/json", "content-type": "application/json"}
    with Elasticsearch(endpoint.url) as client:
        guarded = guard(client)
        for body, params in ((BAD, {}), (PLAIN, {"nonsense": "1"})):
            with pytest.raises(InvalidEvent):
                guarded.perform_request("POST", f"{PATH}search", params=params, headers=headers, body=body)
        with pytest.raises(InvalidEvent):
            guarded.perform_request("POST", f"{PATH}search", headers=headers)
        guarded.perform_request("POST", f"{PATH}search", headers=headers, body=PLAIN)
    assert len(endpoint.requests) == 1


def test_all_else_passes_through(endpoint: Endpoint) -> None:
    """Other calls are the client's own, and nothing is counted."""
    counters = Counters()
    with Elasticsearch(endpoint.url) as client:
        guarded = guard(client, counters=counters)
        assert guarded.info()["version"]["number"] == endpoint.reported_release
        with pytest.raises(elasticsearch.BadRequestError):
            guarded.search_application.put_behavioral_analytics(name="site")
        guarded.transport.max_retries = 7
        assert client.transport.max_retries == 7
    assert counters.read() == type(counters.read())()


def test_the_client_that_is_given_stays_unguarded(endpoint: Endpoint) -> None:
    """Guarding makes another client."""
    with Elasticsearch(endpoint.url) as client:
        guard(client)
        with pytest.raises(elasticsearch.BadRequestError):
            client.search_application.post_behavioral_analytics_event(
                collection_name="site", event_type="search", payload=BAD
            )


class Wrapping(JsonSerializer):
    """A serializer that does not hand bytes on as they are."""

    def dumps(self, data: Any) -> bytes:
        """Pack what is given once more."""
        if isinstance(data, bytes):
            return b'"' + data + b'"'
        return super().dumps({**data, "user": {"id": "set-by-serializer"}})


def test_an_own_serializer_is_what_counts(endpoint: Endpoint) -> None:
    """What it makes of an event is judged and sent, even if it would make something else of bytes."""
    with Elasticsearch(endpoint.url, serializers={"application/json": Wrapping()}) as client:
        guard(client).search_application.post_behavioral_analytics_event(
            collection_name="site", event_type="search", payload=BAD | {"search": {"query": "q"}}
        )
    assert json.loads(endpoint.bodies[0])["user"] == {"id": "set-by-serializer"}


def test_packed_bodies_are_judged_before_they_are_packed(endpoint: Endpoint) -> None:
    """A client that compresses has its events judged all the same."""
    with Elasticsearch(endpoint.url, http_compress=True) as client, pytest.raises(InvalidEvent):
        guard(client).search_application.post_behavioral_analytics_event(
            collection_name="site", event_type="search", payload=BAD
        )


def test_twenty_threads(endpoint: Endpoint) -> None:
    """All good events arrive, no bad one does, and the counters are exact."""
    counters = Counters()
    with Elasticsearch(endpoint.url, connections_per_node=20) as client, ThreadPoolExecutor(20) as pool:
        guarded = guard(client, policy=Policy(error="drop"), counters=counters)

        def send(number: int) -> bool:
            event = BAD if number % 4 == 0 else {**PLAIN, "user": {"id": f"u-{number}"}}
            answer = guarded.search_application.post_behavioral_analytics_event(
                collection_name="site", event_type="search", payload=event
            )
            return bool(answer["accepted"])

        assert sum(pool.map(send, range(200))) == 150
    assert (counters.read().sent, counters.read().blocked, len(set(endpoint.bodies))) == (150, 50, 150)


def test_a_thousand_tasks(endpoint: Endpoint) -> None:
    """The same for tasks, all waiting at once for one question about the release."""
    counters = Counters()

    async def send_all() -> list[bool]:
        async with AsyncElasticsearch(endpoint.url, connections_per_node=20, request_timeout=60) as client:
            guarded = guard(client, policy=Policy(error="drop"), counters=counters, release="auto")

            async def send(number: int) -> bool:
                event = BAD if number % 4 == 0 else {**PLAIN, "user": {"id": f"u-{number}"}}
                answer = await guarded.search_application.post_behavioral_analytics_event(
                    collection_name="site", event_type="search", payload=event
                )
                return bool(answer["accepted"])

            return await asyncio.gather(*(send(number) for number in range(1_000)))

    assert sum(asyncio.run(send_all())) == 750
    assert (counters.read().sent, counters.read().blocked, len(set(endpoint.bodies))) == (750, 250, 750)
    # A machine that is busy may not answer the question in time; the guard then goes on without.
    assert endpoint.asked <= 1


def test_a_transport_without_what_the_guard_needs_still_sends(endpoint: Endpoint) -> None:
    """A transport whose serializers cannot be had is used as it is, and its events are counted as unchecked."""
    counters = Counters()
    with Elasticsearch(endpoint.url) as client:
        guarded = guard(client, counters=counters)
        own = client.transport.serializers

        class Bare:
            def dumps(self, *arguments: Any, **named: Any) -> bytes:
                return own.dumps(*arguments, **named)

            def loads(self, *arguments: Any, **named: Any) -> Any:
                return own.loads(*arguments, **named)

        bare: Any = Bare()
        client.transport.serializers = bare
        guarded.search_application.post_behavioral_analytics_event(
            collection_name="site", event_type="search", payload=PLAIN
        )
    assert (counters.read().unchecked, len(endpoint.requests)) == (1, 1)
