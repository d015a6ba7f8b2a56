"""The decorator for any function that sends."""

from __future__ import annotations

import asyncio
import datetime
import inspect
import json
from typing import Any

import pytest

from eventlint import InvalidEvent, UsageError
from eventlint.guard import Counters, Policy, checked
from tests.guard.samples import BAD, PLAIN, RICH


@checked("search")
def send(payload: Any, *, name: str = "n") -> tuple[Any, str]:
    """Give back what it got."""
    return payload, name


@checked("search", payload="event")
async def send_async(topic: str, event: Any) -> Any:
    """Give back what it got."""
    return topic, event


def plainly(event: Any) -> str:
    """Say that it was called."""
    return "sent"


@pytest.mark.parametrize("event", [PLAIN, json.dumps(PLAIN), json.dumps(PLAIN).encode()])
def test_a_good_event_is_handed_on_itself(event: Any) -> None:
    """The function gets the same object, and its result comes back."""
    assert send(event, name="m")[0] is event
    assert asyncio.run(send_async("t", event))[1] is event


@pytest.mark.parametrize("event", [BAD, json.dumps(BAD), json.dumps(BAD).encode(), {"session": float("nan")}])
def test_a_bad_event_is_raised(event: Any) -> None:
    """However it is passed, before the function is called."""
    with pytest.raises(InvalidEvent):
        send(payload=event)
    with pytest.raises(InvalidEvent):
        asyncio.run(send_async("t", event=event))


def test_a_bad_event_is_dropped() -> None:
    """Then the call returns None."""
    dropping: Any = checked("search", payload="event", policy=Policy(error="drop"))(plainly)
    assert (dropping(BAD), dropping(PLAIN)) == (None, "sent")


def test_the_functions_own_serializer_is_what_counts() -> None:
    """With it, what JSON cannot hold by itself is judged."""

    def dumps(event: Any) -> str:
        return json.dumps(event, default=str)

    sending = checked("search", payload="event", dumps=dumps)(plainly)
    good = {**RICH, "search": {"query": datetime.date(2026, 1, 2)}}
    assert sending(good) == "sent"
    with pytest.raises(InvalidEvent):
        sending({**good, "user": {"id": " "}})


def test_what_cannot_be_written_is_sent_unchecked() -> None:
    """Without it, nobody knows what the function makes of a date."""
    counters = Counters()
    sending = checked("search", payload="event", counters=counters)(plainly)
    assert (sending(RICH), counters.read().unchecked) == ("sent", 1)


def test_a_call_that_cannot_be_gives_its_own_error() -> None:
    """A missing argument is told by Python."""
    call: Any = send
    with pytest.raises(TypeError, match="payload"):
        call()


def test_defaults_and_open_ended_arguments_are_found() -> None:
    """The payload may be a default, or one of any number of named arguments."""
    with pytest.raises(InvalidEvent):
        checked("search")(lambda payload=BAD: None)()
    with pytest.raises(InvalidEvent):
        checked("search", payload="body")(lambda **named: None)(body=BAD)


@pytest.mark.parametrize("wrong", [{"payload": "nothing"}, {"event_type": "scroll"}, {"release": "soon"}])
def test_a_mistake_is_told_when_the_function_is_made(wrong: dict[str, str]) -> None:
    """A parameter, type or release that does not exist."""
    arguments: dict[str, Any] = {"event_type": "search", **wrong}
    with pytest.raises(UsageError):
        checked(**arguments)(lambda payload: None)


def test_a_function_stays_what_it_is() -> None:
    """Name, signature, and whether it is async."""
    assert (send.__name__, list(inspect.signature(send).parameters)) == ("send", ["payload", "name"])
    assert inspect.iscoroutinefunction(send_async)


def test_methods_are_functions_too() -> None:
    """A method's own object comes first."""

    class Sender:
        @checked("search", payload="event")
        def send(self, event: Any) -> str:
            return "sent"

    assert Sender().send(PLAIN) == "sent"
    with pytest.raises(InvalidEvent):
        Sender().send(BAD)
