"""Which files of the repository are pages of the site, under which address, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt

ROOT = Path(__file__).parents[2]
HOME = "README.md"
API = "docs/api"
CONTRACT = "docs/example-contract"
"""Folders of pages that are generated while the site is built."""

NAVIGATION: dict[str, tuple[str, ...]] = {
    "Files and pipelines": (
        *("docs/files.md", "docs/request-files.md", "docs/recordings.md", "docs/archives.md", "docs/native.md"),
        *("docs/ci.md", "docs/editors.md", "docs/language-server.md", "docs/serve.md"),
    ),
    "Python": (
        *("docs/guards.md", "docs/types.md", "docs/pytest.md", "docs/strategies.md", "docs/dataframes.md"),
        *("docs/spark.md", f"{API}/README.rst"),
    ),
    "Custom contracts": ("docs/contracts.md", f"{CONTRACT}/README.md"),
    "Reference": (
        *("docs/rules/README.md", "docs/specification/README.md", "docs/mirror.md", "docs/openapi.md"),
        "docs/stability.md",
    ),
    "Project": ("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"),
}
"""The pages in the sidebar, by section. A page of a folder lists the other pages of this folder."""

WITHOUT_SIDEBAR = ("docs/rules",)
"""Folders with so many pages that the sidebar has only the page that lists them."""


def sources() -> list[str]:
    """The paths of all Markdown files that are pages: those of the sidebar and their folders, and what they link to."""
    found: dict[str, None] = {HOME: None}
    found |= dict.fromkeys(path.relative_to(ROOT).as_posix() for path in sorted(ROOT.glob("docs/**/*.md")))
    found |= dict.fromkeys(path for paths in NAVIGATION.values() for path in paths if (ROOT / path).exists())
    queue = list(found)
    while queue:
        for path in linked(queue.pop()):
            if path.endswith(".md") and path not in found:
                found[path] = None
                queue.append(path)
    return list(found)


def shown(pages: Iterable[str]) -> list[str]:
    """The paths of files and folders that are not pages and that pages link to."""
    found = (path for page in pages for path in linked(page) if not path.endswith(".md"))
    return sorted(set(found))


def linked(page: str) -> Iterator[str]:
    """The paths of existing files and folders that a page links to; a link to a folder leads to its ``README.md``."""
    for token in MarkdownIt("gfm-like", {"linkify": False}).parse((ROOT / page).read_text("utf-8")):
        for child in token.children or ():
            target = urlsplit(str(child.attrGet("href") or ""))
            if child.type == "link_open" and target.path and not target.scheme and not target.netloc:
                path = normpath(PurePosixPath(page).parent.joinpath(unquote(target.path)).as_posix())
                if not path.startswith("..") and (ROOT / path).exists():
                    yield f"{path}/{HOME}" if (ROOT / path / HOME).is_file() else path


def address(path: str) -> str:
    """The name of a page, from which its address is made: that of a ``README`` is its folder."""
    page = PurePosixPath(path.removeprefix("docs/"))
    if page.stem == "README":
        return (page.parent / "index").as_posix()
    return page.with_suffix("").as_posix().lower() if page.suffix in {".md", ".rst"} else f"source/{page}"


def unlisted(pages: Iterable[str]) -> list[str]:
    """The pages directly in ``docs`` that the sidebar does not have."""
    listed = {path for paths in NAVIGATION.values() for path in paths}
    return [path for path in pages if PurePosixPath(path).parent == PurePosixPath("docs") and path not in listed]
