"""What the command line and the configuration ask for together; it must not know subcommands."""

from __future__ import annotations

import argparse
import os
from collections.abc import Collection

from eventlint.config import Config
from eventlint.errors import ConfigError, UsageError
from eventlint.selection import Selection, Told, selection

DEFAULT = "eventlint-baseline.json"
"""The baseline that is written when none is named."""

_SETTINGS = ("select", "ignore", "per-path-ignores", "per-pointer-ignores", "suppress")


def selection_of(options: argparse.Namespace, config: Config, own: Collection[str] = ()) -> Selection:
    """Which findings are wanted.

    Args:
        options: The command line's.
        config: The configuration.
        own: The names of rules that the authors of contracts gave.

    Raises:
        UsageError: A word of the command line names no rule.
        ConfigError: One of the configuration does not.
    """
    if not (options.select or options.ignore or any(name in config.values for name in _SETTINGS)):
        return Selection(on=Selection().on | frozenset(own)) if own else Selection()
    told = Told(usage=UsageError, config=lambda text: ConfigError(f"{config.path}: {text}"))
    return selection(options.select or [], options.ignore or [], config.values, config.folder, told, own)


def baseline_path(options: argparse.Namespace, config: Config) -> str | None:
    """The file with known findings; None when none is named."""
    if options.baseline is not None:
        return str(options.baseline)
    named = config.get("baseline")
    return None if named is None else os.path.relpath(os.path.join(config.folder, named))
