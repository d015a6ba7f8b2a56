"""The handlers of what an editor asks about a place: hover, completion, symbols, code lenses."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eventlint.lsp.server import Server


def register(server: Server) -> None:
    """Add the handlers to the server."""
