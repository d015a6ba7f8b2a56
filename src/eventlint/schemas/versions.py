"""Versions of schemas as in SchemaVer, MODEL-REVISION-ADDITION, and which version a change requires."""

from __future__ import annotations

import os
import re
from typing import Literal, NamedTuple

Bump = Literal["none", "addition", "revision", "model", "unknown"]
"""The part of the version that a change must increase; ``unknown`` when that cannot be determined."""

BUMPS: tuple[Bump, ...] = ("none", "addition", "unknown", "revision", "model")
"""All of them, in the order of their weight; ``unknown`` requires no new version."""

_AT_END = re.compile(r"(?<![0-9])([0-9]{1,9})-([0-9]{1,9})-([0-9]{1,9})(?:\.schema)?(?:\.json)?#?$")

_WHOLE = re.compile(r"[0-9]{1,9}-[0-9]{1,9}-[0-9]{1,9}\Z")


class Version(NamedTuple):
    """A version of a schema."""

    model: int
    revision: int
    addition: int

    def __str__(self) -> str:
        return f"{self.model}-{self.revision}-{self.addition}"


def version_at_end(text: str) -> Version | None:
    """The version at the end of an ``$id`` or of a file's name; None without one.

    Args:
        text: ``urn:x:order:1-0-0``, ``order/1-0-0.json``.
    """
    found = _AT_END.search(text[-60:])
    return Version(int(found[1]), int(found[2]), int(found[3])) if found else None


def is_version(text: str) -> bool:
    """Whether a text is a version, and nothing else."""
    return _WHOLE.match(text) is not None


def without_version(path: str) -> str:
    """A path without the version at its end, which is the same for all versions of a document."""
    folder, name = os.path.split(path)
    return os.path.join(folder, _AT_END.sub("", name).rstrip("-_.")) if version_at_end(name) else path


def is_enough(old: Version, new: Version, bump: Bump) -> bool:
    """Whether the step from one version to another is large enough for a change.

    Args:
        old: The version before the change.
        new: The version after it.
        bump: What the change requires.
    """
    if bump == "model":
        return new.model > old.model
    if bump == "revision":
        return new[:2] > old[:2]
    if bump == "addition":
        return new > old
    return new >= old


def next_version(old: Version, bump: Bump) -> Version:
    """The smallest version that is large enough for a change."""
    steps = {
        "model": Version(old.model + 1, 0, 0),
        "revision": Version(old.model, old.revision + 1, 0),
        "addition": Version(old.model, old.revision, old.addition + 1),
    }
    return steps.get(bump, old)
