"""The job for each file: the command line, and the configuration that is nearest to the file."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable

from eventlint.cli.contract_option import contract_of
from eventlint.config import Config, Configurations
from eventlint.job import Job
from eventlint.job_settings import JobOptions, is_of_contract, job_of, own_rules


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
            options = _options(self._arguments, config)
            job = job_of(options, config, contract_of(self._arguments, config))
            self.rules |= own_rules(job.contract)
            self._jobs[config.path] = job
        return self._jobs[config.path]

    def is_of_contract(self, path: str) -> bool:
        """Whether a file is a document of its configuration's contract, and so not an event."""
        config = self.config(path)
        if config.path not in self._is_document:
            self._is_document[config.path] = is_of_contract(self.of_config(config).contract, config)
        return self._is_document[config.path](path)


def _options(arguments: argparse.Namespace, config: Config) -> JobOptions:
    """The options of the command line."""
    return JobOptions(
        release=tuple(arguments.release or ()),
        collections=tuple(arguments.collection or ()),
        event_type=arguments.event_type,
        form=None if arguments.input_format == "auto" else arguments.input_format,
        prefixes=tuple(arguments.prefix or ()),
        time=arguments.time_pointer,
        statistics=arguments.statistics,
        counts_only=_counts_only(arguments, config),
        skip_unknown=arguments.skip_unknown,
        stdin_name=arguments.stdin_filename,
        show_answer=arguments.show_answer,
        select=tuple(arguments.select or ()),
        ignore=tuple(arguments.ignore or ()),
        fixes=("unsafe" if arguments.unsafe_fixes else "safe") if arguments.fix or arguments.diff else None,
        show_difference=arguments.diff,
        max_event_size=arguments.max_event_size,
    )


def _counts_only(arguments: argparse.Namespace, config: Config) -> bool:
    """Whether nothing of a finding is shown or compared."""
    shows = arguments.output or config.get("output") or arguments.reasons or arguments.fix or arguments.diff
    compares = arguments.write_baseline or arguments.baseline or config.get("baseline")
    return arguments.statistics and not (shows or compares)
