"""Exports the specification of a release as JSON Schema, OpenAPI or TypeScript."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from eventlint.spec import Release

__all__ = ["FORMATS", "export"]

FORMATS = {"openapi": "openapi", "typescript": "typescript", "json-schema-bundle": "json_schema"}
"""Each format's name, and the module that writes it; a module is imported when its format is requested."""


def export(form: str, release: Release, dialect: str = "2020-12") -> str:
    """Export all events of a release as one text, in one of :data:`FORMATS`."""
    write: Callable[[Release, str], str] = import_module(f"eventlint.exports.{FORMATS[form]}").text
    return write(release, dialect)
