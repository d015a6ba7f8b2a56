"""``eventlint check``: options in, an exit code out; it must not know how findings are found or look."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from eventlint.cli import exit_codes as exits
from eventlint.cli.contract_option import contract_of, is_of_contract
from eventlint.cli.event_findings import Job
from eventlint.cli.run_report import report
from eventlint.cli.shared_options import DEFAULT, baseline_path, selection_of
from eventlint.cli.terminal import Formatter
from eventlint.config import Config, load
from eventlint.errors import UsageError
from eventlint.inputs.file_formats import Envelope
from eventlint.inputs.files import FORMATS, discover
from eventlint.model import TIERS
from eventlint.output import RENDERERS
from eventlint.spec import catalog, event_types

if TYPE_CHECKING:
    from eventlint.contract import Contract

_EXAMPLES = """\
examples:
  eventlint check fixtures/                        all events in a folder; names tell their types
  eventlint check click.json --event-type search_click
  eventlint check --release R1 --release R2 .      what changes with an upgrade
  cat events.ndjson | eventlint check - --stdin-filename search.ndjson
  eventlint check --format json . > findings.json

exit codes:
  0 clean, 1 findings, 2 usage, 3 no input found, 4 the job could not be done
"""


def add(commands: Any, summary: str) -> None:
    """Add the subcommand to the command line."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "check",
        help=summary,
        description=summary,
        epilog=_EXAMPLES,
        formatter_class=Formatter,
    )
    parser.set_defaults(run=run)
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files, folders, globs, or - for standard input")
    what = parser.add_argument_group("what to check")
    what.add_argument("--event-type", choices=event_types(), help="the type of all events")
    what.add_argument("--input-format", choices=("auto", *FORMATS), default="auto", help="the format of all files")
    what.add_argument("--stdin-filename", metavar="NAME", help="what standard input is called")
    what.add_argument("--exclude", action="append", default=[], metavar="GLOB", help="leave out files and folders")
    what.add_argument("--skip-unknown", action="store_true", help="pass over events whose type nothing tells")
    what.add_argument("--show-files", action="store_true", help="list the files that would be read, and stop")
    how = parser.add_argument_group("what to check for")
    how.add_argument("--release", action="append", metavar="R", help="a release of the server; several are compared")
    how.add_argument("--collection", action="append", metavar="NAME", help="a collection that exists")
    how.add_argument("--contract", action="append", metavar="PATH", help="a contract of your own: a file or a folder")
    how.add_argument("--select", action="append", metavar="RULES", help="check these rules or tiers only")
    how.add_argument("--ignore", action="append", metavar="RULES", help="do not check these rules or tiers")
    how.add_argument(
        "--fail-on", action="append", choices=TIERS, metavar="TIER", help="a tier that fails (all but lint)"
    )
    how.add_argument("--exit-zero", action="store_true", help="exit with 0 even when there are findings")
    known = parser.add_argument_group("known findings")
    known.add_argument("--baseline", metavar="FILE", help="a file with known findings, which do not fail")
    known.add_argument("--write-baseline", action="store_true", help="write all findings to the baseline, and stop")
    known.add_argument("--strict-baseline", action="store_true", help="fail when the baseline holds what is gone")
    mending = parser.add_argument_group("fixes")
    mending.add_argument("--fix", action="store_true", help="mend what can be mended safely, in the files")
    mending.add_argument("--unsafe-fixes", action="store_true", help="mend also what may change the event's meaning")
    mending.add_argument("--diff", action="store_true", help="show what would be mended, and change nothing")
    out = parser.add_argument_group("output")
    out.add_argument("--format", choices=tuple(RENDERERS), help="how findings are shown")
    out.add_argument("--output", action="append", metavar="FORMAT:FILE", help="write them to a file, too")
    out.add_argument("--statistics", action="store_true", help="show how many findings each rule has, and no more")
    out.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="whether text is coloured")
    out.add_argument("--show-answer", action="store_true", help="show the server's whole answer")
    out.add_argument("-q", "--quiet", action="store_true", help="no summary")
    out.add_argument("-v", "--verbose", action="store_true", help="tell which files are read")
    rest = parser.add_argument_group("running")
    rest.add_argument("--config", metavar="FILE", help="the configuration to use")
    rest.add_argument("--isolated", action="store_true", help="use no configuration")
    rest.add_argument("--jobs", type=_positive, metavar="N", help="how many processes check files")


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Check the events of all files that are named.

    Raises:
        UsageError: The options do not go together.
        ConfigError: The configuration cannot be used.
    """
    if options.config and options.isolated:
        raise UsageError("--config and --isolated do not go together")
    if options.fix and options.diff:
        raise UsageError("--fix changes files and --diff does not; they do not go together")
    if options.unsafe_fixes and not (options.fix or options.diff):
        raise UsageError("--unsafe-fixes goes with --fix or --diff")
    config = Config() if options.isolated else load(options.config)
    job = _job(options, config)
    code = exits.CLEAN

    def failed(path: str, reason: str) -> None:
        nonlocal code
        code = exits.FAILED
        sys.stdout.flush()
        print(f"eventlint: error: {_printable(path)}: {reason}", file=sys.stderr)

    paths = options.paths or [_from(config, path) for path in config.get("include", ["."])] or ["."]
    files = discover(
        paths, _excluder(options, config, job.contract), lambda path: failed(path, "no such file or folder")
    )
    if options.show_files:
        for path in files:
            print(_printable(path))
        return code
    outcome = report(options, config, job, _told(files, options.verbose), failed)
    nothing_read = outcome.summary.files == 0 and not (job.skip_unknown and options.paths)
    if code == exits.CLEAN and nothing_read:
        print("eventlint: error: no files with events were found", file=sys.stderr)
        return exits.NO_INPUT
    return max(code, exits.FINDINGS if outcome.fails and not options.exit_zero else exits.CLEAN)


def _told(files: Any, verbose: bool) -> Any:
    for path in files:
        if verbose:
            print(f"eventlint: reading {_printable(path)}", file=sys.stderr)
        yield path


def _job(options: argparse.Namespace, config: Config) -> Job:
    releases = tuple(options.release or config.get("release", ["latest"]))
    for release in releases:
        catalog().release(release)
    collections = options.collection or config.get("collections")
    pointers = {name: _parts(text) for name, text in config.get("envelope", {}).items()}
    contract = contract_of(options, config)
    return Job(
        releases=releases,
        collections=tuple(collections) if collections else None,
        event_type=options.event_type,
        patterns=tuple(config.get("events", {}).items()),
        patterns_folder=config.folder,
        form=None if options.input_format == "auto" else options.input_format,
        envelope=Envelope(**pointers),
        skip_unknown=options.skip_unknown or config.get("skip-unknown", False),
        stdin_name=options.stdin_filename,
        show_answer=options.show_answer,
        selection=selection_of(options, config, contract.rule_names if contract else ()),
        mend=_mend(options),
        show_difference=options.diff,
        contract=contract,
    )


def _mend(options: argparse.Namespace) -> str | None:
    if not (options.fix or options.diff):
        return None
    return "unsafe" if options.unsafe_fixes else "safe"


def _parts(pointer: str) -> tuple[str, ...]:
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])


def _from(config: Config, path: str) -> str:
    """A path of the configuration, as seen from the current folder."""
    return os.path.relpath(os.path.join(config.folder, path)) if config.path else path


def _excluder(options: argparse.Namespace, config: Config, contract: Contract | None) -> Callable[[str], bool]:
    """Whether a path is left out: by patterns of the command line and the configuration, or as a contract."""
    sides = [(".", options.exclude), (config.folder, config.get("exclude", []))]
    wanted = [(os.path.abspath(folder), patterns) for folder, patterns in sides if patterns]
    is_contract = is_of_contract(contract, config)
    baseline = os.path.abspath(baseline_path(options, config) or DEFAULT)
    ending = os.path.basename(baseline)

    def is_own(path: str) -> bool:
        return is_contract(path) or (path.endswith(ending) and os.path.abspath(path) == baseline)

    if not wanted:
        return is_own
    import pathspec

    specs = [(folder, pathspec.GitIgnoreSpec.from_lines(patterns)) for folder, patterns in wanted]

    def is_excluded(path: str) -> bool:
        absolute = os.path.abspath(path)
        names = [os.path.relpath(absolute, folder) for folder, _ in specs]
        return is_own(path) or any(
            spec.match_file(name) or spec.match_file(name + "/") for name, (_, spec) in zip(names, specs, strict=True)
        )

    return is_excluded


def _printable(path: str) -> str:
    return path.encode("utf-8", "backslashreplace").decode().replace("\n", "\\n")
