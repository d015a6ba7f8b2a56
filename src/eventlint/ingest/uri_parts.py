"""Takes URLs apart as the ingest pipeline does; it must not know what becomes of the parts."""

from typing import NamedTuple


class Parts(NamedTuple):
    """The parts of a URL."""

    original: str
    by: str
    scheme: str | None
    domain: str | None
    path: str | None
    query: str | None
    fragment: str | None
    user_info: str | None
    port: int | None = None


def uri_parts(text: str) -> Parts | None:
    """The parts of a URL; None when it cannot be read."""
    from urllib.parse import urlsplit

    try:
        url = urlsplit(text)
        user = url.netloc.partition("@")[0] if "@" in url.netloc else None
        return Parts(text, "URI", url.scheme or None, url.hostname, url.path, url.query, url.fragment, user, url.port)
    except ValueError:
        return None
