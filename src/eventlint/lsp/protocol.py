"""The protocol without what ``pygls`` does with texts: documents are kept in buffers of bytes.

The documents of ``pygls`` split lines at more characters than the protocol does, such as U+2028, and take a second for
an edit of a long line.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.protocol import LanguageServerProtocol, lsp_method
from pygls.protocol import default_converter as converter

__all__ = ["Protocol", "converter"]

_Handler = Generator[Any, Any, None]


class Protocol(LanguageServerProtocol):
    """The protocol of the language server.

    Attributes:
        has_shut_down: Whether the client asked the server to shut down.
    """

    @property
    def has_shut_down(self) -> bool:
        """Whether the client asked the server to shut down."""
        return self._shutdown

    def structure_message(self, data: dict[str, Any]) -> Any:
        """Read a message; a request with wrong parameters gets an error as its answer, so that no client waits."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "id" in data and "method" in data:
                self._send_response(data["id"], error=error.to_response_error())
            raise

    def _execute_handler(self, msg_id: str | int, *arguments: Any, **options: Any) -> None:
        """Run a handler, and forget its result afterward: ``pygls`` keeps that of each notification."""
        super()._execute_handler(msg_id, *arguments, **options)
        future = self._request_futures.get(msg_id)
        if future is not None:
            future.add_done_callback(lambda _: self._request_futures.pop(msg_id, None))

    def send(self, method: str, params: dict[str, Any]) -> None:
        """Send a notification whose parameters are JSON already."""
        self._send_data({"jsonrpc": self.VERSION, "method": method, "params": params})

    def structured(self, value: Any, kind: Any) -> Any:
        """JSON as a class of the protocol."""
        return self._converter.structure(value, kind)

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
