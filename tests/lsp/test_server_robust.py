"""What must not confuse the server: unusual URIs, broken configurations, documents that are closed too early."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest
from lsprotocol import types

from eventlint.lsp.server import Server, create
from eventlint.lsp.settings import Workspace
from tests.lsp.client import started
from tests.lsp.support import BAD, GOOD, LOSSY


def rules(found: tuple[types.Diagnostic, ...]) -> list[object]:
    """The rules of diagnostics."""
    return [one.code for one in found]


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///folder/s%C3%A9arch%20(1).json", "/folder/séarch (1).json"),
        ("untitled:Untitled-1", "/top/Untitled-1"),
        ("untitled:/folder/search.json", "/folder/search.json"),
        ("git:/folder/search.json?%7B%22path%22%3A%22/a/b%22%7D", "/top/search.json"),
        ("vscode-vfs://github/owner/repository/search.ndjson", "/top/search.ndjson"),
        ("vscode-notebook-cell:/folder/book.ipynb#W0sZmlsZQ%3D%3D", "/top/book"),
        ("other:", "/top/untitled"),
        ("other://[/x", "/top/untitled"),
    ],
)
@pytest.mark.skipif(os.sep != "/", reason="the paths are those of POSIX")
def test_the_path_of_a_uri(uri: str, path: str) -> None:
    """A document without a file is in the folder of the workspace, with a name that shows its format."""
    server = Server()
    server.settings = Workspace(["/top"])
    assert server.path_of(uri) == path


def test_a_broken_configuration_is_shown_once(tmp_path: Path) -> None:
    """Not for each document, nor for each check; again if it was correct in between."""
    config = tmp_path / "eventlint.toml"
    wrong = 'relase = "9.0"'

    async def scenario() -> None:
        async with started(tmp_path) as client:
            first, second = ((tmp_path / name).as_uri() for name in ("search.json", "search-2.json"))
            client.open_document(first, GOOD)
            assert await client.diagnostics(first) == ()
            for shown, content in ((1, wrong), (1, f"{wrong}\n"), (1, ""), (2, wrong)):
                config.write_text(content)
                client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([]))
                found = await client.diagnostics(first)
                client.open_document(second, GOOD)
                await client.diagnostics(second)
                assert bool(found) is bool(content)
                assert len(client.messages) == shown
            assert "relase" in client.messages[0]

    asyncio.run(scenario())


def test_a_configuration_that_is_renamed_no_longer_counts(tmp_path: Path) -> None:
    """The diagnostics are those without it, and those with it after it has its name again."""
    config = tmp_path / "eventlint.toml"
    config.write_text('ignore = ["coerced-integer"]')

    async def scenario() -> None:
        async with started(tmp_path) as client:
            uri = (tmp_path / "search.json").as_uri()
            client.open_document(uri, LOSSY)
            assert await client.diagnostics(uri) == ()
            for before, after, expected in ((config, "other.toml", ["coerced-integer"]), ("other.toml", config, [])):
                (tmp_path / before).rename(tmp_path / after)
                client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([]))
                assert rules(await client.diagnostics(uri)) == expected

    asyncio.run(scenario())


def test_many_changes_at_once(tmp_path: Path) -> None:
    """The last diagnostics are those of the last version."""

    async def scenario() -> None:
        async with started(tmp_path) as client:
            uri = (tmp_path / "search.json").as_uri()
            client.open_document(uri, GOOD)
            for version in range(2, 302):
                client.change(uri, version, ((0, 0, 0, 0), " "))
            client.change(uri, 302, (None, BAD))
            assert rules(await client.diagnostics(uri, version=302)) == ["unknown-field"]
            assert client.published.empty()

    asyncio.run(scenario())


def test_messages_leave_nothing_behind() -> None:
    """Memory does not grow with the number of edits."""

    async def left() -> int:
        server = create()
        identifier = types.VersionedTextDocumentIdentifier(uri="file:///none.json", version=1)
        for _ in range(10):
            params = types.DidChangeTextDocumentParams(identifier, [])
            server.protocol._handle_notification(types.TEXT_DOCUMENT_DID_CHANGE, params)
        await asyncio.sleep(0)
        return len(server.protocol._request_futures)

    assert asyncio.run(left()) == 0


def test_a_document_that_is_closed_while_it_is_checked(tmp_path: Path) -> None:
    """It has no diagnostics afterward, and the server ends while another one is checked."""
    text = "\n".join(BAD.replace("s-1", f"s-{number}") for number in range(3000))

    async def scenario() -> None:
        async with started(tmp_path) as client:
            uri, other = ((tmp_path / name).as_uri() for name in ("search.ndjson", "search-2.ndjson"))
            client.open_document(uri, text, "ndjson")
            client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))
            assert await client.diagnostics(uri) == ()
            client.open_document(other, BAD, "ndjson")
            assert rules(await client.diagnostics(other)) == ["unknown-field"]
            assert client.published.empty()
            client.open_document(uri, text, "ndjson")

    asyncio.run(scenario())
