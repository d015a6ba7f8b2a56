"""Guards in other processes: forked ones, and those that unpickle a guard."""

from __future__ import annotations

import copy
import multiprocessing
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

import httpx
import pytest
import requests
from elasticsearch import Elasticsearch

from eventlint import InvalidEvent
from eventlint.guard import AsgiGuard, Counters, Guard, Policy, WsgiGuard, guard
from eventlint.guard.elasticsearch_client import _SyncTransport
from tests.guard.conftest import Endpoint
from tests.guard.samples import BAD
from tests.guard.services import BAD_BODY, GOOD_BODY, JSON, TARGET

can_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="the platform has no fork")
_SECONDS = 60


@contextmanager
def _senders(number: int, send: Callable[[], object]) -> Iterator[None]:
    """Threads that send until the block ends."""
    done = Event()

    def run() -> None:
        while not done.is_set():
            send()

    threads = [Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        done.set()
        for thread in threads:
            thread.join()


def _status_of_child(work: Callable[[], bool]) -> int:
    """Fork; the exit status of a child that ends with 0 if its work is right. A child that hangs is stopped."""
    child = os.fork()
    if child == 0:
        signal.alarm(_SECONDS)
        try:
            os._exit(0 if work() else 1)
        except BaseException:
            os._exit(2)
    return os.waitpid(child, 0)[1]


@can_fork
@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
def test_a_fork_while_threads_send() -> None:
    """The child can count, and its counts are of complete events."""
    interval = sys.getswitchinterval()
    counters = Counters()
    one = Guard(policy=Policy(error="drop"), counters=counters)

    def send_in_child() -> bool:
        before = counters.read()
        sent = one.allows("POST", TARGET, JSON, GOOD_BODY)
        after = counters.read()
        return sent and before.checked == before.sent + before.blocked and after.checked == before.checked + 1

    assert send_in_child()  # imports: a child cannot import what a thread imports at the moment of the fork

    try:
        sys.setswitchinterval(1e-6)
        with _senders(4, lambda: one.allows("POST", TARGET, JSON, GOOD_BODY)):
            statuses = {_status_of_child(send_in_child) for _ in range(60)}
    finally:
        sys.setswitchinterval(interval)
    assert statuses == {0}
    counts = counters.read()
    assert counts.checked == counts.sent


@can_fork
def test_a_fork_while_a_thread_counts() -> None:
    """A thread that holds the lock lets the fork wait, so that the child gets complete counts."""
    counters = Counters()
    started = Event()

    def slowly() -> Iterator[str]:
        yield "checked"
        started.set()
        Event().wait(0.2)  # while the other thread forks
        yield "sent"

    thread = Thread(target=lambda: counters.add(slowly()))
    thread.start()
    started.wait()
    status = _status_of_child(lambda: counters.read().checked == counters.read().sent == 1)
    thread.join()
    assert status == 0


def test_a_signal_handler_that_counts_does_not_wait_for_its_thread() -> None:
    """A handler runs in the thread that may hold the lock."""
    counters = Counters()

    def interrupted() -> Iterator[str]:
        counters.add(["sent"])
        yield "sent"

    thread = Thread(target=lambda: counters.add(interrupted()), daemon=True)
    thread.start()
    thread.join(_SECONDS)
    assert counters.read().sent == 2


@can_fork
def test_a_fork_while_a_thread_asks_for_the_release(endpoint: Endpoint) -> None:
    """The child asks again."""
    client: Any = guard(Elasticsearch(endpoint.url), release="auto")
    transport: _SyncTransport = client.transport
    asking, done = Event(), Event()

    class Slow:
        """A transport whose first answer takes long."""

        def perform_request(self, *_: Any, **__: Any) -> Any:
            asking.set()
            done.wait()
            return None, {"version": {"number": "9.0.0"}}

    object.__setattr__(transport, "_inner", Slow())
    thread = Thread(target=lambda: transport._ask({"headers": {}}))
    thread.start()
    asking.wait()

    def ask() -> bool:
        done.set()
        transport._ask({"headers": {}})
        return not transport._asks_release

    status = _status_of_child(ask)
    done.set()
    thread.join()
    assert status == 0


def application(*_: Any) -> None:
    """An application that is never called."""


def test_a_guard_can_be_pickled() -> None:
    """The copy decides the same, and counts from the same numbers."""
    one = Guard(release="8.19", collections=["site"], policy=Policy(error="drop"))
    assert not one.allows("POST", TARGET, JSON, BAD_BODY)
    other: Guard = pickle.loads(pickle.dumps(one))  # noqa: S301
    assert (other.checker, other.policy) == (one.checker, one.policy)
    assert other.counters.read() == one.counters.read()
    assert not other.allows("POST", TARGET, JSON, BAD_BODY)
    assert (one.counters.read().rules["blank-id"], other.counters.read().rules["blank-id"]) == (1, 2)


@pytest.mark.parametrize("kind", [AsgiGuard, WsgiGuard])
def test_a_guarded_application_can_be_pickled(kind: Any) -> None:
    """If the application can."""
    one = pickle.loads(pickle.dumps(kind(application, prefix="/collect", max_bytes=7)))  # noqa: S301
    assert (one.app, one.prefix, one.max_bytes) == (application, "/collect", 7)


def _send(session: requests.Session, url: str) -> str:
    try:
        session.post(url + TARGET, json=BAD)
    except InvalidEvent as error:
        return str(error)
    return "sent"


def test_a_guarded_session_can_be_pickled(endpoint: Endpoint) -> None:
    """It stays guarded in a new process, with its headers."""
    session = guard(requests.Session())
    session.headers["x-kept"] = "1"
    restored: requests.Session = pickle.loads(pickle.dumps(session))  # noqa: S301
    assert (restored.headers["x-kept"], type(restored).__name__) == ("1", "Session")
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        results = pool.apply(_send, (session, endpoint.url))
    assert ("blank-id" in results, endpoint.requests) == (True, [])


@pytest.mark.parametrize("client", [httpx.Client(), httpx.AsyncClient(), Elasticsearch("http://localhost:9200")])
def test_other_guarded_clients_cannot_be_pickled(client: Any) -> None:
    """The message says what to do instead."""
    with pytest.raises(TypeError, match=r"cannot pickle a guarded \w+; call guard\(\) in the other process"):
        pickle.dumps(guard(client))


def test_a_guarded_client_can_be_copied() -> None:
    """The copy is guarded, too."""
    client = guard(httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(202))))
    with pytest.raises(InvalidEvent):
        copy.copy(client).post(f"http://es{TARGET}", json=BAD)
