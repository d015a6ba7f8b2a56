"""Passes events on to a real server, and compares its answers with the expected ones."""

from __future__ import annotations

from eventlint.model import Request
from eventlint.serve.received import Received


class Forwarder:
    """Passes events on."""

    def __init__(self, url: str, *, verify: bool = True) -> None:
        self.shown_url = url

    async def forward(self, request: Request, event: Received) -> Received:
        """Pass on."""
        return event
