"""The outputs of a run: standard output and files."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import IO

from eventlint.cli.check_options import CheckOptions
from eventlint.cli.contract_option import own_rules
from eventlint.cli.terminal import use_color, width
from eventlint.errors import InputError
from eventlint.output import Rendered, Renderer, Style, Summary, renderer


class Outputs:
    """Writes findings to all outputs as they come, and counts them.

    Use it as a context manager. When the run completes, output files replace earlier ones; when it fails, nothing
    changes.

    Attributes:
        summary: The counts of the run.
        fails: Whether a finding belongs to a tier that makes the run fail.
    """

    def __init__(self, options: CheckOptions) -> None:
        self.summary = Summary()
        self.fails = False
        self._fail_on = options.fail_on
        self._files: list[tuple[str, IO[str]]] = []
        self._renderers: list[Renderer] = []
        rules = own_rules(options.contract)
        if not (options.write_baseline or options.diff):
            only_counts = options.statistics and options.format in ("text", "concise")
            style = Style(colour=use_color(options.color), width=width(), quiet=options.quiet, rules=rules)
            name = "statistics" if only_counts else options.format
            self._renderers.append(renderer(name, sys.stdout.write, style))
        try:
            for name, path in options.outputs:
                self._renderers.append(renderer(name, self._open(path).write, Style(rules=rules)))
        except InputError:
            self._discard()
            raise

    def _open(self, path: str) -> IO[str]:
        """Open a temporary file next to an output file."""
        import tempfile

        try:
            file = tempfile.NamedTemporaryFile(  # noqa: SIM115 - closed at the end of the run
                "w",
                dir=os.path.dirname(os.path.abspath(path)),
                prefix=".eventlint-",
                delete=False,
                encoding="utf-8",
                errors="backslashreplace",
            )
        except OSError as error:
            raise _not_written(path, error) from error
        self._files.append((path, file))
        return file

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
        while self._files:
            path, file = self._files[-1]
            try:
                file.close()
                os.chmod(file.name, 0o644)
                os.replace(file.name, path)
            except OSError as error:
                raise _not_written(path, error) from error
            self._files.pop()

    def _discard(self) -> None:
        for _, file in self._files:
            file.close()
            os.unlink(file.name)


def _not_written(path: str, error: OSError) -> InputError:
    return InputError(f"{path}: cannot be written: {error.strerror or error}")
