"""The server as a client sees it."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from tests.lsp.client import FULL, Client, started
from tests.lsp.support import BAD, GOOD, LOSSY, REQUEST

Scenario = Callable[[Client, str], Coroutine[Any, Any, None]]


def run(folder: Path, scenario: Scenario, name: str = "search.json", **options: Any) -> None:
    """Run what a client does with a document in a folder."""

    async def main() -> None:
        async with started(folder, **options) as client:
            await scenario(client, (folder / name).as_uri())

    asyncio.run(main())


def rules(found: tuple[types.Diagnostic, ...]) -> list[Any]:
    """The names of the rules of diagnostics."""
    return [one.code for one in found]


def test_diagnostics_as_you_type(tmp_path: Path) -> None:
    """Each version has its diagnostics, with the rule, its page, the severity and the answer."""

    async def scenario(client: Client, uri: str) -> None:
        client.open_document(uri, BAD)
        (found,) = await client.diagnostics(uri)
        assert found.range == types.Range(types.Position(0, 61), types.Position(0, 68))
        assert (found.code, found.severity, found.source) == ("unknown-field", 1, "eventlint")
        assert found.message == "unknown field 'qurey' in 'search'\nhint: did you mean 'query'?"
        assert isinstance(found.data, dict)
        assert found.data["answer"].startswith("400 x_content_parse_exception")
        assert found.code_description is not None
        page = Path(found.code_description.href.removeprefix("file://"))
        assert page.read_text().startswith("# unknown-field\n")
        client.change(uri, 2, ((0, 62, 0, 67), "query"))
        assert await client.diagnostics(uri, 2) == ()
        client.change(uri, 3, (None, LOSSY))
        (found,) = await client.diagnostics(uri, 3)
        assert (found.code, found.severity) == ("coerced-integer", 2)
        client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))
        assert await client.diagnostics(uri) == ()

    run(tmp_path, scenario)


@pytest.mark.parametrize(
    ("encodings", "chosen", "character"),
    [(None, "utf-16", 64), (["utf-8", "utf-16"], "utf-8", 66), (["utf-32"], "utf-32", 63)],
)
def test_position_encodings(tmp_path: Path, encodings: list[str] | None, chosen: str, character: int) -> None:
    """The client and the server agree on the unit of a character, for changes and for diagnostics."""

    async def scenario(client: Client, uri: str) -> None:
        capabilities = client.server_result.capabilities
        assert capabilities.position_encoding == chosen
        client.open_document(uri, BAD.replace("s-1", "s😀s-1"))
        (found,) = await client.diagnostics(uri)
        assert found.range.start.character == character
        start = found.range.start.character + 1
        client.change(uri, 2, ((0, start, 0, start + 5), "query"))
        assert await client.diagnostics(uri, 2) == ()

    run(tmp_path, scenario, encodings=encodings)


def test_fixes(tmp_path: Path) -> None:
    """A quick fix has its edit; the action for all fixes gets it when it is chosen."""

    async def scenario(client: Client, uri: str) -> None:
        text = f"{LOSSY}\n{BAD}\n{LOSSY}"
        client.open_document(uri, text, "ndjson")
        start = LOSSY.index('"1"')
        found = await client.actions(uri, (0, start, 0, start))
        assert [(one.title, one.kind, one.is_preferred) for one in found][:1] == [("Replace with 1", "quickfix", True)]
        assert found[0].edit is not None
        assert found[0].edit.document_changes is not None
        (change,) = found[0].edit.document_changes
        assert isinstance(change, types.TextDocumentEdit)
        assert change.text_document.version == 1
        assert [one.new_text for one in change.edits if isinstance(one, types.TextEdit)] == ["1"]
        fix_all = found[-1]
        assert (fix_all.kind, fix_all.edit) == ("source.fixAll.eventlint", None)
        resolved = await client.code_action_resolve_async(fix_all)
        assert resolved.edit is not None
        assert resolved.edit.document_changes is not None
        (change,) = resolved.edit.document_changes
        assert isinstance(change, types.TextDocumentEdit)
        assert [one.range.start.line for one in change.edits] == [0, 2]
        (eager,) = await client.actions(uri, (0, 0, 0, 0), ["source.fixAll"])
        assert eager.edit is not None
        assert await client.actions(uri, (0, 0, 0, 0), ["refactor"]) == []

    run(tmp_path, scenario, "search.ndjson", capabilities=FULL)


def test_a_client_that_can_do_little(tmp_path: Path) -> None:
    """Edits are complete at once, and no file is created."""

    async def scenario(client: Client, uri: str) -> None:
        client.open_document(uri, LOSSY)
        start = LOSSY.index('"1"')
        found = await client.actions(uri, (0, start, 0, start))
        titles = [one.title for one in found]
        assert titles == ["Replace with 1", "Fix all safe eventlint problems"]
        edits = [one.edit.changes for one in found if one.edit is not None]
        assert [len(changes[uri]) for changes in edits if changes is not None] == [1, 1]

    run(tmp_path, scenario)


def test_suppressing_in_a_configuration_that_does_not_exist(tmp_path: Path) -> None:
    """The edit creates the file; when it is there, the diagnostic disappears."""

    async def scenario(client: Client, uri: str) -> None:
        client.open_document(uri, BAD)
        await client.diagnostics(uri)
        found = await client.actions(uri, (0, 61, 0, 61))
        (action,) = [one for one in found if one.title.startswith("Suppress")]
        assert action.edit is not None
        assert action.edit.document_changes is not None
        create, change = action.edit.document_changes
        assert isinstance(create, types.CreateFile)
        assert isinstance(change, types.TextDocumentEdit)
        assert isinstance(change.edits[0], types.TextEdit)
        path = tmp_path / "eventlint.toml"
        assert create.uri == path.as_uri()
        path.write_text(change.edits[0].new_text)
        (registration,) = client.registered
        assert registration.method == "workspace/didChangeWatchedFiles"
        event = types.FileEvent(path.as_uri(), types.FileChangeType.Created)
        client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        assert await client.diagnostics(uri) == ()
        path.unlink()
        client.change(uri, 2, ((0, 0, 0, 0), " "))  # a client that reports no changes of files
        assert rules(await client.diagnostics(uri, 2)) == ["unknown-field"]

    run(tmp_path, scenario, capabilities=FULL)


def test_explaining_a_rule(tmp_path: Path) -> None:
    """The command returns the manual, and shows its page if the client can."""

    async def scenario(client: Client, uri: str) -> None:
        params = types.ExecuteCommandParams(command="eventlint.explain", arguments=["unknown-field"])
        text = await client.workspace_execute_command_async(params)
        assert str(text).startswith("# unknown-field\n")
        while not client.shown:
            await asyncio.sleep(0.01)
        assert client.shown[0].endswith("/unknown-field.md")

    run(tmp_path, scenario, capabilities=FULL)


def test_the_examples_of_a_page_are_not_checked(tmp_path: Path) -> None:
    """The page of a rule is open in the editor, and its examples have findings on purpose."""

    async def scenario(client: Client, uri: str) -> None:
        params = types.ExecuteCommandParams(command="eventlint.explain", arguments=["unknown-field"])
        text = str(await client.workspace_execute_command_async(params))
        while not client.shown:
            await asyncio.sleep(0.01)
        client.open_document((tmp_path / "unknown-field.md").as_uri(), text, "markdown")
        assert await client.diagnostics((tmp_path / "unknown-field.md").as_uri())
        client.open_document(client.shown[0], text, "markdown")
        assert await client.diagnostics(client.shown[0]) == ()

    run(tmp_path, scenario, capabilities=FULL)


def test_answers_above_events_follow_the_configuration(tmp_path: Path) -> None:
    """The client is asked to request the code lenses again after the configuration has changed."""

    async def scenario(client: Client, uri: str) -> None:
        client.open_document(uri, BAD)
        await client.diagnostics(uri)
        assert client.refreshed == 0
        path = tmp_path / "eventlint.toml"
        path.write_text('release = "8.8.0"')
        event = types.FileEvent(path.as_uri(), types.FileChangeType.Created)
        client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        await client.diagnostics(uri)
        assert client.refreshed == 1

    run(tmp_path, scenario, capabilities=FULL)


def test_excluded_documents_have_no_diagnostics(tmp_path: Path) -> None:
    """What ``eventlint check`` leaves out is left out in the editor."""
    (tmp_path / "eventlint.toml").write_text('exclude = ["search.json"]')

    async def scenario(client: Client, uri: str) -> None:
        client.open_document(uri, BAD)
        assert await client.diagnostics(uri) == ()

    run(tmp_path, scenario)


def test_a_document_without_a_file(tmp_path: Path) -> None:
    """A new document is checked by the language that it has in the editor."""

    async def scenario(client: Client, uri: str) -> None:
        client.open_document("untitled:Untitled-1", f"{REQUEST}{BAD}", "http")
        assert rules(await client.diagnostics("untitled:Untitled-1")) == ["unknown-field"]

    run(tmp_path, scenario)


def test_options_that_are_wrong_are_logged(tmp_path: Path) -> None:
    """A misspelled option is not ignored silently."""

    async def scenario(client: Client, uri: str) -> None:
        client.open_document(uri, GOOD)
        await client.diagnostics(uri)
        assert client.logged[0].startswith("unknown option 'relase'")

    run(tmp_path, scenario, options={"relase": "9.0"})


def test_other_options_of_a_running_server(tmp_path: Path) -> None:
    """A client can send its options again."""

    async def scenario(client: Client, uri: str) -> None:
        client.open_document(uri, LOSSY)
        assert rules(await client.diagnostics(uri)) == ["coerced-integer"]
        settings = {"eventlint": {"ignore": ["loss"]}}
        client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings))
        assert await client.diagnostics(uri) == ()

    run(tmp_path, scenario)


SECRET = "hunter2-secret"  # noqa: S105 - not one


def test_nothing_ends_the_server(tmp_path: Path) -> None:
    """After broken documents, wrong ranges and messages, the server answers; its log has nothing of a document."""

    async def scenario(client: Client, uri: str) -> None:
        texts = ["\x00", "{" * 100_000, "[" * 100_000, "\ud800", f'{{"password": "{SECRET}', "é" * 70_000, "\r" * 999]
        for version, text in enumerate(texts, 2):
            for name, language in (("search.json", "json"), ("a.http", "http"), ("a.md", "markdown"), ("a.har", "har")):
                other = uri.replace("search.json", name)
                client.open_document(other, text, language, version)
                await client.diagnostics(other, version)
                client.change(other, version + 50, ((9, 9, 0, 1), SECRET), ((0, 0, 99, 99), "{"))
                await client.diagnostics(other, version + 50)
        client.change("file:///never/opened.json", 1, (None, "{}"))
        assert await client.actions("file:///never/opened.json", (0, 0, 0, 0)) == []
        protocol = client.protocol
        protocol._send_data({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {"x": SECRET}})
        protocol._send_data({"jsonrpc": "2.0", "method": "no/such", "params": SECRET})
        params = types.ExecuteCommandParams(command="no.such", arguments=[SECRET])
        with pytest.raises(Exception, match=r"no\.such"):
            await client.workspace_execute_command_async(params)
        client.open_document(uri, BAD, version=99)
        assert rules(await client.diagnostics(uri, 99)) == ["unknown-field"]
        assert SECRET not in "".join(client.logged)

    run(tmp_path, scenario)


def test_an_error_in_a_handler_is_logged_without_its_message(tmp_path: Path) -> None:
    """The log says where the error is, but its message may contain a part of an event."""
    program = f"""
import sys
from eventlint.lsp import handlers_actions, server
def broken(*_): raise ValueError({SECRET!r})
handlers_actions.code_actions.actions = broken
sys.exit(server.run())
"""

    async def main() -> None:
        client = Client()
        await client.start_io(sys.executable, "-c", program)
        capabilities = types.ClientCapabilities()
        await client.initialize_async(types.InitializeParams(capabilities=capabilities, root_uri=tmp_path.as_uri()))
        uri = (tmp_path / "search.json").as_uri()
        client.open_document(uri, BAD)
        assert await client.actions(uri, (0, 61, 0, 61)) == []
        await client.diagnostics(uri)
        assert client.logged[0].startswith("unexpected ValueError in textDocument/codeAction (")
        assert SECRET not in client.logged[0]
        await client.end()

    asyncio.run(main())


def conversation(*messages: dict[str, Any]) -> bytes:
    """Messages as they are sent."""
    bodies = [json.dumps({"jsonrpc": "2.0", **one}).encode() for one in messages]
    return b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(body), body) for body in bodies)


INITIALIZE = {"id": 1, "method": "initialize", "params": {"capabilities": {}, "processId": None, "rootUri": None}}


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        ([INITIALIZE, {"id": 2, "method": "shutdown"}, {"method": "exit"}], 0),
        ([INITIALIZE, {"method": "exit"}], 1),
        ([INITIALIZE], 1),
        ([], 1),
    ],
)
def test_how_the_server_ends(messages: list[dict[str, Any]], code: int) -> None:
    """It ends when the client says so, and when the client is gone; standard error stays empty."""
    command = [sys.executable, "-m", "eventlint", "lsp", "--stdio"]
    done = subprocess.run(command, input=conversation(*messages), capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (code, b"")


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The message says what to install, with the Python that runs eventlint."""
    from eventlint.cli import lsp, main

    monkeypatch.setattr(lsp, "find_spec", lambda name: None)
    assert main(["lsp"]) == 2
    assert f"{sys.executable} -m pip install 'eventlint[lsp]'" in capsys.readouterr().err


def test_a_definition(tmp_path: Path) -> None:
    """A reference in a contract leads to the schema; the server lints the document."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:acme:search:1-0-0",
        "title": "a",
        "description": "b",
        "x-applies-to": {"events": ["search"]},
        "type": "objekt",
        "properties": {"user": {"$ref": "#/$defs/user"}},
        "$defs": {"user": {"description": "c"}},
    }
    (tmp_path / "eventlint.toml").write_text('contracts = ["a.json"]\nignore = ["lint"]')
    text = json.dumps(schema, indent=1)
    (tmp_path / "a.json").write_text(text)

    async def scenario(client: Client, uri: str) -> None:
        client.open_document(uri, text)
        assert rules(await client.diagnostics(uri)) == ["invalid-schema"]
        client.change(uri, 2, ((10, 13, 10, 13), "t"), ((10, 13, 10, 14), ""), (None, text.replace("objekt", "object")))
        assert rules(await client.diagnostics(uri, 2)) == []
        line = next(number for number, one in enumerate(text.splitlines()) if "$ref" in one)
        identifier = types.TextDocumentIdentifier(uri)
        params = types.DefinitionParams(identifier, types.Position(line, 8))
        found = await client.text_document_definition_async(params)
        assert isinstance(found, types.Location)
        assert (found.uri, text.splitlines()[found.range.start.line]) == (uri, '  "user": {')

    run(tmp_path, scenario, "a.json")
