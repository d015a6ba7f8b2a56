"""An endpoint on a port, for the tests."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

pytest.importorskip("uvicorn")
pytest.importorskip("starlette")

from eventlint.serve import RunningEndpoint
from tests.serve.wire import PAGE_VIEW


@pytest.fixture
def server() -> Iterator[RunningEndpoint]:
    """An endpoint without settings."""
    with RunningEndpoint() as running:
        yield running


@pytest.fixture
def client(server: RunningEndpoint) -> Iterator[httpx.Client]:
    """A client for the endpoint."""
    with httpx.Client(base_url=server.url, trust_env=False) as found:
        yield found


@pytest.fixture
def sent(client: httpx.Client) -> httpx.Client:
    """A client that has sent an event."""
    assert client.post("/_application/analytics/site/event/page_view", json=PAGE_VIEW).status_code == 202
    return client
