"""The options of ``eventlint check``: one value from the command line and the configuration."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator

from eventlint._version import __version__
from eventlint.bulk.options import BulkOptions, LineFiles
from eventlint.bulk.sampling import Sample
from eventlint.cli.command_base import config_of
from eventlint.cli.job_resolver import JobResolver
from eventlint.cli.written_files import refuse_inputs, refuse_shared
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
        bulk: How files are divided.
        line_files: The files that lines are written to.
        identity: Returns what identifies the run: all that has an influence on its result.
        format: The format of standard output; None for no output.
        outputs: Additional outputs: each a format and a file.
    """

    config: Config
    paths: tuple[str, ...]
    exclude: tuple[str, ...]
    force_exclude: bool
    job_of: JobResolver
    bulk: BulkOptions
    line_files: LineFiles
    identity: Callable[[], str]
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
        bulk=_bulk(arguments, config),
        line_files=_line_files(arguments),
        identity=lambda: _identity(arguments, config),
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
    written = list(_written(arguments, options))
    refuse_shared(written)
    refuse_inputs([one for one in written if one[0] != "--baseline"], options.paths, _LINE_OPTIONS)
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
    if arguments.seed is not None and arguments.sample is None:
        raise UsageError("--seed requires --sample")
    files = _line_files(arguments)
    if not files.paths():
        return
    if arguments.fix or arguments.diff or arguments.write_baseline:
        first = next(name for name, path in zip(_LINE_OPTIONS, files, strict=True) if path is not None)
        raise UsageError(f"{first} cannot be used with --fix, --diff or --write-baseline")
    if files.state is not None:
        _refuse_to_resume(arguments, baseline)


def _written(arguments: argparse.Namespace, options: CheckOptions) -> Iterator[tuple[str, str]]:
    """The option or setting of each file that the run writes, and of the baseline; each with its path."""
    for _, path in options.outputs:
        yield "--output" if arguments.output is not None else "the setting 'output'", path
    for option, line_file in zip(_LINE_OPTIONS, options.line_files, strict=True):
        if line_file is not None:
            yield option, line_file
    if options.write_baseline or options.baseline is not None:
        yield "--write-baseline" if options.write_baseline else "--baseline", options.baseline or DEFAULT_BASELINE


def _refuse_to_resume(arguments: argparse.Namespace, baseline: str | None) -> None:
    if "-" in arguments.paths:
        raise UsageError("--resume cannot be used with standard input, which cannot be read again")
    if arguments.limit is not None or arguments.output or baseline:
        raise UsageError("--resume cannot be used with --limit, --output or a baseline")
    if not arguments.statistics and (arguments.format or "text") not in ("text", "concise", "jsonl"):
        raise UsageError("--resume requires --statistics, or --format text, concise or jsonl")


def _bulk(arguments: argparse.Namespace, config: Config) -> BulkOptions:
    """How files are divided."""
    jobs = arguments.jobs or config.get("jobs", "auto")
    files = _line_files(arguments)
    return BulkOptions(
        processes=None if jobs == "auto" else jobs,
        sample=None if arguments.sample is None else Sample(arguments.sample, arguments.seed or 0),
        limit=arguments.limit,
        splits=files != LineFiles(state=files.state),
        hashes=files.state is not None,
    )


def _line_files(arguments: argparse.Namespace) -> LineFiles:
    return LineFiles(arguments.write_clean, arguments.write_rejected, arguments.reasons, arguments.resume)


_LINE_OPTIONS = ("--write-clean", "--write-rejected", "--reasons", "--resume")
_WITHOUT_INFLUENCE = frozenset({"jobs", "quiet", "verbose", "color", "run"})
"""The options that may differ when a run is continued."""


def _identity(arguments: argparse.Namespace, config: Config) -> str:
    """A hash of all that has an influence on the result of a run."""
    from hashlib import sha256

    options = {name: value for name, value in vars(arguments).items() if name not in _WITHOUT_INFLUENCE}
    text = repr((__version__, sorted(options.items()), sorted(config.values.items())))
    return sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


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
