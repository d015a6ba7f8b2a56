"""Suppressions from the configuration: known findings, each with the reason why it stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eventlint.named_tuples import NamedTuple

if TYPE_CHECKING:
    from eventlint.model import Finding


class Suppression(NamedTuple):
    """An entry of ``suppress`` in the configuration.

    Attributes:
        path: A pattern for files, as in a ``.gitignore``; None matches every file.
        pointer: The start of a JSON Pointer, where ``*`` matches any one key or index; None matches every pointer.
    """

    rule: str
    path: str | None = None
    pointer: str | None = None
    reason: str = ""

    def covers(self, finding: Finding) -> bool:
        """Whether the entry suppresses a finding in a file that its path matches."""
        return self.rule == finding.rule and (self.pointer is None or is_below(finding.pointer, self.pointer))


def is_below(pointer: str, pattern: str) -> bool:
    """Whether a JSON Pointer equals a pattern, in which ``*`` matches any one key or index, or leads below it."""
    parts, wanted = pointer.split("/")[1:], pattern.split("/")[1:]
    return len(parts) >= len(wanted) and all(want in ("*", part) for want, part in zip(wanted, parts, strict=False))


def unused_suppression(suppression: Suppression, path: str | None) -> Finding:
    """The finding for an entry that suppressed nothing, although a file that its path matches was checked."""
    from eventlint.rules.lint.unused_suppression import finding

    where = " ".join(filter(None, (suppression.path, suppression.pointer)))
    return finding(f"{suppression.rule}{f' in {where}' if where else ''}", path=path)
