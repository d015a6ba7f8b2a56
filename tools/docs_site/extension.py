"""The extension of Sphinx that finds pages where they are in the repository, and resolves the links between them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.errors import PycodeError
from sphinx.project import Project
from sphinx.pycode import ModuleAnalyzer
from sphinx.util.logging import getLogger

from tools.docs_site import generated, pages

_ANCHOR = re.compile(r'<a id="([^"]+)">')


class RepositoryProject(Project):
    """Pages by their addresses: files of the repository, and generated ones as if they were there."""

    def __init__(self, source: Project, folder: Path) -> None:
        super().__init__(source.srcdir, source.source_suffix)
        self.folder = folder

    def discover(self, exclude_paths: Iterable[str] = (), include_paths: Iterable[str] = ("**",)) -> set[str]:
        """Find all pages."""
        found = pages.sources()
        for path in pages.unlisted(found):
            getLogger(__name__).warning("%s is not in NAVIGATION of tools/docs_site/pages.py", path)
        files = {path: Path(path) for path in found} | generated.write(self.folder, found)
        self._docname_to_path = {pages.address(path): file for path, file in files.items()}
        self._path_to_docname = {Path(path): pages.address(path) for path in files}
        self.docnames: set[str] = set(self._docname_to_path)
        return self.docnames

    def path2doc(self, filename: object) -> str | None:
        """The address of a page."""
        path = Path(str(filename))
        for folder in (self.folder, Path(self.srcdir)):
            if path.is_relative_to(folder):
                path = path.relative_to(folder)
        return self._path_to_docname.get(path)


def _use_pages(app: Sphinx) -> None:
    project = RepositoryProject(app.project, Path(app.doctreedir).parent / "generated")
    app.project = app.env.project = project


def _add_navigation(app: Sphinx, docname: str, content: list[str]) -> None:
    """Add the part of the sidebar that a page is responsible for."""
    listed = {pages.address(path) for paths in pages.NAVIGATION.values() for path in paths}
    folder = docname.removesuffix("index")
    unlisted_folders = {pages.address(f"{folder}/README.md") for folder in pages.WITHOUT_SIDEBAR}
    if docname == app.config.root_doc:
        for caption, paths in pages.NAVIGATION.items():
            content[0] += _tree(map(pages.address, paths), caption)
    elif docname in listed - unlisted_folders and folder != docname:
        inside = sorted(name for name in app.env.found_docs if name.startswith(folder) and name != docname)
        content[0] += _tree(inside, in_markdown=not str(app.env.doc2path(docname)).endswith(".rst"))
    elif docname not in listed and f"{docname.split('/')[0]}/index" not in listed - unlisted_folders:
        content[0] = f"---\norphan: true\n---\n{content[0]}"
    elif docname.startswith(pages.address(f"{pages.CONTRACT}/README.md").removesuffix("index")):
        # A search should find the specification, not the same events again.
        content[0] = f"---\nnosearch: true\n---\n{content[0]}"


def _tree(names: Iterable[str], caption: str = "", *, in_markdown: bool = True) -> str:
    entries = [":hidden:", *([f":caption: {caption}"] if caption else []), "", *(f"/{name}" for name in names)]
    if in_markdown:
        return "\n".join(["", "```{toctree}", *entries, "```", ""])
    return "\n".join(["", ".. toctree::", *(f"   {entry}" for entry in entries), ""])


def _resolve_links(app: Sphinx, doctree: nodes.document) -> None:
    """Make links lead to generated pages and to pages about folders, and know the anchors that are written as HTML."""
    name = app.env.current_document.docname
    anchors = app.env.metadata[name].setdefault("myst_slugs", {})
    for raw in doctree.findall(nodes.raw):
        for anchor in _ANCHOR.findall(raw.astext()):
            anchors[anchor] = (raw.line or 0, anchor, anchor)
    for link in doctree.findall(pending_xref):
        if link["reftype"] == "myst" and link["refdomain"] is None:
            path, _, anchor = link["reftarget"].partition("#")
            file = app.env.relfn2path(unquote(path), name)[1]
            target = app.env.path2doc(file) or app.env.path2doc(f"{file}/{pages.HOME}")
            if target is not None:
                link.attributes |= {"refdomain": "doc", "reftarget": target, "reftargetid": anchor or None}


def _know_imported_data(app: Sphinx) -> None:
    """Let autodoc find the docstrings of data that a public module imports from where it is defined."""
    for name in generated.MODULES:
        try:
            module = _analyzed(name)
        except PycodeError:  # it needs a package that is not installed
            continue
        for statement in ast.parse(module.code).body:
            if isinstance(statement, ast.ImportFrom) and (statement.module or "").startswith("eventlint."):
                found = _analyzed(str(statement.module)).attr_docs
                keys = {("", alias.name) for alias in statement.names} & found.keys()
                module.attr_docs.update({key: found[key] for key in keys})


def _analyzed(name: str) -> ModuleAnalyzer:
    analyzer = ModuleAnalyzer.for_module(name)
    analyzer.analyze()
    return analyzer


def _skip(app: Sphinx, what: str, name: str, member: object, skip: bool, options: object) -> bool | None:
    """Skip fields of named tuples: the docstring of the class describes them."""
    return True if type(member).__name__ == "_tuplegetter" else None


def setup(app: Sphinx) -> dict[str, object]:
    """Connect the extension."""
    app.connect("builder-inited", _use_pages)
    app.connect("builder-inited", _know_imported_data)
    app.connect("source-read", _add_navigation)
    app.connect("autodoc-skip-member", _skip)
    app.connect("doctree-read", _resolve_links)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
