"""A local endpoint that answers as the server does, and shows what it would do with each event.

``app`` is an ASGI application for the newest release, for ``httpx.ASGITransport`` and for ``starlette.routing.Mount``;
:class:`Endpoint` makes one with other settings, and :class:`RunningEndpoint` serves one on a port.
"""

from eventlint.serve.endpoint import Endpoint
from eventlint.serve.received import Received
from eventlint.serve.running import RunningEndpoint

__all__ = ["Endpoint", "Received", "RunningEndpoint", "app"]

app = Endpoint()
"""An endpoint for the newest release, with the default settings."""
