"""The job for each file: the command line, and the configuration that is nearest to the file."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Mapping

from eventlint.cli.contract_option import contract_of, is_of_contract, own_rules
from eventlint.config import Config, Configurations, relative_path
from eventlint.errors import ConfigError
from eventlint.inputs.envelope import Envelope
from eventlint.inputs.size_limit import MAX_EVENT_SIZE, parse_size
from eventlint.job import Job
from eventlint.selection import selection
from eventlint.spec import catalog


class JobResolver:
    """Resolves a path to its configuration and its job; each configuration is read once.

    Attributes:
        default: The configuration for files without a closer one: that of the current folder, or of ``--config``.
        rules: The rules of all custom contracts so far, each with its description.
    """

    def __init__(self, arguments: argparse.Namespace, default: Config) -> None:
        self.default = default
        self.rules: dict[str, str] = {}
        self._arguments = arguments
        self._configurations = None if arguments.config or arguments.isolated else Configurations()
        self._jobs: dict[str | None, Job] = {}
        self._is_document: dict[str | None, Callable[[str], bool]] = {}

    def config(self, path: str) -> Config:
        """The configuration that is nearest to a file or folder.

        Raises:
            ConfigError: It cannot be read, or a setting in it is wrong.
        """
        if self._configurations is None:
            return self.default
        return self._configurations.nearest(os.path.dirname(os.path.abspath(path))) or self.default

    def job(self, path: str) -> Job:
        """The job for a file; ``-`` is standard input.

        Raises:
            EventlintError: Its configuration or its contract is wrong.
        """
        return self.of_config(self.config((self._arguments.stdin_filename or path) if path == "-" else path))

    def of_config(self, config: Config) -> Job:
        """The job for the files of a configuration."""
        if config.path not in self._jobs:
            job = _job(self._arguments, config)
            self.rules |= own_rules(job.contract)
            self._jobs[config.path] = job
        return self._jobs[config.path]

    def is_of_contract(self, path: str) -> bool:
        """Whether a file is a document of its configuration's contract, and so not an event."""
        config = self.config(path)
        if config.path not in self._is_document:
            self._is_document[config.path] = is_of_contract(self.of_config(config).contract, config)
        return self._is_document[config.path](path)


def _job(arguments: argparse.Namespace, config: Config) -> Job:
    """The job that the command line and a configuration give; the command line has precedence."""
    release = arguments.release or config.get("release")
    for name in release or ():
        catalog().release(name)
    contract = contract_of(arguments, config)
    setting = config.get("collections", ())
    by_path = setting if isinstance(setting, Mapping) else {}
    collections = arguments.collection or (() if by_path else setting)
    envelope = {name: _parts(pointer) for name, pointer in config.get("envelope", {}).items()}
    return Job(
        config=relative_path(config.path) if config.path else None,
        releases=tuple(release or ["latest"]),
        has_release=bool(release),
        collections=tuple(collections) if collections else None,
        event_type=arguments.event_type,
        patterns=tuple(config.get("events", {}).items()),
        patterns_folder=config.folder("events"),
        form=None if arguments.input_format == "auto" else arguments.input_format,
        envelope=Envelope(**envelope, time=_parts(arguments.time_pointer) if arguments.time_pointer else None),
        statistics=arguments.statistics,
        counts_only=_counts_only(arguments, config),
        skip_unknown=arguments.skip_unknown or config.get("skip-unknown", False),
        stdin_name=arguments.stdin_filename,
        show_answer=arguments.show_answer,
        selection=selection(arguments.select or (), arguments.ignore or (), config, own_rules(contract)),
        fixes=("unsafe" if arguments.unsafe_fixes else "safe") if arguments.fix or arguments.diff else None,
        show_difference=arguments.diff,
        contract=contract,
        prefixes=tuple(arguments.prefix or config.get("prefix", ())),
        file_collections=tuple(by_path.items()),
        file_collections_folder=config.folder("collections"),
        max_event_size=_max_event_size(arguments, config),
    )


def _counts_only(arguments: argparse.Namespace, config: Config) -> bool:
    """Whether nothing of a finding is shown or compared."""
    shows = arguments.output or config.get("output") or arguments.reasons or arguments.fix or arguments.diff
    compares = arguments.write_baseline or arguments.baseline or config.get("baseline")
    return arguments.statistics and not (shows or compares)


def _max_event_size(arguments: argparse.Namespace, config: Config) -> int:
    """The largest event that is read, in bytes."""
    setting = config.get("max-event-size")
    if arguments.max_event_size is not None or setting is None:
        return arguments.max_event_size or MAX_EVENT_SIZE
    try:
        return parse_size(setting)
    except ValueError as error:
        raise ConfigError(f"{config.source('max-event-size')}: max-event-size: {error}") from error


def _parts(pointer: str) -> tuple[str, ...]:
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])
