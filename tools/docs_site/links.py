"""Checks the HTML files of a site: each link leads somewhere, and nothing is loaded from the network."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LOADED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "audio": "src", "video": "src"}
_LOADING_RELATIONS = {"stylesheet", "icon", "preload", "modulepreload", "preconnect", "dns-prefetch", "manifest"}
_ATTRIBUTES = {"a": "href", "link": "href", **_LOADED}


class _Page(HTMLParser):
    """The anchors of a page, and its addresses: of links (False), and of what the page loads (True)."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors = {"", "top"}
        self.addresses: list[tuple[str, bool]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Keep the anchor and the address of an element."""
        values = dict(attributes)
        self.anchors |= {value for value in (values.get("id"), values.get("name")) if value}
        address = values.get(_ATTRIBUTES.get(tag, ""))
        relations = set((values.get("rel") or "").split())
        if address is not None and not (tag == "link" and relations & {"canonical", "alternate"}):
            self.addresses.append((address, tag in _LOADED or bool(relations & _LOADING_RELATIONS)))


def problems(site: Path) -> Iterator[str]:
    """Describe each broken link, and each address in the network that a page loads."""
    site = site.resolve()
    pages = {path: _Page(path.read_text("utf-8")) for path in sorted(site.rglob("*.html"))}
    if not pages:
        yield f"{site}: no pages"
    for path, page in pages.items():
        for address, loaded in page.addresses:
            problem = _problem(site, pages, path, address, loaded=loaded)
            if problem:
                yield f"{path.relative_to(site)}: {problem}: {address}"
    for style in sorted(site.rglob("*.css")):
        if "url(http" in style.read_text("utf-8").replace('"', "").replace("'", ""):
            yield f"{style.relative_to(site)}: loaded from the network"


def _problem(site: Path, pages: dict[Path, _Page], path: Path, address: str, *, loaded: bool) -> str | None:
    parts = urlsplit(address)
    if parts.scheme == "data":
        return None
    if parts.scheme or parts.netloc:
        return "loaded from the network" if loaded else None
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    if target.is_dir():
        target /= "index.html"
    if not target.is_relative_to(site) or not target.is_file():
        return "no such file"
    if target in pages and unquote(parts.fragment) not in pages[target].anchors:
        return "no such anchor"
    return None


def main(folder: str) -> int:
    """Print the problems of a site."""
    found = list(problems(Path(folder)))
    print(*found, sep="\n", end="\n" if found else "", file=sys.stderr)
    return 1 if found else 0
