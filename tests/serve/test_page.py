"""The files of the page and their headers."""

from __future__ import annotations

import asyncio
import json
import re
from html.parser import HTMLParser

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from eventlint.serve import Endpoint
from eventlint.serve.page_files import page_files
from eventlint.spec import catalog, event_types
from tests.serve.wire import LOST, PAGE_VIEW

FILES = {name: content.decode() for name, content, _ in page_files()}
SCRIPTS = [name for name in FILES if name.endswith(".js")]
INLINE = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|srcdoc|\.style\b|cssText"
)


class Tags(HTMLParser):
    """The elements of the page with their attributes, and the text in scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.code = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep the text in an element that is run."""
        if self.cdata_elem is not None:
            self.code += data


@pytest.fixture(scope="module")
def page() -> Tags:
    """The elements of the page."""
    return Tags(FILES["index.html"])


def policy(response: httpx.Response) -> dict[str, str]:
    """The directives of the policy of a response."""
    parts = (part.strip().partition(" ") for part in response.headers["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in parts}


def test_the_policy_allows_only_files_of_the_endpoint(client: httpx.Client) -> None:
    """Nothing inline, nothing of other hosts, no frame."""
    found = policy(client.get("/_eventlint/"))
    assert found["default-src"] == "'none'"
    assert {found[name] for name in ("script-src", "style-src", "connect-src")} == {"'self'"}
    assert {found[name] for name in ("base-uri", "form-action", "frame-ancestors")} == {"'none'"}
    assert found["require-trusted-types-for"] == "'script'"
    assert not any("unsafe" in value or "http" in value or "*" in value for value in found.values())


@pytest.mark.parametrize("name", sorted(FILES))
def test_each_file_is_served(client: httpx.Client, name: str) -> None:
    """It comes as it is, with its type, the policy, and without being cached."""
    response = client.get(f"/_eventlint/{'' if name == 'index.html' else name}")
    assert (response.status_code, response.text) == (200, FILES[name])
    kinds = {"html": "text/html", "css": "text/css", "js": "text/javascript", "json": "application/json"}
    assert response.headers["Content-Type"].startswith(kinds.get(name.rpartition(".")[2], "image/svg+xml"))
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"
    assert policy(response)["default-src"] == "'none'"


def test_the_page_has_nothing_inline(page: Tags) -> None:
    """No script, style or handler is inside the page, and each file that it names is next to it."""
    assert not page.code.strip()
    named = [
        attributes.get("src") or attributes.get("href") for tag, attributes in page.tags if tag in ("script", "link")
    ]
    assert set(named) <= set(FILES)
    assert not [name for _, attributes in page.tags for name in attributes if name == "style" or name.startswith("on")]


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_script_makes_markup_or_code_of_text(name: str) -> None:
    """The functions that do so are not used, and each import is a file of the page."""
    assert INLINE.search(FILES[name]) is None
    assert set(re.findall(r"from .\./([^']+)", FILES[name])) <= set(FILES)
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", FILES[name])


@pytest.mark.parametrize("path", ["/_eventlint/", "/_eventlint", "/_eventlint/main.js", "/_eventlint/stream"])
def test_another_host_name_is_refused(client: httpx.Client, path: str) -> None:
    """A page of a stranger cannot reach the page under its own name (DNS rebinding)."""
    assert client.get(path, headers={"Host": "evil.example.com"}).status_code == 403


@pytest.mark.parametrize("path", ["x", "page_files.py", "..%2fapi.py", "%2e%2e/api.py"])
def test_other_files_are_not_served(client: httpx.Client, path: str) -> None:
    """Only the files of the page are there."""
    assert client.get(f"/_eventlint/{path}").status_code == 404


def test_the_path_without_a_slash_leads_to_the_page() -> None:
    """Also where the endpoint is mounted."""

    async def get() -> httpx.Response:
        transport = httpx.ASGITransport(Starlette(routes=[Mount("/es", Endpoint())]))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost", follow_redirects=True) as client:
            return await client.get("/es/_eventlint")

    response = asyncio.run(get())
    assert (response.url.path, response.text) == ("/es/_eventlint/", FILES["index.html"])


def test_examples_are_accepted(client: httpx.Client) -> None:
    """There is one for each event type; every release accepts it without findings."""
    examples = json.loads(FILES["examples.json"])
    assert set(examples) == set(event_types())
    for event_type, payload in examples.items():
        checked = client.post("/_eventlint/check", json={"event_type": event_type, "payload": payload}).json()
        (answer,) = checked["answers"]
        assert (answer["verdict"], answer["rules"]) == ("accepted", [])
        assert len(answer["eras"]) == len(catalog().eras)


def test_a_check_for_the_page_is_redacted(client: httpx.Client) -> None:
    """The stored event and the answers have no secrets with the parameter that the page uses."""
    payload = {**PAGE_VIEW, "user": {"id": "bob@example.com"}}
    for body in (payload, LOST, {**payload, "bob@example.com": 1}):
        asked = {"event_type": "page_view", "payload": body}
        response = client.post("/_eventlint/check?redacted=true", json=asked)
        assert response.status_code == 200
        assert "bob@example.com" not in response.text
        assert "secret" not in response.text
    stored = client.post("/_eventlint/check", json={"event_type": "page_view", "payload": payload}).json()["stored"]
    assert stored["user"]["id"] == "bob@example.com"


def test_names_in_the_path_are_redacted(client: httpx.Client) -> None:
    """Anybody can send any name of a collection or event type; the list and the counts of the page show neither."""
    client.post("/_application/analytics/bob@example.com/event/eve@example.com", json={})
    shown = client.get("/_eventlint/events?redacted=true").text + client.get("/_eventlint/counts").text
    assert "@example.com" not in shown
