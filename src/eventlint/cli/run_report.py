"""Runs a check and shows what is found: outputs, baseline, and what is told once for a run; it must not know rules.

All outputs are written while the files are read, so nothing is kept; those to files are put in their places at the end.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from eventlint.cli.contract_option import own_rules
from eventlint.cli.runner import check_files
from eventlint.cli.shared_options import DEFAULT, baseline_path
from eventlint.cli.terminal import width
from eventlint.config import Config
from eventlint.errors import InputError, UsageError
from eventlint.file_check import Job, shown_name
from eventlint.model import FAILING, Finding
from eventlint.output import RENDERERS, Rendered, Renderer, Style, Summary, renderer
from eventlint.output.files import AtomicFile, cannot_write
from eventlint.spec import catalog

if TYPE_CHECKING:
    from eventlint.baseline import Baseline, Entry, NewBaseline


class Outcome(NamedTuple):
    """What came of a run: the counts, and whether it fails."""

    summary: Summary
    fails: bool


def report(
    options: argparse.Namespace, config: Config, job: Job, files: Iterable[str], failed: Callable[[str, str], None]
) -> Outcome:
    """Check all files and show what is found.

    Args:
        options: The command line's.
        config: The configuration.
        job: What to do with each file.
        files: The files.
        failed: Called with the name of each file that cannot be read, and why.

    Raises:
        UsageError: The options do not go together.
        ConfigError: The baseline cannot be used.
        InputError: An output cannot be written.
    """
    baseline, new = _baselines(options, config)
    outputs = _Outputs(options, config, own_rules(job.contract))
    fail_on = options.fail_on or config.get("fail-on", FAILING)
    summary, fails = Summary(), False
    checked: set[str] = set()
    try:
        outputs.start()
        for one in _deprecated(options, config, job):
            summary.count(one.finding)
            outputs.findings([one])
        paths = _remembered(files, checked) if baseline else iter(files)
        jobs = options.jobs or config.get("jobs", 1)
        found = check_files(job, paths, jobs, _stdin, failed, outputs.difference)
        for shown, counts in _with_progress(found, options):
            summary.add(counts)
            if new is not None:
                for one in shown:
                    new.add(one)
                continue
            wanted = [one for one in shown if baseline is None or not baseline.knows(one)] if shown else shown
            summary.known += len(shown) - len(wanted)
            if wanted:
                for one in wanted:
                    summary.count(one.finding)
                outputs.findings(wanted)
                fails = fails or any(one.finding.tier in fail_on for one in wanted)
        for one in _unused(job, config, summary):
            summary.count(one.finding)
            outputs.findings([one])
            fails = fails or one.finding.tier in fail_on
        outputs.finish(summary)
    finally:
        outputs.forget()
    if new is not None:
        path = baseline_path(options, config) or DEFAULT
        print(f"eventlint: {new.write(path)} findings are written to {path}", file=sys.stderr)
    if options.diff:
        fails = summary.fixed > 0
        if not options.quiet:
            print(f"eventlint: {summary.fixed} findings would be mended", file=sys.stderr)
    if baseline is not None:
        fails = (_stale(baseline.gone(checked), baseline.path) and options.strict_baseline) or fails
    return Outcome(summary, fails)


def _baselines(options: argparse.Namespace, config: Config) -> tuple[Baseline | None, NewBaseline | None]:
    """The known findings, and those that become known; each may be None."""
    path = baseline_path(options, config)
    if not (path or options.write_baseline):
        if options.strict_baseline:
            raise UsageError("--strict-baseline needs a baseline: --baseline FILE, or the setting baseline")
        return None, None
    from eventlint.baseline import Baseline, NewBaseline

    return (Baseline(path), None) if path and not options.write_baseline else (None, NewBaseline())


def _stale(entries: list[Entry], path: str) -> bool:
    """Print the entries of the baseline that match no finding."""
    for entry in entries:
        where = f" ({entry.pointer})" if entry.pointer else ""
        print(
            f"eventlint: {path}: {entry.rule} in {entry.path}{where} is no longer found; "
            "update the baseline with --write-baseline",
            file=sys.stderr,
        )
    return bool(entries)


def _remembered(files: Iterable[str], names: set[str]) -> Iterator[str]:
    for path in files:
        names.add(shown_name(path))
        yield path


def _deprecated(options: argparse.Namespace, config: Config, job: Job) -> list[Rendered]:
    """That a release which was asked for calls the endpoint deprecated."""
    if not (options.release or config.get("release")) or "deprecated-api" not in job.selection.on:
        return []
    told = [asked for asked in job.releases if "deprecated-api" in catalog().release(asked).era.traits]
    if not told:
        return []
    from eventlint.rules.lint import deprecated_api as rule

    message = rule.MESSAGE.format(release=" and ".join(told))
    return [Rendered(Finding(rule="deprecated-api", tier="lint", message=message, hint=rule.HINT, path=config.path))]


def _unused(job: Job, config: Config, summary: Summary) -> list[Rendered]:
    """The suppressions of the configuration that suppressed nothing in the files that they are about."""
    unused = sorted(summary.seen - summary.used)
    if not unused or "unused-suppression" not in job.selection.on:
        return []
    from eventlint.rules.lint import unused_suppression as rule

    found: list[Rendered] = []
    for number in unused:
        one = job.selection.suppressions[number]
        where = " ".join(part for part in (one.path, one.pointer) if part)
        message = f"{rule.MESSAGE}: {one.rule}{f' in {where}' if where else ''}"
        path = os.path.relpath(config.path) if config.path else None
        found.append(
            Rendered(Finding(rule="unused-suppression", tier="lint", message=message, hint=rule.HINT, path=path))
        )
    return found


class _Outputs:
    """All outputs of a run: one to standard output, and any number to files."""

    def __init__(self, options: argparse.Namespace, config: Config, rules: Mapping[str, str]) -> None:
        form = options.format or config.get("format", "text")
        if form not in RENDERERS:
            raise UsageError(f"{config.path}: format: {form!r} is none of {', '.join(RENDERERS)}")
        style = Style(
            color=_coloured(options.color),
            width=width(),
            quiet=options.quiet,
            rules=rules,
        )
        self._rules = rules
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
        self._files: list[AtomicFile] = []
        self._all: list[Renderer] = []
        if options.statistics and form in ("text", "concise"):
            form = "statistics"
        if not (options.write_baseline or options.diff):
            self._all.append(renderer(form, sys.stdout.write, style))
        for told in options.output or config.get("output", []):
            self._open(told, config if options.output is None else None)

    def _open(self, told: str, config: Config | None) -> None:
        """Begin an output to a file, beside it; ``told`` is a format, a colon, and the file."""
        form, _, path = told.partition(":")
        if form not in RENDERERS or not path:
            raise UsageError(f"--output: {told!r} is not FORMAT:FILE; the formats are {', '.join(RENDERERS)}")
        path = os.path.join(config.folder, path) if config is not None else path
        try:
            file = AtomicFile(path)
        except OSError as error:
            raise InputError(cannot_write(error, path)) from error
        self._files.append(file)

        def write(text: str) -> None:
            file.write(text.encode("utf-8", "backslashreplace"))

        self._all.append(renderer(form, write, Style(rules=self._rules)))

    def start(self) -> None:
        for one in self._all:
            one.start()

    def findings(self, shown: list[Rendered]) -> None:
        for one in self._all:
            one.findings(shown)

    def difference(self, text: str) -> None:
        sys.stdout.write(text)

    def finish(self, summary: Summary) -> None:
        """End all outputs, and put those to files in their places."""
        for one in self._all:
            one.finish(summary)
        sys.stdout.flush()
        for file in self._files:
            file.commit()

    def forget(self) -> None:
        """Leave nothing behind that is not finished."""
        for file in self._files:
            file.discard()


def _with_progress(
    found: Iterator[tuple[list[Rendered], Summary]], options: argparse.Namespace
) -> Iterator[tuple[list[Rendered], Summary]]:
    """What is found, with a bar on a terminal when it takes long."""
    if options.quiet or not sys.stderr.isatty():
        return found
    from eventlint.cli.progress import with_progress

    return with_progress(found)


def _coloured(choice: str) -> bool:
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")


def _stdin() -> BinaryIO:
    return sys.stdin.buffer
