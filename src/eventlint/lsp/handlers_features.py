"""The handlers of what an editor asks about a place: hover, completion, symbols, code lenses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types

from eventlint.lsp import completion, convert, hover, lenses, symbols
from eventlint.lsp.documents import Document
from eventlint.lsp.handlers import command, feature
from eventlint.lsp.places import Subject
from eventlint.lsp.positions import TextPosition

if TYPE_CHECKING:
    from eventlint.lsp.server import Server

ANSWER_COMMAND = "eventlint.answer"
"""The command that returns the server's whole answer as text, for the client to show."""

TRIGGERS = ['"', ":", "/", "?", "&", "="]
"""The characters after which a client asks for completions."""

_COMPLETION_KINDS: dict[completion.Kind, types.CompletionItemKind] = {
    "field": types.CompletionItemKind.Field,
    "value": types.CompletionItemKind.Value,
    "event": types.CompletionItemKind.Struct,
    "event_type": types.CompletionItemKind.EnumMember,
    "collection": types.CompletionItemKind.Module,
    "parameter": types.CompletionItemKind.Property,
}
_SYMBOL_KINDS: dict[symbols.Kind, types.SymbolKind] = {
    "event": types.SymbolKind.Event,
    "object": types.SymbolKind.Object,
    "array": types.SymbolKind.Array,
    "string": types.SymbolKind.String,
    "number": types.SymbolKind.Number,
    "boolean": types.SymbolKind.Boolean,
    "null": types.SymbolKind.Null,
}


def register(server: Server) -> None:
    """Add the handlers to the server."""
    _register_places(server)
    _register_outline(server)
    _register_lenses(server)


def _register_places(server: Server) -> None:
    """Hover and completion."""

    def at(uri: str, position: types.Position) -> tuple[Document, int] | None:
        document = server.document(uri)
        return None if document is None else (document, document.positions.offset(convert.text_position(position)))

    @feature(server, types.TEXT_DOCUMENT_HOVER)
    async def on_hover(params: types.HoverParams) -> types.Hover | None:
        uri = params.text_document.uri
        found = at(uri, params.position)
        if found is None:
            return None
        shown = await server.in_background(hover.hover, *found, _rules_at(server, uri, *found), server.pages.uri)
        if shown is None:
            return None
        span = found[0].positions.range(shown.start, shown.end)
        return types.Hover(_markup(server, shown.markdown), convert.range_of(span))

    @feature(server, types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(TRIGGERS, resolve_provider=True))
    async def on_completion(params: types.CompletionParams) -> types.CompletionList | None:
        uri = params.text_document.uri
        found = at(uri, params.position)
        if found is None:
            return None
        listed = await server.in_background(completion.completions, *found, _has_snippets(server))
        return types.CompletionList(is_incomplete=False, items=[_item(found[0], uri, one) for one in listed])

    @feature(server, types.COMPLETION_ITEM_RESOLVE)
    async def on_resolve(item: types.CompletionItem) -> types.CompletionItem:
        data = _as_dict(item.data)
        document = server.document(str(data.get("uri")))
        if document is not None:
            subject = Subject(tuple(data["event_types"]), data["collection"])
            about = await server.in_background(
                hover.about_field, document.settings, subject, tuple(data["path"]), server.pages.uri
            )
            item.documentation = _markup(server, about)
        return item


def _register_outline(server: Server) -> None:
    """Symbols."""

    @feature(server, types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def on_symbols(
        params: types.DocumentSymbolParams,
    ) -> list[types.DocumentSymbol] | list[types.SymbolInformation] | None:
        uri = params.text_document.uri
        document = server.document(uri)
        if document is None:
            return None
        found = await server.in_background(symbols.symbols, document)
        text = server.client_capabilities.text_document
        options = None if text is None else text.document_symbol
        if options is not None and options.hierarchical_document_symbol_support:
            return [_symbol(document, one) for one in found]
        return [_flat_symbol(document, uri, one) for one in found]


def _register_lenses(server: Server) -> None:
    """Code lenses, and the command behind them."""

    @feature(server, types.TEXT_DOCUMENT_CODE_LENS, types.CodeLensOptions(resolve_provider=True))
    async def on_lenses(params: types.CodeLensParams) -> list[types.CodeLens] | None:
        uri = params.text_document.uri
        document = server.document(uri)
        if document is None or not server.options.code_lenses:
            return None
        found = await server.in_background(lenses.lenses, document)
        places = [convert.range_of(document.positions.range(one.offset, one.offset)) for one in found]
        return [
            types.CodeLens(range=place, data={"uri": uri, "number": one.number})
            for place, one in zip(places, found, strict=True)
        ]

    @feature(server, types.CODE_LENS_RESOLVE)
    async def on_resolve(lens: types.CodeLens) -> types.CodeLens:
        data = _as_dict(lens.data)
        uri = str(data.get("uri"))
        document = server.document(uri)
        if document is None:
            lens.command = types.Command(title="", command="")
            return lens
        title = await server.in_background(lenses.title, document, int(data["number"]))
        start = {"line": lens.range.start.line, "character": lens.range.start.character}
        name = ANSWER_COMMAND if title.has_answer else ""
        lens.command = types.Command(title=title.text, command=name, arguments=[uri, start])
        return lens

    @command(server, ANSWER_COMMAND)
    async def answer(uri: str, position: Any) -> str | None:
        document = server.document(uri)
        if document is None:
            return None
        where = _as_dict(position)
        offset = document.positions.offset(TextPosition(int(where["line"]), int(where["character"])))
        found: str | None = await server.in_background(_answer, document, offset)
        return found


def _rules_at(server: Server, uri: str, document: Document, offset: int) -> list[str]:
    """The rules that report something at an offset, as far as this version was checked."""
    found = server.open.get(uri)
    if found is None or found.checked is not document:
        return []
    return [one.rule for one in found.diagnostics if one.rule is not None and one.start <= offset <= one.end]


def _as_dict(data: Any) -> dict[str, Any]:
    """An object of the protocol as a dictionary."""
    if isinstance(data, dict):
        return data
    if hasattr(data, "_asdict"):
        return dict(data._asdict())
    names = ("line", "character")
    return {name: getattr(data, name) for name in names if hasattr(data, name)}


def _has_snippets(server: Server) -> bool:
    text = server.client_capabilities.text_document
    item = text.completion.completion_item if text is not None and text.completion is not None else None
    return item is not None and bool(item.snippet_support)


def _item(document: Document, uri: str, found: completion.Completion) -> types.CompletionItem:
    data = None
    if found.path is not None and found.subject is not None:
        event_types, collection = found.subject
        data = {"uri": uri, "path": list(found.path), "event_types": list(event_types), "collection": collection}
    form = types.InsertTextFormat.Snippet if found.is_snippet else types.InsertTextFormat.PlainText
    return types.CompletionItem(
        label=found.label,
        kind=_COMPLETION_KINDS[found.kind],
        detail=found.detail or None,
        sort_text=f"{found.rank:05}",
        filter_text=found.filter_text,
        insert_text_format=form,
        text_edit=_edit(document, found.insertion),
        additional_text_edits=[_edit(document, one) for one in found.others] or None,
        data=data,
    )


def _answer(document: Document, offset: int) -> str | None:
    number = lenses.event_at(document, offset)
    return None if number is None else lenses.answers(document, number)


def _markup(server: Server, text: str) -> types.MarkupContent:
    """Markdown; a client without it shows it as text."""
    capabilities = server.client_capabilities.text_document
    formats = capabilities.hover.content_format if capabilities is not None and capabilities.hover is not None else None
    is_plain = formats is not None and types.MarkupKind.Markdown not in formats
    return types.MarkupContent(types.MarkupKind.PlainText if is_plain else types.MarkupKind.Markdown, text)


def _edit(document: Document, insertion: completion.Insertion) -> types.TextEdit:
    return types.TextEdit(convert.range_of(document.positions.range(insertion.start, insertion.end)), insertion.text)


def _symbol(document: Document, found: symbols.Symbol) -> types.DocumentSymbol:
    return types.DocumentSymbol(
        name=found.name,
        detail=found.detail or None,
        kind=_SYMBOL_KINDS[found.kind],
        range=convert.range_of(document.positions.range(found.start, found.end)),
        selection_range=convert.range_of(document.positions.range(found.name_start, found.name_end)),
        children=[_symbol(document, one) for one in found.children] or None,
    )


def _flat_symbol(document: Document, uri: str, found: symbols.Symbol) -> types.SymbolInformation:
    """An event, for a client that shows no hierarchy."""
    span = convert.range_of(document.positions.range(found.start, found.end))
    return types.SymbolInformation(
        name=found.name, kind=_SYMBOL_KINDS[found.kind], location=types.Location(uri, span), container_name=found.detail
    )
