"""The contract of one's own that the command line and the configuration name; it must not know what it says."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from eventlint.config import Config

if TYPE_CHECKING:
    from eventlint.contract import Contract


def add_options(parser: argparse.ArgumentParser) -> None:
    """Let a command take a contract, as ``check`` does."""
    parser.add_argument(
        "--contract", action="append", metavar="PATH", help="a contract of your own: a file or a folder"
    )
    parser.add_argument("--config", metavar="FILE", help="the configuration to use")
    parser.add_argument("--isolated", action="store_true", help="use no configuration")


def _configured(config: Config) -> list[str]:
    """The files and folders of the configuration, as seen from the current folder."""
    return [os.path.relpath(os.path.join(config.folder, place)) for place in config.get("contracts", [])]


def contract_of(options: argparse.Namespace, config: Config) -> Contract | None:
    """The contract; None when none is named.

    Raises:
        InputError: It is not there, or cannot be read.
        SchemaError: It cannot be used.
    """
    places = options.contract or _configured(config)
    if not places:
        return None
    from eventlint.contract import load_contract

    return load_contract(places, versions=config.get("contract-versions", {}))


def is_of_contract(contract: Contract | None, config: Config) -> Callable[[str], bool]:
    """What tells whether a file holds a document of a contract, so that it is no event."""
    files = {os.path.abspath(path) for path in contract.files} if contract is not None else set()
    folders = tuple(os.path.join(os.path.abspath(place), "") for place in _configured(config))

    def tells(path: str) -> bool:
        absolute = os.path.abspath(path)
        return absolute in files or (absolute.endswith(".json") and absolute.startswith(folders))

    return tells


def own_rules(contract: Contract | None) -> Mapping[str, str]:
    """The rules that a contract's authors have named, and what each says first."""
    found: dict[str, str] = {}
    for rule in contract.rules if contract is not None else ():
        if rule.name in contract.rule_names:  # type: ignore[union-attr]  # there are no rules without a contract
            found.setdefault(rule.name, rule.message)
    return found
