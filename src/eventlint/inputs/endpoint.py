"""The part of a URL that names the endpoint for events."""

import re

ENDPOINT = r"/?_application/analytics/[^/?\s]*/event(?:[/?]|$)"


def endpoint_path(url: str) -> str | None:
    """The path and query string of a URL to the endpoint; None for other URLs."""
    match = re.search(ENDPOINT, url)
    if match is None or (match.start() > 0 and "://" not in url[: match.start()] and "{{" not in url):
        return None
    return "/" + url[match.start() :].lstrip("/")
