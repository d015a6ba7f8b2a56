"""A client that speaks to the real server over standard input and output."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.client import LanguageClient

_PATIENCE = 60
"""The seconds to wait at most for what must come."""


class Client(LanguageClient):
    """A client that keeps what the server sends.

    Attributes:
        published: The diagnostics that were published, in their order.
        logged: The lines of the log.
        registered: What the server registered.
        refreshed: How often the server asked to request code lenses again.
        shown: The pages that the server asked to show.
        messages: The messages that the server showed.
        server_result: What the server can do.
    """

    def __init__(self) -> None:
        super().__init__("tests", "1")
        self.published: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()
        self.logged: list[str] = []
        self.messages: list[str] = []
        self.registered: list[types.Registration] = []
        self.shown: list[str] = []
        self.refreshed = 0
        self.server_result: Any = None

        async def show(params: types.ShowDocumentParams) -> types.ShowDocumentResult:
            self.shown.append(params.uri)
            return types.ShowDocumentResult(True)

        self.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda params: self.published.put_nowait(params))
        self.feature(types.WINDOW_LOG_MESSAGE)(lambda params: self.logged.append(params.message))
        self.feature(types.WINDOW_SHOW_MESSAGE)(lambda params: self.messages.append(params.message))
        self.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda params: self.registered.extend(params.registrations))

        def refresh(params: None) -> None:
            self.refreshed += 1

        self.feature(types.WINDOW_SHOW_DOCUMENT)(show)
        self.feature(types.WORKSPACE_CODE_LENS_REFRESH)(refresh)

    async def end(self) -> None:
        """Shut the server down, and wait for its end."""
        stop: Any = self.stop
        await asyncio.wait_for(self.shutdown_async(None), _PATIENCE)
        self.exit(None)
        await asyncio.wait_for(stop(), _PATIENCE)

    async def diagnostics(self, uri: str, version: int | None = None) -> tuple[types.Diagnostic, ...]:
        """The next diagnostics of a document, or those of a version."""
        while True:
            found = await asyncio.wait_for(self.published.get(), _PATIENCE)
            if found.uri == uri and version in (None, found.version):
                return tuple(found.diagnostics)

    def open_document(self, uri: str, text: str, language: str = "json", version: int = 1) -> None:
        """Open a document."""
        item = types.TextDocumentItem(uri=uri, language_id=language, version=version, text=text)
        self.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def change(self, uri: str, version: int, *changes: tuple[tuple[int, int, int, int] | None, str]) -> None:
        """Change a document: ranges as the lines and characters of start and end, each with its new text."""
        made = [
            types.TextDocumentContentChangeWholeDocument(text)
            if at is None
            else types.TextDocumentContentChangePartial(
                range=types.Range(types.Position(*at[:2]), types.Position(*at[2:])), text=text
            )
            for at, text in changes
        ]
        identifier = types.VersionedTextDocumentIdentifier(uri=uri, version=version)
        self.text_document_did_change(types.DidChangeTextDocumentParams(identifier, made))

    async def actions(
        self, uri: str, at: tuple[int, int, int, int], only: list[str] | None = None
    ) -> list[types.CodeAction]:
        """The code actions for a range; pygls takes those with a command for commands, which are left out."""
        where = types.Range(types.Position(*at[:2]), types.Position(*at[2:]))
        context = types.CodeActionContext(diagnostics=[], only=only)
        params = types.CodeActionParams(types.TextDocumentIdentifier(uri), where, context)
        found = await asyncio.wait_for(self.text_document_code_action_async(params), _PATIENCE)
        return [one for one in found or () if isinstance(one, types.CodeAction)]


FULL = types.ClientCapabilities(
    workspace=types.WorkspaceClientCapabilities(
        code_lens=types.CodeLensWorkspaceClientCapabilities(refresh_support=True),
        did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
        workspace_edit=types.WorkspaceEditClientCapabilities(
            document_changes=True, resource_operations=[types.ResourceOperationKind.Create]
        ),
    ),
    text_document=types.TextDocumentClientCapabilities(
        code_action=types.CodeActionClientCapabilities(
            resolve_support=types.ClientCodeActionResolveOptions(["edit"]), disabled_support=True
        )
    ),
    window=types.WindowClientCapabilities(show_document=types.ShowDocumentClientCapabilities(True)),
)
"""What a client such as Visual Studio Code can do."""


@asynccontextmanager
async def started(
    folder: Path,
    *,
    capabilities: types.ClientCapabilities | None = None,
    encodings: list[types.PositionEncodingKind | str] | None = None,
    options: dict[str, Any] | None = None,
) -> AsyncIterator[Client]:
    """A client with a server for a folder, which is shut down in the end."""
    client = Client()
    root = Path(__file__).parent.parent.parent
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    await client.start_io(sys.executable, "-m", "eventlint", "lsp", env=environment, cwd=root)
    capabilities = capabilities or types.ClientCapabilities()
    if encodings is not None:
        capabilities = types.ClientCapabilities(general=types.GeneralClientCapabilities(position_encodings=encodings))
    result = await client.initialize_async(
        types.InitializeParams(
            capabilities=capabilities,
            root_uri=folder.as_uri(),
            workspace_folders=[types.WorkspaceFolder(folder.as_uri(), folder.name)],
            initialization_options={"debounce": 1, **(options or {})},
        )
    )
    client.server_result = result
    client.initialized(types.InitializedParams())
    try:
        yield client
    finally:
        await client.end()
