"""Shell completion, with ``shtab``."""

from __future__ import annotations

import argparse

from eventlint.errors import UsageError

_FILES = frozenset({"PATH", "FILE", "DIR", "[FORMAT:]FILE", "OLD", "NEW"})
"""The placeholders of arguments that take paths."""


def completion(parser: argparse.ArgumentParser, shell: str) -> str:
    """The script that completes the command in a shell.

    Raises:
        UsageError: ``shtab`` is not installed.
    """
    try:
        import shtab
    except ImportError as error:
        raise UsageError("shell completion requires shtab; run: pip install 'eventlint[completion]'") from error
    _complete_paths(parser, shtab.FILE)
    script: str = shtab.complete(parser, shell)
    return script


def _complete_paths(parser: argparse.ArgumentParser, files: object) -> None:
    """Let all arguments that take paths complete files, also in subcommands."""
    for action in parser._actions:  # argparse has no public list
        if action.metavar in _FILES:
            action.complete = files  # type: ignore[attr-defined]
        if isinstance(action.choices, dict):
            for inner in action.choices.values():
                _complete_paths(inner, files)
