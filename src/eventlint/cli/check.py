"""``eventlint check``: options -> inputs -> checker -> outputs, in one loop."""

from __future__ import annotations

import argparse
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from eventlint.cli import exit_codes as exits
from eventlint.cli.check_options import DEFAULT_BASELINE, CheckOptions, check_options
from eventlint.cli.command_base import add_command
from eventlint.cli.contract_option import add_options
from eventlint.cli.file_filter import FileFilter, without_outputs
from eventlint.cli.outputs import Outputs
from eventlint.cli.parser import listed
from eventlint.cli.runner import Results, check_files
from eventlint.escaping import printable
from eventlint.inputs.discovery import discover
from eventlint.inputs.file_names import FORMATS
from eventlint.inputs.size_limit import parse_size
from eventlint.job import Job, shown_name
from eventlint.output import RENDERERS, Rendered, Summary, summary_line
from eventlint.output.summary import counted, not_fixed
from eventlint.redact import redact
from eventlint.spec import event_types
from eventlint.suppressions import unused_suppression
from eventlint.tiers import TIERS

if TYPE_CHECKING:
    from eventlint.baseline import Baseline, NewBaseline
    from eventlint.model import Finding

_EXAMPLES = """\
examples:
  eventlint check fixtures/                        all events in a folder; file names give the event types
  eventlint check click.json --event-type search_click
  eventlint check --release R1,R2 .                what changes with an upgrade
  cat events.ndjson | eventlint check - --stdin-filename search.ndjson
  eventlint check --format json . > findings.json

exit codes:
  0 clean, 1 findings, 2 usage error, 3 nothing was checked, 4 I/O or configuration error
"""


def add(commands: Any, summary: str) -> None:
    """Add the subcommand to the command line."""
    parser = add_command(commands, "check", summary, run, _EXAMPLES)
    add_options(parser)
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files, folders, globs, or - for standard input")
    files = parser.add_argument_group("files")
    files.add_argument("--event-type", choices=event_types(), help="type of all events")
    files.add_argument("--input-format", choices=("auto", *FORMATS), default="auto", help="format of all files")
    files.add_argument("--stdin-filename", metavar="NAME", help="file name to assume for standard input")
    files.add_argument(
        "--prefix", action="append", metavar="PATH", help="path of a proxy in front of the endpoint (repeatable)"
    )
    files.add_argument("--exclude", action="append", default=[], metavar="GLOB", help="leave out files and folders")
    files.add_argument("--force-exclude", action="store_true", help="leave out excluded files even if they are named")
    files.add_argument("--skip-unknown", action="store_true", help="skip events whose type cannot be determined")
    files.add_argument(
        "--max-event-size", type=_size, metavar="SIZE", help="largest event to read, such as 200M (default: 64M)"
    )
    files.add_argument("--show-files", action="store_true", help="list the files to check, and exit")
    rules = parser.add_argument_group("rules")
    rules.add_argument(
        "--release", action="extend", type=listed("release"), metavar="RS", help="server releases to compare"
    )
    rules.add_argument(
        "--collection", action="extend", type=listed("collection"), metavar="NAMES", help="collections that exist"
    )
    rules.add_argument("--select", action="append", metavar="RULES", help="check only these rules or tiers")
    rules.add_argument("--ignore", action="append", metavar="RULES", help="do not check these rules or tiers")
    rules.add_argument(
        "--fail-on",
        action="extend",
        type=listed("tier", TIERS),
        metavar="TIERS",
        help="tiers that make the run fail (default: error,contract,loss)",
    )
    rules.add_argument("--exit-zero", action="store_true", help="exit with 0 even if there are findings")
    baseline = parser.add_argument_group("baseline")
    baseline.add_argument("--baseline", metavar="FILE", help="file with known findings, which are not reported")
    baseline.add_argument("--write-baseline", action="store_true", help="write all findings to the baseline, and exit")
    baseline.add_argument(
        "--strict-baseline", action="store_true", help="fail if a finding in the baseline is no longer found"
    )
    fixes = parser.add_argument_group("fixes")
    fixes.add_argument("--fix", action="store_true", help="apply safe fixes to the files")
    fixes.add_argument(
        "--unsafe-fixes", action="store_true", help="also apply fixes that may change the meaning of an event"
    )
    fixes.add_argument("--diff", action="store_true", help="show the fixes and change no file, even with --fix")
    output = parser.add_argument_group("output")
    output.add_argument("--format", choices=tuple(RENDERERS), help="output format (default: text)")
    output.add_argument("--output", action="append", metavar="[FORMAT:]FILE", help="also write to a file (repeatable)")
    output.add_argument("--statistics", action="store_true", help="show only counts, by tier, rule, type and so on")
    output.add_argument("--time-pointer", metavar="POINTER", help="timestamp of an event, to count by day")
    output.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="whether to color text")
    output.add_argument("--show-answer", action="store_true", help="show the server's whole answer")
    output.add_argument("-q", "--quiet", action="store_true", help="do not show the summary")
    output.add_argument("-v", "--verbose", action="store_true", help="print the name of each file to standard error")
    lines = parser.add_argument_group("lines of NDJSON")
    lines.add_argument("--write-clean", metavar="FILE", help="write the lines whose events do not make the run fail")
    lines.add_argument("--write-rejected", metavar="FILE", help="write all other lines with events")
    lines.add_argument("--reasons", metavar="FILE", help="write the line, rules and pointers of each rejected line")
    lines.add_argument("--resume", metavar="STATE", help="continue the run whose state is in a file, or begin one")
    lines.add_argument("--limit", type=_positive, metavar="N", help="stop after a number of events")
    lines.add_argument("--sample", type=_share, metavar="SHARE", help="check a random share of the events: 0.01")
    lines.add_argument("--seed", type=_seed, metavar="N", help="choose another sample (default: 0)")
    other = parser.add_argument_group("other")
    other.add_argument(
        "--jobs",
        type=_jobs,
        metavar="N",
        help="number of processes (default: auto, all cores for large input)",
    )


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a positive integer")
    return int(text)


def _jobs(text: str) -> int | str:
    if text != "auto" and (not text.isdigit() or int(text) < 1):
        raise argparse.ArgumentTypeError(f"{text!r} is not a positive integer or 'auto'")
    return text if text == "auto" else int(text)


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = 0.0
    if not 0 < share <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number greater than 0 and at most 1")
    return share


def _seed(text: str) -> int:
    if not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is not an integer, 0 or greater")
    return int(text)


def _size(text: str) -> int:
    try:
        return parse_size(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def run(arguments: argparse.Namespace) -> int:
    """Check the events in all files."""
    options = check_options(arguments)
    code = exits.CLEAN

    def fail(path: str, reason: str) -> None:
        nonlocal code
        code = exits.FAILED
        with suppress(OSError):
            sys.stdout.flush()
        print(f"eventlint: error: {printable(f'{path}: {reason}')}", file=sys.stderr)

    files = _files(options, fail)
    if not arguments.paths:
        _note_unread_stdin()
    if arguments.show_files:
        for path in files:
            print(printable(path))
        return code
    fails, summary = _check(options, files, fail)
    is_empty = summary.events == 0 and not any(summary.tiers.values())
    if code == exits.CLEAN and is_empty and not (options.skip_unknown and arguments.paths):
        if options.quiet or options.format not in ("text", "concise"):
            print(f"eventlint: error: {summary_line(summary)}", file=sys.stderr)
        return exits.NO_INPUT
    return max(code, exits.FINDINGS if fails and not arguments.exit_zero else exits.CLEAN)


def _files(options: CheckOptions, fail: Callable[[str, str], None]) -> Iterator[str]:
    """The files to check: not those that are excluded, and never an output of this run."""
    written = [path for _, path in options.outputs] + [_baseline_path(options)] + options.line_files.paths()
    files = FileFilter(options.job_of, options.exclude, written)
    named = files.is_excluded_by_name if options.force_exclude else None
    return without_outputs(discover(options.paths, files.is_excluded, fail, named), files, _note_output)


def _note_output(path: str) -> None:
    print(f"eventlint: note: {printable(path)} is an output of this run; it was not read", file=sys.stderr)


def _note_unread_stdin() -> None:
    """Print a note if something was piped or redirected to standard input, although no path is ``-``."""
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (OSError, ValueError, AttributeError):  # there is no standard input
        return
    if stat.S_ISFIFO(mode) or stat.S_ISREG(mode):
        print("eventlint: note: standard input was not read; to read it, use: eventlint check -", file=sys.stderr)


def _check(options: CheckOptions, files: Iterable[str], fail: Callable[[str, str], None]) -> tuple[bool, Summary]:
    """Check all files and report the findings; returns whether the run fails, and the counts."""
    known, new = _baselines(options)
    checked: set[str] = set()
    with Outputs(options) as outputs:
        jobs: dict[str | None, Job] = {}
        tasks = _tasks(options, () if outputs.is_complete else files, checked, jobs)
        results = check_files(tasks, options.bulk, lambda: sys.stdin.buffer, fail, outputs.print, outputs.progress_of)
        for result in _with_progress(results, options):
            outputs.summary.add(result.counts)
            if new is not None:
                for one in result.findings:
                    new.add(one)
                continue
            unknown = [one for one in result.findings if known is None or not known.knows(one)]
            outputs.summary.known += len(result.findings) - len(unknown)
            outputs.show(unknown)
            outputs.write_lines(result, unknown)
        for config, job in jobs.items():
            unused = [number for path, number in outputs.summary.seen - outputs.summary.used if path == config]
            outputs.show(_findings_about(job, sorted(unused)))
    summary, fails = outputs.summary, outputs.fails
    if new is not None:
        print(f"eventlint: wrote {new.write()} findings to {printable(_baseline_path(options))}", file=sys.stderr)
    if options.show_difference:
        fails = summary.fixed > 0
        if not options.quiet:
            more = summary.fixable["unsafe"] if options.job.fixes == "safe" else 0
            end = f" ({more} more with `--unsafe-fixes`)" if more else ""
            end += f"; {not_fixed(summary)}" if summary.not_fixed else ""
            print(f"eventlint: {counted(summary.fixed, 'finding')} would be fixed{end}", file=sys.stderr)
    if known is not None:
        fails = (_report_stale(known, checked) and options.strict_baseline) or fails
    return fails, summary


def _baselines(options: CheckOptions) -> tuple[Baseline | None, NewBaseline | None]:
    """The baseline to read and the one to write."""
    if options.baseline is None and not options.write_baseline:
        return None, None
    from eventlint.baseline import Baseline, NewBaseline

    path = _baseline_path(options)
    return (None, NewBaseline(path)) if options.write_baseline else (Baseline(path), None)


def _baseline_path(options: CheckOptions) -> str:
    return options.baseline or DEFAULT_BASELINE


def _report_stale(known: Baseline, checked: set[str]) -> bool:
    """Report the entries of the baseline that are no longer found."""
    entries = known.gone(checked)
    for entry in entries:
        where = f" ({redact(entry.pointer)})" if entry.pointer else ""
        gone = printable(f"{known.path}: {entry.rule} in {entry.path}{where}")
        print(
            f"eventlint: {gone} is no longer found; update the baseline with --write-baseline",
            file=sys.stderr,
        )
    return bool(entries)


def _tasks(
    options: CheckOptions, files: Iterable[str], checked: set[str], jobs: dict[str | None, Job]
) -> Iterator[tuple[Job, str]]:
    """The files, each with its job; with ``--verbose``, their names are printed.

    ``checked`` receives the names of the files, for the baseline, and ``jobs`` the job of each configuration.
    """
    for path in files:
        if options.verbose:
            print(f"eventlint: reading {printable(path)}", file=sys.stderr)
        if options.baseline:
            checked.add(shown_name(path))
        job = options.job_of.job(path)
        jobs.setdefault(job.config, job)
        yield job, path


def _findings_about(job: Job, unused: Iterable[int]) -> list[Rendered]:
    """The findings about a configuration: deprecated releases, and the suppressions that were not used."""
    found: list[Finding] = []
    if job.has_release:
        from eventlint.rules.lint import deprecated_api

        found += deprecated_api.findings(job.releases, job.config)
    found += [unused_suppression(job.selection.suppressions[number], job.config) for number in unused]
    return [Rendered(finding) for finding in found if finding.rule in job.selection.on]


def _with_progress(results: Results, options: CheckOptions) -> Results:
    """The results; a long run shows a progress bar on a terminal."""
    if options.quiet or not sys.stderr.isatty():
        return results
    from eventlint.cli.progress import with_progress

    return with_progress(results, options.paths)
