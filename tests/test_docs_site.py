"""The pages of the site and the checks of its links; ``tox run -e site`` builds it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.docs_site import pages
from tools.docs_site.accessibility import corrected
from tools.docs_site.links import problems
from tools.docs_site.versions import newest_tags


def test_the_sidebar_has_each_page_of_the_docs() -> None:
    """A new page directly in ``docs`` needs a place in the sidebar, and the sidebar names existing files."""
    generated = (f"{pages.API}/", f"{pages.CONTRACT}/")
    listed = [path for paths in pages.NAVIGATION.values() for path in paths if not path.startswith(generated)]
    assert pages.unlisted(pages.sources()) == []
    assert [path for path in listed if not (pages.ROOT / path).is_file()] == []


def test_each_page_has_an_address_of_its_own() -> None:
    """No two files have the same address."""
    found = pages.sources()
    assert len({pages.address(path) for path in found}) == len(found) > 100


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("README.md", "index"),
        ("CONTRIBUTING.md", "contributing"),
        ("docs/ci.md", "ci"),
        ("docs/rules/README.md", "rules/index"),
        ("docs/specification/page_view.md", "specification/page_view"),
        ("tests/corpus/README.md", "tests/corpus/index"),
        ("examples/serve", "source/examples/serve"),
    ],
)
def test_addresses(path: str, address: str) -> None:
    """The address of a page follows from its path."""
    assert pages.address(path) == address


def test_what_a_page_links_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Links in prose count, those in code do not; a folder with a page is that page."""
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "c").mkdir()
    for name in ("a/b/README.md", "a/x y.md", "c/code.py"):
        (tmp_path / name).touch()
    links = "[1](b) [2](../c) [3](x%20y.md#z) `[4](../c/code.py)` [5](https://x/c) [6](missing.md) [7](#z) [8](../../c)"
    (tmp_path / "a/page.md").write_text(f"{links}\n\n```\n[9](../c/code.py)\n```\n")
    monkeypatch.setattr(pages, "ROOT", tmp_path)
    assert list(pages.linked("a/page.md")) == ["a/b/README.md", "c", "a/x y.md"]


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        ('<a href="other/">', None),
        ('<a href="other/#there">', None),
        ('<a href="#here">', None),
        ('<a href="https://example.com/">', None),
        ('<link rel="canonical" href="https://example.com/">', None),
        ('<a href="other/#nowhere">', "no such anchor"),
        ('<a href="#nowhere">', "no such anchor"),
        ('<a href="missing/">', "no such file"),
        ('<a href="../outside.html">', "no such file"),
        ('<img src="missing.png">', "no such file"),
        ('<script src="https://example.com/x.js">', "loaded from the network"),
        ('<script src="//example.com/x.js">', "loaded from the network"),
        ('<link rel="stylesheet" href="https://example.com/x.css">', "loaded from the network"),
        ('<link rel="preconnect" href="https://example.com">', "loaded from the network"),
    ],
)
def test_links_of_the_site(tmp_path: Path, html: str, problem: str | None) -> None:
    """Broken links, broken anchors, and what is loaded from the network are reported."""
    site = tmp_path / "site"
    (site / "other").mkdir(parents=True)
    (tmp_path / "outside.html").touch()
    (site / "index.html").write_text(f'<p id="here">{html}')
    (site / "other/index.html").write_text('<p id="there">')
    found = list(problems(site))
    assert [text.split(": ")[1] for text in found] == ([problem] if problem else [])


def test_styles_load_nothing_from_the_network(tmp_path: Path) -> None:
    """A font from the network is reported."""
    (tmp_path / "index.html").touch()
    (tmp_path / "x.css").write_text('@font-face { src: url("https://example.com/x.woff2") }')
    assert list(problems(tmp_path)) == ["x.css: loaded from the network"]


def test_a_folder_without_pages_is_a_problem(tmp_path: Path) -> None:
    """An empty site does not pass."""
    assert len(list(problems(tmp_path))) == 1


def test_parameters_are_not_a_list_of_definitions() -> None:
    """A signature on several lines becomes plain elements."""
    page = '<h1>x</h1><dl>\n<dd><em class="sig-param">a</em>,</dd>\n<dd><em class="sig-param">b</em>,</dd>\n</dl>'
    assert "<d" not in corrected(page).replace("<div", "")
    assert corrected(page).count('class="parameter"') == 2


def test_the_newest_tag_of_each_minor_release() -> None:
    """Versions are compared as numbers; other tags are left out."""
    tags = ["v0.9.1", "v0.10.0", "v0.9.10", "v0.9.2", "v1.0.0rc1", "nightly", "v0.10.1"]
    assert list(newest_tags(tags).items()) == [("0.10", "v0.10.1"), ("0.9", "v0.9.10")]
