"""The examples of the documentation, and the endpoint within a process."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from eventlint.serve import Endpoint, app
from tests.serve.wire import PAGE_VIEW, PATH

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs/serve.md").read_text()
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)

pytest_plugins = ["pytester"]


def test_the_test_with_the_fixture(pytester: pytest.Pytester) -> None:
    """The example for pytest passes."""
    from tests.test_pytest_plugin import plugin

    pytester.makepyfile(BLOCKS[0])
    pytester.runpytest_subprocess(*plugin(), "-p", "no:cacheprovider").assert_outcomes(passed=1)


def test_the_example_without_a_port(capsys: pytest.CaptureFixture[str]) -> None:
    """It prints the server's answer."""
    exec(BLOCKS[1], {})  # noqa: S102
    assert "400 illegal_argument_exception: Required one of fields" in capsys.readouterr().out


def request(application: Any, method: str, url: str, **settings: Any) -> httpx.Response:
    """The response of an application in this process."""

    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(application)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.request(method, url, **settings)

    return asyncio.run(send())


def test_the_application_in_this_process() -> None:
    """It keeps events for all who use it."""
    app.store.clear()
    assert request(app, "POST", PATH, json=PAGE_VIEW).json() == {"accepted": True}
    assert request(app, "GET", "/_eventlint/wait?count=1").json()["events"][0]["payload"] == PAGE_VIEW
    assert (
        request(app, "POST", f"{PATH}?pretty&eventlint=findings", content=b"{").headers["x-eventlint-findings"] == "2"
    )
    assert request(app, "POST", PATH, content=b"x" * 20, headers={"Content-Encoding": "gzip"}).status_code == 502


@pytest.mark.parametrize("prefix", ["/es", "/a b/ü"])
def test_a_mounted_application(prefix: str) -> None:
    """The path of the mount is not part of the target."""
    endpoint = Endpoint()
    outer = Starlette(routes=[Mount(prefix, endpoint)])
    assert request(outer, "POST", prefix + PATH, json=PAGE_VIEW).status_code == 202
    found = request(outer, "GET", f"{prefix}/_eventlint/events?type=page_view").json()
    assert [event["uri"] for event in found["events"]] == [PATH]


def test_the_verdict_parameter() -> None:
    """Only this parameter is removed, and only then the answer has more headers."""
    endpoint = Endpoint()
    for query, rules in (("?eventlint=findings", []), ("?a=1&eventlint=findings&b", ["unknown-parameter"])):
        response = request(endpoint, "POST", PATH + query, json=PAGE_VIEW)
        event = endpoint.store.events()[-1]
        assert list(event.rules) == rules
        assert response.headers["x-eventlint-findings"] == str(len(event.findings))
        assert response.headers["x-eventlint-id"] == str(event.id)
        assert "eventlint" not in event.request.uri
    response = request(endpoint, "POST", f"{PATH}?eventlint=other", json=PAGE_VIEW)
    assert response.status_code == 400
    assert "x-eventlint-findings" not in response.headers


def test_the_columns_of_a_recording() -> None:
    """The example of a line has the keys of a real one."""
    from eventlint.serve.recording import record_line

    endpoint = Endpoint()
    request(endpoint, "POST", PATH, json=PAGE_VIEW)
    example = json.loads(re.findall(r'```json\n(\{"time".*?)\n```', PAGE)[0])
    assert list(json.loads(record_line(endpoint.store.events()[0]))) == list(example)


def test_every_option_is_documented() -> None:
    """The table has each option of the command."""
    from eventlint.cli import serve
    from eventlint.cli.parser import Parser

    parser = Parser()
    commands = parser.add_subparsers()
    serve.add(commands, "")
    own = {option for action in commands.choices["serve"]._actions for option in action.option_strings}
    own -= {"-h", "--help", "-q", "--color", "--config", "--isolated", "--insecure"}
    assert {option for option in own if f"`{option}" not in PAGE and f"{option}`" not in PAGE} == set()
