"""The files of the page at ``/_eventlint/``, and the headers that keep the text of events from being run."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.routing import Route

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
_INDEX = "index.html"
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
"""Only files next to the page; no script and no style inside it, and no string that becomes a script or HTML."""
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""The headers of each file."""


def page_routes(prefix: str) -> list[Route]:
    """The routes of the page: its files below a path, and the path itself, which leads to the page."""

    async def without_slash(request: HttpRequest) -> Response:
        # A relative location is right wherever the application is mounted.
        return Response(status_code=307, headers={**HEADERS, "Location": f"{prefix.rpartition('/')[2]}/"})

    return [
        Route(prefix, without_slash, methods=["GET"]),
        *(_route(f"{prefix}/{'' if name == _INDEX else name}", content, kind) for name, content, kind in page_files()),
    ]


def page_files() -> Iterator[tuple[str, bytes, str]]:
    """The name, the content, and the media type of each file."""
    for file in sorted(files("eventlint.serve").joinpath("page").iterdir(), key=lambda one: one.name):
        kind = _TYPES.get(f".{file.name.rpartition('.')[2]}")
        if kind is not None:
            yield file.name, file.read_bytes(), kind


def _route(path: str, content: bytes, kind: str) -> Route:
    async def respond(request: HttpRequest) -> Response:
        return Response(content, headers={**HEADERS, "Content-Type": kind})

    return Route(path, respond, methods=["GET"])
