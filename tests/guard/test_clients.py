"""The choice of a guard for a client, and the types of guarded clients."""

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


def test_type_checkers_see_the_type_of_the_client() -> None:
    """A guarded client has the type of the original, and a decorated function keeps its type."""
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


def test_an_unsupported_client_is_a_usage_error() -> None:
    """The message lists the supported libraries."""
    with pytest.raises(UsageError, match="elasticsearch, httpx, requests"):
        guard(object())


def test_release_auto_needs_a_client_for_elasticsearch() -> None:
    """Another client does not know the server."""
    with pytest.raises(UsageError, match="release"):
        guard(httpx.Client(), release="auto")


@pytest.mark.parametrize("library", list(_MODULES))
def test_a_missing_library_is_a_usage_error(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names what to install."""
    below = {name for name in sys.modules if name.partition(".")[0] in (library, "elastic_transport")}
    for name in (*below, library, "elastic_transport"):
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.delitem(sys.modules, _MODULES[library], raising=False)
    with pytest.raises(UsageError, match=rf"pip install 'eventlint\[{library}\]'"):
        client_module(library)


def test_the_package_imports_no_client_library() -> None:
    """A library is imported only when one of its clients is guarded."""
    program = (
        "import sys, eventlint.guard\n"
        "print({'elasticsearch', 'elastic_transport', 'httpx', 'requests', 'starlette'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize("first", [PLAIN, BAD])
def test_a_client_can_be_guarded_twice(first: dict[str, Any], endpoint: Endpoint) -> None:
    """Each guard has a policy and counters; the outer one checks first."""
    inner, outer = Counters(), Counters()
    with requests.Session() as session:
        twice = guard(guard(session, counters=inner), counters=outer, policy=Policy(error="drop"))
        twice.post(f"{endpoint.url}{PATH}search", json=first)
    assert (outer.read().checked, inner.read().checked) == (1, int(first is PLAIN))


@pytest.mark.filterwarnings("ignore:.*(preview|beta)", "ignore:Behavioral Analytics")
def test_an_elasticsearch_client_can_be_guarded_twice(endpoint: Endpoint) -> None:
    """The client keeps its class, and the event arrives once."""
    inner, outer = Counters(), Counters()
    with Elasticsearch(endpoint.url, request_timeout=600) as client:
        twice = guard(guard(client, counters=inner), counters=outer)
        twice.search_application.post_behavioral_analytics_event(
            collection_name="site", event_type="search", payload=PLAIN
        )
    assert (type(twice), outer.read().checked, inner.read().checked) == (Elasticsearch, 1, 1)
    assert len(endpoint.bodies) == 1


@pytest.mark.parametrize("client", [httpx.Client, httpx.AsyncClient])
def test_an_httpx_client_can_be_guarded_twice(client: Any, endpoint: Endpoint) -> None:
    """Both guards check the event, the outer one first."""
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
