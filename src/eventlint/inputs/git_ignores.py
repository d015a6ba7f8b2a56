"""The files that git ignores, as gitignore(5) describes it (https://git-scm.com/docs/gitignore).

Patterns come from the ``.gitignore`` files of the repository, from its ``info/exclude``, and from the file that
``core.excludesFile`` names.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from eventlint.config import repository_root
from eventlint.errors import ConfigError
from eventlint.inputs.path_patterns import PathPatterns, valid_patterns

Ignores = tuple[tuple[str, PathPatterns], ...]
"""Folders and the patterns that are relative to each; a later one has precedence."""


def ignores_above(top: str) -> Ignores:
    """The patterns that hold in a folder, without those of the folder itself; none outside of a repository."""
    root = repository_root(top)
    if root is None:
        return ()
    found: Ignores = ()
    folder = os.path.abspath(top)
    while folder != root:
        folder = os.path.dirname(folder)
        found = ignores_in(folder) + found
    common = _common_folder(os.path.join(root, ".git"))
    shared = (_excludes_file(root, common), os.path.join(common, "info", "exclude"))
    return tuple(ignore for path in shared if path for ignore in _patterns(path, root)) + found


def ignores_in(folder: str) -> Ignores:
    """The patterns in the ignore file of a folder."""
    return tuple(_patterns(os.path.join(folder, ".gitignore"), folder))


def is_ignored(ignores: Ignores, path: str) -> bool:
    """Whether git ignores a path; a folder ends with a slash. The last file with a matching pattern decides."""
    if not ignores:
        return False
    absolute = os.path.abspath(path) + ("/" if path.endswith("/") else "")
    for folder, patterns in reversed(ignores):
        above = os.path.join(folder, "")
        name = absolute[len(above) :] if absolute.startswith(above) else os.path.relpath(absolute, folder)
        verdict = patterns.includes(name.replace(os.sep, "/"))
        if verdict is not None:
            return verdict
    return False


def _patterns(path: str, folder: str) -> Iterator[tuple[str, PathPatterns]]:
    """The patterns in a file, relative to a folder; none when the file does not exist or cannot be read."""
    if not os.path.isfile(path):
        return
    try:
        with open(path, encoding="utf-8-sig", errors="replace") as file:
            lines = file.read().splitlines()
    except OSError:
        return
    try:
        patterns = PathPatterns(lines)
    except ConfigError:  # git discards patterns that are invalid
        patterns = PathPatterns(valid_patterns(lines))
    yield os.path.abspath(folder), patterns


def _common_folder(git: str) -> str:
    """The folder that all work trees of a repository share. In a linked work tree, ``.git`` is a file."""
    folder = _line_of(git).removeprefix("gitdir: ") if os.path.isfile(git) else git
    folder = os.path.join(os.path.dirname(git), folder)
    common = os.path.join(folder, "commondir")
    return os.path.join(folder, _line_of(common)) if os.path.isfile(common) else folder


def _line_of(path: str) -> str:
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            return file.readline().rstrip("\n")
    except OSError:
        return ""


def _excludes_file(folder: str, common: str) -> str | None:
    """The file of ``core.excludesFile``; git is asked only if a configuration may set it."""
    user = os.environ.get("XDG_CONFIG_HOME") or os.path.join(os.path.expanduser("~"), ".config")
    settings = (
        *("/etc/gitconfig", os.path.join(user, "git", "config")),
        *(os.path.join(os.path.expanduser("~"), ".gitconfig"), os.path.join(common, "config")),
        *(os.environ.get("GIT_CONFIG_GLOBAL", ""), os.environ.get("GIT_CONFIG_SYSTEM", "")),
    )
    if "GIT_CONFIG_COUNT" in os.environ or any(map(_may_set_excludes, settings)):
        named = _ask_git(folder)
        if named:
            return os.path.join(folder, named)
    return os.path.join(user, "git", "ignore")


def _may_set_excludes(path: str) -> bool:
    if not os.path.isfile(path):
        return False
    try:
        with open(path, "rb") as file:
            text = file.read().lower()
    except OSError:
        return False
    return b"excludesfile" in text or b"[include" in text


def _ask_git(folder: str) -> str | None:
    """The value of ``core.excludesFile`` with ``~`` expanded; None without git."""
    import subprocess

    from eventlint.git_command import run_git

    try:
        done = run_git("config", "--path", "--get", "core.excludesFile", folder=folder, timeout=10)
    except (OSError, subprocess.SubprocessError):
        return None
    return os.fsdecode(done.stdout.rstrip(b"\n")) or None
