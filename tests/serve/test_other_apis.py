"""The server's other APIs: what clients ask first, collections, and searches."""

from __future__ import annotations

import gzip
import json
from typing import Any

import httpx
import pytest

from eventlint.serve import Endpoint, RunningEndpoint
from eventlint.serve.cluster_info import publish_address
from eventlint.spec import catalog
from tests.serve.wire import LOST, PAGE_VIEW, PATH, SEARCH

COLLECTIONS = "/_application/analytics"
INDEX = "/behavioral_analytics-events-site"
SEARCH_PATH = PATH.replace("page_view", "search")


def test_the_main_page(client: httpx.Client) -> None:
    """Clients check the name of the product, the version and the tagline."""
    response = client.get("/")
    assert response.headers["x-elastic-product"] == "Elasticsearch"
    assert response.json()["version"]["number"] == catalog().release("latest").name
    assert response.json()["tagline"] == "You Know, for Search"
    assert response.text.startswith('{\n  "name" : ')
    assert "\n" not in client.get("/?pretty=false").text
    head = client.head("/")
    assert (head.status_code, head.content) == (200, b"")


def test_answers_follow_the_request(client: httpx.Client) -> None:
    """The media type, the format and the filter of a request apply to these APIs, too."""
    accept = "application/vnd.elasticsearch+json; compatible-with=8"
    assert client.get("/", headers={"Accept": accept}).headers["content-type"] == accept.replace("; ", ";")
    assert client.get("/?filter_path=version.number").json() == {
        "version": {"number": catalog().release("latest").name}
    }
    assert client.get("/?format=yaml").text.startswith("---\n")
    assert client.get("/", headers={"X-Opaque-Id": "a"}).headers["x-opaque-id"] == "a"
    assert (
        client.get("/", headers={"Accept": "application/vnd.elasticsearch+json;compatible-with=6"}).status_code == 400
    )
    assert client.post("/_license").json() == {"error": "no handler found for uri [/_license] and method [POST]"}


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        ("/_license", "license.status", "active"),
        ("/_xpack", "features.analytics.enabled", True),
        ("/_cluster/health", "status", "green"),
        ("/_nodes/_all/http", "_nodes.total", 1),
    ],
)
def test_what_clients_ask_on_their_way(client: httpx.Client, path: str, key: str, value: object) -> None:
    """The answers have the keys that clients look at."""
    found: Any = client.get(path).json()
    for part in key.split("."):
        found = found[part]
    assert found == value


@pytest.mark.parametrize(
    ("scope", "host", "address"),
    [
        ({"server": ("127.0.0.1", 9201)}, None, "127.0.0.1:9201"),
        ({"server": ("127.0.0.1", 9201)}, "127.0.0.1:80", "127.0.0.1:80"),
        ({"server": ("172.17.0.2", 9200)}, "localhost:9300", "localhost/172.17.0.2:9300"),
        ({"server": ("::1", 9200)}, "[::1]:9200", "[::1]:9200"),
        ({"server": ("::1", 9200)}, "es", "es/[::1]:80"),
        ({"server": ("10.0.0.1", 9200), "scheme": "https"}, "es", "es/10.0.0.1:443"),
        ({"server": ("10.0.0.1", 9200)}, "es:x", "10.0.0.1:9200"),
        ({}, None, "127.0.0.1:9200"),
    ],
)
def test_the_address_to_sniff(scope: dict[str, Any], host: str | None, address: str) -> None:
    """Clients that ask for the nodes get the address that they used."""
    assert publish_address(scope, host) == address


def test_collections_of_a_list() -> None:
    """Creating and deleting a collection changes what exists."""
    with RunningEndpoint(collections=["site"]) as server, httpx.Client(base_url=server.url) as client:
        other = PATH.replace("site", "shop")
        assert client.post(other, json=PAGE_VIEW).status_code == 404
        assert client.put(f"{COLLECTIONS}/shop").json() == {"acknowledged": True, "name": "shop"}
        assert client.post(other, json=PAGE_VIEW).status_code == 202
        again = client.put(f"{COLLECTIONS}/shop")
        assert again.status_code == 400
        assert again.json()["error"]["reason"] == "analytics collection [shop] already exists"
        assert list(client.get(COLLECTIONS).json()) == ["shop", "site"]
        assert client.delete(f"{COLLECTIONS}/shop").json() == {"acknowledged": True}
        assert client.post(other, json=PAGE_VIEW).status_code == 404
        gone = client.delete(f"{COLLECTIONS}/shop")
        assert (gone.status_code, gone.json()["error"]["type"]) == (404, "resource_not_found_exception")


def test_collections_without_a_list(client: httpx.Client) -> None:
    """Every legal name exists until it is deleted."""
    assert client.get(COLLECTIONS).json() == {}
    client.post(PATH, json=PAGE_VIEW)
    found = client.get(f"{COLLECTIONS}/site").json()
    assert found == {"site": {"event_data_stream": {"name": "behavioral_analytics-events-site"}}}
    assert client.put(f"{COLLECTIONS}/site").status_code == 200
    assert client.delete(f"{COLLECTIONS}/site").status_code == 200
    assert client.post(PATH, json=PAGE_VIEW).status_code == 404
    assert client.post(PATH.replace("site", "shop"), json=PAGE_VIEW).status_code == 202
    assert client.put(f"{COLLECTIONS}/site").status_code == 200
    assert client.post(PATH, json=PAGE_VIEW).status_code == 202


@pytest.mark.parametrize("names", ["s*", "site,shop", "*", "*t*,shop"])
def test_collections_by_pattern(names: str) -> None:
    """A list of names, which may have asterisks."""
    with RunningEndpoint(collections=["site", "shop"]) as server, httpx.Client(base_url=server.url) as client:
        assert set(client.get(f"{COLLECTIONS}/{names}").json()) == {"site", "shop"}
        assert client.get(f"{COLLECTIONS}/none").status_code == 404
        assert client.get(f"{COLLECTIONS}/none*").json() == {}


@pytest.mark.parametrize("name", ["Site", "a%20b", "a%23b", "x" * 300])
def test_names_that_no_collection_can_have(client: httpx.Client, name: str) -> None:
    """They are rejected with the reason."""
    response = client.put(f"{COLLECTIONS}/{name}")
    assert response.status_code == 400
    assert response.json()["error"]["type"] == "status_exception"
    assert response.json()["error"]["caused_by"]["type"] == "illegal_argument_exception"


def search(client: httpx.Client, body: object = None, api: str = "_search") -> Any:
    """The answer to a search."""
    response = client.post(f"{INDEX}/{api}", json=body) if body is not None else client.get(f"{INDEX}/{api}")
    assert response.status_code == 200
    return response.json()


@pytest.fixture
def filled(client: httpx.Client) -> httpx.Client:
    """A client that has sent events of each kind."""
    filters = {"brand": "acme", "a.b": ["x", "y"]}
    items = [{"document": {"id": "hidden"}}]
    client.post(PATH, json=PAGE_VIEW)
    client.post(SEARCH_PATH, json={**SEARCH, "search": {"query": "k" * 1025, "filters": filters, "page": _PAGE}})
    client.post(SEARCH_PATH, json={**SEARCH, "search": {"query": "shoes", "results": {"items": items}}})
    client.post(PATH, json=LOST)
    client.post(PATH, json={})
    client.post(PATH.replace("site", "shop"), json=PAGE_VIEW)
    return client


_PAGE = {"current": 1, "size": 10}


def test_searching(filled: httpx.Client) -> None:
    """The events are found as they are stored, without lost and rejected ones."""
    found = search(filled)["hits"]
    assert found["total"] == {"value": 3, "relation": "eq"}
    first = found["hits"][0]["_source"]
    assert first["page"]["url"] == {
        "original": "https://shop.example.com/a.html?q=1",
        "scheme": "https",
        "domain": "shop.example.com",
        "path": "/a.html",
        "extension": "html",
        "query": "q=1",
    }
    assert first["session"] == {"id": "s-1"}
    assert first["event"] == {"action": "page_view"}
    assert search(filled, api="_count")["count"] == 3
    assert search(filled, {}, api="_refresh")["_shards"]["failed"] == 0
    assert len(search(filled, {"size": 1, "from": 2})["hits"]["hits"]) == 1
    assert len(filled.get(f"{INDEX}/_search?size=2&sort=@timestamp:desc").json()["hits"]["hits"]) == 2
    assert filled.get("/behavioral_analytics-events-*/_count").json()["count"] == 4


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"match_all": {}}, 3),
        ({"term": {"event.action": "search"}}, 2),
        ({"term": {"search.query": {"value": "shoes"}}}, 1),
        ({"term": {"search.query": "k" * 1025}}, 0),
        ({"term": {"search.filters.brand": "acme"}}, 1),
        ({"term": {"search.filters.a.b": "y"}}, 1),
        ({"term": {"search.filters": "y"}}, 1),
        ({"term": {"search.page.size": 10}}, 1),
        ({"term": {"search.results.items.document.id": "hidden"}}, 0),
        ({"term": {"page.url.domain": "shop.example.com"}}, 1),
        ({"term": {"page.url": "https://shop.example.com/a.html?q=1"}}, 0),
        ({"range": {"@timestamp": {"gte": "now-1h", "lte": "now+1m"}}}, 3),
        ({"range": {"@timestamp": {"lt": 0}}}, 0),
        ({"range": {"@timestamp": {"gt": "2020-01-01T00:00:00Z"}}}, 3),
        ({"range": {"@timestamp": {"lt": "2020-01-01"}}}, 0),
    ],
)
def test_queries(filled: httpx.Client, query: object, count: int) -> None:
    """A query finds what the server's index would find."""
    assert search(filled, {"query": query}, api="_count")["count"] == count


def test_the_order_of_time(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Events are sorted by the time of arrival."""
    from eventlint.serve import endpoint

    times = iter([3000, 1000, 2000])
    monkeypatch.setattr(endpoint, "_now", lambda: next(times))
    for _ in range(3):
        client.post(PATH, json=PAGE_VIEW)
    for sort, expected in (("desc", [3000, 2000, 1000]), ({"order": "asc"}, [1000, 2000, 3000])):
        hits = search(client, {"sort": [{"@timestamp": sort}]})["hits"]["hits"]
        assert [hit["sort"] for hit in hits] == [[time] for time in expected]
    assert search(client, {"query": {"term": {"@timestamp": 2000}}}, api="_count")["count"] == 1


@pytest.mark.parametrize(
    "body",
    [
        {"query": {"bool": {}}},
        {"query": {"match": {"search.query": "a"}}},
        {"query": {"range": {"search.page.size": {"gt": 1}}}},
        {"query": {"range": {"@timestamp": {"from": 1}}}},
        {"query": {"range": {"@timestamp": {"gt": "yesterday"}}}},
        {"query": {"term": {"a": [1]}}},
        {"query": {"term": {"a": {"value": 1, "boost": 2}}}},
        {"query": []},
        {"aggs": {}},
        {"sort": "search.query"},
        {"sort": [{"@timestamp": "up"}]},
        {"size": -1},
        {"size": 10001},
        {"size": True},
        [],
    ],
)
def test_unsupported_queries(client: httpx.Client, body: object) -> None:
    """They are rejected, and the message says what is supported."""
    response = client.post(f"{INDEX}/_search", json=body)
    assert response.status_code == 400
    assert ("supports match_all" in response.text) or ("10000" in response.text) or ("not a time" in response.text)
    assert client.get(f"{INDEX}/_search?q=a").status_code == 400


def test_a_compressed_query(filled: httpx.Client) -> None:
    """A body with a content encoding is decompressed."""
    body = gzip.compress(json.dumps({"query": {"term": {"event.action": "page_view"}}}).encode())
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    assert filled.post(f"{INDEX}/_count", content=body, headers=headers).json()["count"] == 1


def test_events_of_a_deleted_collection(filled: httpx.Client) -> None:
    """They are gone, also when the collection is created again; the others are not."""
    filled.delete(f"{COLLECTIONS}/site")
    response = filled.get(f"{INDEX}/_search")
    assert (response.status_code, response.json()["error"]["type"]) == (404, "index_not_found_exception")
    filled.put(f"{COLLECTIONS}/site")
    assert search(filled, api="_count")["count"] == 0
    filled.post(PATH, json=PAGE_VIEW)
    assert search(filled, api="_count")["count"] == 1
    assert filled.get("/behavioral_analytics-events-shop/_count").json()["count"] == 1


def test_a_release_without_deprecation() -> None:
    """The header about the deprecation depends on the release."""
    with RunningEndpoint(Endpoint(release="8.19")) as server, httpx.Client(base_url=server.url) as client:
        assert "warning" not in client.put(f"{COLLECTIONS}/a").headers
        assert client.get("/").json()["version"]["number"].startswith("8.19.")
