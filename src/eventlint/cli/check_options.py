"""The options of ``eventlint check``: one value from the command line and the configuration."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from eventlint.cli.command_base import config_of
from eventlint.cli.job_resolver import JobResolver
from eventlint.config import Config
from eventlint.errors import ConfigError, UsageError
from eventlint.job import Job
from eventlint.named_tuples import NamedTuple
from eventlint.output import RENDERERS
from eventlint.tiers import FAILING

DEFAULT_BASELINE = "eventlint-baseline.json"


class CheckOptions(NamedTuple):
    """What to check and how to report it.

    Attributes:
        exclude: Patterns of files to leave out, relative to the current folder.
        force_exclude: Whether ``include`` and ``exclude`` also hold for files that the command line names.
        job_of: What to do with each file.
        format: The format of standard output; None for no output.
        outputs: Additional outputs: each a format and a file.
    """

    config: Config
    paths: tuple[str, ...]
    exclude: tuple[str, ...]
    force_exclude: bool
    job_of: JobResolver
    jobs: int
    fail_on: frozenset[str]
    baseline: str | None
    write_baseline: bool
    strict_baseline: bool
    show_difference: bool
    skip_unknown: bool
    format: str | None
    outputs: tuple[tuple[str, str], ...]
    color: str
    quiet: bool
    verbose: bool

    @property
    def job(self) -> Job:
        """What to do with files that have no closer configuration."""
        return self.job_of.of_config(self.config)


def check_options(arguments: argparse.Namespace) -> CheckOptions:
    """The options that the command line and the configuration give; the command line has precedence."""
    config = config_of(arguments)
    baseline = arguments.baseline or next(iter(config.paths_to_read("baseline")), None)
    _refuse_conflicts(arguments, baseline)
    options = CheckOptions(
        config=config,
        paths=tuple(arguments.paths or config.paths("include")) or (".",),
        exclude=tuple(arguments.exclude),
        force_exclude=arguments.force_exclude or config.get("force-exclude", False),
        job_of=JobResolver(arguments, config),
        jobs=arguments.jobs or config.get("jobs", 1),
        fail_on=frozenset(arguments.fail_on or config.get("fail-on", FAILING)),
        baseline=baseline,
        write_baseline=arguments.write_baseline,
        strict_baseline=arguments.strict_baseline,
        show_difference=arguments.diff,
        skip_unknown=arguments.skip_unknown or config.get("skip-unknown", False),
        format=_format(arguments, config),
        outputs=tuple(_outputs(arguments.output, config)),
        color=arguments.color,
        quiet=arguments.quiet,
        verbose=arguments.verbose,
    )
    _ = options.job  # a wrong setting is an error even when there is no file to check
    return options


def _refuse_conflicts(arguments: argparse.Namespace, baseline: str | None) -> None:
    if arguments.unsafe_fixes and not (arguments.fix or arguments.diff):
        raise UsageError("--unsafe-fixes requires --fix or --diff")
    if arguments.time_pointer is not None and not arguments.statistics:
        raise UsageError("--time-pointer requires --statistics")
    if arguments.time_pointer is not None and not arguments.time_pointer.startswith("/"):
        raise UsageError(f"--time-pointer: {arguments.time_pointer!r} is not a JSON Pointer; start it with a slash")
    if arguments.strict_baseline and not (baseline or arguments.write_baseline):
        raise UsageError("--strict-baseline requires a baseline: use --baseline FILE or the setting 'baseline'")


def _format(arguments: argparse.Namespace, config: Config) -> str | None:
    name: str = arguments.format or config.get("format", "text")
    if name not in RENDERERS:
        raise ConfigError(f"{config.source('format')}: format: {name!r} is not one of {', '.join(RENDERERS)}")
    if arguments.write_baseline or arguments.diff:
        return None
    if not arguments.statistics:
        return name
    if arguments.format and name not in ("text", "concise", "json"):
        raise UsageError("--statistics requires --format text or --format json")
    return "statistics-json" if name == "json" else "statistics"


def _outputs(option: list[str] | None, config: Config) -> Iterable[tuple[str, str]]:
    texts = config.get("output", ()) if option is None else option
    if not texts:
        return
    from eventlint.output.targets import target

    for text in texts:
        try:
            name, path = target(text)
        except ValueError as problem:
            if option is not None:
                raise UsageError(f"--output: {problem}") from problem
            raise ConfigError(f"{config.source('output')}: output: {problem}") from problem
        yield name, path if option is not None else config.path_to_write("output", path)
