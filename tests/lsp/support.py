"""Documents and checks for the tests of the language server."""

from __future__ import annotations

from pathlib import Path

from eventlint.lsp.buffers import Buffer
from eventlint.lsp.checking import Checks, Published
from eventlint.lsp.diagnostics import Diagnostic
from eventlint.lsp.documents import Document
from eventlint.lsp.positions import PositionEncoding
from eventlint.lsp.settings import ClientOptions, Workspace

GOOD = '{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}'
BAD = '{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"qurey": "shoes"}}'
LOSSY = GOOD.replace('"shoes"', '"shoes", "page": {"current": "1", "size": 10}')
REQUEST = "POST /_application/analytics/site/event/search\n"


def document_of(
    path: Path,
    text: str,
    *,
    workspace: Workspace | None = None,
    options: ClientOptions | None = None,
    encoding: PositionEncoding = "utf-16",
    language_id: str = "",
) -> Document:
    """A document with a text, as an editor would open the file."""
    workspace = workspace or Workspace([str(path.parent)], options)
    buffer = Buffer(str(path), text, language_id, 1, encoding)
    return Document(
        str(path),
        buffer.text,
        workspace.settings(str(path)),
        language_id=language_id,
        version=1,
        encoding=encoding,
        data=buffer.data,
    )


def check(document: Document, checks: Checks | None = None, most: int = 1000, focus: int = 0) -> list[Diagnostic]:
    """All diagnostics of a document."""
    (*_, last) = (checks or Checks()).check(document, most, focus)
    assert isinstance(last, Published)
    assert last.is_complete
    return last.diagnostics


def diagnostics_of(path: Path, text: str, language_id: str = "") -> list[Diagnostic]:
    """All diagnostics of a text."""
    return check(document_of(path, text, language_id=language_id))
