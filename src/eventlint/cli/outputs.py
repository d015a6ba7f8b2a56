"""The outputs of a run: standard output and files."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from types import TracebackType

from eventlint.cli.check_options import CheckOptions
from eventlint.cli.terminal import use_color, width
from eventlint.config import repository_of
from eventlint.errors import InputError
from eventlint.output import Rendered, Renderer, Style, Summary, renderer
from eventlint.output.base import posix_path
from eventlint.output.files import AtomicFile, cannot_write


class Outputs:
    """Writes findings to all outputs as they come, and counts them.

    Use it as a context manager. When the run completes, output files replace earlier ones; when it fails, nothing
    changes.
    """

    def __init__(self, options: CheckOptions) -> None:
        self.summary = Summary()
        self.fails = False
        self._fail_on = options.fail_on
        self._files: list[tuple[AtomicFile, str]] = []
        self._renderers: list[Renderer] = []
        style = Style(rules=options.job_of.rules, folder=_folder_in_repository())
        if options.format is not None:
            terminal = style._replace(color=use_color(options.color), width=width(), quiet=options.quiet)
            self._renderers.append(renderer(options.format, sys.stdout.write, terminal))
        try:
            for name, path in options.outputs:
                self._renderers.append(renderer(name, self._open(path), style))
        except InputError:
            self._discard()
            raise

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
        for output in self._renderers:
            output.findings(findings)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._discard()

    def _finish(self) -> None:
        for one in self._renderers:
            one.finish(self.summary)
        sys.stdout.flush()
        for file, path in self._files:
            try:
                file.commit()
            except OSError as error:
                raise InputError(cannot_write(error, path)) from error

    def _discard(self) -> None:
        for file, _ in self._files:
            file.discard()


def _folder_in_repository() -> str:
    """The current folder relative to the root of its repository; empty if it is the root or there is no repository."""
    folder = posix_path(os.path.relpath(os.curdir, repository_of(os.curdir)))
    return "" if folder == os.curdir else folder
