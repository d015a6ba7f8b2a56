"""The language server: receives documents, and publishes diagnostics."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from lsprotocol import types
from pygls import uris
from pygls.lsp.server import LanguageServer

from eventlint._version import __version__
from eventlint.lsp import convert, handlers_features
from eventlint.lsp.buffers import Buffer
from eventlint.lsp.diagnostics import Diagnostic, diagnostics
from eventlint.lsp.documents import Document
from eventlint.lsp.positions import PositionEncoding
from eventlint.lsp.protocol import Protocol, converter
from eventlint.lsp.settings import ClientOptions, Workspace, client_options


class Server(LanguageServer):
    """The language server.

    Attributes:
        options: What the client chose.
        settings: The configurations of the files.
        buffers: The open documents, by their URI.
    """

    def __init__(self) -> None:
        super().__init__("eventlint", __version__, protocol_cls=Protocol, converter_factory=converter)
        self.options = ClientOptions()
        self.settings = Workspace()
        self.buffers: dict[str, Buffer] = {}
        self._documents: dict[str, Document] = {}
        self._checks: dict[str, asyncio.Task[None]] = {}

    @property
    def position_encoding(self) -> PositionEncoding:
        """What the client and the server agreed to count characters in."""
        found = self.server_capabilities.position_encoding
        return "utf-16" if found is None else str(getattr(found, "value", found))  # type: ignore[return-value]

    def document(self, uri: str) -> Document | None:
        """The newest version of an open document; None if it is not open."""
        buffer = self.buffers.get(uri)
        if buffer is None:
            return None
        found = self._documents.get(uri)
        if found is None or found.text is not buffer.text or found.data is not buffer.data:
            found = self._documents[uri] = Document(
                buffer.path,
                buffer.text,
                self.settings.settings(buffer.path),
                language_id=buffer.language_id,
                version=buffer.version,
                encoding=self.position_encoding,
                data=buffer.data,
            )
        return found

    def check_soon(self, uri: str, delay: float) -> None:
        """Check a document after a delay in seconds, unless it changes until then."""
        earlier = self._checks.pop(uri, None)
        if earlier is not None:
            earlier.cancel()
        self._checks[uri] = asyncio.ensure_future(self._check(uri, delay))

    async def _check(self, uri: str, delay: float) -> None:
        await asyncio.sleep(delay)
        document = self.document(uri)
        if document is None:
            return
        found = [one for some in diagnostics(document) for one in some] if document.settings.is_checked else []
        self.publish(uri, document.version, found)

    def publish(self, uri: str, version: int | None, found: list[Diagnostic]) -> None:
        """Show the diagnostics of a document in the client."""
        converted = [convert.diagnostic(one, lambda url: None) for one in found]
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, converted, version))


def create() -> Server:
    """The server with all of its handlers."""
    server = Server()

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.options, _ = client_options(params.initialization_options)
        folders = [uris.to_fs_path(folder.uri) for folder in params.workspace_folders or ()]
        root = params.root_path or (uris.to_fs_path(params.root_uri) if params.root_uri else None)
        server.settings = Workspace([one for one in folders if one] or ([root] if root else []), server.options)

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: types.DidOpenTextDocumentParams) -> None:
        item = params.text_document
        path = uris.to_fs_path(item.uri) or item.uri
        buffer = Buffer(path, item.text, item.language_id, item.version, server.position_encoding)
        server.buffers[item.uri] = buffer
        server.check_soon(item.uri, 0)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: types.DidChangeTextDocumentParams) -> None:
        uri = params.text_document.uri
        buffer = server.buffers.get(uri)
        if buffer is None:
            return
        for change in params.content_changes:
            found: Any = getattr(change, "range", None)
            if found is None:
                buffer.replace_all(change.text)
            else:
                buffer.replace(convert.text_position(found.start), convert.text_position(found.end), change.text)
        buffer.version = params.text_document.version
        server.check_soon(uri, server.options.debounce / 1000)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        server.buffers.pop(uri, None)
        server.publish(uri, None, [])

    handlers_features.register(server)
    return server


def run() -> int:
    """Serve on standard input and output until the client ends it, and return the exit code."""
    log = logging.getLogger("pygls")  # its messages contain the text of documents
    log.addHandler(logging.NullHandler())
    log.propagate = False
    log.setLevel(logging.CRITICAL + 1)
    create().start_io()
    return 0
