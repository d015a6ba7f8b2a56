"""The handlers of code actions, commands and definitions."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls import uris

from eventlint.lsp import code_actions, config_edits, convert
from eventlint.lsp.code_actions import EXPLAIN_COMMAND, FIX_ALL, CodeAction
from eventlint.lsp.diagnostics import Diagnostic
from eventlint.lsp.documents import Document
from eventlint.lsp.handlers import command, feature
from eventlint.lsp.positions import Positions
from eventlint.lsp.rule_pages import manual_of
from eventlint.lsp.schema_documents import definition
from eventlint.model import Edit

if TYPE_CHECKING:
    from eventlint.lsp.server import Server

_FIX_ALL_TITLE = "Fix all safe eventlint problems"
_KINDS = (types.CodeActionKind.QuickFix, FIX_ALL)


def register(server: Server) -> None:
    """Add the handlers to the server."""

    @feature(
        server,
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=list(_KINDS), resolve_provider=True),
    )
    async def code_action(params: types.CodeActionParams) -> list[types.CodeAction] | None:
        uri = params.text_document.uri
        checked = await server.checked(uri)
        if checked is None:
            return None
        document, found = checked
        only = params.context.only
        made: list[types.CodeAction] = []
        if _is_wanted(only, types.CodeActionKind.QuickFix.value):
            start = document.positions.offset(convert.text_position(params.range.start))
            end = document.positions.offset(convert.text_position(params.range.end))
            for one in code_actions.actions(document, found, start, end):
                action = _converted(server, uri, document, one)
                if action is not None:
                    made.append(action)
        if _is_wanted(only, FIX_ALL) and code_actions.has_safe_fix(found):
            action = types.CodeAction(_FIX_ALL_TITLE, kind=FIX_ALL, data={"uri": uri, "version": document.version})
            if only is not None or not _resolves_edits(server):
                edits = await server.in_background(code_actions.fix_all, document)
                action.edit = _edit(server, uri, document, edits)
            if action.edit is not None or _resolves_edits(server):
                made.append(action)
        return made

    @feature(server, types.CODE_ACTION_RESOLVE)
    async def resolve(action: types.CodeAction) -> types.CodeAction:
        data: Any = action.data
        uri = data.get("uri") if isinstance(data, dict) else None
        document = server.document(uri) if isinstance(uri, str) else None
        if document is not None and action.edit is None and action.kind == FIX_ALL:
            edits = await server.in_background(code_actions.fix_all, document)
            action.edit = _edit(server, str(uri), document, edits)
        return action

    @feature(server, types.TEXT_DOCUMENT_DEFINITION)
    async def definition_of(params: types.DefinitionParams) -> types.Location | None:
        document = server.document(params.text_document.uri)
        if document is None or not document.settings.is_schema:
            return None
        offset = document.positions.offset(convert.text_position(params.position))
        target = await server.in_background(definition, document, offset, server.texts())
        if target is None:
            return None
        text = target.data.decode("utf-8-sig", "replace").encode()
        start = target.start - (len(target.data) - len(text) if target.data.startswith(b"\xef\xbb\xbf") else 0)
        at = convert.position(Positions(text, server.position_encoding).position(start))
        return types.Location(uris.from_fs_path(target.path) or target.path, types.Range(at, at))

    @command(server, EXPLAIN_COMMAND)
    def explain(rule: str) -> str | None:
        documents = [server.document(uri) for uri in server.open]
        contracts = dict.fromkeys(one.settings.contract for one in documents if one is not None)
        text = manual_of(rule, contracts) or manual_of("contract-violation")
        page = server.pages.uri(f"{rule if manual_of(rule) is not None else 'contract-violation'}.md")
        window = server.client_capabilities.window
        can_show = window is not None and window.show_document is not None and window.show_document.support
        if page is not None and can_show and server.options.open_pages:
            server.window_show_document(
                types.ShowDocumentParams(page, external=page.startswith("http")), lambda result: None
            )
        return text


def _is_wanted(only: Any, kind: str) -> bool:
    """Whether a client wants actions of a kind: it names the kind, or one that contains it."""
    if only is None:
        return True
    names = [str(getattr(one, "value", one)) for one in only]
    return any(name == "" or kind == name or kind.startswith(name + ".") for name in names)


def _resolves_edits(server: Server) -> bool:
    """Whether the client asks for the edits of an action when it is chosen."""
    text = server.client_capabilities.text_document
    options = None if text is None or text.code_action is None else text.code_action.resolve_support
    return options is not None and "edit" in options.properties


def _converted(server: Server, uri: str, document: Document, one: CodeAction) -> types.CodeAction | None:
    """An action of the protocol; None if the client cannot do it."""
    about = [_diagnostic(server, document, found) for found in one.diagnostics]
    action = types.CodeAction(one.title, kind=types.CodeActionKind.QuickFix, diagnostics=about)
    if one.rule is not None:
        action.command = types.Command(title=one.title, command=EXPLAIN_COMMAND, arguments=[one.rule])
    elif one.disabled is not None:
        text = server.client_capabilities.text_document
        if text is None or text.code_action is None or not text.code_action.disabled_support:
            return None
        action.disabled = types.CodeActionDisabled(one.disabled)
    elif one.suppressed is not None:
        action.edit = _config_edit(server, document, one.suppressed)
        if action.edit is None:
            return None
    else:
        action.edit = _edit(server, uri, document, one.edits)
        action.is_preferred = one.is_preferred or None
    return action


def _diagnostic(server: Server, document: Document, found: Diagnostic) -> types.Diagnostic:
    """A diagnostic as the client knows it."""
    made = convert.diagnostic(found, document.positions, server.pages.uri)
    structured: types.Diagnostic = server.structured(made, types.Diagnostic)
    return structured


def _edit(server: Server, uri: str, document: Document, edits: tuple[Edit, ...]) -> types.WorkspaceEdit | None:
    """Edits of a document; None if there are none."""
    if not edits:
        return None
    made = [
        types.TextEdit(
            convert.range_of(document.positions.range(edit.start, edit.end)), edit.content.decode("utf-8", "replace")
        )
        for edit in edits
    ]
    return _workspace_edit(server, uri, document.version, made)


def _workspace_edit(
    server: Server, uri: str, version: int | None, edits: list[types.TextEdit], *, is_new: bool = False
) -> types.WorkspaceEdit | None:
    """Edits of one file, in the form that the client understands; None if it cannot create the file."""
    workspace = server.client_capabilities.workspace
    options = None if workspace is None else workspace.workspace_edit
    if options is None or not options.document_changes:
        return None if is_new else types.WorkspaceEdit(changes={uri: edits})
    changes: list[Any] = []
    if is_new:
        if types.ResourceOperationKind.Create not in (options.resource_operations or ()):
            return None
        changes.append(types.CreateFile(uri=uri, options=types.CreateFileOptions(ignore_if_exists=True)))
    identifier = types.OptionalVersionedTextDocumentIdentifier(uri=uri, version=version)
    changes.append(types.TextDocumentEdit(identifier, list(edits)))
    return types.WorkspaceEdit(document_changes=changes)


def _config_edit(server: Server, document: Document, found: Diagnostic) -> types.WorkspaceEdit | None:
    """The suppression of a diagnostic in the configuration."""
    folder = server.folder_of(document.path)
    path, is_new = config_edits.config_file(document, folder)
    open_file = next((one for one in server.open.values() if os.path.abspath(one.buffer.path) == path), None)
    if open_file is not None:
        text, version, uri = open_file.buffer.text, open_file.buffer.version, open_file.uri
    else:
        try:
            with open(path, "rb") as file:
                text = b"" if is_new else file.read()
        except OSError:
            text, is_new = b"", True
        version, uri = None, uris.from_fs_path(path) or path
    edit = config_edits.suppression(document, found, path, text, is_new=is_new)
    if edit is None:
        return None
    shown = text.decode("utf-8-sig", "replace").encode()
    positions = Positions(shown, server.position_encoding)
    at = convert.position(positions.position(edit.start - (len(text) - len(shown))))
    new = types.TextEdit(types.Range(at, at), edit.content.decode())
    return _workspace_edit(server, uri, version, [new], is_new=edit.is_new)
