"""The options of ``eventlint check``: one value from the command line and the configuration."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable
from typing import NamedTuple

from eventlint.cli.command_base import config_of
from eventlint.cli.contract_option import contract_of, own_rules
from eventlint.config import Config
from eventlint.errors import ConfigError, UsageError
from eventlint.file_check import Job
from eventlint.inputs.json_files import Envelope
from eventlint.model import FAILING
from eventlint.output import RENDERERS
from eventlint.selection import selection
from eventlint.spec import catalog

DEFAULT_BASELINE = "eventlint-baseline.json"


class CheckOptions(NamedTuple):
    """What to check and how to report it.

    Attributes:
        exclude: Patterns of files to leave out, each with the folder that they are relative to.
        job: What to do with each file; worker processes receive it.
        has_release: Whether the user named a release.
        format: The format of standard output; None for no output.
        outputs: Additional outputs: each a format and a file.
    """

    config: Config
    paths: tuple[str, ...]
    exclude: tuple[tuple[str, tuple[str, ...]], ...]
    job: Job
    jobs: int
    has_release: bool
    fail_on: frozenset[str]
    baseline: str | None
    write_baseline: bool
    strict_baseline: bool
    format: str | None
    outputs: tuple[tuple[str, str], ...]
    color: str
    quiet: bool
    verbose: bool


def check_options(arguments: argparse.Namespace) -> CheckOptions:
    """The options that the command line and the configuration give; the command line has precedence."""
    config = config_of(arguments)
    baseline = arguments.baseline or (config.relative(config.get("baseline")) if config.get("baseline") else None)
    _refuse_conflicts(arguments, baseline)
    release = arguments.release or config.get("release")
    for name in release or ():
        catalog().release(name)
    contract = contract_of(arguments, config)
    collections = arguments.collection or config.get("collections")
    envelope = {name: _parts(pointer) for name, pointer in config.get("envelope", {}).items()}
    job = Job(
        releases=tuple(release or ["latest"]),
        collections=tuple(collections) if collections else None,
        event_type=arguments.event_type,
        patterns=tuple(config.get("events", {}).items()),
        patterns_folder=config.folder,
        form=None if arguments.input_format == "auto" else arguments.input_format,
        envelope=Envelope(**envelope),
        skip_unknown=arguments.skip_unknown or config.get("skip-unknown", False),
        stdin_name=arguments.stdin_filename,
        show_answer=arguments.show_answer,
        selection=selection(arguments.select or (), arguments.ignore or (), config, own_rules(contract)),
        fixes=("unsafe" if arguments.unsafe_fixes else "safe") if arguments.fix or arguments.diff else None,
        show_difference=arguments.diff,
        contract=contract,
    )
    return CheckOptions(
        config=config,
        paths=tuple(arguments.paths or map(config.relative, config.get("include", ()))) or (".",),
        exclude=((".", tuple(arguments.exclude)), (config.folder, tuple(config.get("exclude", ())))),
        job=job,
        jobs=arguments.jobs or config.get("jobs", 1),
        has_release=bool(release),
        fail_on=frozenset(arguments.fail_on or config.get("fail-on", FAILING)),
        baseline=baseline,
        write_baseline=arguments.write_baseline,
        strict_baseline=arguments.strict_baseline,
        format=_format(arguments, config),
        outputs=tuple(_outputs(arguments.output, config)),
        color=arguments.color,
        quiet=arguments.quiet,
        verbose=arguments.verbose,
    )


def _refuse_conflicts(arguments: argparse.Namespace, baseline: str | None) -> None:
    if arguments.unsafe_fixes and not (arguments.fix or arguments.diff):
        raise UsageError("--unsafe-fixes requires --fix or --diff")
    if arguments.strict_baseline and not (baseline or arguments.write_baseline):
        raise UsageError("--strict-baseline requires a baseline: use --baseline FILE or the setting 'baseline'")


def _parts(pointer: str) -> tuple[str, ...]:
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])


def _format(arguments: argparse.Namespace, config: Config) -> str | None:
    name: str = arguments.format or config.get("format", "text")
    if name not in RENDERERS:
        raise ConfigError(f"{config.path}: format: {name!r} is not one of {', '.join(RENDERERS)}")
    if arguments.write_baseline or arguments.diff:
        return None
    return "statistics" if arguments.statistics and name in ("text", "concise") else name


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
            raise ConfigError(f"{config.path}: output: {problem}") from problem
        yield name, path if option is not None else os.path.join(config.folder, path)
