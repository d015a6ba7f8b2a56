"""Exports the specification of a release as JSON Schema, OpenAPI or types, with a custom contract if there is one."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from eventlint.exports.audience import Exported
from eventlint.spec import Release

if TYPE_CHECKING:
    from eventlint.contract import Contract

__all__ = ["FORMATS", "Exported", "export"]

FORMATS = {
    "openapi": "openapi",
    "typescript": "typescript",
    "json-schema-bundle": "json_schema",
    "typed-dict": "typed_dict",
}
"""Each format's name, and the module that writes it; a module is imported when its format is requested."""


def export(
    form: str,
    release: Release,
    dialect: str = "2020-12",
    *,
    contract: Contract | None = None,
    collection: str | None = None,
) -> str:
    """Export all events of a release as one text, in one of :data:`FORMATS`.

    Args:
        form: The format.
        release: The release.
        dialect: For JSON Schema: one of :data:`eventlint.exports.schema_list.DIALECTS`.
        contract: A custom contract whose constraints the events also have.
        collection: The collection to export for; None for all of them.
    """
    write: Callable[[Exported, str], str] = import_module(f"eventlint.exports.{FORMATS[form]}").text
    return write(Exported(release, contract, collection), dialect)
