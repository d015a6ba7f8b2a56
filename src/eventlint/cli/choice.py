"""The rules that the command line and the configuration ask for; it must not know subcommands."""

from __future__ import annotations

import argparse
from collections.abc import Collection

from eventlint.config import Config
from eventlint.errors import ConfigError, UsageError
from eventlint.selection import Selection, Told, selection

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
