"""Values of the language server as values of the protocol."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from lsprotocol import types
from pygls import uris

from eventlint.lsp.diagnostics import Diagnostic, Related, Severity
from eventlint.lsp.positions import Positions, TextPosition, TextRange

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


def diagnostic(found: Diagnostic, positions: Positions, page_of: Callable[[str], str | None]) -> dict[str, Any]:
    """A diagnostic as JSON: there are many of them, and the classes of the protocol take ten times longer.

    Args:
        found: The diagnostic.
        positions: The lines of its document.
        page_of: Gives the URI of the page of a rule.
    """
    made: dict[str, Any] = {
        "range": _range(positions.range(found.start, found.end)),
        "message": found.message,
        "severity": _SEVERITIES[found.severity].value,
        "source": SOURCE,
    }
    page = None if found.url is None else page_of(found.url)
    if found.rule is not None:
        made["code"] = found.rule
    if page is not None:
        made["codeDescription"] = {"href": page}
    if found.data:
        made["data"] = dict(found.data)
    if found.related:
        made["relatedInformation"] = [_related(one) for one in found.related]
    return made


def _range(found: TextRange) -> dict[str, Any]:
    return {"start": found.start._asdict(), "end": found.end._asdict()}


def _related(found: Related) -> dict[str, Any]:
    at = {"line": found.line, "character": found.column}
    uri = uris.from_fs_path(os.path.abspath(found.path))
    return {"location": {"uri": uri, "range": {"start": at, "end": at}}, "message": found.message}
