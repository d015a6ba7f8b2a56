"""Guards any function that sends an event, by its argument; it must not know how the function sends it."""

from __future__ import annotations

import functools
import inspect
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any, TypeVar, cast

from eventlint.errors import UsageError
from eventlint.guard.core import Guard, Verdict
from eventlint.guard.counters import Counters
from eventlint.guard.policy import Policy
from eventlint.rules.own import Contract
from eventlint.spec import event as node_of

Function = TypeVar("Function", bound=Callable[..., Any])
Dumps = Callable[[Any], bytes | str]


def checked(
    event_type: str,
    *,
    payload: str = "payload",
    dumps: Dumps | None = None,
    policy: Policy | None = None,
    release: str = "latest",
    collection: str | None = None,
    contract: Contract | None = None,
    counters: Counters | None = None,
) -> Callable[[Function], Function]:
    """A decorator for a function, sync or async, that sends an event of one type.

    The payload is judged before the function is called. An event that is dropped makes the call return None.

    Args:
        event_type: The event's type.
        payload: The name of the parameter that holds the payload: bytes, text, or an object.
        dumps: What the function makes JSON with, when it gets an object. Without it, an object is judged as
            ``json.dumps`` writes it; one that it cannot write is passed on unchecked.
        policy: What to do for findings; None is :class:`Policy` as it is.
        release: The server's release, a minor, or ``latest``.
        collection: The collection that the function sends to, for contracts of single collections; None when that is
            not known.
        contract: A contract of one's own that events should fit besides, from :func:`eventlint.load_contract`.
        counters: Where to count; None is counters of its own.

    Raises:
        UsageError: There is no such event type, release or parameter.
    """
    node_of(event_type)
    judge = Guard(policy=policy, release=release, contract=contract, counters=counters)

    def decorate(function: Function) -> Function:
        signature = _signature(function, payload)

        def allows(arguments: tuple[Any, ...], named: dict[str, Any]) -> bool:
            try:
                bound = signature.bind(*arguments, **named)
            except TypeError:  # it is for the call to say so
                return True
            bound.apply_defaults()
            verdict = _judged(judge, _argument(bound, payload), event_type, collection, dumps)
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
    open_ended: Iterator[dict[str, Any]] = (
        bound.arguments[parameter.name]
        for parameter in bound.signature.parameters.values()
        if parameter.kind is inspect.Parameter.VAR_KEYWORD
    )
    return next(open_ended, {}).get(name)


def _judged(judge: Guard, event: Any, event_type: str, collection: str | None, dumps: Dumps | None) -> Verdict:
    if not isinstance(event, bytes | bytearray | memoryview | str):
        try:
            event = _default_dumps(event) if dumps is None else dumps(event)
        except Exception:  # how the function will send it is not known
            logging.getLogger("eventlint").debug("a payload could not be written as JSON, so it was not checked")
            return judge.skip()
    return judge.judge_payload(event, event_type, collection)


def _default_dumps(event: Any) -> str:
    return json.dumps(event, separators=(",", ":"))
