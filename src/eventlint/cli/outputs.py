"""The outputs of a run: standard output and files."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING

from eventlint.cli.app import silence
from eventlint.cli.check_options import CheckOptions
from eventlint.cli.terminal import use_color, width
from eventlint.config import repository_of
from eventlint.errors import InputError
from eventlint.job import shown_name
from eventlint.output import Rendered, Renderer, Style, Summary, renderer
from eventlint.output.base import posix_path
from eventlint.output.files import AtomicFile, cannot_write

if TYPE_CHECKING:
    from eventlint.bulk.journal import Progress
    from eventlint.bulk.line_output import LineOutput
    from eventlint.bulk.options import Result


class Outputs:
    """Writes findings to all outputs as they come, and counts them.

    Attributes:
        summary: The counts so far; a run that is continued begins with those of its earlier parts.
        fails: Whether there are findings of the tiers that make the run fail.
        is_complete: Whether the run that is continued was complete already.

    Use it as a context manager. When the run completes, output files replace earlier ones; when it fails, nothing
    changes. When the user interrupts it, standard output gets a summary of what was checked.

    When standard output cannot be written, a run that only prints ends; a run that also writes files goes on, and the
    error is raised in the end.
    """

    def __init__(self, options: CheckOptions) -> None:
        self.summary = Summary()
        if options.job.statistics:
            self.summary.start_groups()
            self.summary.has_time = options.job.envelope.time is not None
        self.fails = False
        self.is_complete = False
        self._fail_on = options.fail_on
        self._files: list[tuple[AtomicFile, str]] = []
        self._renderers: list[Renderer] = []
        self._printer: Renderer | None = None
        self._error: OSError | None = None
        self._lines: LineOutput | None = None
        self._stdin_name = options.job.stdin_name
        self._fixes = options.job.fixes is not None
        is_fixing = options.job.fixes is not None and not options.show_difference
        self._writes_files = bool(options.outputs or options.line_files.paths()) or options.write_baseline or is_fixing
        style = Style(rules=options.job_of.rules, path_in_repository=_paths_in_repository())
        if options.format is not None:
            terminal = style._replace(color=use_color(options.color), width=width(), quiet=options.quiet)
            self._printer = renderer(options.format, self.print, terminal)
            self._renderers.append(self._printer)
        try:
            for name, path in options.outputs:
                self._renderers.append(renderer(name, self._open(path), style))
            if options.line_files.paths():
                self._open_lines(options)
        except InputError:
            self._discard()
            raise

    def _open_lines(self, options: CheckOptions) -> None:
        """Open the files for lines, and continue the run that their state is of."""
        from eventlint.bulk.line_output import LineOutput

        identity = options.identity() if options.line_files.state is not None else ""
        self._lines = LineOutput(options.line_files, self._fail_on, options.bulk, identity)
        if self._lines.journal is None:
            return
        earlier = self._lines.journal.summary
        earlier.has_time = self.summary.has_time
        if self.summary.groups is not None:
            earlier.start_groups()
        self.summary = earlier
        self.fails = any(count and tier in self._fail_on for tier, count in earlier.tiers.items())
        self.is_complete = self._lines.journal.is_complete

    def progress_of(self, path: str) -> Progress | None:
        """How far the check of a file is in a run that is continued; else None."""
        journal = None if self._lines is None else self._lines.journal
        return None if journal is None else journal.progress(path)

    def write_lines(self, result: Result, findings: list[Rendered]) -> None:
        """Write the lines of a result, whose findings have been counted, to the files for lines."""
        if self._lines is not None and result.task is not None:
            path = getattr(result.task, "path", "")
            name = (self._stdin_name or "-") if path == "-" else shown_name(path)
            self._lines.add(result, findings, name, self.summary)

    def print(self, text: str) -> None:
        """Write to standard output."""
        try:
            sys.stdout.write(text)
        except OSError as error:
            self._cannot_print(error)

    def flush(self) -> None:
        """Flush standard output."""
        try:
            sys.stdout.flush()
        except OSError as error:
            self._cannot_print(error)

    def _cannot_print(self, error: OSError) -> None:
        if not self._writes_files:
            raise error
        self._error = self._error or error
        silence()

    def _open(self, path: str) -> Callable[[str], None]:
        try:
            file = AtomicFile(path)
        except OSError as error:
            raise InputError(cannot_write(error, path)) from error
        self._files.append((file, path))

        def write(text: str) -> None:
            try:
                file.write(text.encode("utf-8", "backslashreplace"))
            except OSError as error:
                raise InputError(cannot_write(error, path)) from error

        return write

    def __enter__(self) -> Outputs:
        for one in self._renderers:
            one.start()
        return self

    def show(self, findings: Sequence[Rendered]) -> None:
        """Count and write the findings of one event, or findings about the run."""
        if not findings:
            return
        for one in findings:
            self.summary.count(one.finding)
            self.fails = self.fails or one.finding.tier in self._fail_on
            if one.refused is not None and self._fixes:
                reasons = self.summary.not_fixed
                reasons[one.refused] = reasons.get(one.refused, 0) + 1
        if self.summary.groups is not None:
            pairs = [(one.finding.tier, one.finding.rule) for one in findings]
            self.summary.groups.count_findings(findings[0].event, pairs)
        for output in self._renderers:
            output.findings(findings)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._finish()
            elif kind is KeyboardInterrupt:
                self._finish_interrupted()
            elif issubclass(kind, SystemExit):
                self._flush_if_ready()
        finally:
            self._discard()
        if kind is None and self._error is not None:
            raise self._error

    def _finish(self) -> None:
        for one in self._renderers:
            one.finish(self.summary)
        self.flush()
        for file, path in self._files:
            try:
                file.commit()
            except OSError as error:
                raise InputError(cannot_write(error, path)) from error
        if self._lines is not None:
            self._lines.commit(self.summary)

    def _finish_interrupted(self) -> None:
        """Print the summary so far."""
        self.summary.is_interrupted = True
        if self._printer is not None:
            self._printer.finish(self.summary)
        self.flush()

    def _flush_if_ready(self) -> None:
        """Complete what was printed to a half, unless nobody reads it."""
        import select

        with suppress(OSError, ValueError):
            if select.select([], [sys.stdout], [], 0)[1]:
                sys.stdout.flush()

    def _discard(self) -> None:
        for file, _ in self._files:
            file.discard()
        if self._lines is not None:
            self._lines.discard()


def _paths_in_repository() -> Callable[[str], str]:
    """Turns a path into one relative to the root of the current folder's repository, or of the file's if it is another.

    A path that is in no repository stays as it is.
    """
    current = repository_of(os.curdir, "")
    root_of = functools.cache(lambda folder: repository_of(folder, ""))

    def convert(path: str) -> str:
        absolute = os.path.abspath(path)
        is_below = bool(current) and absolute.startswith(os.path.join(current, ""))
        root = current if is_below else root_of(os.path.dirname(absolute))
        return posix_path(os.path.relpath(absolute, root) if root else path)

    return convert
