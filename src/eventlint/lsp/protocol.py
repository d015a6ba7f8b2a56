"""The protocol without what ``pygls`` does with texts: documents are kept in buffers of bytes.

The documents of ``pygls`` split lines at more characters than the protocol does, such as U+2028, and take a second for
an edit of a long line.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from lsprotocol import types
from pygls.protocol import LanguageServerProtocol, lsp_method
from pygls.protocol import default_converter as converter

__all__ = ["Protocol", "converter"]

_Handler = Generator[Any, Any, None]


class Protocol(LanguageServerProtocol):
    """The protocol of the language server."""

    def _call(self, name: str, params: Any) -> _Handler:
        handler = self.fm.features.get(name)
        if handler is not None:
            yield handler, (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> _Handler:
        """Pass on a document that was opened."""
        return (yield from self._call(types.TEXT_DOCUMENT_DID_OPEN, params))

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> _Handler:
        """Pass on a document that was changed."""
        return (yield from self._call(types.TEXT_DOCUMENT_DID_CHANGE, params))

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> _Handler:
        """Pass on a document that was closed."""
        return (yield from self._call(types.TEXT_DOCUMENT_DID_CLOSE, params))
