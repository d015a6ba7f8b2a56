"""What a configuration means for files of events: their job, their contract, and which of them are checked."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Literal

from eventlint.config import PACKAGE, Config, relative_path
from eventlint.errors import ConfigError
from eventlint.inputs.envelope import Envelope
from eventlint.inputs.path_patterns import matches
from eventlint.inputs.size_limit import MAX_EVENT_SIZE, parse_size
from eventlint.job import Job
from eventlint.named_tuples import NamedTuple
from eventlint.selection import selection
from eventlint.spec import catalog

if TYPE_CHECKING:
    from eventlint.contract import Contract
    from eventlint.model import Finding

Matcher = Callable[[str], bool]
"""Whether a path is one of some files."""


class JobOptions(NamedTuple):
    """The options of a run that have precedence over the configuration; an option without a value leaves it alone.

    Attributes:
        select: Only these rules and tiers.
        ignore: Rules and tiers to leave out, in addition to those of the configuration.
        counts_only: Whether findings are only counted.

    The other attributes are those of :class:`eventlint.job.Job`.
    """

    release: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    event_type: str | None = None
    form: str | None = None
    prefixes: tuple[str, ...] = ()
    time: str | None = None
    statistics: bool = False
    counts_only: bool = False
    skip_unknown: bool = False
    stdin_name: str | None = None
    show_answer: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fixes: Literal["safe", "unsafe"] | None = None
    show_difference: bool = False
    max_event_size: int | None = None


def job_of(options: JobOptions, config: Config, contract: Contract | None) -> Job:
    """The job that options and a configuration give; the options have precedence.

    Raises:
        EventlintError: An option or a setting is wrong.
    """
    release = options.release or config.get("release")
    for name in release or ():
        catalog().release(name)
    setting = config.get("collections", ())
    by_path = setting if isinstance(setting, Mapping) else {}
    collections = options.collections or (() if by_path else setting)
    envelope = {name: _parts(pointer) for name, pointer in config.get("envelope", {}).items()}
    return Job(
        config=relative_path(config.path) if config.path else None,
        releases=tuple(release or ["latest"]),
        has_release=bool(release),
        collections=tuple(collections) if collections else None,
        event_type=options.event_type,
        patterns=tuple(config.get("events", {}).items()),
        patterns_folder=config.folder("events"),
        form=options.form,
        envelope=Envelope(**envelope, time=_parts(options.time) if options.time else None),
        statistics=options.statistics,
        counts_only=options.counts_only,
        skip_unknown=options.skip_unknown or config.get("skip-unknown", False),
        stdin_name=options.stdin_name,
        show_answer=options.show_answer,
        selection=selection(options.select, options.ignore, config, own_rules(contract)),
        fixes=options.fixes,
        show_difference=options.show_difference,
        contract=contract,
        prefixes=options.prefixes or tuple(config.get("prefix", ())),
        file_collections=tuple(by_path.items()),
        file_collections_folder=config.folder("collections"),
        max_event_size=_max_event_size(options, config),
    )


def _max_event_size(options: JobOptions, config: Config) -> int:
    """The largest event that is read, in bytes."""
    setting = config.get("max-event-size")
    if options.max_event_size is not None or setting is None:
        return options.max_event_size or MAX_EVENT_SIZE
    try:
        return parse_size(setting)
    except ValueError as error:
        raise ConfigError(f"{config.source('max-event-size')}: max-event-size: {error}") from error


def _parts(pointer: str) -> tuple[str, ...]:
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])


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


def is_of_contract(contract: Contract | None, config: Config) -> Matcher:
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


def excluded(config: Config) -> Matcher:
    """The files and folders that the setting ``exclude`` leaves out."""
    return matcher(config.get("exclude", ()), config.folder("exclude"))


def included(config: Config) -> Matcher:
    """The files that the setting ``include`` finds; all files without the setting."""
    paths = config.get("include", ())
    if not paths or any(os.path.normpath(path) == os.curdir for path in paths):
        return lambda _: True
    folder = config.folder("include")
    joined = (os.path.join(folder, path.replace("\\", "/")) for path in paths)
    names = [os.path.relpath(path, folder).replace(os.sep, "/") for path in joined]
    return matcher([f"/{name}" for name in names], folder)


def matcher(patterns: Iterable[str], folder: str) -> Matcher:
    """Whether patterns, relative to a folder, match a path."""
    return functools.partial(_matches, tuple(patterns), os.path.abspath(folder))


def _matches(patterns: tuple[str, ...], folder: str, path: str) -> bool:
    return matches(patterns, path, folder)
