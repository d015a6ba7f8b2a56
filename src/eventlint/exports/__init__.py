"""Exports: the schemas for other programs, as JSON Schema, OpenAPI or TypeScript; it must not know files or findings.

All that an export says of a field comes from the schemas; all that it says of an answer comes from the server.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from eventlint.spec import Era

__all__ = ["FORMATS", "export"]

FORMATS: dict[str, str] = {
    "openapi": "eventlint.exports.openapi:text",
    "typescript": "eventlint.exports.typescript:text",
    "json-schema-bundle": "eventlint.exports.json_schema:text",
}
"""Each format's name, and the function that writes it; its module is imported when it is asked for."""


def export(form: str, era: Era, release: str, dialect: str) -> str:
    """All events in one text.

    Args:
        form: One of :data:`FORMATS`.
        era: The era whose schemas and answers it tells.
        release: The release of that era.
        dialect: One of :data:`eventlint.exports.schema_list.DIALECTS`, for formats that are JSON Schema.
    """
    module, _, name = FORMATS[form].partition(":")
    write: Callable[[Era, str, str], str] = getattr(import_module(module), name)
    return write(era, release, dialect)
