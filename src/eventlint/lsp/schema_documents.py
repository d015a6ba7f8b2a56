"""Custom contracts in an editor: what schema lint reports about a document, and where its references lead."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from eventlint.contract.loading import read
from eventlint.errors import EventlintError
from eventlint.job_settings import contract_paths, ignored_by
from eventlint.lsp.checking import Published
from eventlint.lsp.diagnostics import about_file, of_schema
from eventlint.lsp.documents import Document
from eventlint.output.rendering import RedactedLines, render
from eventlint.schemas import documents as schemas
from eventlint.schemas.documents import Unreadable
from eventlint.schemas.event_places import REFERENCES
from eventlint.schemas.json_places import SchemaSyntaxError
from eventlint.schemas.json_places import read as read_text
from eventlint.schemas.lint import lint_documents
from eventlint.schemas.lint_rules import ALWAYS_ON
from eventlint.schemas.validity import Library


class Target(NamedTuple):
    """Where a reference leads.

    Attributes:
        path: The file.
        data: Its content, as the editor has it.
        start: The first byte of the target in the content.
    """

    path: str
    data: bytes
    start: int


def schema_diagnostics(document: Document, texts: Mapping[str, bytes]) -> Iterator[Published]:
    """What schema lint reports about a document of a contract, together with the other documents of the contract.

    Args:
        document: The document.
        texts: The contents of the files that are open, by their path.
    """
    try:
        found, unreadable = _documents(document, texts)
        is_ignored = ignored_by(document.settings.config)
    except EventlintError as error:
        yield Published([about_file(document, str(error))], True)
        return
    lines = RedactedLines(document.data)
    yield Published(
        [
            of_schema(document, render(one, lines, at=one.position).finding)
            for one in lint_documents(found, unreadable, as_contract=True)
            if _is_file(one.path or "", document.path) and (one.rule in ALWAYS_ON or not is_ignored(one))
        ],
        True,
    )


def definition(document: Document, offset: int, texts: Mapping[str, bytes]) -> Target | None:
    """Where the reference at a byte of a schema document leads; None if there is none, or it leads nowhere.

    Args:
        document: The document.
        offset: The byte, in the text.
        texts: The contents of the files that are open, by their path.
    """
    try:
        found, _ = _documents(document, texts)
    except EventlintError:
        return None
    here = next((one for one in found if _is_file(one.path, document.path)), None)
    if here is None:
        return None
    offset += document.mark or 0
    library = Library(found)
    start = library.root(here.uri)
    for path, schema, resolver in library.walk(*start) if start else ():
        for key in REFERENCES:
            at = here.text.values.get((*path, key))
            if at is None or not isinstance(schema.get(key), str):
                continue
            begin = here.text.keys.get((*path, key), at)
            if begin <= offset <= at + _length(here.text.data, at):
                target = library.resolve(resolver, schema[key])
                return None if target is None else _place(target[0], [*found, *schemas.packaged_documents()])
    return None


def _place(target: object, found: list[schemas.Document]) -> Target | None:
    """Where a schema is: in which document, and at which byte."""
    for one in found:
        waiting: list[tuple[tuple[str, ...], object]] = [((), one.value)]
        while waiting:
            path, value = waiting.pop()
            if value is target:
                return Target(os.path.abspath(one.path), one.text.data, one.text.offset(path))
            if isinstance(value, dict):
                waiting += [((*path, key), below) for key, below in value.items()]
            elif isinstance(value, list):
                waiting += [((*path, str(index)), below) for index, below in enumerate(value)]
    return None


def _length(data: bytes, at: int) -> int:
    """The length of the string at a byte, up to the end of its line."""
    end = at + 1
    while end < len(data) and data[end] not in b'"\r\n':
        end += 2 if data[end] == ord("\\") else 1
    return end + 1 - at


def _documents(document: Document, texts: Mapping[str, bytes]) -> tuple[list[schemas.Document], list[Unreadable]]:
    """The documents of the contract that a document belongs to, as the editor has them.

    Raises:
        EventlintError: The contract cannot be read.
    """
    found, unreadable = read(contract_paths(document.settings.config))
    by_path = {os.path.realpath(path): data for path, data in texts.items()}
    documents: list[schemas.Document] = []
    broken: list[Unreadable] = []
    everything: list[schemas.Document | Unreadable] = [*found, *unreadable]
    for one in everything:
        data = by_path.get(os.path.realpath(one.path))
        if data is None:
            if isinstance(one, schemas.Document):
                documents.append(one)
            else:
                broken.append(one)
            continue
        try:
            documents.append(schemas.Document(path=one.path, name=one.name, text=read_text(data)))
        except SchemaSyntaxError as error:
            broken.append(Unreadable(path=one.path, name=one.name, data=data, error=error))
    return documents, broken


def _is_file(path: str, other: str) -> bool:
    return os.path.realpath(path) == os.path.realpath(other)
