"""Schema documents from files, folders and git; it must not know what is wrong with them, or how two differ.

Nothing is ever fetched: a reference is found among the documents at hand and the packaged ones, or it is not found.
"""

from __future__ import annotations

import functools
import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any
from urllib.parse import quote

from eventlint.errors import InputError, UsageError
from eventlint.schemas.json_places import Text, UnreadableText, read
from eventlint.schemas.keywords import ANNOTATIONS, KNOWN
from eventlint.schemas.versions import Version, version_at_end
from eventlint.spec import packaged as packaged

MAX_BYTES = 5_000_000
"""A document may be so big; schemas are written by hand."""

_SKIPPED = frozenset({"node_modules", "__pycache__", "venv"})
_TELLING = (KNOWN - ANNOTATIONS) | {"$schema", "$id", "$defs"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A schema document.

    Attributes:
        path: The file's name, as messages show it.
        name: The name in its folder, with slashes; two documents of the same name belong together.
        text: What it says, and where.
    """

    path: str
    name: str
    text: Text

    @property
    def value(self) -> Any:
        """The schema."""
        return self.text.value

    @property
    def identifier(self) -> str | None:
        """Its ``$id``; None where there is none."""
        said = self.value.get("$id") if isinstance(self.value, dict) else None
        return said if isinstance(said, str) and said else None

    @property
    def uri(self) -> str:
        """What references call it: its ``$id``, else the file's address."""
        return (self.identifier or address(self.path)).removesuffix("#")

    @property
    def version(self) -> Version | None:
        """Its version: at the end of ``$id``, else in the file's name."""
        return version_at_end(self.identifier or "") or version_at_end(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A file that holds no JSON.

    Attributes:
        path: The file's name, as messages show it.
        name: The name in its folder.
        data: Its bytes.
        error: What is wrong, and where.
    """

    path: str
    name: str
    data: bytes
    error: UnreadableText


def address(path: str) -> str:
    """A file's address, by which a document without ``$id`` is known."""
    return "file://" + quote(os.path.abspath(path).replace(os.sep, "/"), errors="surrogatepass")


def is_schema(value: Any) -> bool:
    """Whether a document that nobody named looks like a schema: folders hold other documents too."""
    return isinstance(value, dict) and not _TELLING.isdisjoint(value)


def load(where: str) -> tuple[list[Document], list[Unread]]:
    """The documents that a file, a folder or ``git:REF:PATH`` holds, in the order of their names.

    Args:
        where: What to read. A folder gives all its ``.json`` files that look like schemas.

    Returns:
        The documents, and the files that hold no JSON.

    Raises:
        InputError: It is not there, or cannot be read.
        UsageError: ``git:`` is followed by something that cannot be.
    """
    if where.startswith("git:"):
        found = _from_git(where)
    elif os.path.isdir(where):
        found = [(os.path.join(where, name), name, _bytes(os.path.join(where, name))) for name in _names(where)]
    else:
        found = [(where, "", _bytes(where))]
    documents: list[Document] = []
    unread: list[Unread] = []
    for path, name, data in found:
        try:
            text = read(data)
        except UnreadableText as error:
            unread.append(Unread(path=path, name=name or os.path.basename(path), data=data, error=error))
            continue
        if not name or is_schema(text.value):
            documents.append(Document(path=path, name=name or os.path.basename(path), text=text))
    return documents, unread


def load_from(ref: str, where: str) -> list[Document]:
    """What git had of a file or folder; nothing where it had none, or where that was no JSON.

    Args:
        ref: ``git:REF``.
        where: A file or folder.

    Raises:
        InputError: There is no such ref, or no repository.
        UsageError: The ref is not told as ``git:REF``.
    """
    name = ref.removeprefix("git:")
    if not ref.startswith("git:") or not name or name.startswith("-") or ":" in name:
        raise UsageError(f"{ref!r}: write git:REF, for example git:HEAD")
    _git(ref, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    try:
        return load(f"{ref}:{where}")[0]
    except InputError:
        return []


def around(where: str) -> list[Document]:
    """The other documents in a file's folder, which its references may lead to; none for a folder.

    Args:
        where: As for :func:`load`.
    """
    base, sep, path = where.rpartition(":") if where.startswith("git:") else ("", "", where)
    if os.path.isdir(path) or not path.endswith(".json"):
        return []
    folder = os.path.dirname(path) or "."
    try:
        return [one for one in load(f"{base}{sep}{folder}")[0] if "/" not in one.name and one.path != where]
    except InputError:
        return []


@functools.cache
def packaged_documents() -> tuple[Document, ...]:
    """The documents of the package."""
    return tuple(load(packaged.folder())[0])


def _bytes(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: {getattr(error, 'strerror', None) or error}") from error
    return _not_too_big(path, data)


def _not_too_big(path: str, data: bytes) -> bytes:
    if len(data) > MAX_BYTES:
        raise InputError(f"{path}: more than {MAX_BYTES:,} bytes are no schema that somebody wrote")
    return data


def _names(folder: str) -> list[str]:
    names: list[str] = []
    for at, folders, files in os.walk(folder):
        folders[:] = [one for one in folders if not one.startswith(".") and one not in _SKIPPED]
        below = FilePath(at).relative_to(folder)
        names += [(below / file).as_posix() for file in files if file.endswith(".json") and not file.startswith(".")]
    return sorted(names)


def _from_git(where: str) -> list[tuple[str, str, bytes]]:
    ref, sep, path = where.removeprefix("git:").partition(":")
    if not sep or not ref or ref.startswith("-"):
        raise UsageError(f"{where!r}: write git:REF:PATH, for example git:HEAD:schemas")
    relative = os.path.relpath(path or ".").replace(os.sep, "/")
    spec = f"{ref}:./" if relative == "." else f"{ref}:./{relative}"
    kind = _git(where, "cat-file", "-t", spec).strip()
    if kind == b"blob":
        return [(where, "", _not_too_big(where, _git(where, "cat-file", "blob", spec)))]
    listed = _git(where, "ls-tree", "-r", "-z", spec).split(b"\0")
    found: list[tuple[str, str, bytes]] = []
    for entry in filter(None, listed):
        head, _, raw = entry.partition(b"\t")
        name = raw.decode("utf-8", "surrogateescape")
        hidden = any(part.startswith(".") or part in _SKIPPED for part in name.split("/"))
        if name.endswith(".json") and not hidden and not head.startswith((b"120000", b"160000")):
            shown = f"{where.rstrip('/')}/{name}"
            blob = head.split()[2].decode()
            found.append((shown, name, _not_too_big(shown, _git(where, "cat-file", "blob", blob))))
    return sorted(found)


def _git(where: str, *words: str) -> bytes:
    try:
        done = subprocess.run(["git", *words], capture_output=True, check=False)  # noqa: S603, S607 - no shell, git's name
    except (OSError, ValueError) as error:
        raise InputError(f"{where}: git cannot be run: {error}") from error
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise InputError(f"{where}: git says: {lines[-1] if lines else 'nothing'}")
    return done.stdout


def distinct(documents: Iterable[Document]) -> dict[str, Document]:
    """Documents by what references call them; of several with one name the first."""
    found: dict[str, Document] = {}
    for document in documents:
        found.setdefault(document.uri, document)
    return found
