"""Corrects what the theme and Sphinx write for screen readers and keyboards."""

from __future__ import annotations

import re
from pathlib import Path

_CORRECTIONS = (
    # A heading without a level; and two landmarks of the same kind need names.
    ('<p class="caption" role="heading">', '<p class="caption">'),
    ('<aside class="sidebar-drawer">', '<aside class="sidebar-drawer" aria-label="Site">'),
    ('<aside class="toc-drawer">', '<aside class="toc-drawer" aria-label="Page">'),
    # What scrolls must be reachable by keyboard.
    ("<pre>", '<pre tabindex="0">'),
    # A script writes the results of a search below a heading of the second level.
    ('<div id="search-results">', '<h1>Search</h1>\n<div id="search-results">'),
    ('<div class="table-wrapper ', '<div tabindex="0" class="table-wrapper '),
)
_PARAMETERS = re.compile(r'<dl>\n((?:<dd><em class="sig-param">.*</dd>\n)+)</dl>')


def correct(site: Path) -> None:
    """Correct all pages of a site."""
    for path in site.rglob("*.html"):
        path.write_text(corrected(path.read_text("utf-8")), "utf-8")


def corrected(page: str) -> str:
    """Correct the HTML of a page."""
    for wrong, right in _CORRECTIONS:
        page = page.replace(wrong, right)
    return _PARAMETERS.sub(_parameters, page)


def _parameters(match: re.Match[str]) -> str:
    """The parameters of a signature, which are not definitions of terms."""
    inside = match[1].replace("<dd>", '<div class="parameter">').replace("</dd>\n", "</div>\n")
    return f"<div>\n{inside}</div>"
