"""Reads schema documents from files, folders and git.

Nothing is ever fetched: references are looked up among the documents that were read and the packaged ones.
"""

from __future__ import annotations

import dataclasses
import functools
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any
from urllib.parse import quote

from eventlint.config import PACKAGE, is_named_pipe
from eventlint.errors import InputError, UsageError
from eventlint.git_command import run_git
from eventlint.schemas.json_places import SchemaSyntaxError, Text, read
from eventlint.schemas.keywords import ANNOTATIONS, KNOWN
from eventlint.schemas.versions import Version, is_version, version_at_end, without_version
from eventlint.spec import packaged

MAX_BYTES = 5_000_000
"""The largest document that is read."""

_SKIPPED = frozenset({"node_modules", "__pycache__", "venv"})
_SCHEMA_KEYS = (KNOWN - ANNOTATIONS) | {"$schema", "$id", "$defs"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A schema document.

    Attributes:
        path: The file's name, as messages show it.
        name: The name in its folder, with slashes; two documents of the same name belong together.
        text: Its content, with positions.
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
        """Its ``$id``; None without one."""
        identifier = self.value.get("$id") if isinstance(self.value, dict) else None
        return identifier if isinstance(identifier, str) and identifier else None

    @property
    def uri(self) -> str:
        """The address that references use: its ``$id``, else the file's address."""
        return (self.identifier or address(self.path)).removesuffix("#")

    @property
    def version(self) -> Version | None:
        """Its version: at the end of ``$id``, in ``self`` of a self-describing schema, else in the file's name."""
        described = _described(self.value).get("version", "")
        return version_at_end(self.identifier or "") or version_at_end(described) or version_at_end(self.name)

    @property
    def stem(self) -> str | None:
        """What all its versions have in common: the ``$id`` or name without the version; None without a version."""
        if version_at_end(self.identifier or ""):
            return without_version(self.identifier or "")
        described = _described(self.value)
        if version_at_end(described.get("version", "")):
            return "/".join(described.get(key, "") for key in ("vendor", "name", "format"))
        return without_version(self.name) if version_at_end(self.name) else None

    def with_value(self, value: Any) -> Document:
        """The document with another schema."""
        return dataclasses.replace(self, text=self.text._replace(value=value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A file that is not JSON.

    Attributes:
        path: The file's name, as messages show it.
        name: The name in its folder.
        data: Its bytes.
        error: What is wrong, with its position.
    """

    path: str
    name: str
    data: bytes
    error: SchemaSyntaxError


def _described(value: Any) -> dict[str, str]:
    """The description of a self-describing schema: its vendor, name, format and version."""
    found = value.get("self") if isinstance(value, dict) else None
    return {key: one for key, one in found.items() if isinstance(one, str)} if isinstance(found, dict) else {}


def address(path: str) -> str:
    """The address of a file, for a document without ``$id``."""
    return "file://" + quote(os.path.abspath(path).replace(os.sep, "/"), errors="surrogatepass")


def is_schema(value: Any) -> bool:
    """Whether a JSON value in a folder looks like a schema; folders may also hold other documents."""
    return isinstance(value, dict) and not _SCHEMA_KEYS.isdisjoint(value)


def load(where: str) -> tuple[list[Document], list[Unreadable]]:
    """The documents in a file, a folder, ``git:REF:PATH`` or ``package:NAME/PATH``, in the order of their names.

    Args:
        where: What to read. A folder means all its files that look like schemas: those with the suffix ``.json``, and
            those whose name is a version. ``package:NAME/PATH`` is a file or folder of an installed package, which is
            not imported.

    Returns:
        The documents, and the files that are not JSON.

    Raises:
        InputError: It does not exist, or cannot be read.
        UsageError: ``git:`` is followed by something else than a ref and a path.
    """
    if where.startswith(PACKAGE):
        where = in_package(where)
    if where.startswith("git:"):
        found = _from_git(where)
    elif os.path.isdir(where):
        found = [(os.path.join(where, name), name, _bytes(os.path.join(where, name))) for name in _names(where)]
    else:
        found = [(where, "", _bytes(where))]
    documents: list[Document] = []
    unreadable: list[Unreadable] = []
    for path, name, data in found:
        try:
            text = read(data)
        except SchemaSyntaxError as error:
            unreadable.append(Unreadable(path=path, name=name or os.path.basename(path), data=data, error=error))
            continue
        if not name or is_schema(text.value):
            documents.append(Document(path=path, name=name or os.path.basename(path), text=text))
    return documents, unreadable


def in_package(where: str) -> str:
    """The path of a file or folder in an installed package. The package is found, but not imported.

    Args:
        where: ``package:acme_events/contracts``; the folder may be left out.

    Raises:
        InputError: There is no such package, or no such file in it.
        UsageError: It is not written in this way.
    """
    name, _, path = where.removeprefix(PACKAGE).replace(os.sep, "/").partition("/")
    parts = [part for part in path.split("/") if part]
    top, *inner = name.split(".")
    if not all(part.isidentifier() for part in (top, *inner)) or ".." in parts:
        raise UsageError(f"{where!r} is not a folder in a package: write package:acme_events/contracts")
    import importlib.util

    try:
        spec = importlib.util.find_spec(top)
    except (ImportError, ValueError) as error:
        raise InputError(f"{where}: the package {top} cannot be found: {error}") from error
    if spec is None:
        raise InputError(f"{where}: no package {top} is installed; install it next to eventlint")
    folders = [os.path.join(folder, *inner, *parts) for folder in spec.submodule_search_locations or ()]
    for found in folders:
        if os.path.exists(found):
            return found
    what = f"{'/'.join([*inner, *parts])}" if folders else "folders"
    raise InputError(f"{where}: the package {top} has no {what or 'folder'}; is it part of the wheel?")


def load_from(ref: str, where: str) -> list[Document]:
    """The documents that git had in a file or folder; files that git did not have, or that are not JSON, are left out.

    Args:
        ref: ``git:REF``.
        where: A file or folder.

    Raises:
        InputError: There is no such ref, or no repository.
        UsageError: The ref is not written ``git:REF``.
    """
    name = ref.removeprefix("git:")
    if not ref.startswith("git:") or not name or name.startswith("-") or ":" in name:
        raise UsageError(f"{ref!r} is not a git ref: write git:REF, such as git:HEAD")
    _git(ref, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    try:
        return load(f"{ref}:{where}")[0]
    except InputError:
        return []


def siblings(where: str) -> list[Document]:
    """The other documents in the folder of a file, which its references may lead to; none for a folder.

    Args:
        where: As for :func:`load`.
    """
    base, sep, path = where.rpartition(":") if where.startswith("git:") else ("", "", where)
    if os.path.isdir(path) or not _may_be_schema(path):
        return []
    folder = os.path.dirname(path) or "."
    try:
        return [one for one in load(f"{base}{sep}{folder}")[0] if "/" not in one.name and one.path != where]
    except InputError:
        return []


@functools.cache
def packaged_documents() -> tuple[Document, ...]:
    """The packaged documents."""
    return tuple(load(packaged.folder())[0])


def _bytes(path: str) -> bytes:
    if is_named_pipe(path):
        raise InputError(f"{path}: is a pipe")
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: {getattr(error, 'strerror', None) or error}") from error
    return _checked_size(path, data)


def _checked_size(path: str, data: bytes) -> bytes:
    if len(data) > MAX_BYTES:
        raise InputError(f"{path}: a schema document may have at most {MAX_BYTES:,} bytes")
    return data


def _may_be_schema(name: str) -> bool:
    """Whether a file may hold a schema: a .json file, or one whose name is a version, as in schema registries."""
    return name.endswith(".json") or is_version(os.path.basename(name))


def _names(folder: str) -> list[str]:
    names: list[str] = []
    for at, folders, files in os.walk(folder):
        folders[:] = [one for one in folders if not one.startswith(".") and one not in _SKIPPED]
        below = FilePath(at).relative_to(folder)
        wanted = [file for file in files if _may_be_schema(file) and not file.startswith(".")]
        names += [(below / file).as_posix() for file in wanted if not is_named_pipe(os.path.join(at, file))]
    return sorted(names)


def _from_git(where: str) -> list[tuple[str, str, bytes]]:
    ref, sep, path = where.removeprefix("git:").partition(":")
    if not sep or not ref or ref.startswith("-"):
        raise UsageError(f"{where!r} is not a path in git: write git:REF:PATH, such as git:HEAD:schemas")
    relative = os.path.relpath(path or ".").replace(os.sep, "/")
    spec = f"{ref}:./" if relative == "." else f"{ref}:./{relative}"
    kind = _git(where, "cat-file", "-t", spec).strip()
    if kind == b"blob":
        return [(where, "", _checked_size(where, _git(where, "cat-file", "blob", spec)))]
    listed = _git(where, "ls-tree", "-r", "-z", spec).split(b"\0")
    found: list[tuple[str, str, bytes]] = []
    for entry in filter(None, listed):
        head, _, raw = entry.partition(b"\t")
        name = raw.decode("utf-8", "surrogateescape")
        hidden = any(part.startswith(".") or part in _SKIPPED for part in name.split("/"))
        if _may_be_schema(name) and not hidden and not head.startswith((b"120000", b"160000")):
            path_in_git = f"{where.rstrip('/')}/{name}"
            blob = head.split()[2].decode()
            found.append((path_in_git, name, _checked_size(path_in_git, _git(where, "cat-file", "blob", blob))))
    return sorted(found)


def _git(where: str, *words: str) -> bytes:
    try:
        done = run_git(*words)
    except (OSError, ValueError) as error:
        raise InputError(f"{where}: cannot run git: {error}") from error
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise InputError(f"{where}: git failed: {lines[-1] if lines else f'exit code {done.returncode}'}")
    return done.stdout


def distinct(documents: Iterable[Document]) -> dict[str, Document]:
    """Documents by their address; of several with the same address the first."""
    found: dict[str, Document] = {}
    for document in documents:
        found.setdefault(document.uri, document)
    return found
