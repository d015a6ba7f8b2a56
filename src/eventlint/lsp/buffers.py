"""The text of a document while it is edited, and the bytes that its file would have."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import NamedTuple

from eventlint.inputs.utf8_view import wide_encoding
from eventlint.lsp.positions import PositionEncoding, Positions, utf8
from eventlint.lsp.range_edits import RangeEdit, RangeEdits

_MARK = b"\xef\xbb\xbf"
_MAX_READ = 64 << 20
"""The largest file whose encoding is looked up, in bytes."""


class _Encoding(NamedTuple):
    """The encoding of a file.

    Attributes:
        name: Python's name.
        mark: The byte order mark.
    """

    name: str = "utf-8"
    mark: bytes = b""


class Buffer:
    """The text of an open document; it changes with every edit.

    Attributes:
        path: The path of the file, which need not exist.
        language_id: The editor's name of the language.
        version: The version, as the editor counts it.
        text: The text as UTF-8.
        data: The content of the file if it were saved now. Editors show no byte order mark, show UTF-16 as any text,
            and show U+FFFD in place of what is invalid. If the file has the same text, these are its bytes.
    """

    def __init__(
        self, path: str, text: str, language_id: str, version: int | None, position_encoding: PositionEncoding
    ) -> None:
        self.path = path
        self.language_id = language_id
        self.version = version
        self.text = utf8(text)
        self._position_encoding: PositionEncoding = position_encoding
        self._encoding = _Encoding()
        self._positions: Positions | None = None
        self.data = self.text
        self.compare_with_file()

    @property
    def positions(self) -> Positions:
        """Converts offsets in the text to positions of the editor."""
        if self._positions is None:
            self._positions = Positions(self.text, self._position_encoding)
        return self._positions

    def replace_ranges(self, edits: Iterable[RangeEdit]) -> int:
        """Replace ranges one after another; each is a range of the text after the edits before it.

        Edits in the order of the text, or in the opposite order, together take linear time.

        Returns:
            The first byte that one of the edits replaced.
        """
        pending, starts = RangeEdits(self.positions), []
        for edit in edits:
            if not pending.add(edit):
                starts.append(pending.start)
                self._set(pending.applied())
                pending = RangeEdits(self.positions)
                pending.add(edit)
        self._set(pending.applied())
        return min([*starts, pending.start])

    def replace_all(self, content: str) -> int:
        """Replace the whole text; returns the first byte that differs."""
        old, new = self.text, utf8(content)
        self._set(new)
        return common(old, new)

    def _set(self, text: bytes) -> None:
        self.text = text
        self._positions = None
        self.data = text if self._encoding == _Encoding() else self._encoded()

    def _encoded(self) -> bytes:
        if self._encoding.name == "utf-8":
            return self._encoding.mark + self.text
        return self._encoding.mark + self.text.decode().encode(self._encoding.name)

    def compare_with_file(self) -> None:
        """Look up the encoding of the file, and take its bytes if it has the same text: after opening and saving."""
        try:
            if not os.path.isfile(self.path) or os.path.getsize(self.path) > _MAX_READ:
                return
            with open(self.path, "rb") as file:
                data = file.read()
        except (OSError, ValueError):
            return
        if data == self.text:
            self._encoding, self.data = _Encoding(), self.text
            return
        wide = wide_encoding(data[:4])
        if wide is not None:
            self._encoding = _Encoding(wide.encoding, data[: wide.mark])
        else:
            self._encoding = _Encoding(mark=_MARK if data.startswith(_MARK) else b"")
        shown = data.removeprefix(self._encoding.mark).decode(self._encoding.name, "replace")
        if utf8(shown) == self.text:
            self.data = data
        else:
            self._set(self.text)


def common(one: bytes, other: bytes) -> int:
    """The number of bytes at the start that two texts have in common."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def common_end(one: bytes, other: bytes) -> int:
    """The number of bytes at the end that two texts have in common."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]:
            low = middle
        else:
            high = middle - 1
    return low
