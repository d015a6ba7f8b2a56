"""Values of the language server as types of the protocol."""

from __future__ import annotations

from collections.abc import Callable

from lsprotocol import types

from eventlint.lsp.diagnostics import Diagnostic, Severity
from eventlint.lsp.positions import TextPosition, TextRange

SOURCE = "eventlint"

_SEVERITIES: dict[Severity, types.DiagnosticSeverity] = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "information": types.DiagnosticSeverity.Information,
    "hint": types.DiagnosticSeverity.Hint,
}


def position(found: TextPosition) -> types.Position:
    """A position."""
    return types.Position(found.line, found.character)


def text_position(found: types.Position) -> TextPosition:
    """A position of the protocol."""
    return TextPosition(found.line, found.character)


def range_of(found: TextRange) -> types.Range:
    """A range."""
    return types.Range(position(found.start), position(found.end))


def diagnostic(found: Diagnostic, page_of: Callable[[str], str | None]) -> types.Diagnostic:
    """A diagnostic; ``page_of`` gives the URI of the page of a rule."""
    page = None if found.url is None else page_of(found.url)
    return types.Diagnostic(
        range=range_of(found.range),
        message=found.message,
        severity=_SEVERITIES[found.severity],
        code=found.rule,
        code_description=None if page is None else types.CodeDescription(page),
        source=SOURCE,
        data=dict(found.data) or None,
    )
