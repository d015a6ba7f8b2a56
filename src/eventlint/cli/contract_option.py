"""The custom contract that the command line and the configuration name."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from eventlint.config import PACKAGE, Config
from eventlint.escaping import printable

if TYPE_CHECKING:
    from eventlint.contract import Contract
    from eventlint.model import Finding


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


def contract_paths(config: Config) -> list[str]:
    """The paths of contracts in a configuration; those in packages are not relative to it."""
    listed = config.get("contracts", ())
    packages = [path for path in listed if path.startswith(PACKAGE)]
    if not packages:
        return config.paths_to_read("contracts")
    others = config._replace(values={**config.values, "contracts": [path for path in listed if path not in packages]})
    return [*packages, *others.paths_to_read("contracts")]


def ignored_by(config: Config, words: Iterable[str] = ()) -> Callable[[Finding], bool]:
    """Which findings about schema documents are switched off, by name or by path.

    Args:
        config: The configuration, with ``ignore`` and ``per-path-ignores``.
        words: Other rules that are ignored.
    """
    from eventlint.inputs.path_patterns import matches
    from eventlint.selection import ignored_schema_rules

    names = ignored_schema_rules([*words, *config.get("ignore", ())])
    by_path = [(pattern, ignored_schema_rules(rules)) for pattern, rules in config.get("per-path-ignores", {}).items()]
    folder = config.folder("per-path-ignores")

    def is_ignored(finding: Finding) -> bool:
        if finding.rule in names:
            return True
        path = os.path.abspath(finding.path or "")
        return any(finding.rule in rules and matches((pattern,), path, folder) for pattern, rules in by_path)

    return is_ignored


def is_of_contract(contract: Contract | None, config: Config) -> Callable[[str], bool]:
    """A function that returns whether a file is a document of a contract, and so not an event."""
    files = {os.path.abspath(path) for path in contract.files} if contract is not None else set()
    listed = [path for path in config.paths("contracts") if not path.startswith(PACKAGE)]
    folders = tuple(os.path.join(os.path.abspath(path), "") for path in listed)
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
