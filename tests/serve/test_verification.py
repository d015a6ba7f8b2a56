"""The command ``eventlint verify``: which era a server is, with requests that none accepts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from eventlint.cli import main
from eventlint.mirror.server import Server
from eventlint.model import Answer
from eventlint.serve import Endpoint, RunningEndpoint
from eventlint.serve.verification import requests
from eventlint.spec import catalog

ERAS = [era.name for era in catalog().eras]
COUNT = len(list(requests("site")))


@pytest.fixture(scope="module")
def answers() -> list[dict[str, Answer]]:
    """The answer of each era to each request."""
    servers = {name: Server(name, ["my.shop"]) for name in ERAS}
    return [
        {
            name: server.respond(request.method, request.uri, request.headers, request.body)
            for name, server in servers.items()
        }
        for request in requests("my.shop")
    ]


def test_no_era_stores_anything(answers: list[dict[str, Answer]]) -> None:
    """Every era rejects every request, and does so without closing the connection."""
    assert COUNT >= 200
    assert [one for one in answers if any(answer.status < 400 for answer in one.values())] == []


@pytest.mark.parametrize("era", ERAS)
def test_the_answers_tell_the_eras_apart(answers: list[dict[str, Answer]], era: str) -> None:
    """For each pair of eras, some request has different answers."""
    for other in ERAS:
        alike = all((one[era].status, one[era].body) == (one[other].status, one[other].body) for one in answers)
        assert alike is (era == other)


@pytest.fixture
def output(capsys: pytest.CaptureFixture[str]) -> Iterator[Any]:
    """Runs the command, and returns its exit code and output."""

    def run(*words: str) -> tuple[int, str, str]:
        code = main(["verify", *words])
        out, err = capsys.readouterr()
        return code, out, err

    return run  # type: ignore[return-value]


@pytest.mark.parametrize("release", [ERAS[2], ERAS[-1]])
def test_a_server_that_is_what_it_says(output: Any, release: str) -> None:
    """The era is named, and nothing is stored."""
    with RunningEndpoint(release=release, collections=["shop"]) as server:
        code, out, _ = output("--url", server.url)
        assert [event.verdict for event in server.events if event.verdict != "rejected"] == []
    assert code == 0
    assert out.splitlines()[1] == f"All {COUNT} answers are those of the era {release}. Nothing was stored."


class Impostor(Endpoint):
    """Says that it is another release than it is."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer a request."""
        if scope["path"] != "/":
            await super().__call__(scope, receive, send)
            return
        body = b'{"version": {"number": "9.5.4"}}'
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]})
        await send({"type": "http.response.body", "body": body})


def test_a_server_that_is_another_release(output: Any) -> None:
    """The era that fits is named, and the exit code is 1."""
    with RunningEndpoint(Impostor(release="8.19.2", collections=["shop"])) as server:
        code, out, _ = output("--url", server.url, "--collection", "shop", "--format", "json")
        document = json.loads(out)
    assert (code, document["fitting_eras"], document["expected_era"]) == (1, ["8.19.2"], "9.5.4")
    assert document["same"] == document["requests"] == COUNT


class Changed(Endpoint):
    """Words one answer differently."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer a request."""

        async def changed(message: Any) -> None:
            if b"can't be blank" in message.get("body", b""):
                message["body"] = message["body"].replace(b"can't be blank", b"cannot be void")
            await send(message)

        await super().__call__(scope, receive, changed)


def test_a_server_that_fits_no_era(output: Any) -> None:
    """The differences to the nearest era are shown."""
    with RunningEndpoint(Changed(release="9.5.4", collections=["shop"])) as server:
        code, out, _ = output("--url", server.url)
    assert code == 1
    assert "answers are those of the era 9.5.4." in out
    assert "cannot be void" in out


def test_without_a_collection(output: Any) -> None:
    """The requests are sent for one that does not exist."""
    with RunningEndpoint(collections=[]) as server:
        code, out, _ = output("--url", server.url)
    assert "No collection exists" in out
    assert code == 0


def test_a_key(output: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes from the environment or an option; without it, the command ends."""
    monkeypatch.delenv("EVENTLINT_API_KEY", raising=False)
    with RunningEndpoint(Endpoint(api_key="id:s3cret", collections=["shop"])) as server:
        code, _, err = output("--url", server.url)
        assert (code, err) == (4, "eventlint: error: the server rejects the credentials with status 401\n")
        monkeypatch.setenv("EVENTLINT_API_KEY", "id:s3cret")
        assert output("--url", server.url)[0] == 0


class Accepting(Endpoint):
    """Accepts everything."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer a request."""
        await send({"type": "http.response.start", "status": 202, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"{}"})


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["--collection", "none"], 2, "there is no collection 'none' on the server"),
        (["--collection", "No"], 2, "there is no collection 'No' on the server"),
    ],
)
def test_a_collection_that_does_not_exist(output: Any, words: list[str], code: int, message: str) -> None:
    """It is a usage error."""
    with RunningEndpoint(collections=["shop"]) as server:
        found, _, err = output("--url", server.url, *words)
    assert (found, message in err) == (code, True)


def test_a_server_that_accepts(output: Any) -> None:
    """The command stops at the first event that may have been stored."""
    with RunningEndpoint(Accepting()) as server:
        code, _, err = output("--url", server.url, "--collection", "shop")
    assert code == 4
    assert "answers with status 202 where every known release rejects" in err


def test_a_server_that_does_not_answer(output: Any) -> None:
    """It is an error that says so."""
    with RunningEndpoint() as server:
        url = server.url
    code, _, err = output("--url", url)
    assert code == 4
    assert "the server does not answer: ConnectError" in err
    assert output("--url", "ftp://a")[0] == 2
    assert output("--url", url, "--ca-cert", "missing.pem")[0] == 4


def test_requests_are_sent_as_they_are() -> None:
    """A client of HTTP can send each of them."""
    for request in requests("site"):
        headers: Any = request.headers
        httpx.Request(request.method, "http://localhost", headers=headers, content=request.body)
