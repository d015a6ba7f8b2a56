"""How handlers are added to the server: an error in one of them is logged, and never ends the server."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from eventlint.lsp.server import Server

_Handler = Callable[..., Any]


def feature(server: Server, name: str, options: Any = None) -> Callable[[_Handler], _Handler]:
    """Decorate the handler of a message of the protocol; of a request that fails, the result is None."""
    return lambda handler: server.feature(name, options)(guarded(server, name, handler))


def command(server: Server, name: str) -> Callable[[_Handler], _Handler]:
    """Decorate the handler of a command."""
    return lambda handler: server.command(name)(guarded(server, name, handler))


def guarded(server: Server, name: str, handler: _Handler) -> _Handler:
    """A handler that logs its errors; what a coroutine raises because it was cancelled passes."""
    if inspect.iscoroutinefunction(handler):

        @functools.wraps(handler)
        async def run_async(*arguments: Any) -> Any:
            try:
                awaitable: Awaitable[Any] = handler(*arguments)
                return await awaitable
            except Exception as error:
                server.log_error(error, name)
                return None

        return run_async

    @functools.wraps(handler)
    def run(*arguments: Any) -> Any:
        try:
            return handler(*arguments)
        except Exception as error:
            server.log_error(error, name)
            return None

    return run
