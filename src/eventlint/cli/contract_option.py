"""The custom contract that the command line and the configuration name."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from eventlint.config import Config

if TYPE_CHECKING:
    from eventlint.contract import Contract


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options for a contract to a command."""
    parser.add_argument(
        "--contract", action="append", metavar="PATH", help="file or folder of a custom contract (repeatable)"
    )
    parser.add_argument("--config", metavar="FILE", help="configuration file to use")
    parser.add_argument("--isolated", action="store_true", help="ignore configuration files")


def contract_of(options: argparse.Namespace, config: Config) -> Contract | None:
    """The contract; None without one."""
    paths = options.contract or config.paths_to_read("contracts")
    if not paths:
        return None
    from eventlint.contract import load_contract

    return load_contract(paths, versions=config.get("contract-versions", {}))


def is_of_contract(contract: Contract | None, config: Config) -> Callable[[str], bool]:
    """A function that returns whether a file is a document of a contract, and so not an event."""
    files = {os.path.abspath(path) for path in contract.files} if contract is not None else set()
    folders = tuple(os.path.join(os.path.abspath(path), "") for path in config.paths("contracts"))
    if not files and not folders:
        return lambda _: False

    def is_document(path: str) -> bool:
        absolute = os.path.abspath(path)
        return absolute in files or (absolute.endswith(".json") and absolute.startswith(folders))

    return is_document


def own_rules(contract: Contract | None) -> Mapping[str, str]:
    """The custom rules of a contract, each with the first of its messages."""
    if contract is None:
        return {}
    found: dict[str, str] = {}
    for rule in contract.rules:
        if rule.name in contract.rule_names:
            found.setdefault(rule.name, rule.message)
    return found
