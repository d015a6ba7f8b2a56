"""What an editor asks about a place, over the protocol."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls")

from lsprotocol import types
from pygls.lsp.client import LanguageClient

_TEXT = """\
# 😀
POST _application/analytics/site/event/search
{"session": {"id": "😀"}, "user": {"id": "u"}, "search": {"query": "q", "nope": 1}}

POST _application/analytics/site/event/page_view
{"session": {"id": "😀"}, "
"""
_RICH = types.ClientCapabilities(
    text_document=types.TextDocumentClientCapabilities(
        completion=types.CompletionClientCapabilities(
            completion_item=types.ClientCompletionItemOptions(snippet_support=True)
        ),
        document_symbol=types.DocumentSymbolClientCapabilities(hierarchical_document_symbol_support=True),
    )
)
_Session = Callable[[LanguageClient, types.TextDocumentIdentifier], Awaitable[None]]


def converse(folder: Path, session: _Session, capabilities: types.ClientCapabilities) -> None:
    """Start the server, open a document, wait until it was checked, and ask."""

    async def run() -> None:
        client = LanguageClient("test", "1")
        checked = asyncio.Event()

        @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)  # type: ignore[untyped-decorator]
        def on_diagnostics(params: types.PublishDiagnosticsParams) -> None:
            if any(one.code == "truncated-json" for one in params.diagnostics):
                checked.set()

        await client.start_io(sys.executable, "-m", "eventlint", "lsp")
        try:
            await client.initialize_async(types.InitializeParams(capabilities, root_uri=folder.as_uri()))
            client.initialized(types.InitializedParams())
            uri = (folder / "a.http").as_uri()
            item = types.TextDocumentItem(uri, "http", 1, _TEXT)
            client.text_document_did_open(types.DidOpenTextDocumentParams(item))
            await checked.wait()
            await session(client, types.TextDocumentIdentifier(uri))
        finally:
            await client.shutdown_async(None)
            client.exit(None)
            await client.stop()  # type: ignore[no-untyped-call]

    asyncio.run(asyncio.wait_for(run(), 120))


def test_an_editor_gets_all_features(tmp_path: Path) -> None:
    """Hover, completion, symbols, lenses and the command behind them; positions are in UTF-16."""

    async def session(client: LanguageClient, document: types.TextDocumentIdentifier) -> None:
        at = types.Position(2, 28)
        hover = await client.text_document_hover_async(types.HoverParams(document, at))
        assert hover is not None
        assert isinstance(hover.contents, types.MarkupContent)
        assert "`/user`" in hover.contents.value
        assert (hover.range and hover.range.start) == types.Position(2, 26)
        at = types.Position(2, 74)
        hover = await client.text_document_hover_async(types.HoverParams(document, at))
        assert hover is not None
        assert "**unknown-field**" in str(hover.contents)

        at = types.Position(5, 27)
        found: Any = await client.text_document_completion_async(types.CompletionParams(document, at))
        assert [one.label for one in found.items] == ["user", "page", "document"]
        edit = found.items[0].text_edit
        assert (edit.range.start, edit.range.end) == (types.Position(5, 26), types.Position(5, 27))
        assert edit.new_text == '"user": {"id": "$1"\\}'
        item = await client.completion_item_resolve_async(found.items[0])
        assert "The user who viewed the page." in str(item.documentation)

        symbols: Any = await client.text_document_document_symbol_async(types.DocumentSymbolParams(document))
        assert [(one.name, one.range.start.line) for one in symbols] == [("search", 1), ("page_view", 4)]
        assert [one.name for one in symbols[0].children] == ["session", "user", "search"]

        lenses = await client.text_document_code_lens_async(types.CodeLensParams(document))
        assert lenses is not None
        lens = await client.code_lens_resolve_async(lenses[0])
        assert lens.command is not None
        assert lens.command.title == "400 unknown field 'nope' in 'search'"
        command = types.ExecuteCommandParams(lens.command.command, lens.command.arguments)
        answer = await client.workspace_execute_command_async(command)
        assert "unknown field [nope]" in str(answer)

        outside = types.ExecuteCommandParams(lens.command.command, [document.uri, {"line": 0, "character": 0}])
        assert await client.workspace_execute_command_async(outside) is None
        closed = types.TextDocumentIdentifier("file:///not-open.json")
        assert await client.text_document_hover_async(types.HoverParams(closed, at)) is None

    converse(tmp_path, session, _RICH)


def test_a_simple_client_gets_what_it_understands(tmp_path: Path) -> None:
    """Plain text to insert, and symbols without a hierarchy."""

    async def session(client: LanguageClient, document: types.TextDocumentIdentifier) -> None:
        at = types.Position(5, 27)
        found: Any = await client.text_document_completion_async(types.CompletionParams(document, at))
        assert found.items[0].text_edit.new_text == '"user": {"id": ""}'
        symbols: Any = await client.text_document_document_symbol_async(types.DocumentSymbolParams(document))
        assert [(one.name, one.location.range.start.line) for one in symbols] == [("search", 1), ("page_view", 4)]

    converse(tmp_path, session, types.ClientCapabilities())
