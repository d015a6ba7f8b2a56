"""Tells the author of a document what is wrong with it, and where; it must not know what can be wrong."""

from __future__ import annotations

from eventlint.errors import SchemaError
from eventlint.model import Position, pointer
from eventlint.schemas.documents import Document
from eventlint.schemas.keywords import Path


def at(document: Document, path: Path, message: str, *, of_name: bool = False) -> SchemaError:
    """The error for a place in a document.

    Args:
        document: The document.
        path: The way to what is wrong.
        message: What is wrong, as a part of a sentence.
        of_name: Whether it is about the member's name, not about its value.
    """
    text = document.text
    offset = text.offset(path, of_name=of_name)
    return _error(document.path, message, text.positions([offset])[offset], pointer(path))


def unread(path: str, message: str, position: Position) -> SchemaError:
    """The error for a file that holds no JSON."""
    return _error(path, message, position, "")


def _error(path: str, message: str, position: Position, where: str) -> SchemaError:
    told = f"{path}:{position.line}:{position.column}: {message}{f' ({where})' if where else ''}"
    return SchemaError(told, path=path, position=position, pointer=where)
