"""The handlers of documents and configurations: what was opened, changed, saved and closed."""

from __future__ import annotations

import os
from contextlib import suppress
from itertools import groupby
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls import uris

from eventlint.lsp import convert
from eventlint.lsp.buffers import Buffer
from eventlint.lsp.handlers import feature
from eventlint.lsp.range_edits import RangeEdit
from eventlint.lsp.rule_pages import RulePages
from eventlint.lsp.settings import WATCHED, Workspace, client_options

if TYPE_CHECKING:
    from eventlint.lsp.server import Server


def register(server: Server) -> None:
    """Add the handlers to the server."""
    from eventlint.lsp.server import OpenDocument

    @feature(server, types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        options, problems = client_options(params.initialization_options)
        folders = [uris.to_fs_path(folder.uri) for folder in params.workspace_folders or ()]
        root = params.root_path or (uris.to_fs_path(params.root_uri) if params.root_uri else None)
        server.settings = Workspace([one for one in folders if one] or ([root] if root else []), options)
        server.pages = RulePages(options.rule_url)
        with suppress(OSError):
            if server.settings.folders:
                os.chdir(server.settings.folders[0])  # messages show paths relative to it
        server.problems = problems

    @feature(server, types.INITIALIZED)
    def initialized(params: types.InitializedParams) -> None:
        for problem in server.problems:
            server.log(problem, types.MessageType.Warning)
        _watch(server)

    @feature(server, types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: types.DidOpenTextDocumentParams) -> None:
        item = params.text_document
        path = server.path_of(item.uri)
        buffer = Buffer(path, item.text, item.language_id, item.version, server.position_encoding)
        found = server.open[item.uri] = OpenDocument(item.uri, buffer)
        server.check_soon(found)

    @feature(server, types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: types.DidChangeTextDocumentParams) -> None:
        found = server.open.get(params.text_document.uri)
        if found is None:
            return
        for has_range, edits in groupby(map(_edit, params.content_changes), lambda one: isinstance(one, RangeEdit)):
            if has_range:
                found.focus = found.buffer.replace_ranges(one for one in edits if isinstance(one, RangeEdit))
            else:
                found.focus = [found.buffer.replace_all(one) for one in edits if isinstance(one, str)][-1]
        found.buffer.version = params.text_document.version
        server.check_soon(found, server.options.debounce / 1000)
        server.check_other_schemas(found)

    @feature(server, types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(params: types.DidSaveTextDocumentParams) -> None:
        found = server.open.get(params.text_document.uri)
        if found is None:
            return
        before = found.buffer.data
        found.buffer.compare_with_file()
        if server.settings.has_changed():
            server.reload()
        elif found.buffer.data != before:
            server.check_soon(found)

    @feature(server, types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        found = server.open.pop(uri, None)
        if found is not None and found.task is not None:
            found.task.cancel()
        server.publish(uri, None, [])

    @feature(server, types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def did_change_watched_files(params: types.DidChangeWatchedFilesParams) -> None:
        if server.settings.has_changed():
            server.reload()

    @feature(server, types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def did_change_folders(params: types.DidChangeWorkspaceFoldersParams) -> None:
        removed = {uris.to_fs_path(one.uri) for one in params.event.removed}
        added = [uris.to_fs_path(one.uri) for one in params.event.added]
        kept = [one for one in server.settings.folders if one not in removed]
        server.settings = Workspace([*kept, *(one for one in added if one)], server.options)
        server.reload()

    @feature(server, types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def did_change_configuration(params: types.DidChangeConfigurationParams) -> None:
        given = params.settings.get("eventlint") if isinstance(params.settings, dict) else None
        if not isinstance(given, dict):
            return
        options, problems = client_options(given)
        for problem in problems:
            server.log(problem, types.MessageType.Warning)
        if options != server.options:
            server.settings = Workspace(server.settings.folders, options)
            server.reload()


def _edit(change: types.TextDocumentContentChangeEvent) -> RangeEdit | str:
    """An edit of a range, or the whole new text."""
    at: types.Range | None = getattr(change, "range", None)
    if at is None:
        return change.text
    return RangeEdit(convert.text_position(at.start), convert.text_position(at.end), change.text)


def _watch(server: Server) -> None:
    """Ask the client to report changes of configurations and schemas, if it can."""
    workspace = server.client_capabilities.workspace
    watching = None if workspace is None else workspace.did_change_watched_files
    if watching is None or not watching.dynamic_registration:
        return
    options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(one) for one in WATCHED])
    registration = types.Registration("eventlint-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
    server.client_register_capability(types.RegistrationParams([registration]))
