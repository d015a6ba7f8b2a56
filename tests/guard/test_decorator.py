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
    """Return the arguments."""
    return payload, name


@checked("search", payload="event")
async def send_async(topic: str, event: Any) -> Any:
    """Return the arguments."""
    return topic, event


def send_plain(event: Any) -> str:
    """Report the call."""
    return "sent"


@pytest.mark.parametrize("event", [PLAIN, json.dumps(PLAIN), json.dumps(PLAIN).encode()])
def test_a_valid_event_is_passed_on_unchanged(event: Any) -> None:
    """The function gets the same object, and the caller gets its result."""
    assert send(event, name="m")[0] is event
    assert asyncio.run(send_async("t", event))[1] is event


@pytest.mark.parametrize("event", [BAD, json.dumps(BAD), json.dumps(BAD).encode(), {"session": float("nan")}])
def test_an_invalid_event_is_raised(event: Any) -> None:
    """The exception is raised before the function is called, for positional and named arguments."""
    with pytest.raises(InvalidEvent):
        send(payload=event)
    with pytest.raises(InvalidEvent):
        asyncio.run(send_async("t", event=event))


def test_an_invalid_event_is_dropped() -> None:
    """The call returns None."""
    dropping: Any = checked("search", payload="event", policy=Policy(error="drop"))(send_plain)
    assert (dropping(BAD), dropping(PLAIN)) == (None, "sent")


def test_dumps_is_used_for_objects() -> None:
    """Objects that JSON cannot represent can be checked with it."""

    def dumps(event: Any) -> str:
        return json.dumps(event, default=str)

    sending = checked("search", payload="event", dumps=dumps)(send_plain)
    good = {**RICH, "search": {"query": datetime.date(2026, 1, 2)}}
    assert sending(good) == "sent"
    with pytest.raises(InvalidEvent):
        sending({**good, "user": {"id": " "}})


def test_an_object_that_cannot_be_serialized_is_sent_unchecked() -> None:
    """Without ``dumps``, it is unknown how the function serializes a date."""
    counters = Counters()
    sending = checked("search", payload="event", counters=counters)(send_plain)
    assert (sending(RICH), counters.read().unchecked) == ("sent", 1)


def test_a_wrong_call_raises_its_type_error() -> None:
    """Python reports a missing argument."""
    call: Any = send
    with pytest.raises(TypeError, match="payload"):
        call()


def test_defaults_and_keyword_arguments_are_found() -> None:
    """The event can be a default, or one of ``**kwargs``."""
    with pytest.raises(InvalidEvent):
        checked("search")(lambda payload=BAD: None)()
    with pytest.raises(InvalidEvent):
        checked("search", payload="body")(lambda **named: None)(body=BAD)


@pytest.mark.parametrize("wrong", [{"payload": "nothing"}, {"event_type": "scroll"}, {"release": "soon"}])
def test_a_wrong_argument_is_a_usage_error_at_decoration(wrong: dict[str, str]) -> None:
    """There is no such parameter, event type or release."""
    arguments: dict[str, Any] = {"event_type": "search", **wrong}
    with pytest.raises(UsageError):
        checked(**arguments)(lambda payload: None)


def test_a_function_keeps_its_name_and_signature() -> None:
    """An async function stays async."""
    assert (send.__name__, list(inspect.signature(send).parameters)) == ("send", ["payload", "name"])
    assert inspect.iscoroutinefunction(send_async)


def test_methods_can_be_decorated() -> None:
    """``self`` comes first."""

    class Sender:
        @checked("search", payload="event")
        def send(self, event: Any) -> str:
            return "sent"

    assert Sender().send(PLAIN) == "sent"
    with pytest.raises(InvalidEvent):
        Sender().send(BAD)
