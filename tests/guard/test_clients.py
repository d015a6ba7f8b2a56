"""Which client is guarded by what, and what type checkers see."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import Any, assert_type

import httpx
import pytest
import requests
from elasticsearch import AsyncElasticsearch, Elasticsearch

from eventlint import UsageError
from eventlint.guard import Counters, Policy, checked, guard
from eventlint.guard.clients import _MODULES, client_module
from tests.guard.conftest import PATH, Endpoint
from tests.guard.samples import BAD, PLAIN


def test_type_checkers_see_the_clients_own_type() -> None:
    """A guarded client has the type of the one that is given, and a decorated function its own."""
    assert_type(guard(Elasticsearch("http://localhost:9200")), Elasticsearch)
    assert_type(guard(Elasticsearch("http://localhost:9200")).options(request_timeout=1), Elasticsearch)
    assert_type(guard(httpx.Client()), httpx.Client)
    assert_type(guard(httpx.AsyncClient()), httpx.AsyncClient)
    assert_type(guard(requests.Session()), requests.Session)

    @checked("search")
    def send(payload: bytes) -> int:
        return 1

    @checked("search")
    async def send_async(payload: bytes) -> int:
        return 1

    assert_type(send(b'{"session":{"id":"s"},"user":{"id":"u"},"search":{"query":"q"}}'), int)

    async def typed() -> None:
        client = guard(AsyncElasticsearch("http://localhost:9200"))
        assert_type(client, AsyncElasticsearch)
        assert_type(await send_async(b""), int)

    assert callable(typed)


def test_what_is_no_client_is_refused() -> None:
    """The message names what can be guarded."""
    with pytest.raises(UsageError, match="elasticsearch, httpx, requests"):
        guard(object())


def test_only_elasticsearch_can_be_asked_for_its_release() -> None:
    """Nothing is known of where another client sends to."""
    with pytest.raises(UsageError, match="release"):
        guard(httpx.Client(), release="auto")


@pytest.mark.parametrize("library", list(_MODULES))
def test_a_missing_library_is_told_with_its_extra(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what to install."""
    below = {name for name in sys.modules if name.partition(".")[0] in (library, "elastic_transport")}
    for name in (*below, library, "elastic_transport"):
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.delitem(sys.modules, _MODULES[library], raising=False)
    with pytest.raises(UsageError, match=rf"pip install 'eventlint\[{library}\]'"):
        client_module(library)


def test_the_door_imports_no_client_library() -> None:
    """A library is imported only when a client of it is guarded."""
    program = (
        "import sys, eventlint.guard\n"
        "print({'elasticsearch', 'elastic_transport', 'httpx', 'requests', 'starlette'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize("first", [PLAIN, BAD])
def test_a_client_can_be_guarded_twice(first: dict[str, Any], endpoint: Endpoint) -> None:
    """Each guard has its own policy and counters; the outer one looks first."""
    inner, outer = Counters(), Counters()
    with requests.Session() as session:
        twice = guard(guard(session, counters=inner), counters=outer, policy=Policy(error="drop"))
        twice.post(f"{endpoint.url}{PATH}search", json=first)
    assert (outer.read().checked, inner.read().checked) == (1, int(first is PLAIN))


@pytest.mark.filterwarnings("ignore:.*(preview|beta)", "ignore:Behavioral Analytics")
def test_an_elasticsearch_client_can_be_guarded_twice(endpoint: Endpoint) -> None:
    """It keeps its class, and the event arrives once."""
    inner, outer = Counters(), Counters()
    with Elasticsearch(endpoint.url) as client:
        twice = guard(guard(client, counters=inner), counters=outer)
        twice.search_application.post_behavioral_analytics_event(
            collection_name="site", event_type="search", payload=PLAIN
        )
    assert (type(twice), outer.read().checked, inner.read().checked) == (Elasticsearch, 1, 1)
    assert len(endpoint.bodies) == 1


@pytest.mark.parametrize("client", [httpx.Client, httpx.AsyncClient])
def test_an_httpx_client_can_be_guarded_twice(client: Any, endpoint: Endpoint) -> None:
    """Both guards look at the event, the outer one first."""
    inner, outer = Counters(), Counters()
    twice = guard(guard(client(base_url=endpoint.url), counters=inner), counters=outer, policy=Policy(error="drop"))

    async def send() -> None:
        for event in (PLAIN, BAD):
            answer = twice.post(f"{PATH}search", json=event)
            if isinstance(twice, httpx.AsyncClient):
                await answer
        if isinstance(twice, httpx.AsyncClient):
            await twice.aclose()

    asyncio.run(send())
    assert (outer.read().checked, inner.read().checked, len(endpoint.bodies)) == (2, 1, 1)
