"""The manuals of the rules as pages that an editor can open: temporary files, or pages of a web site."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from eventlint.output.rule_pages import rule_page

if TYPE_CHECKING:
    from eventlint.contract import Contract


def manual_of(name: str, contracts: Iterable[Contract | None] = ()) -> str | None:
    """The manual of a rule in Markdown; None if there is no such rule.

    Args:
        name: The name of the rule.
        contracts: Custom contracts, whose rules are known, too.
    """
    pages = (rule_page(name, contract) for contract in (None, *contracts))
    return next((page for page in pages if page is not None), None)


class RulePages:
    """Gives the URI of the page of a rule, in any thread; a page is written when it is asked for first."""

    def __init__(self, address: str | None = None) -> None:
        """Take the address of the pages on a web site, in which ``{rule}`` is the name; None for temporary files."""
        self._address = address
        self._folder: str | None = None
        self._uris: dict[str, str | None] = {}
        self._lock = threading.Lock()
        self._is_closed = False

    def uri(self, url: str) -> str | None:
        """The URI of a page by its path in the repository; None if there is no such page."""
        name = url.rpartition("/")[2].removesuffix(".md")
        with self._lock:
            if name not in self._uris:
                self._uris[name] = self._address.replace("{rule}", name) if self._address else self._write(name)
            return self._uris[name]

    def has(self, path: str) -> bool:
        """Whether a file is one of the temporary pages, whose examples are not events to check."""
        return self._folder is not None and os.path.dirname(path) == self._folder

    def _write(self, name: str) -> str | None:
        text = manual_of(name)
        if text is None or self._is_closed:
            return None
        try:
            if self._folder is None:
                self._folder = os.path.realpath(tempfile.mkdtemp(prefix="eventlint-"))
            path = Path(self._folder, f"{name}.md")
            path.write_text(text, encoding="utf-8")
            os.chmod(path, 0o444)
        except OSError:
            return None
        return path.as_uri()

    def close(self) -> None:
        """Remove the files; a thread that still checks writes no others."""
        with self._lock:
            self._is_closed = True
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
