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
from eventlint.model import header_pairs
from tests.guard.conftest import PATH, Endpoint
from tests.guard.samples import BAD, LOSS, PLAIN, RICH, patch_checker

Post = Callable[..., Any]
# The client warns that the API is a preview, or deprecated.
pytestmark = [
    pytest.mark.filterwarnings("ignore:.*(preview|beta)"),
    pytest.mark.filterwarnings("ignore:Behavioral Analytics"),
]


def post_sync(url: str, times: int = 1, **options: Any) -> Any:
    """Send an event with the guarded sync client; return the last answer."""
    arguments = {"collection_name": "site", "event_type": "search", **options.pop("arguments")}
    unguarded = options.pop("unguarded", False)
    with Elasticsearch(url, max_retries=0, request_timeout=600) as client:
        used = client if unguarded else guard(client, **options)
        return [used.search_application.post_behavioral_analytics_event(**arguments) for _ in range(times)][-1]


def post_async(url: str, times: int = 1, **options: Any) -> Any:
    """Send an event with the guarded async client; return the last answer."""
    arguments = {"collection_name": "site", "event_type": "search", **options.pop("arguments")}
    unguarded = options.pop("unguarded", False)

    async def send() -> Any:
        async with AsyncElasticsearch(url, max_retries=0, request_timeout=600) as client:
            used = client if unguarded else guard(client, **options)
            sending = (used.search_application.post_behavioral_analytics_event(**arguments) for _ in range(times))
            return (await asyncio.gather(*sending))[-1]

    return asyncio.run(send())


both = pytest.mark.parametrize("post", [post_sync, post_async])


@both
@pytest.mark.parametrize("name", ["payload", "body"])
@pytest.mark.parametrize("event", [PLAIN, RICH, json.dumps(PLAIN), json.dumps(PLAIN).encode()])
def test_a_valid_event_arrives_as_without_the_guard(post: Post, name: str, event: Any, endpoint: Endpoint) -> None:
    """The server gets the same request, byte for byte, for every kind of payload, and the caller gets its answer."""
    arguments = {name: event, "debug": False}
    before = copy.deepcopy(event)
    answers = [post(endpoint.url, arguments=arguments, unguarded=unguarded) for unguarded in (True, False)]
    one, other = endpoint.requests
    assert one == other
    assert [(answer.body, answer.meta.status) for answer in answers] == [({"accepted": True}, 202)] * 2
    assert event == before


@both
def test_an_invalid_event_is_raised_and_not_sent(post: Post, endpoint: Endpoint) -> None:
    """The exception has the findings, and the server's answer to this request."""
    with pytest.raises(InvalidEvent) as raised:
        post(endpoint.url, arguments={"payload": BAD})
    assert endpoint.requests == []
    assert [finding.rule for finding in raised.value.findings] == ["blank-id", "unknown-field"]
    with pytest.raises(elasticsearch.BadRequestError) as refused:
        post(endpoint.url, arguments={"payload": BAD}, unguarded=True)
    assert raised.value.answer is not None
    assert json.loads(raised.value.answer.body) == refused.value.body
    assert raised.value.answer.headers["Content-Type"] == refused.value.meta.headers["content-type"]


@both
def test_an_invalid_event_is_dropped(post: Post, endpoint: Endpoint) -> None:
    """The caller gets an answer that differs from the server's."""
    answer = post(endpoint.url, arguments={"payload": BAD}, policy=Policy(error="drop"))
    assert (answer["accepted"], answer.meta.status, answer.meta.headers["x-eventlint"]) == (False, 202, "dropped")
    assert endpoint.requests == []


@both
def test_an_invalid_event_is_sent_with_a_warning(post: Post, endpoint: Endpoint) -> None:
    """The server rejects it, and the client raises its error."""
    with pytest.warns(EventWarning, match="blank-id"), pytest.raises(elasticsearch.BadRequestError):
        post(endpoint.url, arguments={"payload": BAD}, policy=Policy(error="warn"))
    assert len(endpoint.requests) == 1


@both
@pytest.mark.parametrize(("action", "records"), [("log", 1), ("send", 0), (lambda incident: "log", 1)])
def test_an_invalid_event_is_sent(
    post: Post, action: Any, records: int, endpoint: Endpoint, caplog: pytest.LogCaptureFixture
) -> None:
    """The server gets it, with or without a log record."""
    with pytest.raises(elasticsearch.BadRequestError):
        post(endpoint.url, arguments={"payload": BAD}, policy=Policy(error=action))
    assert len(endpoint.requests) == 1
    assert len([record for record in caplog.records if record.name == "eventlint"]) == records


@both
def test_a_loss_is_raised(post: Post, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    """The policy can block an event that would be lost."""
    patch_checker(monkeypatch, LOSS)
    with pytest.raises(InvalidEvent, match="a-loss"):
        post(endpoint.url, arguments={"payload": PLAIN}, policy=Policy(loss="raise"))
    assert endpoint.requests == []


@both
def test_a_connection_error_is_that_of_the_client(post: Post, nowhere: str) -> None:
    """The guard does not change it, also with ``release="auto"``."""
    for options in ({"unguarded": True}, {}, {"release": "auto"}):
        with pytest.raises(elasticsearch.ConnectionError):
            post(nowhere, arguments={"payload": PLAIN}, **options)


@both
def test_a_serialization_error_is_that_of_the_client(post: Post, endpoint: Endpoint) -> None:
    """The client reports a value that JSON cannot represent."""
    messages = []
    for unguarded in (True, False):
        with pytest.raises(elasticsearch.SerializationError) as raised:
            post(endpoint.url, arguments={"payload": {"session": object}}, unguarded=unguarded)
        messages.append(str(raised.value))
    assert messages[0] == messages[1]


@both
@pytest.mark.parametrize(
    ("reported", "expected"),
    [("8.17.6", "8.17.6"), ("999.1.2", None), ("7.17.0", "8.8.1"), ("unreadable", None), (None, None)],
)
def test_the_server_is_asked_once_for_its_release(
    post: Post,
    reported: Any,
    expected: str | None,
    endpoint: Endpoint,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The number of events does not matter. An unknown release is logged."""
    endpoint.reported_release = reported
    used: list[str] = []

    original = Checker.check_request

    def check_request(checker: Checker, request: Request) -> Report:
        used.append(checker.release.name)
        return original(checker, request)

    monkeypatch.setattr(Checker, "check_request", check_request)
    counters, policy = Counters(), Policy(error="drop")
    post(endpoint.url, times=5, arguments={"payload": BAD}, release="auto", counters=counters, policy=policy)
    assert (endpoint.asked, counters.read().blocked, set(used)) == (1, 5, {expected or Guard().checker.release.name})
    assert ("eventlint" in {record.name for record in caplog.records}) == (reported is None or expected != reported)


def test_the_request_for_the_release_has_the_credentials_of_the_event(endpoint: Endpoint) -> None:
    """Also those of a client from ``options()``."""
    with Elasticsearch(endpoint.url, request_timeout=600) as client:
        guarded = guard(client, release="auto").options(basic_auth=("u", "p"))
        guarded.search_application.post_behavioral_analytics_event(
            collection_name="site", event_type="search", payload=PLAIN
        )
    assert (endpoint.asked, endpoint.asked_with) == (1, "Basic dTpw")


def test_the_guarded_client_has_the_same_class(endpoint: Endpoint) -> None:
    """Also a subclass that overrides a method."""

    class Derived(Elasticsearch):
        def perform_request(self, *arguments: Any, **named: Any) -> Any:
            return super().perform_request(*arguments, **named)

    with Derived(endpoint.url) as client:
        assert type(guard(client)) is Derived
        assert type(guard(client).options(request_timeout=3)) is Derived
        assert isinstance(guard(client).transport, type(client.transport))


def test_a_client_from_options_is_guarded_and_keeps_its_options(endpoint: Endpoint) -> None:
    """Options before and after guarding apply."""
    with Elasticsearch(endpoint.url, request_timeout=600) as client:
        guarded = guard(client.options(headers={"x-one": "1"})).options(headers={"x-two": "2"})
        with pytest.raises(InvalidEvent):
            guarded.search_application.post_behavioral_analytics_event(
                collection_name="site", event_type="search", payload=BAD
            )
        guarded.search_application.post_behavioral_analytics_event(
            collection_name="site", event_type="search", payload=PLAIN
        )
    (request,) = endpoint.requests
    got = {name.lower(): value for name, value in header_pairs(request.headers)}
    assert (got["x-one"], got["x-two"]) == ("1", "2")


def test_perform_request_is_checked(endpoint: Endpoint) -> None:
    """An event that is sent with ``perform_request`` is checked, with its query string."""
    headers = {"accept": "application/json", "content-type": "application/json"}
    with Elasticsearch(endpoint.url, request_timeout=600) as client:
        guarded = guard(client)
        for body, params in ((BAD, {}), (PLAIN, {"nonsense": "1"})):
            with pytest.raises(InvalidEvent):
                guarded.perform_request("POST", f"{PATH}search", params=params, headers=headers, body=body)
        with pytest.raises(InvalidEvent):
            guarded.perform_request("POST", f"{PATH}search", headers=headers)
        guarded.perform_request("POST", f"{PATH}search", headers=headers, body=PLAIN)
    assert len(endpoint.requests) == 1


def test_other_calls_pass_through(endpoint: Endpoint) -> None:
    """Other calls are unchanged and not counted."""
    counters = Counters()
    with Elasticsearch(endpoint.url, request_timeout=600) as client:
        guarded = guard(client, counters=counters)
        assert guarded.info()["version"]["number"] == endpoint.reported_release
        with pytest.raises(elasticsearch.BadRequestError):
            guarded.search_application.put_behavioral_analytics(name="site")
        guarded.transport.max_retries = 7
        assert client.transport.max_retries == 7
    assert counters.read() == type(counters.read())()


def test_the_original_client_stays_unguarded(endpoint: Endpoint) -> None:
    """Guarding creates another client."""
    with Elasticsearch(endpoint.url, request_timeout=600) as client:
        guard(client)
        with pytest.raises(elasticsearch.BadRequestError):
            client.search_application.post_behavioral_analytics_event(
                collection_name="site", event_type="search", payload=BAD
            )


class Wrapping(JsonSerializer):
    """A serializer that changes bytes."""

    def dumps(self, data: Any) -> bytes:
        """Put bytes in quotes, and set the user of objects."""
        if isinstance(data, bytes):
            return b'"' + data + b'"'
        return super().dumps({**data, "user": {"id": "set-by-serializer"}})


def test_a_custom_serializer_is_used(endpoint: Endpoint) -> None:
    """The serialized event is checked and sent, even if the serializer changes bytes."""
    with Elasticsearch(endpoint.url, request_timeout=600, serializers={"application/json": Wrapping()}) as client:
        guard(client).search_application.post_behavioral_analytics_event(
            collection_name="site", event_type="search", payload=BAD | {"search": {"query": "q"}}
        )
    assert json.loads(endpoint.bodies[0])["user"] == {"id": "set-by-serializer"}


def test_bodies_are_checked_before_they_are_compressed(endpoint: Endpoint) -> None:
    """A client that compresses is guarded, too."""
    with Elasticsearch(endpoint.url, request_timeout=600, http_compress=True) as client, pytest.raises(InvalidEvent):
        guard(client).search_application.post_behavioral_analytics_event(
            collection_name="site", event_type="search", payload=BAD
        )


def test_twenty_threads(endpoint: Endpoint) -> None:
    """All valid events arrive, no invalid one does, and the counters are exact."""
    counters = Counters()
    with (
        Elasticsearch(endpoint.url, request_timeout=600, connections_per_node=20) as client,
        ThreadPoolExecutor(20) as pool,
    ):
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
    """Tasks that wait for one request for the release behave the same."""
    counters = Counters()

    async def send_all() -> list[bool]:
        async with AsyncElasticsearch(endpoint.url, request_timeout=600, connections_per_node=20) as client:
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
    # On a busy machine, the request can time out; the guard then continues without the release.
    assert endpoint.asked <= 1


def test_a_transport_without_known_serializers_still_sends(endpoint: Endpoint) -> None:
    """Its events are counted as unchecked."""
    counters = Counters()
    with Elasticsearch(endpoint.url, request_timeout=600) as client:
        guarded = guard(client, counters=counters)
        serializers = client.transport.serializers

        class Bare:
            def dumps(self, *arguments: Any, **named: Any) -> bytes:
                return serializers.dumps(*arguments, **named)

            def loads(self, *arguments: Any, **named: Any) -> Any:
                return serializers.loads(*arguments, **named)

        bare: Any = Bare()
        client.transport.serializers = bare
        guarded.search_application.post_behavioral_analytics_event(
            collection_name="site", event_type="search", payload=PLAIN
        )
    assert (counters.read().unchecked, len(endpoint.requests)) == (1, 1)
