"""Errors in the documents of a contract, with their place."""

from __future__ import annotations

from eventlint.errors import SchemaError
from eventlint.model import Position, pointer
from eventlint.schemas.documents import Document
from eventlint.schemas.keywords import Path


def at(document: Document, path: Path, message: str, *, of_key: bool = False) -> SchemaError:
    """The error for a place in a document: for a value, or for its key. The message is a part of a sentence."""
    text = document.text
    offset = text.offset(path, of_key=of_key)
    return in_file(document.path, message, text.positions([offset])[offset], pointer(path))


def in_file(path: str, message: str, position: Position, where: str = "") -> SchemaError:
    """The error for a position in a file; ``where`` is a JSON Pointer."""
    text = f"{path}:{position.line}:{position.column}: {message}{f' ({where})' if where else ''}"
    return SchemaError(text, path=path, position=position, pointer=where)
