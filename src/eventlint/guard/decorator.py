"""Guards any function that sends an event, by its arguments."""

from __future__ import annotations

import functools
import inspect
import json
import logging
from collections.abc import Callable
from typing import Any, TypeVar, Unpack, cast

from eventlint import spec
from eventlint.arguments import instance
from eventlint.checker import Checker
from eventlint.checker_options import CheckerOptions
from eventlint.errors import UsageError
from eventlint.guard.core import Guard, Verdict
from eventlint.guard.counters import Counters
from eventlint.guard.policy import Policy

Function = TypeVar("Function", bound=Callable[..., Any])
Dumps = Callable[[Any], bytes | str]


def checked(
    event_type: str,
    *,
    payload: str = "payload",
    dumps: Dumps | None = None,
    collection: str | None = None,
    checker: Checker | None = None,
    policy: Policy | None = None,
    counters: Counters | None = None,
    **options: Unpack[CheckerOptions],
) -> Callable[[Function], Function]:
    """A decorator for a function, sync or async, that sends events of one type.

    The event is checked before the function is called. If the event is dropped, the call returns None.

    Args:
        event_type: The type of the events.
        payload: The name of the parameter that holds the event: bytes, a string, or an object.
        dumps: What the function uses to turn an object into JSON. By default, an object is checked as ``json.dumps``
            writes it; one that ``json.dumps`` cannot write is sent unchecked.
        collection: The collection that the function sends to; None if it is unknown.
        checker: What to check for. By default, the newest release.
        policy: What to do about findings. By default, ``Policy()``.
        counters: Where to count events. By default, new counters.
        **options: The arguments of :class:`eventlint.Checker`, instead of ``checker``.

    Raises:
        UsageError: An argument is wrong: there is no such event type, release or parameter.
    """
    guard = Guard(checker=checker, policy=policy, counters=counters, **options)
    spec.event(event_type, guard.checker.release)
    instance("payload", payload, str)
    if collection is not None:
        instance("collection", collection, str)
    if not callable(dumps or _dumps):
        raise UsageError(f"dumps must be callable, not {str(dumps)[:40]!r}")

    def decorate(function: Function) -> Function:
        signature = _signature(function, payload)

        def allows(arguments: tuple[Any, ...], named: dict[str, Any]) -> bool:
            try:
                bound = signature.bind(*arguments, **named)
            except TypeError:  # the call itself raises it
                return True
            bound.apply_defaults()
            verdict = _judged(guard, _argument(bound, payload), event_type, collection, dumps or _dumps)
            if verdict.error is not None:
                raise verdict.error
            return verdict.sent

        if inspect.iscoroutinefunction(function):

            @functools.wraps(function)
            async def call_async(*arguments: Any, **named: Any) -> Any:
                return await function(*arguments, **named) if allows(arguments, named) else None

            return cast("Function", call_async)

        @functools.wraps(function)
        def call(*arguments: Any, **named: Any) -> Any:
            return function(*arguments, **named) if allows(arguments, named) else None

        return cast("Function", call)

    return decorate


def _signature(function: Callable[..., Any], payload: str) -> inspect.Signature:
    signature = inspect.signature(function)
    kinds = {parameter.kind for parameter in signature.parameters.values()}
    if payload not in signature.parameters and inspect.Parameter.VAR_KEYWORD not in kinds:
        raise UsageError(f"{getattr(function, '__qualname__', function)} has no parameter {payload!r}")
    return signature


def _argument(bound: inspect.BoundArguments, name: str) -> Any:
    if name in bound.arguments:
        return bound.arguments[name]
    parameters = bound.signature.parameters.values()
    keywords = next((one.name for one in parameters if one.kind is inspect.Parameter.VAR_KEYWORD), None)
    return None if keywords is None else bound.arguments[keywords].get(name)


def _judged(guard: Guard, event: Any, event_type: str, collection: str | None, dumps: Dumps) -> Verdict:
    # Not isinstance, because an object's __class__ may raise.
    if not issubclass(type(event), bytes | bytearray | memoryview | str):
        try:
            event = dumps(event)
        except Exception:  # what the function will send is unknown
            logging.getLogger("eventlint").debug("an event could not be written as JSON, so it is not checked")
            return guard.skip()
    return guard.judge_payload(event, event_type, collection)


def _dumps(event: Any) -> str:
    return json.dumps(event, separators=(",", ":"))
