"""A suppression in the configuration file, as a change of its text.

The text is changed where TOML allows it: a table is added at the end, or an item to an array that is there. The result
is read again; a change that does not have the wanted effect is not offered.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from typing import Any, NamedTuple

from eventlint.config import NAMES, Config
from eventlint.lsp.diagnostics import Diagnostic
from eventlint.lsp.documents import Document

_INLINE = re.compile(rb"^[ \t]*(?:tool\.eventlint\.)?suppress[ \t]*=[ \t]*\[", re.MULTILINE)
_SPECIAL = re.compile(r"([\\*?\[\]!# ])")
REASON = "TODO: say why"


class ConfigEdit(NamedTuple):
    """A change of a configuration file.

    Attributes:
        path: The file.
        is_new: Whether the file has to be created.
        start: Where to insert, in bytes.
        content: What to insert.
    """

    path: str
    is_new: bool
    start: int
    content: bytes


def config_file(document: Document, folder: str) -> tuple[str, bool]:
    """The file that has, or will have, the suppressions for a document, and whether it has to be created.

    Args:
        document: The document.
        folder: Where to create a configuration if there is none.
    """
    config: Config = document.settings.config
    if config.path is None:
        return os.path.join(folder, NAMES[0]), True
    return os.path.abspath(config.sources.get("suppress") or config.path), False


def suppression(document: Document, found: Diagnostic, path: str, text: bytes, *, is_new: bool) -> ConfigEdit | None:
    """The change that suppresses a diagnostic; None if the file cannot be changed.

    Args:
        document: The document with the diagnostic.
        found: The diagnostic.
        path: The configuration file.
        text: Its content; empty if it has to be created.
        is_new: Whether it has to be created.
    """
    relative = os.path.relpath(os.path.abspath(document.path), os.path.dirname(path)).replace(os.sep, "/")
    if relative.startswith("../"):
        return None
    pointer = found.data.get("pointer")
    entry = {"rule": str(found.rule), "path": "/" + _SPECIAL.sub(r"\\\1", relative)}
    entry |= {"pointer": str(pointer)} if pointer else {}
    entry["reason"] = REASON
    is_table = os.path.basename(path) == "pyproject.toml"
    inline = _INLINE.search(text)
    if inline is not None:
        pairs = ", ".join(f"{key} = {_string(value)}" for key, value in entry.items())
        edit = ConfigEdit(path, is_new, inline.end(), f"\n  {{ {pairs} }},".encode())
    else:
        gap = "" if not text else "\n" if text.endswith(b"\n") else "\n\n"
        name = "tool.eventlint.suppress" if is_table else "suppress"
        lines = "".join(f"{key} = {_string(value)}\n" for key, value in entry.items())
        edit = ConfigEdit(path, is_new, len(text), f"{gap}[[{name}]]\n{lines}".encode())
    return edit if _is_effective(text, edit, entry, is_table=is_table) else None


def _string(value: str) -> str:
    """A string in TOML; JSON has the same escapes, apart from one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _is_effective(text: bytes, edit: ConfigEdit, entry: dict[str, str], *, is_table: bool) -> bool:
    """Whether a change adds one suppression, and nothing else."""
    before = _settings(text, is_table=is_table)
    after = _settings(text[: edit.start] + edit.content + text[edit.start :], is_table=is_table)
    if before is None or after is None:
        return False
    old, new = before.pop("suppress", []), after.pop("suppress", [])
    if before != after or not isinstance(old, list) or new.count(entry) != old.count(entry) + 1:
        return False
    new.remove(entry)
    return bool(new == old)


def _settings(text: bytes, *, is_table: bool) -> dict[str, Any] | None:
    """The settings in a configuration file; None if it cannot be read."""
    try:
        document = tomllib.loads(text.decode("utf-8-sig"))
        found = document.get("tool", {}).get("eventlint", {}) if is_table else document
    except (ValueError, AttributeError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
