"""Real clients take the endpoint for the server. A client that is not installed is skipped."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from eventlint.serve import Endpoint, RunningEndpoint
from eventlint.serve.running import config_of
from eventlint.spec import catalog
from tests.serve.wire import PAGE_VIEW, PATH

elasticsearch = pytest.importorskip("elasticsearch")

MAJOR = elasticsearch.__version__[0]
RELEASE = "latest" if MAJOR >= 9 else "8.19"
BAD = {**PAGE_VIEW, "page": {}}
NODE = {name: os.environ.get(f"EVENTLINT_NODE_MODULES_{name}") for name in ("8", "9")}
"""The folders with the client for Node, by its major."""


@pytest.fixture(scope="module")
def running() -> Iterator[RunningEndpoint]:
    """An endpoint of the client's major."""
    with RunningEndpoint(release=RELEASE, collections=["site"]) as found:
        yield found


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A certificate that nobody trusts, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    key, cert = str(folder / "key.pem"), str(folder / "cert.pem")
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    subprocess.run([*command, "-keyout", key, "-out", cert], check=True, capture_output=True)
    return cert, key


@pytest.fixture(scope="module")
def secure(certificate: tuple[str, str]) -> Iterator[RunningEndpoint]:
    """The same, with TLS and an API key."""
    endpoint = Endpoint(release=RELEASE, collections=["site"], api_key="id:s3cret")
    with RunningEndpoint(endpoint, certificate=certificate[0], key=certificate[1]) as found:
        yield found


def use(client: Any, running: RunningEndpoint) -> None:
    """Send events with the client for Python, and read them."""
    running.clear()
    assert client.info()["version"]["number"] == catalog().release(RELEASE).name
    assert client.search_application.get_behavioral_analytics(name="site")["site"]
    post = client.search_application.post_behavioral_analytics_event
    assert post(collection_name="site", event_type="page_view", payload=PAGE_VIEW)["accepted"] is True
    with pytest.raises(elasticsearch.BadRequestError) as caught:
        post(collection_name="site", event_type="page_view", payload=BAD)
    assert caught.value.error == "x_content_parse_exception"
    with pytest.raises(elasticsearch.NotFoundError, match="no such analytics collection"):
        post(collection_name="other", event_type="page_view", payload=PAGE_VIEW)
    index = "behavioral_analytics-events-site"
    client.indices.refresh(index=index)
    hits = client.search(index=index, query={"term": {"event.action": "page_view"}}, size=5)["hits"]
    assert hits["hits"][-1]["_source"]["page"]["url"]["domain"] == "shop.example.com"
    assert client.count(index=index)["count"] == hits["total"]["value"]
    assert client.cluster.health()["status"] == "green"
    assert client.license.get()["license"]["status"] == "active"
    assert client.xpack.info()["features"]["analytics"]["enabled"]
    assert [event.answer.status for event in running.events] == [202, 400, 404]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "settings", [{}, {"http_compress": True}, {"sniff_on_start": True}, {"node_class": "requests"}]
)
def test_python(running: RunningEndpoint, settings: dict[str, Any]) -> None:
    """The client for Python, with compression, sniffing, and another library for HTTP."""
    with elasticsearch.Elasticsearch(running.url, **settings) as client:
        use(client, running)


@pytest.mark.filterwarnings("ignore")
def test_python_with_tls(secure: RunningEndpoint) -> None:
    """The client does not verify the certificate, and has a key."""
    settings = {"verify_certs": False, "ssl_show_warn": False, "basic_auth": None}
    with elasticsearch.Elasticsearch(secure.url, api_key=("id", "s3cret"), **settings) as client:
        use(client, secure)
    with (
        elasticsearch.Elasticsearch(secure.url, api_key=("id", "wrong"), **settings) as client,
        pytest.raises(elasticsearch.AuthenticationException),
    ):
        client.info()


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("settings", [{}, {"http_compress": True}, {"sniff_on_start": True}])
def test_python_async(running: RunningEndpoint, settings: dict[str, Any]) -> None:
    """The asynchronous client."""

    async def send() -> Any:
        async with elasticsearch.AsyncElasticsearch(running.url, **settings) as client:
            post = client.search_application.post_behavioral_analytics_event
            answers = [post(collection_name="site", event_type="page_view", payload=PAGE_VIEW) for _ in range(20)]
            return [answer["accepted"] for answer in await asyncio.gather(*answers)]

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert asyncio.run(send()) == [True] * 20


SCRIPT = """
const {Client} = require('@elastic/elasticsearch')
const [url, event, settings] = process.argv.slice(2)
const client = new Client({node: url, ...JSON.parse(settings)})
async function run () {
  const found = {}
  found.version = (await client.info()).version.number
  const parameters = {collection_name: 'site', event_type: 'page_view'}
  const post = (payload, more) => client.searchApplication.postBehavioralAnalyticsEvent(
    {...parameters, payload, ...more}).catch(error => error.meta)
  found.accepted = (await post(JSON.parse(event))).accepted
  found.rejected = (await post({page: {}})).body.error.type
  found.missing = (await post(JSON.parse(event), {collection_name: 'other'})).statusCode
  found.count = (await client.count({index: 'behavioral_analytics-events-site'})).count
  console.log(JSON.stringify(found))
}
run()
"""


@pytest.mark.parametrize("settings", [{}, {"compression": True}, {"sniffOnStart": True}, {"tls": True}], ids=str)
@pytest.mark.parametrize("major", ["8", "9"])
def test_node(
    secure: RunningEndpoint, certificate: tuple[str, str], major: str, settings: dict[str, Any], tmp_path: Path
) -> None:
    """The client for Node."""
    if NODE[major] is None:
        pytest.skip(f"needs EVENTLINT_NODE_MODULES_{major}")
    script = tmp_path / "send.cjs"
    script.write_text(SCRIPT)
    release = "8.19" if major == "8" else "latest"
    tls: dict[str, Any] = {}
    if settings.pop("tls", False):
        tls = {"certificate": certificate[0], "key": certificate[1]}
        settings = {"tls": {"rejectUnauthorized": False}}
    with RunningEndpoint(Endpoint(release=release, collections=["site"]), **tls) as server:
        command = ["node", str(script), server.url, json.dumps(PAGE_VIEW), json.dumps(settings)]
        env = {**os.environ, "NODE_PATH": str(NODE[major]), "NODE_NO_WARNINGS": "1"}
        run = subprocess.run(command, capture_output=True, text=True, env=env, timeout=120)
    assert run.stdout, run.stderr
    found = json.loads(run.stdout.splitlines()[-1])
    assert found == {
        "version": catalog().release(release).name,
        "accepted": True,
        "rejected": "x_content_parse_exception",
        "missing": 404,
        "count": 1,
    }


@pytest.mark.parametrize(
    ("words", "status", "findings"),
    [
        (["--json", "@FILE"], 202, 0),
        (["-d", "@FILE", "-H", "Content-Type: application/json"], 202, 0),
        (["--data-binary", "@FILE", "-H", "Content-Type: application/json", "-H", "Expect: 100-continue"], 202, 0),
        (["-X", "POST", "-T", "FILE", "-H", "Content-Type: application/json"], 202, 0),
        (["-X", "POST", "-T", "-", "-H", "Content-Type: application/json"], 202, 0),
        (["-0", "--json", "@FILE"], 202, 0),
        (["--json", "@FILE", "--compressed", "-u", "elastic:s3cret"], 202, 0),
        (["-d", "@FILE"], 406, 1),
        (["-F", "event=@FILE"], 406, 2),
        (["-T", "FILE"], 405, 1),
        (["-I"], 405, 1),
        (["--path-as-is", "--json", "@FILE", "-X", "FOO"], 405, 1),
    ],
    ids=str,
)
def test_curl(running: RunningEndpoint, words: list[str], status: int, findings: int, tmp_path: Path) -> None:
    """The ways in which curl sends a body."""
    if shutil.which("curl") is None:
        pytest.skip("needs curl")
    file = tmp_path / "event.json"
    file.write_text(json.dumps(PAGE_VIEW))
    running.clear()
    command = [
        "curl",
        "-s",
        "-q",
        "-o",
        os.devnull,
        "-w",
        "%{http_code}",
        *[word.replace("FILE", str(file)) for word in words],
    ]
    run = subprocess.run([*command, running.url + PATH], input=file.read_bytes(), capture_output=True, timeout=60)
    assert run.stdout.decode() == str(status), run.stderr
    (event,) = running.events
    assert event.answer.status == status
    assert (len(event.findings) > 0) is (findings > 0)


def test_curl_sends_characters_as_they_are(running: RunningEndpoint) -> None:
    """A target that is not ASCII arrives as the server would get it."""
    if shutil.which("curl") is None:
        pytest.skip("needs curl")
    running.clear()
    subprocess.run(["curl", "-s", "-q", "--json", "{}", running.url + PATH.replace("site", "größe")], check=True)
    (event,) = running.events
    assert event.collection == "größe"


def test_tls_needs_a_usable_certificate(certificate: tuple[str, str]) -> None:
    """The key must belong to it."""
    from eventlint.errors import InputError

    with pytest.raises(InputError):
        config_of(Endpoint(), certificate[0], certificate[0])
