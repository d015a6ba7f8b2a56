"""The custom contract that the command line and the configuration name."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from eventlint.config import Config
from eventlint.escaping import printable
from eventlint.job_settings import contract_paths, ignored_by

if TYPE_CHECKING:
    from eventlint.contract import Contract


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options for a contract to a command."""
    parser.add_argument(
        "--contract",
        action="append",
        metavar="PATH",
        help="file or folder of a custom contract, or package:NAME/FOLDER (repeatable)",
    )
    add_configuration_options(parser)


def add_configuration_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that choose a configuration file to a command."""
    parser.add_argument("--config", metavar="FILE", help="configuration file to use")
    parser.add_argument("--isolated", action="store_true", help="ignore configuration files")


def contract_of(options: argparse.Namespace, config: Config) -> Contract | None:
    """The contract; None without one. What schema lint reports about it goes to standard error, once."""
    paths = options.contract or contract_paths(config)
    if not paths:
        return None
    from eventlint.contract.contract import loaded
    from eventlint.contract.loading import line

    is_ignored = ignored_by(config, getattr(options, "ignore", None) or ())
    contract = loaded(paths, config.get("contract-versions", {}), is_ignored)
    for finding in contract.warnings:
        text = f"eventlint: warning: {printable(line(finding), keep=NEWLINE)}"
        if text not in _SHOWN:
            _SHOWN.add(text)
            print(text, file=sys.stderr)
    return contract


NEWLINE = "\n"
_SHOWN: set[str] = set()
"""The warnings that were shown; several configurations may have the same contract."""
